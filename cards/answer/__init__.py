"""What a learner wrote, judged: a gap filled in, a coding task solved."""

"""Lines that a learner types at the foot of the screen."""

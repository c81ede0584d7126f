"""Judges what a learner wrote: an answer typed into a gap, or a solution of a coding task."""

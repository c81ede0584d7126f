"""Kinds of cards: which rule made one."""

from __future__ import annotations

from enum import StrEnum


class CardKind(StrEnum):
    """Which rule made a card, in the order of a report."""

    CELL = "cell"
    """A table's cell: thing and aspect -> value."""
    CONTRAST = "contrast"
    """A row of a table of two things: how do they differ?"""
    REVERSE = "reverse"
    """A value -> the thing that has it."""
    TERM = "term"
    """A list entry `term: text`: term -> text."""
    NAME = "name"
    """The same, text -> term."""
    STEP = "step"
    """What follows a step."""
    ITEM = "item"
    """One entry of a list hidden among its neighbours."""
    FACT = "fact"
    """A sentence that defines, gives a cause, a number or a name."""
    FAQ = "faq"
    """A question and its short answer, as the guide has them."""
    WHY = "why"
    """Why is this line of code there?"""
    RECALL = "recall"
    """Which call does this?"""
    PREDICT = "predict"
    """What does this code print?"""
    TRAIT = "trait"
    """Which shape or dtype has this value?"""
    COMPLETE = "complete"
    """Which piece of this code is missing?"""
    SPOT = "spot"
    """Why does this code fail?"""
    OVERVIEW = "overview"
    """The interview question itself -> an outline."""

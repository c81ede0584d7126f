"""Kinds of cards, and the words that people read for each."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class CardKind(StrEnum):
    """Which rule made a card, in the order of a report.

    A row holds all that is said of a kind: its value in files and tags, the name of one card, the name of
    several, and what such a card asks. A new kind is a new row; nothing else lists them.
    """

    noun: str
    """What one such card is called."""
    plural: str
    """What several are called: in reports and statistics."""
    asks: str
    """What the card asks a learner."""

    CELL = "cell", "table cell", "table cells", "Which value has this thing in this aspect?"
    CONTRAST = "contrast", "comparison", "comparisons", "How do these two things differ?"
    REVERSE = "reverse", "row to name", "rows to name", "Which row of the table has this value?"
    TERM = "term", "definition", "definitions", "What is this?"
    NAME = "name", "name", "names", "What is this called?"
    STEP = "step", "step", "steps", "What comes after this step?"
    ITEM = "item", "list entry", "list entries", "Which entry of the list is missing?"
    FACT = "fact", "fact", "facts", "What does this sentence define, explain, count or name?"
    FAQ = "faq", "follow-up", "follow-ups", "A question with a short answer, as the guide has it"
    WHY = "why", "reason for a line", "reasons for a line", "What is the reason for this line of code?"
    PREDICT = "predict", "output to predict", "outputs to predict", "What does this code print?"
    TRAIT = "trait", "shape or dtype", "shapes and dtypes", "Which shape or dtype has this value?"
    COMPLETE = "complete", "gap to fill", "gaps to fill", "Which piece of this code is missing?"
    LINE = (
        "line",
        "line to say",
        "lines to say",
        "Which code does what its comment, or the code around it, says?",
    )
    SPOT = "spot", "error to explain", "errors to explain", "Why does this code fail?"
    QUIZ = "quiz", "quiz question", "quiz questions", "Which of these options is right?"
    OUTPUT = "output", "question on code", "questions on code", "What does the question's code do?"
    CODE = "code", "code answer", "code answers", "Which Python code does this?"
    COMMAND = "command", "command", "commands", "Which code, not run here, does this?"
    OVERVIEW = "overview", "overview", "overviews", "The interview question itself: what are its points?"

    _value_: str
    # The hash of an enum's member would be one of its name, in Python.
    __hash__ = str.__hash__

    def __new__(cls, value: str, noun: str = "", plural: str = "", asks: str = "") -> Self:
        """Return the kind with all its words; the defaults are for `CardKind(value)`, a row has none."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.noun = noun
        kind.plural = plural
        kind.asks = asks
        return kind

    @classmethod
    def _missing_(cls, value: object) -> CardKind | None:
        # Stores and locks may hold the word of a kind that is not made any more: "Which call does this?".
        return cls.COMPLETE if value == "recall" else None

    @property
    def tag(self) -> str:
        """The tag of every card of this kind."""
        return f"kind::{self.value}"

    @property
    def is_optional(self) -> bool:
        """Whether a learner may leave such cards out, where their question has others."""
        return self is CardKind.OVERVIEW

    @property
    def is_answered_in_code(self) -> bool:
        """Whether what is asked for is code, a value or an error, not prose."""
        return self in {
            CardKind.PREDICT,
            CardKind.SPOT,
            CardKind.TRAIT,
            CardKind.COMPLETE,
            CardKind.LINE,
            CardKind.OUTPUT,
            CardKind.CODE,
            CardKind.COMMAND,
        }

    @property
    def asks_the_question(self) -> bool:
        """Whether the front is the question as the guide has it, whatever that ends in."""
        return self in {CardKind.OVERVIEW, CardKind.FAQ} or self.asks_alone

    @property
    def asks_alone(self) -> bool:
        """Whether such a card asks its question whole, so that no outline may ask it again."""
        return self in {CardKind.QUIZ, CardKind.OUTPUT, CardKind.CODE, CardKind.COMMAND}

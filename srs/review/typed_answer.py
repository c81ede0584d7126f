"""Typed answers to a card with a gap, and the grade they suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.answer.correctness import Correctness
from cards.regex import regex
from srs.schedule.sm2 import Grade

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

PERFECT_WITHIN_SECONDS = 40
"""Thinking and typing together; longer is a hesitation."""


class AnswerJudgement(NamedTuple):
    """Judgement of a typed answer."""

    correctness: Correctness
    sentence: str

    @property
    def is_right(self) -> bool:
        """Whether the card needs no other answer."""
        return self.correctness is Correctness.RIGHT


class TypedAnswer(NamedTuple):
    """One typed answer."""

    typed: str
    judgement: AnswerJudgement | None = None
    """None while it is run."""


def suggest_grade(typed_answers: Sequence[TypedAnswer], thought: timedelta) -> Grade | None:
    """Return the grade that the answers to one card suggest; the person decides.

    Right at the first try is 5, or 4 after a hesitation or a slip in the syntax; right at the second try 3,
    and 2 after more; never right is 1. Nothing where no answer was judged.
    """
    found = [answer.judgement.correctness for answer in typed_answers if answer.judgement is not None]
    wrong = found.count(Correctness.WRONG)
    if Correctness.RIGHT in found:
        if wrong:
            return Grade.HARD if wrong == 1 else Grade.NEARLY
        at_once = Correctness.SYNTAX not in found and thought.total_seconds() <= PERFECT_WITHIN_SECONDS
        return Grade.PERFECT if at_once else Grade.GOOD
    return Grade.WRONG if wrong else None


_STRING_OR_COMMENT = regex(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")


def is_incomplete(text: str) -> bool:
    """Tell whether typed code is not at its end: an open bracket, a colon, a backslash."""
    code = _STRING_OR_COMMENT.sub("", text)
    depth = sum(code.count(left) - code.count(right) for left, right in ("()", "[]", "{}"))
    *above, last = code.split("\n")
    in_block = any(line.rstrip().endswith(":") for line in above) and last.startswith((" ", "\t"))
    return depth > 0 or last.rstrip().endswith((":", "\\")) or in_block

"""What a guide's author should know of questions that came to nothing, and how many alike are told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cards.errors import Problem
from cards.guide.answer.placeholder import is_placeholder
from cards.guide.block import Prose
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cards.atomize.coverage import LostQuestion
    from cards.guide.guide import Question

MOST_OF_A_CAUSE = 5
_MOST_REASONS = 2
_PARTICULARS = regex(r"`[^`]*`|“[^”]*”|'[^']*'|\d+|(?<=the picture ).+(?= (?:is|lies|cannot)\b)")


def no_card_warnings(lost: Iterable[LostQuestion]) -> Iterator[Problem]:
    """Yield a warning for each question of which no card is made, with the reason."""
    for one in lost:
        sentence = f"no card is made of this question ({_reasons(one)})."
        if _is_unwritten(one.question):
            sentence = "this question has no answer yet, so it makes no card; write one."
        yield Problem(one.question.span.path, one.question.span.first, sentence)


def _is_unwritten(question: Question) -> bool:
    """Tell whether nothing but placeholders answers a question."""
    return all(isinstance(block, Prose) and is_placeholder(block.inline) for block in question.blocks)


def _reasons(lost: LostQuestion) -> str:
    """Return why blocks of a question made no card: each reason where it is met first, no more than two."""
    first_met: dict[str, str] = {}
    for block in lost.blocks:
        for reason in block.reasons:
            first_met.setdefault(reason, f"{block.what} in line {block.span.first}: {reason}")
    reasons = list(first_met.values())
    more = ["`proofdeck check --blocks` says more"] if len(reasons) > _MOST_REASONS else []
    return "; ".join([*reasons[:_MOST_REASONS], *more])


def first_of_each_cause(problems: Iterable[Problem]) -> list[str]:
    """Return the first five problems of each cause as lines, and how many more there are of it."""
    causes: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        causes[_PARTICULARS.sub("", problem.sentence)].append(problem)
    lines: list[str] = []
    for alike in causes.values():
        lines += map(str, alike[:MOST_OF_A_CAUSE])
        if len(alike) > MOST_OF_A_CAUSE:
            lines.append(f"  and {len(alike) - MOST_OF_A_CAUSE} more like it")
    return lines

"""The figures of a guide that its author can act on: each is a list of lines to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.wording import word_count
from cards.check.lint import ADVISED_ANSWER_WORDS
from cards.check.overview_lint import asks_whole, lacks_overview

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cards.card.card import Draft
    from cards.guide.guide import Question

_LEAST_CARDS = 3
_SHOWN_LINES = 5
_MOST_CARDS = 20
"""Of which nobody says which matter."""


@dataclass(frozen=True, slots=True)
class GuideFigures:
    """How many cards and questions a guide has, and the lines of those that want a look."""

    cards: int
    questions: int
    """Those with cards."""
    without_overview: tuple[int, ...]
    """Questions whose parts are asked, and which nothing asks whole."""
    few_cards: tuple[int, ...]
    """Questions with one or two cards, none of which asks them whole."""
    many_cards: tuple[int, ...]
    """Questions with more than twenty cards, of which their author does not say which matter."""
    long_answers: tuple[int, ...]
    """Cards whose answer is longer than reads well; not those that ask a question whole."""

    @property
    def sentences(self) -> str:
        """The figures in words, each with the first lines to look at."""
        said = [f"{_counted(self.cards, 'card')} of {_counted(self.questions, 'question')}"]
        said += [
            f"{_counted(len(lines), noun)} {what} (line {_first(lines)})"
            for lines, noun, what in (
                (self.without_overview, "question", "without an overview"),
                (self.few_cards, "question", f"with fewer than {_LEAST_CARDS} cards"),
                (self.many_cards, "question", f"with more than {_MOST_CARDS}, none marked `core` or `extra`"),
                (self.long_answers, "answer", f"of more than {ADVISED_ANSWER_WORDS} words"),
            )
            if lines
        ]
        return f"{'; '.join(said)}."


def guide_figures(questions: Sequence[Question], drafts: Sequence[Draft]) -> GuideFigures:
    """Return the figures of a guide, given its cards."""
    by_question: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_question.setdefault(draft.slug, []).append(draft)
    asked = [(each, by_question[each.slug]) for each in questions if each.slug in by_question]
    return GuideFigures(
        cards=len(drafts),
        questions=len(asked),
        without_overview=_lines(each for each, cards in asked if lacks_overview(each, cards)),
        few_cards=_lines(each for each, cards in asked if _has_few_cards(each, cards)),
        many_cards=_lines(each for each, cards in asked if _has_many_cards(cards)),
        long_answers=tuple(sorted({draft.span.first for draft in drafts if _is_long(draft)})),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _first(lines: Sequence[int]) -> str:
    more = ", ..." if len(lines) > _SHOWN_LINES else ""
    return ", ".join(map(str, lines[:_SHOWN_LINES])) + more


def _lines(questions: Iterable[Question]) -> tuple[int, ...]:
    return tuple(question.span.first for question in questions)


def _has_few_cards(question: Question, cards: Sequence[Draft]) -> bool:
    is_told = any(asks_whole(draft, question) for draft in cards)
    return question.task is None and len(cards) < _LEAST_CARDS and not is_told


def _has_many_cards(cards: Sequence[Draft]) -> bool:
    return len(cards) > _MOST_CARDS and all(draft.said is None for draft in cards)


def _is_long(draft: Draft) -> bool:
    is_short_by_kind = draft.kind.is_answered_in_code or draft.kind.asks_the_question
    return not is_short_by_kind and word_count(draft.back) > ADVISED_ANSWER_WORDS

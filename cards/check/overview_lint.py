"""Say which questions lack an overview, and which overviews leave out what their question asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.atomize.outline.asked_part import asked_parts
from cards.atomize.outline.fit import unsaid_part
from cards.atomize.whole.point import MAX_POINTS
from cards.card import sides
from cards.card.kind import CardKind
from cards.check.lint import Finding, shorten
from cards.guide.block import Item, Listing, Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cards.card.card import Draft
    from cards.guide.guide import Question

_LEAST_CARDS = 3
"""A question of fewer cards in words is told by them, or by its code."""
_HOW_TO_WRITE = "a list of two to five short points below `<!-- proofdeck: outline -->`"


def overview_findings(questions: Iterable[Question], drafts: Sequence[Draft]) -> tuple[Finding, ...]:
    """Return where an overview lacks, or says nothing of a part of its question, in the guide's order."""
    by_question: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_question.setdefault(draft.slug, []).append(draft)
    return tuple(each for question in questions for each in _question_findings(question, by_question))


def _question_findings(question: Question, by_question: Mapping[str, Sequence[Draft]]) -> Iterator[Finding]:
    siblings = by_question.get(question.slug, ())
    if lacks_overview(question, siblings):
        yield _finding(
            question, f"it has no overview, for no few points of the answer tell it; write {_HOW_TO_WRITE}"
        )
    overview = next((draft for draft in siblings if draft.kind is CardKind.OVERVIEW), None)
    if overview is None:
        return
    points = _points_of(overview)
    if len(points) > MAX_POINTS:
        yield _finding(
            question, f"an outline of {len(points)} points; nobody says more than {MAX_POINTS} at once"
        )
    # How the steps of a way are called, only its author knows.
    if len(asked_parts(question.title, question.language)) > 1 and (
        part := unsaid_part(question.title, points, question.language)
    ):
        yield _finding(question, f"the overview says nothing of “{shorten(part)}”; write {_HOW_TO_WRITE}")


def lacks_overview(question: Question, siblings: Sequence[Draft]) -> bool:
    """Tell whether a question has several cards in words, and none that asks it whole."""
    in_words = [
        draft for draft in siblings if not (draft.kind.is_answered_in_code or draft.kind is CardKind.WHY)
    ]
    if question.task is not None or len(in_words) < _LEAST_CARDS:
        return False
    return not any(asks_whole(draft, question) for draft in siblings)


def asks_whole(draft: Draft, question: Question) -> bool:
    """Tell whether a card asks its question as the guide has it."""
    is_asked = sides.words(draft.front[:1]).strip() == question.title.strip()
    return draft.kind is CardKind.OVERVIEW or draft.kind.asks_alone or is_asked


def _points_of(overview: Draft) -> tuple[Item, ...]:
    points: list[Item] = []
    for block in overview.back:
        if isinstance(block, Listing):
            points += block.items
        elif isinstance(block, Prose):
            points.append(Item(block.inline))
    return tuple(points)


def _finding(question: Question, sentence: str) -> Finding:
    return Finding(
        severe=False, rule="overview", span=question.span, sentence=f"{sentence}: “{shorten(question.title)}”"
    )

"""Cards that ask the same and are answered otherwise: each gets what tells it apart, or is left out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card import sides
from cards.guide.block import Prose
from cards.guide.text import StyledText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cards.card.card import Draft
    from cards.card.sides import Side


def tell_fronts_apart(drafts: Sequence[Draft], label_of: Callable[[Draft], str]) -> list[Draft | None]:
    """Return the cards in their order, those of one front with a label before it; None for one left out.

    All of a front that no label tells apart are left out, and so is a card that another one repeats.
    """
    result: list[Draft | None] = list(drafts)
    for places in _alike(drafts):
        labelled = [with_label(drafts[place], label_of(drafts[place])) for place in places]
        fronts = [front_words(draft) for draft in labelled]
        answers = [sides.words(drafts[place].back) for place in places]
        for number, place in enumerate(places):
            if answers[number] in answers[:number]:
                result[place] = None
            elif len(set(answers)) > 1:
                is_alone = all(
                    answers[other] == answers[number]
                    for other, front in enumerate(fronts)
                    if front == fronts[number]
                )
                result[place] = labelled[number] if is_alone else None
    return result


def front_words(draft: Draft) -> str:
    """Return the words of a front, by which two are the same for a learner."""
    return sides.words(draft.front)


def _alike(drafts: Sequence[Draft]) -> list[list[int]]:
    """Return the places of cards that have one front, for each front that several have."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        places[front_words(draft)].append(place)
    return [each for each in places.values() if len(each) > 1]


def with_label(draft: Draft, label: str) -> Draft:
    """Return the card with a label before its front; without one, as it is."""
    return replace(draft, front=labelled_front(draft.front, label)) if label else draft


def labelled_front(front: Side, label: str) -> Side:
    """Return a front with a label before it; without one, as it is."""
    if not label:
        return front
    mark = ":" if label[-1].isalnum() else ""
    first, *rest = front
    if isinstance(first, Prose):
        return (Prose((StyledText(f"{label}{mark} "), *first.inline)), *rest)
    return (Prose((StyledText(f"{label}{mark}"),)), *front)

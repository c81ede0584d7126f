"""Stores of a learner, and answers in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from srs.schedule.sm2 import Grade
from srs.store.store import Store
from tests.builders.deck import DECK

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cards.card.deck import ProvedDeck
    from srs.store.row import ActResult


def store_with(path: Path, deck: ProvedDeck = DECK) -> Store:
    """Return an open store with the cards of a deck in it, of a learner who leaves overviews out."""
    store = Store.open(path)
    store.cards.sync(deck)
    store.save_preference("overviews", value=False)
    return store


def revision(store: Store, card: str) -> int:
    """Return how often a card was answered or changed, as a learner has it before the eyes."""
    (number,) = store.connection.execute("SELECT revision FROM card WHERE id = ?", (card,)).fetchone()
    return int(number)


def answered(store: Store, card: str, grade: int, at: datetime, **rest: Any) -> ActResult:  # noqa: ANN401 - as `answer`
    """Give a card a grade and return what became of it."""
    return store.log.record_answer(
        card,  # type: ignore[arg-type]
        Grade(grade),
        reviewed_at=at,
        seen=revision(store, card),
        **rest,
    )

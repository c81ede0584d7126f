"""The open store and its parts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from srs.store.store_file import StoreFile

if TYPE_CHECKING:
    from srs.store.attempts import AttemptStore
    from srs.store.card_store import CardStore
    from srs.store.deck_store import DeckStore
    from srs.store.log_store import LogStore
    from srs.store.review_queue import ReviewQueue


class Store(StoreFile):
    """One person's open store: its settings, and its parts, each loaded when it is first used."""

    @cached_property
    def cards(self) -> CardStore:
        """The part of the store that shows and lists cards."""
        from srs.store.card_store import CardStore

        return CardStore(self)

    @cached_property
    def decks(self) -> DeckStore:
        """The part of the store that holds the decks, one for each guide."""
        from srs.store.deck_store import DeckStore

        return DeckStore(self)

    @cached_property
    def queue(self) -> ReviewQueue:
        """The part of the store that reads which cards wait to be asked."""
        from srs.store.review_queue import ReviewQueue

        return ReviewQueue(self)

    @cached_property
    def log(self) -> LogStore:
        """The part of the store that holds the review log."""
        from srs.store.log_store import LogStore

        return LogStore(self)

    @cached_property
    def attempts(self) -> AttemptStore:
        """The part of the store that holds the attempts at coding tasks."""
        from srs.store.attempts import AttemptStore

        return AttemptStore(self)

"""The store as a whole."""

from srs.store.attempts import AttemptStore
from srs.store.card_store import CardStore
from srs.store.log_store import LogStore
from srs.store.review_queue import ReviewQueue


class Store(ReviewQueue, CardStore, LogStore, AttemptStore):
    """One person's cards, logs and settings in one SQLite file."""

"""The store as a whole."""

from srs.store.attempts import Attempts
from srs.store.card_rows import Shelf
from srs.store.journal import Journal
from srs.store.queue import Queue


class Store(Queue, Shelf, Journal, Attempts):
    """One person's cards, logs and settings in one SQLite file."""

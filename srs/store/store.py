"""The store as a whole."""

from srs.store.attempts import Attempts
from srs.store.journal import Journal
from srs.store.shelf import Shelf
from srs.store.waiting import Queue


class Store(Queue, Shelf, Journal, Attempts):
    """One person's cards, logs and settings in one SQLite file."""

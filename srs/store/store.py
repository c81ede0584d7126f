"""The store as a whole."""

from srs.store.journal import Journal
from srs.store.shelf import Shelf
from srs.store.waiting import Queue


class Store(Queue, Shelf, Journal):
    """One person's cards, log and settings in one SQLite file."""

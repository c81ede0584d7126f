"""The review store: the only place with SQL."""

from srs.store.row import Answered, CardRow, Conflict, Counts, SyncReport, Undone
from srs.store.store import Store

__all__ = ["Answered", "CardRow", "Conflict", "Counts", "Store", "SyncReport", "Undone"]

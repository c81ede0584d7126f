"""The review store: the only place with SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srs.store.queue import Counts
    from srs.store.row import Answered, CardRow, Conflict, SyncReport, Undone
    from srs.store.store import Store

__all__ = ["Answered", "CardRow", "Conflict", "Counts", "Store", "SyncReport", "Undone"]

_HOME = {"Store": "store", "Counts": "queue"}


def __getattr__(name: str) -> object:
    """Load what is asked for: `due` needs a small part of the store and is typed many times a day."""
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"srs.store.{_HOME.get(name, 'row')}"), name)

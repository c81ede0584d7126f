"""Which build the store holds, asked without opening it for anything else."""

from __future__ import annotations

import sqlite3
from contextlib import closing


def last_build_name(path: str, guide: str) -> str | None:
    """Return the name that the last build of a guide gave to `sync`; None where no store can tell."""
    try:
        with closing(sqlite3.connect(read_only_uri(path), uri=True)) as connection:
            row = connection.execute("SELECT built FROM guide WHERE slug = ?", (guide,)).fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row else None


def read_only_uri(path: str) -> str:
    """Return the address under which SQLite opens a file without making or changing it."""
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}?mode=ro"

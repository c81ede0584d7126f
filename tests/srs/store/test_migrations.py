from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sqlite_utils import Database

from srs.store.connection import SCHEMA_VERSION
from srs.store.migrations import migrations
from srs.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_the_format_is_the_number_of_migrations() -> None:
    with closing(sqlite3.connect(":memory:")) as empty:
        assert len(migrations.pending(Database(empty))) == SCHEMA_VERSION


def test_a_new_store_has_them_all_and_strict_tables_only(path: Path) -> None:
    with Store.open(path) as store:
        assert migrations.pending(Database(store.connection)) == []
        tables = store.connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 "
            "AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlite%'"
        ).fetchall()
        assert tables == []


def test_a_store_writes_ahead_syncs_fully_and_checks_its_references(store: Store) -> None:
    pragmas = [
        store.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert pragmas == ["wal", 2, 1]


def test_a_store_of_an_older_format_gains_what_is_new_and_keeps_the_rest(path: Path) -> None:
    with Store.open(path) as store:
        store.save_preference("new_a_day", 7)
        store.connection.executescript(
            "DROP TABLE attempt; PRAGMA user_version = 1;"
            "DELETE FROM _sqlite_migrations WHERE name = '0002_attempts'"
        )
    with Store.open(path) as store:
        assert store.attempts.histories() == {}
        assert store.preferences.new_a_day == 7

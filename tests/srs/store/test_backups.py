from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cards.errors import StoreError
from srs.schedule.sm2 import Grade
from srs.store.backups import copy_store, list_backups, make_daily_backup, outdated_backups, restore_backup
from srs.store.store import Store
from tests.builders.deck import CARDS

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FIRST = CARDS[0].id


def test_a_backup_holds_what_only_the_write_ahead_log_has(store: Store, tmp_path: Path) -> None:
    store.log.record_answer(FIRST, Grade.GOOD, reviewed_at=NOW, seen=0)
    copy_store(store.connection, tmp_path / "copy.db")
    with Store.open_existing(tmp_path / "copy.db") as copy:
        assert [entry.grade for entry in copy.log.history(FIRST)] == [Grade.GOOD]


def test_a_backup_is_one_file(store: Store, tmp_path: Path) -> None:
    copy_store(store.connection, tmp_path / "backups" / "copy.db")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["copy.db"]


def test_a_backup_that_fails_leaves_the_old_one(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copy.db"
    folder.mkdir()
    (folder / "kept").touch()
    with pytest.raises(StoreError):
        copy_store(store.connection, folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "home"]


def test_where_nothing_can_be_written_the_backup_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "no-folder").touch()
    with pytest.raises(StoreError, match=r"no-folder/x\.db cannot be written"):
        copy_store(store.connection, tmp_path / "no-folder" / "x.db")


def test_one_backup_a_day(store: Store) -> None:
    today = NOW.date()
    first = make_daily_backup(store.connection, store.path, today)
    assert first is not None
    assert make_daily_backup(store.connection, store.path, today) is None
    assert list_backups(store.path) == [first]


def test_the_last_14_days_and_the_first_of_each_month_are_kept() -> None:
    days = [date(2026, 9, 20) + timedelta(days=number) for number in range(64)]
    names = [f"proofdeck-{day}.db" for day in days]
    gone = outdated_backups([*names, "before-format-2.db", "notes.txt"])
    kept = [name for name in names if name not in gone]
    assert kept == ["proofdeck-2026-09-20.db", "proofdeck-2026-10-01.db", "proofdeck-2026-11-01.db"] + [
        f"proofdeck-2026-11-{day:02d}.db" for day in range(9, 23)
    ]
    assert set(gone) <= set(names)


def test_a_restored_store_is_what_it_was_and_what_was_there_is_kept(
    store: Store, path: Path, tmp_path: Path
) -> None:
    copy, aside = tmp_path / "copy.db", tmp_path / "aside.db"
    copy_store(store.connection, copy)
    store.log.record_answer(FIRST, Grade.GOOD, reviewed_at=NOW, seen=0)
    store.close()
    assert restore_backup(str(path), copy, aside)
    with Store.open_existing(path) as restored, Store.open_existing(aside) as kept:
        assert restored.log.history(FIRST) == []
        assert [entry.grade for entry in kept.log.history(FIRST)] == [Grade.GOOD]


def test_a_damaged_store_can_be_restored_and_its_files_are_kept(
    store: Store, path: Path, tmp_path: Path
) -> None:
    copy, aside = tmp_path / "copy.db", tmp_path / "backups" / "aside.db"
    copy_store(store.connection, copy)
    store.close()
    path.write_bytes(b"damaged from the first byte" * 1000)
    assert restore_backup(str(path), copy, aside)
    assert aside.read_bytes() == b"damaged from the first byte" * 1000
    with Store.open_existing(path) as restored:
        assert len(restored.cards.rows()) == len(CARDS)


def test_what_is_no_sound_backup_changes_nothing(store: Store, path: Path, tmp_path: Path) -> None:
    store.close()
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    for source in (foreign, tmp_path / "missing.db"):
        with pytest.raises(StoreError):
            restore_backup(str(path), source, tmp_path / "aside.db")
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_store_that_is_being_written_to_is_not_replaced(store: Store, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy_store(store.connection, copy)
    store.connection.execute("BEGIN IMMEDIATE")
    store.connection.execute("UPDATE card SET flag = 'writing'")
    with pytest.raises(StoreError, match="in use"):
        restore_backup(str(path), copy, tmp_path / "aside.db")
    store.connection.execute("ROLLBACK")

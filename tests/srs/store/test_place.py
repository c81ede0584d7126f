"""The store's file is replaced, deleted, overwritten or synced while it is open: no answer told is lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from cards.errors import StoreError
from srs.schedule.sm2 import Grade
from srs.store.backups import BEFORE_FORGETTING, copy_store, restore_backup
from srs.store.store import Store
from tests.builders.command import COMMAND, environment, started_command
from tests.builders.deck import CARDS
from tests.builders.store import answered, store_with

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FIRST, SECOND = CARDS[0].id, CARDS[1].id


def moved(path: Path, other: Path) -> None:
    shutil.copyfile(other, path.with_name("coming"))
    path.with_name("coming").replace(path)


def moved_with_an_empty_log(path: Path, other: Path) -> None:
    moved(path, other)
    path.with_name(f"{path.name}-wal").write_bytes(b"")


def overwritten(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)


def torn(path: Path, other: Path) -> None:
    whole = other.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def emptied(path: Path, _other: Path) -> None:
    path.write_bytes(b"")


def deleted(path: Path, _other: Path) -> None:
    path.unlink()


def folder_deleted(path: Path, _other: Path) -> None:
    shutil.rmtree(path.parent)


def folder_moved(path: Path, _other: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def all_deleted(path: Path, _other: Path) -> None:
    for file in path.parent.glob("proofdeck.db*"):
        file.unlink()


def linked(path: Path, other: Path) -> None:
    path.unlink()
    path.symlink_to(other)


CHANGES = [
    moved,
    moved_with_an_empty_log,
    overwritten,
    torn,
    emptied,
    deleted,
    folder_deleted,
    folder_moved,
    all_deleted,
    linked,
]


def answers_anywhere(*folders: Path) -> set[tuple[str, int]]:
    """Return the answers of every sound store that lies in some folders."""
    found: set[tuple[str, int]] = set()
    for folder in folders:
        for file in folder.rglob("*.db"):
            with closing(sqlite3.connect(file)) as store:
                try:
                    found |= set(store.execute("SELECT card, grade FROM log"))
                except sqlite3.DatabaseError:
                    continue
    return found


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A copy of the store before any answer, as another machine has it."""
    folder = tmp_path / "other"
    store_with(folder / "copy.db").close()
    return folder / "copy.db"


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("ends", [True, False], ids=["then it ends", "then an answer"])
def test_no_answer_that_was_told_is_in_no_file(
    path: Path, tmp_path: Path, other: Path, change: Callable[[Path, Path], None], *, ends: bool
) -> None:
    store_with(path).close()
    review = started_command("--home", str(path.parent), "review", "--new", "20")
    assert review.stdin is not None
    assert review.stdout is not None
    told = set()
    for _ in range(3):
        review.stdin.write("4\n")
        review.stdin.flush()
        _, card, grade, *_ = review.stdout.readline().split()
        told.add((card, int(grade)))
    change(path, other)
    output, errors = review.communicate("" if ends else "5\n4\n4\n")
    told |= {(line.split()[1], int(line.split()[2])) for line in output.splitlines()}
    assert told <= answers_anywhere(tmp_path)
    assert review.returncode == 1
    assert "Traceback" not in errors
    (sentence,) = errors.splitlines()
    assert "while it was open" in sentence
    way = sentence.partition("`proofdeck ")[2].partition("`")[0].split()
    again = run("--home", str(path.parent), *way, *(["--yes"] if way[0] == "restore" else []))
    if change not in {torn, emptied}:
        assert again.returncode == 0, again.stderr
        with Store.open_existing(path) as store:
            assert told <= {(entry.card, entry.grade) for row in CARDS for entry in store.log.history(row.id)}


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], text=True, capture_output=True, check=False, env=environment(**more)
    )


def test_every_answer_is_in_the_store_s_own_file(store: Store, path: Path) -> None:
    answered(store, FIRST, 4, NOW)
    assert path.with_name("proofdeck.db-wal").read_bytes() == b""
    assert answers_anywhere(path.parent) == {(FIRST, 4)}


def test_an_older_backup_copied_over_the_store_after_a_kill_is_what_was_copied(
    store: Store, path: Path, tmp_path: Path
) -> None:
    copy_store(store.connection, tmp_path / "older.db")
    answered(store, FIRST, 4, NOW)
    killed = tmp_path / "killed"
    shutil.copytree(path.parent, killed)
    moved(killed / path.name, tmp_path / "older.db")
    with Store.open_existing(killed / path.name) as opened:
        assert opened.log.history(FIRST) == []


def left_log(path: Path) -> bytes:
    """Return a write-ahead log with an answer, as a program leaves it that never brings it back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as reader, Store.open(path) as store:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM log").fetchone()
        answered(store, FIRST, 4, NOW)
        return path.with_name("proofdeck.db-wal").read_bytes()


def test_a_left_log_that_belongs_to_the_store_is_replayed(path: Path, tmp_path: Path) -> None:
    store_with(path).close()
    before = path.read_bytes()
    ahead = left_log(path)
    crashed = tmp_path / "crashed" / "proofdeck.db"
    crashed.parent.mkdir()
    crashed.write_bytes(before)
    crashed.with_name("proofdeck.db-wal").write_bytes(ahead)
    with Store.open_existing(crashed) as store:
        assert [entry.grade for entry in store.log.history(FIRST)] == [Grade.GOOD]


def test_a_left_log_of_another_file_is_put_aside_and_told(path: Path, tmp_path: Path) -> None:
    store_with(path).close()
    ahead = left_log(path)
    with Store.open(path) as store:
        for number, card in enumerate(CARDS):
            store.log.record_answer(
                card.id, Grade.GOOD, reviewed_at=NOW.replace(hour=10 + number), seen=1 - (number > 0)
            )
        copy_store(store.connection, tmp_path / "copy.db")
        many = len(store.log.by_card())
    (tmp_path / "copy.db").replace(path)
    path.with_name("proofdeck.db-wal").write_bytes(ahead)
    with pytest.raises(StoreError, match=r"was replaced by another copy .* Run the command again"):
        Store.open_existing(path)
    assert (path.parent / "backups" / "left-over-1.db-wal").read_bytes() == ahead
    with Store.open_existing(path) as store:
        assert len(store.log.by_card()) == many


def test_a_left_log_that_forgets_a_deck_belongs_to_the_store(path: Path, tmp_path: Path) -> None:
    with store_with(path) as store:
        answered(store, FIRST, 4, NOW)
        guide = store.decks.names()[0].guide
        copy_store(store.connection, path.parent / "backups" / f"{BEFORE_FORGETTING}-2026-11-22-090000.db")
    before = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as reader, Store.open(path) as store:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM log").fetchone()
        store.decks.forget(guide)
        ahead = path.with_name("proofdeck.db-wal").read_bytes()
    crashed = tmp_path / "crashed" / "proofdeck.db"
    shutil.copytree(path.parent / "backups", crashed.parent / "backups")
    crashed.write_bytes(before)
    crashed.with_name("proofdeck.db-wal").write_bytes(ahead)
    with Store.open_existing(crashed) as store:
        assert len(store.log.by_card()) == 0


def test_a_store_that_is_open_is_not_replaced(store: Store, path: Path, tmp_path: Path) -> None:
    copy_store(store.connection, tmp_path / "copy.db")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is in use: a sitting or another command has it open"):
        restore_backup(str(path), tmp_path / "copy.db", tmp_path / "aside.db")
    assert path.read_bytes() == before
    store.close()
    assert restore_backup(str(path), tmp_path / "copy.db", tmp_path / "aside.db")


def test_changes_of_another_proofdeck_are_no_other_file(store: Store, path: Path) -> None:
    for number in range(3):
        answered(store, FIRST, 4, NOW.replace(hour=9 + number))
        with Store.open_existing(path) as second:
            answered(second, SECOND, 5, NOW.replace(hour=9 + number))
    assert [len(store.log.history(card)) for card in (FIRST, SECOND)] == [3, 3]


def test_a_touched_store_is_the_same_file(store: Store, path: Path) -> None:
    answered(store, FIRST, 4, NOW)
    path.touch()
    answered(store, SECOND, 4, NOW)
    assert [len(store.log.history(card)) for card in (FIRST, SECOND)] == [1, 1]


def test_what_was_undone_here_is_undone_in_what_is_kept(store: Store, path: Path, other: Path) -> None:
    answered(store, FIRST, 4, NOW)
    store.log.undo(at=NOW)
    answered(store, SECOND, 5, NOW)
    overwritten(path, other)
    with pytest.raises(StoreError, match="was overwritten"):
        answered(store, SECOND, 3, NOW)
    with Store.open_existing(path.parent / "backups" / "rescued-1.db") as kept:
        undone = [(entry.grade, entry.undone_at is not None) for entry in kept.log.history(FIRST)]
        assert undone == [(Grade.GOOD, True)]
        assert [entry.grade for entry in kept.log.history(SECOND)] == [Grade.PERFECT]

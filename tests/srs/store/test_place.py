"""The store's file is replaced, deleted, overwritten or synced while it is open: no answer told is lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.errors import StoreError
from srs.schedule.sm2 import Grade
from srs.store.backups import copy_store, restore_backup
from srs.store.store import Store
from tests.builders.command import COMMAND, environment, started_command
from tests.builders.deck import CARDS
from tests.builders.store import answered, store_with

if TYPE_CHECKING:
    from collections.abc import Callable

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

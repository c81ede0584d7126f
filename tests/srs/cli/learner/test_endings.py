"""Sittings that are ended from outside: a closed window, a shutdown, another terminal."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from srs.store.store import Store
from tests.builders.command import started_command
from tests.builders.deck import CARDS
from tests.builders.terminal import review_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs its signals")]

ENDINGS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def heard_endings() -> Iterator[None]:
    """Let the signals reach the commands that a test starts, also under ``nohup`` and in the background."""
    ignored = [number for number in ENDINGS if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


def grades(home: Path) -> list[int]:
    with Store.open_existing(home / "proofdeck.db") as store:
        return [int(entry.grade or 0) for card in CARDS for entry in store.log.history(card.id)]


def left_files(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir())


@pytest.mark.parametrize("number", ENDINGS, ids=lambda number: number.name)
def test_a_sitting_that_reads_lines_ends_as_with_ctrl_c(home: Path, number: signal.Signals) -> None:
    review = started_command("--home", str(home), "review")
    assert review.stdin is not None
    assert review.stdout is not None
    review.stdin.write("4\n")
    review.stdin.flush()
    assert review.stdout.readline().startswith("answered")
    review.send_signal(number)
    _, errors = review.communicate()
    assert (review.returncode, errors.strip()) == (130, "Stopped.")
    assert left_files(home) == ["backups", "proofdeck.db"]
    assert grades(home) == [4]


@pytest.mark.parametrize("number", ENDINGS, ids=lambda number: number.name)
def test_a_sitting_on_a_screen_ends_as_with_ctrl_c(home: Path, number: signal.Signals) -> None:
    sitting = review_terminal(home)
    sitting.sees("show the answer")
    sitting.press(" ")
    sitting.sees("perfect")
    sitting.press("5")
    sitting.sees("2 of 5", "show the answer")
    sitting.child.kill(number)
    assert "1 new card" in sitting.ends()
    assert sitting.child.exitstatus == 0
    assert left_files(home) == ["backups", "proofdeck.db"]
    assert grades(home) == [5]


def test_a_window_that_is_closed_leaves_a_whole_store_and_a_backup(home: Path) -> None:
    sitting = review_terminal(home)
    sitting.sees("show the answer")
    sitting.press(" ")
    sitting.sees("perfect")
    sitting.press("5")
    sitting.sees("2 of 5", "show the answer")
    os.close(sitting.child.child_fd)
    sitting.child.wait()
    assert left_files(home) == ["backups", "proofdeck.db"]
    assert [path.name for path in (home / "backups").iterdir()] == ["proofdeck-2026-11-22.db"]
    assert grades(home) == [5]


def test_a_sitting_that_is_killed_leaves_the_backup_of_its_day(home: Path) -> None:
    review = started_command("--home", str(home), "review")
    assert review.stdin is not None
    assert review.stdout is not None
    review.stdin.write("4\n")
    review.stdin.flush()
    assert review.stdout.readline().startswith("answered")
    review.kill()
    review.communicate()
    (backup,) = (home / "backups").iterdir()
    with Store.open_existing(backup) as store:
        assert store.log.by_card() == {}

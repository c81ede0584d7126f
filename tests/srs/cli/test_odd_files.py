"""Pipes, devices and bombs in the place of files end in a sentence, and soon."""

from __future__ import annotations

import os
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from cards.program.displayed_code import DisplayedVerdict, DisplayKey
from srs.cli.trust.run_memory import RunMemory

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")


@pytest.mark.parametrize("name", ["pipe", "/dev/zero"])
@pytest.mark.parametrize(
    "words",
    [
        "build {}",
        "check {}",
        "prove {}",
        "export {}",
        "recover {}",
        "anki pull {}",
        "merge {}",
        "restore --yes {}",
    ],
)
def test_what_is_no_file_is_told(desk: Desk, name: str, words: str) -> None:
    desk.write()
    desk.run("build", "small.md")
    os.mkfifo("pipe")
    done = desk.run(*(word.format(name) for word in words.split()))
    assert done.exit_code in {1, 2}
    assert done.stderr.count("\n") == 1
    assert name in done.stderr


COMMANDS_ON_A_STORE = [
    "due",
    "review",
    "undo",
    "cards",
    "decks",
    "doctor",
    "build small.md",
    "restore --yes kept.db",
]


@pytest.mark.parametrize("words", COMMANDS_ON_A_STORE)
def test_a_store_that_is_no_file_is_told(desk: Desk, words: str) -> None:
    desk.write()
    desk.run("build", "small.md")
    store = desk.folder / "home" / "proofdeck.db"
    store.rename("kept.db")
    os.mkfifo(store)
    done = desk.run(*words.split())
    assert (done.exit_code, done.stderr) == (
        1,
        f"{store} is no regular file and holds no store: move it away, or name another.\n",
    )
    assert store.is_fifo()


def test_what_is_no_file_in_the_home_folder_is_left_alone(desk: Desk) -> None:
    desk.write()
    home = desk.folder / "home"
    desk.run("build", "small.md")
    (home / "backups").mkdir()
    pipes = [home / "seen-here", home / "backups" / "proofdeck-2020-01-01.db", *(home / "builds").iterdir()]
    for pipe in pipes:
        pipe.unlink(missing_ok=True)
        os.mkfifo(pipe)
    finding = DisplayedVerdict("card", DisplayKey("key"), "")
    RunMemory(home).add([finding])
    assert RunMemory(home).unseen([finding]) == (finding,)
    for words in ("build small.md", "check small.md", "review", "doctor", "restore"):
        assert desk.run(*words.split()).exit_code == 0, words
    assert all(pipe.is_fifo() for pipe in pipes)


@pytest.mark.parametrize("name", ["pipe", "/dev/zero"])
def test_a_lock_that_is_no_file_is_told(desk: Desk, name: str) -> None:
    desk.write()
    os.mkfifo("pipe")
    (desk.folder / "small.lock").symlink_to(name)
    for command in ("build", "check", "prove", "export"):
        done = desk.run(command, "small.md")
        assert done.exit_code == 1, command
        assert "small.lock: the lock cannot be read: it is a pipe or a device" in done.stderr, command


def test_a_package_that_unpacks_to_far_more_than_it_holds_is_not_read(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    with zipfile.ZipFile("bomb.apkg", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", bytes(100 << 20))
    done = desk.run("anki", "pull", "bomb.apkg")
    assert (done.exit_code, done.stderr) == (
        1,
        "bomb.apkg unpacks to more than 64 MB; it is not read.\n",
    )


def test_a_backup_removes_what_killed_ones_left(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    backups = desk.folder / "home" / "backups"
    backups.mkdir(exist_ok=True)
    for name in ("proofdeck-2026-11-01.db.partial", "proofdeck-2026-11-02.db.partial-journal"):
        (backups / name).touch()
    desk.run("review", keys="4\n")
    assert sorted(path.name for path in backups.iterdir()) == ["proofdeck-2026-11-22.db"]

"""Pipes, devices and bombs in the place of files end in a sentence, and soon."""

from __future__ import annotations

import os
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

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

"""What a build keeps before it changes the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.srs.cli.conftest import GUIDE

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk


def test_a_build_keeps_the_days_backup_once_there_is_something_to_lose(desk: Desk) -> None:
    backups = desk.folder / "home" / "backups"
    desk.write()
    desk.run("build", "small.md")
    assert not backups.exists()
    desk.run("review", keys="4\n")
    for backup in backups.iterdir():
        backup.unlink()
    desk.write(f"{GUIDE}\n### Q3. What is XLA?\n\nThe compiler **XLA** fuses operations.\n")
    desk.run("build", "small.md", now="2026-11-23T09:00:00+00:00")
    (backup,) = backups.iterdir()
    assert backup.name == "proofdeck-2026-11-23.db"
    with closing(sqlite3.connect(backup)) as kept:
        assert kept.execute("SELECT count(*) FROM log").fetchone() == (1,)
        assert kept.execute("SELECT count(*) FROM card").fetchone() == (8,)


def test_a_store_in_a_synced_folder_is_told(desk: Desk) -> None:
    (desk.folder / ".stfolder").mkdir()
    desk.write()
    desk.run("build", "small.md")
    copy = desk.folder / "home" / "proofdeck.sync-conflict-20261122-090000-ABCDEFG.db"
    assert desk.run("backup", str(copy)).exit_code == 0
    said = desk.run("doctor").stdout
    assert "proofdeck.db lies in a folder of Syncthing" in said
    assert f"{copy} looks like a copy that two machines made" in said
    assert "lies in a folder of Syncthing" in desk.run("review", keys="4\n").stderr
    assert "Syncthing" not in desk.run("review", keys="4\n").stderr

"""A desk with a guide, its store and some days of answers, and copies of it to damage."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.srs.cli.conftest import Desk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DAYS = [f"2026-11-{day}T09:00:00+00:00" for day in range(20, 24)]
LAST = "2026-11-24T09:00:00+00:00"


def learnt_desk(folder: Path) -> Desk:
    """Build a guide in a folder, and review on each of the days."""
    desk = Desk(folder)
    guide = desk.write()
    assert desk.run("build", str(guide), "-o", str(folder / "small.apkg"), now=DAYS[0]).exit_code == 0
    for day in DAYS:
        assert desk.run("review", keys="4\n2\n5\n3\n4\n", now=day).exit_code == 0
    return desk


def copied_desk(learnt: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Copy a desk into a folder, and work there."""
    shutil.copytree(learnt, folder / "desk")
    monkeypatch.chdir(folder / "desk")
    return Desk(folder / "desk")


def store_path(desk: Desk) -> Path:
    """Return the file of a desk's store."""
    return desk.folder / "home" / "proofdeck.db"

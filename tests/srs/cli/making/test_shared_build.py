"""A build that shares its work with a copy of itself writes what one process writes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from cards import shared_work

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk


def built(desk: Desk) -> list[object]:
    """Build from nothing and return all that is written: the deck, the lock and the store's cards."""
    assert desk.run("build", str(desk.write())).exit_code == 0
    files = [desk.folder / name for name in ("small.apkg", "small.lock")]
    written: list[object] = [file.read_bytes() for file in files]
    with closing(sqlite3.connect(desk.folder / "home" / "proofdeck.db")) as store:
        written += (sorted(store.execute(f"SELECT * FROM {table}")) for table in ("card", "face"))  # noqa: S608
    for file in files:
        file.unlink()
    shutil.rmtree(desk.folder / "home")
    return written


@pytest.mark.skipif(sys.platform != "linux", reason="copies are sound on Linux alone")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_build_that_shares_its_work_writes_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = built(desk)
    copies: list[str] = []
    fork = os.fork

    def counted() -> int:
        copies.append("a copy")
        return fork()

    monkeypatch.setattr(os, "fork", counted)
    monkeypatch.setattr(shared_work, "_BATCH_SIZE", 2)
    monkeypatch.setattr(shared_work, "_ITEMS_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(shared_work, "cores", lambda: 2)
    monkeypatch.setattr(shared_work, "can_be_copied", lambda: True)
    assert built(desk) == alone
    # For the digests, the notes, their audit and the store's rows.
    assert len(copies) == 4

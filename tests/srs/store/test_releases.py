"""What a release wrote opens for ever: store, lock and guide of each one lie in `releases/`.

A store lies there as the text of its statements. Add a folder at each release; none is ever edited.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from srs.store.connection import SCHEMA_VERSION
from srs.store.health import check_health
from srs.store.store import Store
from tests.srs.cli.conftest import Desk

RELEASES = Path(__file__).parent / "releases"
NOW = "2026-11-24T09:00:00+00:00"


@pytest.fixture(params=sorted(path.name for path in RELEASES.iterdir()))
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A folder as a release left it."""
    release = RELEASES / request.param
    (tmp_path / "home").mkdir()
    with closing(sqlite3.connect(tmp_path / "home" / "proofdeck.db")) as store:
        store.executescript((release / "store.sql").read_text("utf-8"))
    for name in ("small.md", "small.lock"):
        shutil.copy(release / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


def test_there_is_a_release() -> None:
    assert [path.name for path in RELEASES.iterdir()] != []


def test_its_store_is_brought_to_the_newest_format_with_every_answer(desk: Desk) -> None:
    with Store.open(desk.folder / "home" / "proofdeck.db") as store:
        assert store.connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        entries = [entry for of_card in store.log.by_card().values() for entry in of_card]
        assert Counter((entry.act.value, entry.undone_at is not None) for entry in entries) == {
            ("review", False): 10,
            ("review", True): 1,
            ("flag", False): 1,
            ("suspend", False): 1,
            ("bury", False): 1,
        }
        found = check_health(store)
        assert (found.damage, found.wrong_standings, found.damaged_cards, found.wrong_words) == (
            (),
            (),
            (),
            (),
        )
        assert (found.cards, found.entries) == (10, 14)


def test_all_that_looks_at_it_finds_what_was_there(desk: Desk) -> None:
    assert desk.run("doctor", now=NOW).exit_code == 0
    assert "7" in desk.run("settings", "new_a_day", now=NOW).stdout
    assert desk.json("stats", now=NOW)["by_day"] == {"2026-11-20": 5, "2026-11-21": 3, "2026-11-23": 2}
    (flagged,) = desk.json("cards", "--flagged", now=NOW)
    assert flagged["flag"] == "check this"
    assert len(desk.json("cards", "--suspended", now=NOW)) == 1
    assert len(desk.run("review", keys="4\n" * 3, now=NOW).stdout.splitlines()) == 3


@pytest.mark.slow
def test_its_guide_is_built_again_with_the_same_cards(desk: Desk) -> None:
    before = {card["id"] for card in desk.json("cards", now=NOW)}
    assert desk.run("check", "small.md", now=NOW).exit_code in {0, 1}
    report = desk.json("build", "small.md", "--adopt", now=NOW)
    assert [report["changes"][name] for name in ("new", "retired", "revived")] == [[], [], []]
    assert {card["id"] for card in desk.json("cards", now=NOW)} == before

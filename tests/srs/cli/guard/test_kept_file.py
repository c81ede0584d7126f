"""What a person keeps is replaced by nothing that is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

STORE = "home/proofdeck.db"


@pytest.fixture
def built(desk: Desk) -> Desk:
    desk.write()
    desk.write(name="notes.txt")
    assert desk.run("build", "small.md").exit_code == 0
    assert desk.run("backup", "kept.db").exit_code == 0
    return desk


@pytest.mark.parametrize(
    ("words", "file", "kept"),
    [
        ("build small.md -o", "small.md", "small.md is a guide, and the deck would take its place"),
        ("build notes.txt -o", "notes.txt", "notes.txt is a guide, and the deck would take its place"),
        ("build small.md -o", "small.lock", "small.lock is a lock, and the deck would take its place"),
        ("build small.md -o", STORE, f"{STORE} is a store, and the deck would take its place"),
        ("export small.md -o", "small.md", "small.md is a guide, and the page would take its place"),
        ("export small.md -o", "small.lock", "small.lock is a lock, and the page would take its place"),
        ("stats --html", STORE, f"{STORE} is a store, and the page would take its place"),
        ("stats --html", "small.md", "small.md is a guide, and the page would take its place"),
        ("backup", "small.md", "small.md is there already and is no store"),
        ("backup", STORE, f"{STORE} is the store itself"),
    ],
)
def test_a_guide_a_lock_and_a_store_stay(built: Desk, words: str, file: str, kept: str) -> None:
    before = Path(file).read_bytes()
    done = built.run(*words.split(), file)
    assert (done.exit_code, Path(file).read_bytes() == before) == (2, True)
    assert kept in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ("build small.md -o", "small.apkg"),
        ("export small.md -o", "page.html"),
        ("stats --html", "page.html"),
        ("backup", "kept.db"),
        ("backup", "empty"),
    ],
)
def test_what_was_written_before_is_replaced(built: Desk, words: str, file: str) -> None:
    Path("page.html").write_text("<!doctype html>\n")
    Path("empty").touch()
    assert built.run(*words.split(), file).exit_code == 0

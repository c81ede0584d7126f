"""A guide edited from a card, and the edit taken up at once."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from srs.cli import command
from srs.cli.build.editor import editor_command, guide_editor
from srs.cli.context import CommandContext
from srs.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GUIDE = """\
# Small

### Q1. What is a tensor?

A **tensor** is an array with a dtype and a shape.

### Q2. What is a variable?

A **variable** is a tensor whose value can change.
"""


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vi", ["vi", "+7", "g.md"]),
        ("/usr/bin/nano -w", ["/usr/bin/nano", "-w", "+7", "g.md"]),
        ("code", ["code", "--wait", "--goto", "g.md:7"]),
        ("hx", ["hx", "g.md:7"]),
    ],
)
def test_each_editor_is_given_the_line_in_its_way(editor: str, expected: list[str]) -> None:
    assert editor_command(editor, "g.md", 7) == expected


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "small.md"
    path.write_text(GUIDE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VISUAL", raising=False)
    built = CliRunner().invoke(command, ["--home", str(tmp_path / "home"), "build", "small.md"])
    assert built.exit_code == 0, built.output
    return path


@pytest.fixture
def store(guide: Path) -> Iterator[Store]:
    with Store.open_existing(guide.parent / "home" / "proofdeck.db") as opened:
        yield opened


def edited(store: Store, monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> str:
    """Edit the guide at its first card by replacing some words."""
    script = (
        "import pathlib, sys; file = pathlib.Path(sys.argv[-1]); "
        f"file.write_text(file.read_text().replace({old!r}, {new!r}))"
    )
    monkeypatch.setenv("EDITOR", f'{sys.executable} -c "{script}"')
    waiting = next(store.queue.new_cards(date(2026, 11, 22)))
    shown = store.cards.show(waiting.card)
    assert shown is not None
    setting = CommandContext(home=str(store.path).removesuffix("/proofdeck.db"), environment={})
    return guide_editor(setting, store, nullcontext)(shown)


def test_an_edit_is_taken_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said = edited(store, monkeypatch, "an array with a dtype", "an array of numbers with a dtype")
    assert said.startswith("Taken up: ")
    assert any("an array of numbers" in row.words for row in store.cards.rows())


def test_a_guide_left_alone_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert edited(store, monkeypatch, "nowhere", "anywhere") == "The guide was not changed."


def test_an_edit_with_a_problem_is_told_and_the_cards_stay(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.cards.rows()
    said = edited(store, monkeypatch, GUIDE, "# Small\n")
    assert said.startswith("Not taken up: small.md:")
    assert store.cards.rows() == before


def test_an_editor_that_is_not_there_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    waiting = next(store.queue.new_cards(date(2026, 11, 22)))
    shown = store.cards.show(waiting.card)
    assert shown is not None
    said = guide_editor(CommandContext(home=None, environment={}), store, nullcontext)(shown)
    assert said.startswith("no-such-editor cannot be started")


def test_a_guide_that_has_moved_is_told(store: Store, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guide.rename(guide.with_name("moved.md"))
    assert edited(store, monkeypatch, "a", "b").startswith("The guide small.md is not where it was built")

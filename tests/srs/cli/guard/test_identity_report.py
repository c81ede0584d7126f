"""What a build says of cards with other words, of doubts, and of how many cards changed in the store."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.srs.cli.guard.test_loss_guard import GUIDE

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

REWORDED = GUIDE.replace("makes a room bright", "makes a whole room bright")
DOUBTED = (
    "# G\n\n### Q1. What is it?\n\nQ: How is the red value set today?\nA: By hand.\n\n"
    "Q: How is the new value set today?\nA: By hand.\n"
)
DOUBTFUL = "# G\n\n### Q1. What is it?\n\nQ: How is the value set today?\nA: By hand.\n"


def built(desk: Desk, before: str, after: str) -> None:
    desk.write(before, "guide.md")
    desk.run("build", "guide.md")
    desk.write(after, "guide.md")


def test_the_words_that_changed_are_shown(desk: Desk) -> None:
    built(desk, GUIDE, REWORDED)
    shown = desk.run("build", "guide.md").stdout
    assert "reworded (2)\n" in shown
    assert "  What does shine do?\n      Makes a {+whole+} room bright\n" in shown
    assert "      What makes a {+whole+} room bright?\n" in shown


def test_json_has_both_wordings_and_the_words_that_changed(desk: Desk) -> None:
    built(desk, GUIDE, REWORDED)
    first, _ = desk.json("build", "guide.md")["reworded"]
    card = first["is"]["card"]
    assert first == {
        "was": {"card": card, "front": "What does shine do?", "back": "Makes a room bright"},
        "is": {"card": card, "front": "What does shine do?", "back": "Makes a whole room bright"},
        "gone": [],
        "came": ["whole"],
    }
    assert "reworded" not in desk.json("build", "guide.md")


def test_a_doubt_has_the_words_of_both_and_a_command_that_settles_it(desk: Desk) -> None:
    built(desk, DOUBTED, DOUBTFUL)
    shown = desk.run("build", "guide.md").stdout
    (line,) = [line for line in shown.splitlines() if "How is the [-red-] value" in line]
    assert line.strip() == "How is the [-red-] value set today? — By hand."
    command = shown.splitlines()[shown.splitlines().index(line) - 1].strip()
    assert command.startswith("proofdeck relink --guide guide.md ")
    settled = desk.run(*command.split()[1:])
    assert settled.exit_code == 0
    assert desk.json("build", "guide.md")["changes"]["in_doubt"] == []


def test_json_has_the_words_of_a_doubt_and_what_settles_it(desk: Desk) -> None:
    built(desk, DOUBTED, DOUBTFUL)
    report = desk.json("build", "guide.md")
    (doubt,), (ids,) = report["doubts"], report["changes"]["in_doubt"]
    assert doubt["new"] == {
        "card": ids["new"],
        "front": "How is the value set today?",
        "back": "By hand.",
    }
    assert [old["settle"] for old in doubt["old"]] == [
        f"proofdeck relink --guide guide.md {old} {ids['new']}" for old in ids["old"]
    ]


def test_the_counts_are_those_of_the_store(desk: Desk) -> None:
    """The lock was built on another machine: its store has the cards, this one has none of them yet."""
    built(desk, GUIDE, GUIDE)
    shutil.rmtree(desk.folder / "home")
    (desk.folder / "guide.apkg").unlink()
    shown = desk.run("build", "guide.md").stdout
    assert "Changes    20 new · 0 as before" in shown
    assert "in this store only" not in shown  # as is the whole deck


def test_what_another_machine_changed_is_counted_as_the_store_has_it(desk: Desk) -> None:
    built(desk, GUIDE, REWORDED)
    (desk.folder / "home").rename(desk.folder / "elsewhere")
    desk.run("build", "guide.md")  # on another machine, with a store of its own
    shutil.rmtree(desk.folder / "home")
    (desk.folder / "elsewhere").rename(desk.folder / "home")
    report = desk.json("build", "guide.md")
    assert len(report["changes"]["changed"]) == report["store_changes"]["changed"] == 2
    assert report["changes"]["unchanged"] == report["store_changes"]["unchanged"] == 18

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders.golden import normalised
from tests.srs.cli.conftest import GUIDE, Desk

if TYPE_CHECKING:
    from tests.builders.golden import Expect

GIT = "# Git\n\n### What is a commit?\n\nA **commit** is a snapshot of the whole tree.\n"


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A desk with two decks, of which one card was answered."""
    desk.write()
    desk.write(GIT, "git.md")
    desk.run("build", "small.md")
    desk.run("build", "git.md")
    desk.run("review", "git", keys="4\n")
    return desk


def test_the_list_names_each_deck_with_its_cards_and_its_guide(two: Desk, expect: Expect) -> None:
    (two.folder / "small.md").unlink()
    two.run("decks", "remove", "small")
    listed = two.run("decks", now="2026-11-23T09:00:00+00:00").stdout
    expect("decks", normalised(listed.replace(str(two.folder), "HERE")))


def test_the_list_as_json(two: Desk) -> None:
    git, small = two.json("decks", now="2026-11-23T09:00:00+00:00")
    assert git == {
        "deck": "git",
        "name": "Git",
        "guide_id": git["guide_id"],
        "guide": str(two.folder / "git.md"),
        "guide_is_there": True,
        "built_on": "2026-11-22",
        "removed": False,
        "cards": 1,
        "new": 0,
        "due": 1,
        "retired": 0,
    }
    assert (small["cards"], small["new"], small["due"]) == (8, 8, 0)


def test_a_renamed_deck_has_its_name_in_every_list_and_in_its_package(two: Desk) -> None:
    assert two.run("decks", "rename", "git", " Version   control ").stdout == (
        "“Git” is called “Version control” now; its next build writes that into the Anki deck.\n"
    )
    assert two.json("build", "git.md")["deck"]["name"] == "Version control"
    assert [deck["name"] for deck in two.json("decks")] == ["Version control", "Small guide"]
    assert "Version control" in two.run("show", two.json("cards", "--deck", "version")[0]["id"]).stdout


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("small GUIDE", "Another deck is called “Small guide” already (small).\n"),
        ("  ", "A deck needs a name; give it some letters.\n"),
    ],
)
def test_a_name_that_tells_no_deck_is_refused(two: Desk, name: str, sentence: str) -> None:
    result = two.run("decks", "rename", "git", name)
    assert (result.exit_code, result.stderr) == (1, sentence)


def test_a_removed_deck_is_not_asked_and_a_build_revives_it_with_its_history(two: Desk) -> None:
    before = two.json("cards", "--deck", "git")
    assert two.run("decks", "remove", "git").stdout.startswith("“Git” is removed: 1 card not asked any more")
    assert two.json("cards", "--deck", "git") == []
    assert two.json("due", now="2026-12-30T09:00:00+00:00")["new_in_all"] == 8
    report = two.json("build", "git.md")
    assert report["store_changes"]["revived"] == 1
    assert two.json("cards", "--deck", "git") == before
    assert [deck["removed"] for deck in two.json("decks")] == [False, False]


def test_a_removed_deck_is_known_again_under_another_name(two: Desk) -> None:
    before = two.json("cards", "--deck", "git")[0]["id"]
    two.run("decks", "remove", "git")
    (two.folder / "git.lock").unlink()
    (two.folder / "git.md").rename(two.folder / "vcs.md")
    two.run("build", "vcs.md")
    assert [row["id"] for row in two.json("cards", "--deck", "vcs")] == [before]


def test_a_deck_is_forgotten_with_its_log_after_a_backup(two: Desk) -> None:
    refused = two.run("decks", "forget", "git")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "git: to delete 1 card and their reviews, say --yes.\n",
    )
    done = two.run("decks", "forget", "git", "--yes")
    assert done.stdout.startswith("“Git” is forgotten: 1 card, 1 entry of the log.")
    assert [deck["deck"] for deck in two.json("decks")] == ["small"]
    assert two.run("doctor").exit_code == 0
    (backup,) = (two.folder / "home" / "backups").glob("before-forgetting-*.db")
    assert two.run("merge", str(backup)).exit_code == 0
    assert [deck["deck"] for deck in two.json("decks")] == ["git", "small"]
    two.run("build", "git.md")
    assert two.json("cards", "--deck", "git")[0]["due"] == "2026-11-23"


def test_a_deck_that_nobody_knows_is_refused_with_those_there_are(two: Desk) -> None:
    result = two.run("decks", "remove", "nothing")
    assert (result.exit_code, result.stderr) == (
        1,
        "No one deck is called 'nothing'; there are: git, small.\n",
    )


def test_the_log_cannot_be_shortened_after_a_deck_was_forgotten(two: Desk) -> None:
    import sqlite3

    two.run("decks", "forget", "small", "--yes")
    connection = sqlite3.connect(two.folder / "home" / "proofdeck.db")
    with pytest.raises(sqlite3.IntegrityError, match="never shortened"):
        connection.execute("DELETE FROM log")
    connection.close()


def test_two_decks_of_one_beginning_are_told_apart_by_their_short_names(desk: Desk) -> None:
    for name in ("a", "b"):
        (desk.folder / name).mkdir()
        desk.write(GUIDE if name == "a" else GIT, f"{name}/README.md")
        desk.run("build", f"{name}/README.md")
    assert len(desk.json("cards", "--deck", "readme")) == 8
    assert len(desk.json("cards", "--deck", "readme-b")) == 1

"""Questions that move from one guide of the store to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from srs.cli.identity.moved_cards import StoredCards

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

TENSOR = "### What is a tensor?\n\nA **tensor** is an array with a dtype and a shape.\n"
COMMIT = "### What is a commit?\n\nA **commit** is a snapshot of the whole tree.\n"
BRANCH = "### What is a branch?\n\nA **branch** is a name for a commit that moves.\n"
REMOTE = "### What is a remote?\n\nA **remote** is a name for another repository.\n"
LATER = "2026-11-23T09:00:00+00:00"


def guide(title: str, *questions: str) -> str:
    return f"# {title}\n\n" + "\n".join(questions)


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A desk with two decks; the question on branches, in the wrong guide, was answered."""
    desk.write(guide("ML", TENSOR, BRANCH), "ml.md")
    desk.write(guide("Git", COMMIT, REMOTE), "git.md")
    desk.run("build", "ml.md")
    desk.run("build", "git.md")
    for card in cards(desk):
        if "branch" in card["words"]:
            desk.run("mark", "flag", card["id"], "mine")
    desk.run("review", "ml", keys="4\n4\n")
    return desk


def cards(desk: Desk, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.json("cards", *options)
    return found


def of_branches(desk: Desk, deck: str) -> dict[str, Any]:
    (found,) = [card for card in cards(desk, "--deck", deck) if "branch" in card["words"]]
    return {name: found[name] for name in ("id", "due")}


def move(desk: Desk) -> None:
    desk.write(guide("ML", TENSOR), "ml.md")
    desk.write(guide("Git", COMMIT, BRANCH, REMOTE), "git.md")


@pytest.mark.parametrize("order", [("ml.md", "git.md"), ("git.md", "ml.md")], ids=" then ".join)
def test_a_question_that_moves_keeps_its_history_whichever_guide_is_built_first(
    two: Desk, order: tuple[str, str]
) -> None:
    before = of_branches(two, "ml")
    assert before["due"] == "2026-11-23"
    move(two)
    reports = {name: two.json("build", name, now=LATER) for name in order}
    assert of_branches(two, "git") == before
    assert reports["git.md"]["moved"] == {"here": {before["id"]: "ML"}, "away": {}}
    if order[0] == "git.md":
        assert reports["ml.md"]["moved"] == {"here": {}, "away": {before["id"]: "Git"}}
        assert reports["ml.md"]["identity"] == ["1 card went to “Git”, with identity and history."]
        assert reports["ml.md"]["changes"]["retired"] == []
    for name in (*order, *order):
        changes = two.json("build", name, now=LATER)["changes"]
        assert [changes[what] for what in ("new", "changed", "retired", "revived")] == [[], [], [], []]
    assert (of_branches(two, "git"), len(cards(two)), cards(two, "--retired")) == (before, 4, [])


def thing(name: str) -> str:
    """Return a question whose card differs from others by a name on both sides."""
    return f"### What is a {name}?\n\nA **{name}** is the thing called {name} by everybody who knows it.\n"


@pytest.mark.parametrize("order", ["abc", "cba", "bac"])
def test_questions_that_change_places_in_a_circle_are_not_taken_for_renamed_ones(
    desk: Desk, order: str
) -> None:
    asked = {
        "a": ["apple", "birch", "clover"],
        "b": ["daisy", "elm", "fern"],
        "c": ["garlic", "hazel", "iris"],
    }
    for name, words in asked.items():
        desk.write(guide(name, *map(thing, words)), f"{name}.md")
        desk.run("build", f"{name}.md")
    before = {card["words"]: card["id"] for card in cards(desk)}
    moved = {
        "a": ["garlic", *asked["a"][1:]],
        "b": ["apple", *asked["b"][1:]],
        "c": ["daisy", *asked["c"][1:]],
    }
    for name, words in moved.items():
        desk.write(guide(name, *map(thing, words)), f"{name}.md")
    for name in order + order:
        assert desk.run("build", f"{name}.md", "--yes", now=LATER).exit_code == 0
    assert {card["words"]: card["id"] for card in cards(desk)} == before


def test_a_question_that_is_renamed_throughout_stays_itself_where_no_other_guide_has_it(desk: Desk) -> None:
    desk.write(guide("a", *map(thing, ["apple", "birch", "clover"])), "a.md")
    desk.write(guide("b", thing("garlic"), thing("hazel")), "b.md")
    for name in ("a.md", "b.md"):
        desk.run("build", name)
    before = {card["words"]: card["id"] for card in cards(desk)}
    desk.write(guide("a", *map(thing, ["garlic", "birch", "clover"])), "a.md")
    desk.run("build", "a.md", now=LATER)
    after = {card["id"]: card["words"] for card in cards(desk, "--deck", "a")}
    (apple,) = [card for words, card in before.items() if "apple" in words]
    assert "garlic" in after[apple]


def test_a_question_that_moves_back_comes_back(two: Desk) -> None:
    before = of_branches(two, "ml")
    move(two)
    for name in ("git.md", "ml.md"):
        two.run("build", name, now=LATER)
    two.write(guide("ML", TENSOR, BRANCH), "ml.md")
    two.write(guide("Git", COMMIT, REMOTE), "git.md")
    for name in ("ml.md", "git.md", "ml.md"):
        assert two.run("build", name, now=LATER).exit_code == 0
    assert of_branches(two, "ml") == before


ML, GIT = guide("ML", TENSOR), guide("Git", COMMIT, BRANCH, REMOTE)


@pytest.fixture
def halved(desk: Desk) -> Desk:
    """A desk where half of an answered guide was cut out and pasted into a new file."""
    desk.write(guide("ML", TENSOR, COMMIT, BRANCH, REMOTE), "ml.md")
    desk.run("build", "ml.md")
    desk.run("review", "ml", keys="4\n4\n4\n4\n")
    desk.write(ML, "ml.md")
    desk.write(GIT, "git.md")
    return desk


@pytest.mark.parametrize(
    "builds",
    [
        [("git.md",), ("ml.md",)],
        [("git.md", "--new"), ("ml.md",)],
        [("ml.md",), ("git.md",), ("ml.md",)],
        [("ml.md", "--yes"), ("git.md",)],
        [("ml.md", "--yes"), ("git.md", "--new")],
        [("git.md", "ml.md", "--yes")],
    ],
    ids=lambda builds: " then ".join(" ".join(build) for build in builds),
)
def test_a_part_of_a_guide_that_becomes_a_file_of_its_own_takes_its_cards_along(
    halved: Desk, builds: list[tuple[str, ...]]
) -> None:
    before = {card["id"]: card["due"] for card in cards(halved)}
    for build in builds:
        result = halved.run("build", *build, now=LATER)
    assert result.exit_code == 0
    assert {card["id"]: card["due"] for card in cards(halved)} == before
    assert (len(cards(halved, "--deck", "git")), cards(halved, "--retired")) == (3, [])


def test_a_guide_of_its_own_takes_nothing_of_one_that_is_gone(halved: Desk) -> None:
    before = {card["id"] for card in cards(halved)}
    (halved.folder / "ml.md").unlink()
    assert halved.json("build", "git.md", "--new", now=LATER)["store_changes"]["added"] == 3
    assert {card["id"] for card in cards(halved)} > before


def test_a_copy_of_a_part_is_asked_about(halved: Desk) -> None:
    halved.write(guide("ML", TENSOR, COMMIT, BRANCH, REMOTE), "ml.md")
    result = halved.run("build", "git.md", now=LATER)
    assert (result.exit_code, "by its words this is the guide ml.md" in result.stderr) == (1, True)


def test_a_question_that_stands_in_both_guides_is_two_cards(two: Desk) -> None:
    before = of_branches(two, "ml")
    two.write(guide("Git", COMMIT, BRANCH, REMOTE), "git.md")
    assert "moved" not in two.json("build", "git.md", now=LATER)
    assert two.json("build", "ml.md", now=LATER)["changes"]["retired"] == []
    assert of_branches(two, "ml") == before
    assert of_branches(two, "git")["id"] != before["id"]


def test_the_questions_of_a_guide_that_was_deleted_live_on_where_they_stand_now(two: Desk) -> None:
    before = of_branches(two, "ml")
    (two.folder / "ml.md").unlink()
    two.write(guide("Git", COMMIT, BRANCH, REMOTE), "git.md")
    two.run("build", "git.md", now=LATER)
    assert of_branches(two, "git") == before


def test_a_move_can_be_taken_back(two: Desk) -> None:
    before = of_branches(two, "ml")
    move(two)
    for name in ("ml.md", "git.md"):
        two.run("build", name, now=LATER)
    done = two.run("relink", "--undo", before["id"], "--guide", "git.md")
    assert done.exit_code == 0, done.stderr
    two.run("build", "git.md", now=LATER)
    assert of_branches(two, "git")["id"] != before["id"]
    assert before["id"] in {card["id"] for card in cards(two, "--retired")}


def test_relink_gives_a_card_the_history_of_one_that_vanished_from_another_guide(two: Desk) -> None:
    """The words changed on the way, so that nobody but its author knows."""
    before = of_branches(two, "ml")
    two.write(guide("ML", TENSOR), "ml.md")
    two.run("build", "ml.md", now=LATER)
    two.write(guide("Git", COMMIT, BRANCH.replace("a name for", "a pointer to"), REMOTE), "git.md")
    two.run("build", "git.md", now=LATER)
    new = of_branches(two, "git")["id"]
    done = two.run("relink", before["id"][:8], new[:8], "--guide", "git.md")
    assert done.exit_code == 0, done.stderr
    two.run("build", "git.md", now=LATER)
    assert of_branches(two, "git") == before
    two.run("build", "ml.md", now=LATER)
    assert of_branches(two, "git") == before


def test_relink_takes_no_card_that_another_guide_still_makes(two: Desk) -> None:
    there = of_branches(two, "ml")["id"]
    (new,) = [card["id"] for card in cards(two, "--deck", "git") if "commit" in card["words"]][:1]
    done = two.run("relink", there, new, "--guide", "git.md")
    assert (done.exit_code, done.stderr) == (
        1,
        f"{there}: the guide still makes this card; only a retired one can become another.\n",
    )


def test_other_guides_are_there_once_a_second_one_is_built(desk: Desk) -> None:
    desk.write(guide("ML", TENSOR), "ml.md")
    built = desk.json("build", "ml.md")
    others = StoredCards(
        str(desk.folder / "home" / "proofdeck.db"), built["guide_id"], lambda _: None, is_known=False
    )
    assert not others.are_there
    desk.write(guide("Git", COMMIT), "git.md")
    desk.run("build", "git.md")
    assert others.are_there

"""Guides of one name, renamed, moved, copied: through the commands, as a person meets them."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from exporters.anki.apkg import COLLECTION, PackageReader
from tests.srs.cli.conftest import GUIDE, Desk

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.card import CardId

GIT = """\
# Small guide

### What is a tensor?

A **tensor** is an array with a dtype and a shape.

### What is a commit?

A **commit** is a snapshot of the whole tree.

### What is a branch?

A **branch** is a name for a commit that moves.
"""


def write(desk: Desk, name: str, text: str = GUIDE) -> Path:
    path = desk.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def built(desk: Desk, *arguments: str) -> Any:  # noqa: ANN401 - any JSON
    result = desk.run("build", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def identities(desk: Desk, *options: str) -> set[str]:
    return {row["id"] for row in desk.json("cards", *options)}


def package_of(path: Path) -> tuple[tuple[str, ...], frozenset[int], set[CardId]]:
    """Return the names and ids of a package's decks, and its guids."""
    with closing(sqlite3.connect(":memory:")) as collection:
        collection.deserialize(zipfile.ZipFile(path).read(COLLECTION))
        ids = frozenset(deck for (deck,) in collection.execute("SELECT did FROM cards"))
        reader = PackageReader(collection)
        return reader.deck_names, ids, set(reader.note_headers())


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A desk with two guides of one name, both built."""
    write(desk, "a/README.md")
    write(desk, "b/README.md", GIT)
    built(desk, "a/README.md")
    built(desk, "b/README.md")
    return desk


def test_two_guides_of_one_name_are_two_decks(two: Desk) -> None:
    before = identities(two)
    for guide in ("a/README.md", "b/README.md"):
        report = built(two, guide)
        assert (report["changes"]["retired"], report["changes"]["revived"]) == ([], [])
    assert identities(two) == before
    assert [(deck["deck"], deck["name"]) for deck in two.json("decks")] == [
        ("readme", "Small guide"),
        ("readme-b", "Small guide (b)"),
    ]


def test_their_packages_share_neither_file_nor_deck_nor_note(two: Desk) -> None:
    """Though one question, word for word, stands in both."""
    (name, deck, guids), (other_name, other_deck, other_guids) = (
        package_of(two.folder / file) for file in ("a/readme.apkg", "b/readme-b.apkg")
    )
    assert (name, other_name) == (("Small guide",), ("Small guide (b)",))
    assert deck.isdisjoint(other_deck)
    assert guids.isdisjoint(other_guids)


def test_a_guide_that_names_its_deck_itself_is_obeyed(two: Desk) -> None:
    """So two guides may share a deck of Anki, where their author wants that."""
    for name in ("c", "d"):
        write(
            two,
            f"{name}.md",
            f"---\ndeck: Mine\n---\n# Small guide\n\n### What is {name}?\n\nA **{name}** is a letter.\n",
        )
        assert built(two, f"{name}.md")["deck"]["name"] == "Mine"
    assert built(two, "c.md")["deck"]["name"] == "Mine"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(GUIDE.replace("# Small guide", "# Large guide"), "Large guide", id="by its title"),
        pytest.param(f"---\ndeck: Work::Small\n---\n\n{GUIDE}", "Work::Small", id="in the front matter"),
    ],
)
def test_a_guide_whose_deck_is_called_otherwise_says_so_once(desk: Desk, text: str, name: str) -> None:
    """No import moves a card, so Anki would put new cards into a second deck."""
    write(desk, "small.md")
    assert "identity" not in built(desk, "small.md")
    write(desk, "small.md", text)
    report = built(desk, "small.md")
    assert report["deck"]["name"] == name
    (said,) = report["identity"]
    assert said == (
        f"Its deck was called “Small guide” and is “{name}” now: rename it in Anki too before you "
        "import it, or new cards come into a second deck there."
    )
    write(desk, "small.md", f"{text}\n### What is a rank?\n\nA **rank** is a number of axes.\n")
    assert "identity" not in built(desk, "small.md")


def test_a_guide_keeps_the_name_of_its_deck_on_another_machine(two: Desk) -> None:
    shutil.rmtree(two.folder / "home")
    assert built(two, "b/README.md")["deck"]["name"] == "Small guide (b)"


def test_locks_of_one_name_from_before_there_were_identities_become_two_decks(two: Desk) -> None:
    """A store in which both were one deck, each of which retired the other's cards."""
    for name in ("a", "b"):
        lock = two.folder / name / "README.lock"
        lines = lock.read_text("utf-8").split("\n")
        lock.write_text("\n".join(['{"proofdeck-lock": 2, "guide": "readme"}', *lines[1:]]), "utf-8")
    shutil.rmtree(two.folder / "home")
    built(two, "a/README.md")
    with closing(sqlite3.connect(two.folder / "home" / "proofdeck.db")) as store:
        (before,) = store.execute("SELECT count(*) FROM card").fetchone()
    report = built(two, "b/README.md")
    assert report["identity"] == [
        "a/README.md has the same name and is another guide: this one has a deck of its own now.",
        (
            "Another deck is called “Small guide”, so this one is “Small guide (b)”; "
            "`proofdeck decks rename` gives it a name of your own."
        ),
    ]
    assert len(identities(two)) == before + report["cards"]
    assert built(two, "a/README.md")["guide_id"] == "readme"


def test_an_old_lock_stays_as_it_is_while_nothing_changes(desk: Desk) -> None:
    path = write(desk, "small.md")
    built(desk, "small.md")
    lock = path.with_suffix(".lock")
    lines = lock.read_text("utf-8").split("\n")
    lock.write_text("\n".join(['{"proofdeck-lock": 2, "guide": "small"}', *lines[1:]]), "utf-8")
    old = lock.read_bytes()
    shutil.rmtree(desk.folder / "home")
    assert built(desk, "small.md")["changes"]["new"] == []
    assert lock.read_bytes() == old


@pytest.mark.parametrize("with_lock", [True, False], ids=["with its lock", "without"])
@pytest.mark.parametrize("place", ["other.md", "folder/small.md"], ids=["renamed", "moved"])
def test_a_guide_keeps_its_cards_under_another_name_and_elsewhere(
    desk: Desk, place: str, *, with_lock: bool
) -> None:
    path = write(desk, "small.md")
    built(desk, "small.md")
    desk.run("review", keys="4\n")
    before, logged = identities(desk), desk.json("stats")
    new = desk.folder / place
    new.parent.mkdir(exist_ok=True)
    path.rename(new)
    path.with_suffix(".lock").rename(new.with_suffix(".lock") if with_lock else desk.folder / "elsewhere")
    report = built(desk, place)
    assert report["identity"] == [
        "This guide was small.md at its last build; its deck goes on from here."
        if with_lock
        else "Known again by its words: this is the guide that was small.md. "
        f"If it is another guide: `proofdeck build --new {place}`."
    ]
    assert identities(desk) == before
    assert identities(desk, "--retired") == set()
    assert desk.json("stats") == logged
    assert len(desk.json("decks")) == 1
    assert "identity" not in built(desk, place) or built(desk, place)["identity"] == []


def test_a_guide_is_known_again_though_some_of_its_words_changed_too(desk: Desk) -> None:
    path = write(desk, "small.md")
    built(desk, "small.md")
    before = identities(desk)
    path.unlink()
    write(desk, "other.md", GUIDE.replace("the length of every axis in order", "how long every axis is"))
    assert built(desk, "other.md")["changes"]["retired"] == []
    assert identities(desk) == before


def test_what_was_taken_for_a_renamed_guide_can_be_made_one_of_its_own(desk: Desk) -> None:
    path = write(desk, "small.md")
    built(desk, "small.md")
    before = identities(desk)
    path.rename(desk.folder / "other.md")
    built(desk, "other.md")
    built(desk, "other.md", "--new")
    assert len(desk.json("decks")) == 2
    assert before < identities(desk)


def test_a_copy_is_asked_about_and_refused_where_nobody_answers(desk: Desk) -> None:
    write(desk, "small.md")
    built(desk, "small.md")
    write(desk, "copy.md")
    result = desk.run("build", "copy.md")
    assert (result.exit_code, result.stderr) == (
        1,
        (
            "copy.md: by its words this is the guide small.md, which is still there. "
            "Say --adopt if it has moved here, or --new if this is a copy that becomes a deck of its own.\n"
        ),
    )
    assert not (desk.folder / "copy.lock").exists()


@pytest.mark.parametrize("with_lock", [True, False], ids=["with its lock", "without"])
def test_a_copy_becomes_a_deck_of_its_own(desk: Desk, *, with_lock: bool) -> None:
    write(desk, "small.md")
    built(desk, "small.md")
    before = identities(desk)
    write(desk, "copy.md")
    if with_lock:
        shutil.copy(desk.folder / "small.lock", desk.folder / "copy.lock")
        assert "by its lock this is the guide small.md" in desk.run("build", "copy.md").stderr
    built(desk, "copy.md", "--new")
    after = identities(desk)
    assert (before < after, len(after)) == (True, 2 * len(before))
    assert built(desk, "small.md")["changes"]["retired"] == []
    assert built(desk, "copy.md")["changes"]["retired"] == []


@pytest.mark.parametrize("with_lock", [True, False], ids=["with its lock", "without"])
def test_a_copy_adopts_the_deck_where_its_author_says_so(desk: Desk, *, with_lock: bool) -> None:
    write(desk, "small.md")
    built(desk, "small.md")
    before = identities(desk)
    write(desk, "copy.md")
    if with_lock:
        shutil.copy(desk.folder / "small.lock", desk.folder / "copy.lock")
    built(desk, "copy.md", "--adopt")
    assert (identities(desk), len(desk.json("decks"))) == (before, 1)
    result = desk.run("build", "small.md")
    assert (result.exit_code, "by its lock this is the guide copy.md" in result.stderr) == (1, True)


def test_two_clones_of_one_guide_share_a_deck_and_say_so(desk: Desk) -> None:
    write(desk, "one/small.md")
    built(desk, "one/small.md")
    before = identities(desk)
    shutil.copytree(desk.folder / "one", desk.folder / "two")
    assert built(desk, "two/small.md")["identity"] == [
        (
            "Its deck was built from one/small.md before, which is still there. "
            "If it is another guide: `proofdeck build --new two/small.md`."
        )
    ]
    assert identities(desk) == before


@pytest.fixture
def replaced(desk: Desk, tmp_path: Path) -> Desk:
    """A desk whose guide was built, and then got the lock of a colleague who built it first by himself."""
    write(desk, "small.md", GUIDE.replace("Small guide", "A small guide"))
    desk.run("--home", str(tmp_path / "colleague"), "build", "small.md")
    theirs = (desk.folder / "small.lock").rename(tmp_path / "theirs.lock")
    write(desk, "small.md")
    built(desk, "small.md")
    theirs.replace(desk.folder / "small.lock")
    return desk


def test_a_colleagues_lock_is_asked_about_and_refused_where_nobody_answers(replaced: Desk) -> None:
    before = identities(replaced), (replaced.folder / "small.lock").read_bytes()
    result = replaced.run("build", "small.md")
    assert (result.exit_code, result.stderr) == (
        1,
        (
            "small.md: its lock is of another build, and knows none of the cards that were built from here "
            "before. Say --adopt to keep them with their history and have the lock written for them, or "
            "--new to go by this lock, with a second deck.\n"
        ),
    )
    assert (identities(replaced), (replaced.folder / "small.lock").read_bytes()) == before


def test_cards_stay_under_a_colleagues_lock_where_their_learner_says_so(replaced: Desk) -> None:
    before = identities(replaced)
    report = built(replaced, "small.md", "--adopt")
    assert report["identity"] == [
        "Its cards and their history are those of this store; the lock is written for them."
    ]
    assert (identities(replaced), len(replaced.json("decks"))) == (before, 1)
    built(replaced, "small.md")
    assert identities(replaced) == before


def test_a_colleagues_lock_makes_a_second_deck_where_somebody_says_so(replaced: Desk) -> None:
    before = identities(replaced)
    lock = (replaced.folder / "small.lock").read_bytes()
    built(replaced, "small.md", "--new")
    after = identities(replaced)
    assert (before < after, len(after), len(replaced.json("decks"))) == (True, 2 * len(before), 2)
    assert set(json.loads(lock.splitlines()[0])) <= set(
        json.loads((replaced.folder / "small.lock").read_bytes().splitlines()[0])
    )
    assert built(replaced, "small.md")["changes"]["new"] == []


def test_the_lock_of_another_machine_is_asked_about_once_its_reviews_are_merged_too(
    replaced: Desk, tmp_path: Path
) -> None:
    before = identities(replaced)
    merged = replaced.run("merge", str(tmp_path / "colleague" / "proofdeck.db"))
    number = len(before)
    assert merged.stdout.startswith(
        f"{number} cards new here.\n{number} cards of them have the words of one that was here already"
    )
    result = replaced.run("build", "small.md")
    assert (result.exit_code, "its lock is of another build" in result.stderr) == (1, True)
    built(replaced, "small.md", "--adopt")
    built(replaced, "small.md")
    assert {row["id"] for row in replaced.json("cards", "--deck", "small")} == before


def test_two_files_of_one_lock_are_no_two_guides(desk: Desk) -> None:
    """As a guide and its notebook, built one after the other."""
    desk.write(GUIDE, "small.md")
    desk.run("build", "small.md")
    before = desk.json("cards"), (desk.folder / "small.lock").read_bytes()
    desk.write(
        "# Fruit\n\n### What is a fig?\n\nA **fig** is a sweet fruit of the south.\n", "small.markdown"
    )
    for options in ([], ["--new"], ["--yes"]):
        refused = desk.run("build", "small.markdown", *options)
        assert refused.exit_code == 1
        assert refused.stderr == (
            "small.markdown: its lock would be that of small.md, by their names; rename one of the files, or "
            "say --adopt if this one takes the place of the other.\n"
        )
    assert (desk.json("cards"), (desk.folder / "small.lock").read_bytes()) == before
    desk.write(GUIDE, "small.markdown")
    assert desk.run("build", "small.markdown", "--adopt").exit_code == 0
    assert [card["id"] for card in desk.json("cards")] == [card["id"] for card in before[0]]


def test_there_is_nothing_to_adopt_where_nobody_knows_the_words(desk: Desk) -> None:
    write(desk, "small.md")
    built(desk, "small.md")
    write(desk, "git.md", "# Git\n\n### What is a commit?\n\nA **commit** is a snapshot of the tree.\n")
    result = desk.run("build", "git.md", "--adopt")
    assert (result.exit_code, result.stderr) == (
        1,
        (
            "git.md: no guide of the store has these words, so there is none to adopt; "
            "build it without --adopt.\n"
        ),
    )


ARP = "\n### What is ARP?\n\nARP finds the hardware address of a host.\n"


@pytest.fixture
def reworded(desk: Desk) -> tuple[Desk, str]:
    """A desk with a question that was added, reworded and answered, and the lock from before all that."""
    path = write(desk, "git.md", GIT)
    built(desk, "git.md")
    first = path.with_suffix(".lock").read_text("utf-8")
    for heading in ("What is ARP?", "What does ARP find?"):
        write(desk, "git.md", GIT + ARP.replace("What is ARP?", heading))
        built(desk, "git.md")
    desk.run("review", keys="4\n4\n4\n4\n")
    return desk, first


@pytest.mark.parametrize("is_older", [True, False], ids=["older", "with lines lost"])
def test_what_a_lock_does_not_know_is_known_from_the_store_by_its_words(
    reworded: tuple[Desk, str], *, is_older: bool
) -> None:
    desk, first = reworded
    lock, package = desk.folder / "git.lock", desk.folder / "git.apkg"
    before = {card["id"]: card["due"] for card in desk.json("cards")}, package.read_bytes()
    lines = lock.read_text("utf-8").split("\n")
    lock.write_text(first if is_older else "\n".join(line for line in lines if "ARP" not in line), "utf-8")
    report = built(desk, "git.md")
    assert report["identity"] == [
        (
            "1 card kept its identity and history, known from the store by its words: the lock is older, or "
            "has lost lines."
        )
    ]
    assert [report["changes"][what] for what in ("new", "changed", "retired", "revived")] == [[], [], [], []]
    assert ({card["id"]: card["due"] for card in desk.json("cards")}, package.read_bytes()) == before
    assert not built(desk, "git.md").get("identity")


def test_a_card_that_the_lock_has_in_words_of_long_ago_stands_in_it_once(desk: Desk) -> None:
    asked = [
        ("What is ARP?", "ARP finds the hardware address of a host."),
        ("How does one host reach another?", "ARP finds the hardware address of a host."),
        ("How does one host reach another?", "By a frame for its card, which it asks all others for."),
    ]
    locks = []
    for heading, answer in asked:
        path = write(desk, "git.md", f"{GIT}\n### {heading}\n\n{answer}\n")
        built(desk, "git.md")
        locks.append(path.with_suffix(".lock").read_text("utf-8"))
    before = identities(desk)
    path.with_suffix(".lock").write_text(locks[0], "utf-8")
    for _ in range(2):
        assert built(desk, "git.md")["store_changes"]["unchanged"] == len(before)
    assert identities(desk) == before


def test_one_question_has_one_answer(desk: Desk) -> None:
    write(desk, "small.md")
    result = desk.run("build", "small.md", "--adopt", "--new")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: --adopt and --new are two answers to one question; give one.",
    )


def test_proofs_alone_make_no_guide_of_a_lock(desk: Desk) -> None:
    """`prove` writes a lock before any build has made an identity."""
    write(desk, "a/README.md")
    write(desk, "b/README.md", GIT)
    for name in ("a", "b"):
        (desk.folder / name / "README.lock").write_text('{"proofdeck-lock": 2, "guide": "readme"}\n', "utf-8")
    assert built(desk, "a/README.md")["guide_id"] != built(desk, "b/README.md")["guide_id"]

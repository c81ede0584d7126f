from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders.golden import normalised

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.golden import Expect
    from tests.srs.cli.conftest import Desk


def test_a_build_leaves_a_deck_a_lock_and_a_store(desk: Desk) -> None:
    desk.write()
    result = desk.run("build", "small.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (desk.folder / "small.apkg").exists()
    assert (desk.folder / "small.lock").exists()
    assert (desk.folder / "home" / "proofdeck.db").exists()


def test_the_report_names_what_was_made_and_what_comes_next(desk: Desk, expect: Expect) -> None:
    desk.write()
    expect("build-first", normalised(desk.run("build", "small.md").stdout))


def test_the_json_report_counts_the_cards_by_kind(desk: Desk) -> None:
    desk.write()
    report = desk.json("build", "small.md")
    assert report["questions"] == 2
    assert report["cards"] == sum(report["cards_by_kind"].values()) == len(report["changes"]["new"])
    assert report["cards_by_kind"] == {"contrast": 1, "fact": 2, "faq": 1, "name": 2, "term": 2}


@pytest.mark.parametrize("remembered", [True, False], ids=["known from the files' looks", "made in full"])
def test_a_second_build_changes_nothing_at_all(desk: Desk, *, remembered: bool) -> None:
    desk.write()
    desk.run("build", "small.md")
    settle(desk)
    desk.run("build", "small.md")
    files = ["small.apkg", "small.lock", "home/proofdeck.db"]
    before = [(desk.folder / name).read_bytes() for name in files]
    if not remembered:
        shutil.rmtree(desk.folder / "home" / "builds")
    report = desk.json("build", "small.md", now="2026-11-25T09:00:00+00:00")
    assert [(desk.folder / name).read_bytes() for name in files] == before
    assert report["changes"] == {
        "new": [],
        "changed": [],
        "unchanged": report["cards"],
        "retired": [],
        "revived": [],
        "rebound": [],
        "answered_anew": [],
        "in_doubt": [],
    }


def settle(desk: Desk) -> None:
    """Give the files an age at which their looks are trusted."""
    for name in ("small.md", "small.apkg", "small.lock"):
        os.utime(desk.folder / name, (1_700_000_000, 1_700_000_000))


def test_a_known_build_says_that_nothing_has_changed(desk: Desk, expect: Expect) -> None:
    desk.write()
    desk.run("build", "small.md")
    settle(desk)
    desk.run("build", "small.md")
    expect("build-known", normalised(desk.run("build", "small.md").stdout))


@pytest.mark.parametrize("lost", ["small.apkg", "small.lock", "home/proofdeck.db"])
def test_a_known_build_is_made_again_where_something_of_it_is_lost(desk: Desk, lost: str) -> None:
    desk.write()
    desk.run("build", "small.md")
    settle(desk)
    desk.run("build", "small.md")
    before = (desk.folder / lost).read_bytes()
    (desk.folder / lost).unlink()
    assert desk.run("build", "small.md").exit_code == 0
    assert len((desk.folder / lost).read_bytes()) == len(before)


def test_an_edit_changes_only_the_cards_that_show_it(desk: Desk) -> None:
    path = desk.write()
    desk.run("build", "small.md")
    path.write_text(
        path.read_text().replace("the number of axes that a tensor has", "how many axes a tensor has")
    )
    changes = desk.json("build", "small.md", now="2026-11-23T09:00:00+00:00")["changes"]
    assert (len(changes["changed"]), changes["new"], changes["retired"]) == (2, [], [])


def test_a_card_that_vanishes_is_retired_and_comes_back_as_itself(desk: Desk) -> None:
    path = desk.write()
    whole = path.read_text()
    before = set(desk.json("build", "small.md")["changes"]["new"])
    path.write_text(whole.replace("- **rank**: the number of axes that a tensor has\n", ""))
    gone = set(desk.json("build", "small.md")["changes"]["retired"])
    path.write_text(whole)
    back = desk.json("build", "small.md")["changes"]
    assert gone <= before
    assert (set(back["revived"]), back["new"]) == (gone, [])


def test_the_output_option_says_where_the_deck_goes(desk: Desk) -> None:
    desk.write()
    (desk.folder / "decks").mkdir()
    desk.run("build", "small.md", "-o", "decks/mine.apkg")
    assert (desk.folder / "decks" / "mine.apkg").exists()


def test_a_deck_that_cannot_be_written_moves_neither_lock_nor_store(desk: Desk) -> None:
    desk.write()
    result = desk.run("build", "small.md", "-o", "nowhere/mine.apkg")
    assert result.exit_code == 1
    assert result.stderr.startswith("nowhere/mine.apkg cannot be written")
    assert [path.name for path in desk.folder.iterdir()] == ["small.md"]


def test_what_is_sound_is_built_and_the_rest_is_told(desk: Desk) -> None:
    desk.write(
        "# T\n\n### Q1. One?\n\n### Q2. What is a two?\n\nA **two** is a number.\n\n"
        "<!-- proofdeck: rasies=ValueError -->\n"
    )
    warnings = [
        "small.md:3: this question has no answer; write one below it.",
        "small.md:9: `rasies` is no directive; did you mean `raises`?",
    ]
    result = desk.run("build", "small.md")
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if line.startswith("small.md:")] == warnings
    assert desk.json("build", "small.md")["warnings"] == warnings
    assert desk.run("build", "small.md", "--strict").exit_code == 1
    assert desk.run("check", "small.md").exit_code == 0
    assert desk.run("check", "small.md", "--strict").exit_code == 1


def test_a_question_without_cards_is_told_with_its_reason_by_each_build(desk: Desk) -> None:
    """Also by one that takes over all questions that were not edited."""
    answers = ["TODO", "| Fast |\n|---|", "A list is a **mutable sequence** of objects."]
    questions = "".join(
        f"## What is thing {number}?\n\n{answer}\n\n" for number, answer in enumerate(answers)
    )
    warnings = [
        "small.md:3: this question has no answer yet, so it makes no card; write one.",
        (
            "small.md:7: no card is made of this question "
            "(table in line 9: a table without rows or with a single column)."
        ),
    ]
    for edited in (questions, questions.replace("objects", "values")):
        desk.write(f"# T\n\n{edited}")
        assert desk.json("build", "small.md")["warnings"] == warnings
    assert all(line in desk.run("check", "small.md").stdout for line in warnings)


def test_a_guide_without_any_card_is_not_built_and_says_why(desk: Desk) -> None:
    desk.write("# T\n\n### Q1. One?\n\n### Q2. Two?\n\n---\n")
    result = desk.run("build", "small.md")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[:2] == [
        "small.md:3: this question has no answer; write one below it.",
        "small.md:5: no card is made of this question (a rule in line 7: a rule makes no cards).",
    ]
    assert not (desk.folder / "small.lock").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        pytest.param(
            ["build", "nowhere.md"], 1, "nowhere.md: no such guide; name a Markdown file.\n", id="missing"
        ),
        pytest.param(
            ["build", "."],
            2,
            ".: no Markdown file (*.md) and no notebook (*.ipynb) is in this folder.\n",
            id="folder",
        ),
        pytest.param(
            ["build", "--jobs", "0"],
            2,
            "Usage: proofdeck build [OPTIONS] [GUIDE]...\nTry 'proofdeck build --help' for help.\n\n"
            "Error: Invalid value for '-j' / '--jobs': 0 is not in the range 1<=x<=256.\n",
            id="jobs",
        ),
        pytest.param(
            ["bild"],
            2,
            "Usage: proofdeck [OPTIONS] [COMMAND] [ARGS]...\nTry 'proofdeck --help' for help.\n\n"
            "Error: There is no command 'bild'; did you mean build?\n",
            id="command",
        ),
    ],
)
def test_wrong_usage_gets_one_sentence(desk: Desk, arguments: list[str], code: int, sentence: str) -> None:
    result = desk.run(*arguments)
    assert (result.exit_code, result.stderr) == (code, sentence)


def test_a_guide_that_is_not_utf_8_names_its_line(desk: Desk) -> None:
    (desk.folder / "bad.md").write_bytes(b"# T\n\n### Q1. What?\n\ncaf\xe9\n")
    assert (
        desk.run("build", "bad.md").stderr
        == "bad.md:5: the byte 0xe9 is not UTF-8; save the guide as UTF-8.\n"
    )


def test_a_damaged_lock_stops_the_build_and_stays_as_it_is(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    lock = desk.folder / "small.lock"
    lock.write_text(lock.read_text().replace('{"card"', '{"card', 1))
    damaged = lock.read_bytes()
    result = desk.run("build", "small.md")
    assert result.exit_code == 1
    assert result.stderr.startswith("small.lock:2: the lock is damaged here")
    assert lock.read_bytes() == damaged


def test_a_refused_deck_moves_neither_lock_nor_store(desk: Desk) -> None:
    """There is no such folder for it."""
    path = desk.write()
    desk.run("build", "small.md")
    before = [(desk.folder / name).read_bytes() for name in ("small.lock", "home/proofdeck.db")]
    path.write_text(path.read_text().replace("how many", "the"))
    result = desk.run("build", "small.md", "-o", "missing/small.apkg")
    assert result.exit_code == 1
    assert [(desk.folder / name).read_bytes() for name in ("small.lock", "home/proofdeck.db")] == before


def test_the_store_holds_every_card_of_the_deck(desk: Desk) -> None:
    desk.write()
    cards = desk.json("build", "small.md")["cards"]
    with closing(sqlite3.connect(desk.folder / "home" / "proofdeck.db")) as connection:
        assert connection.execute("SELECT count(*) FROM card WHERE NOT retired").fetchone() == (cards,)


def test_after_a_build_the_first_card_of_the_guide_is_asked(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    result = desk.run("review", keys="4\n")
    assert result.exit_code == 0
    assert result.stdout.split()[0::2] == ["answered", "4", "2026-11-23"]
    assert result.stdout.count("\n") == 1


def test_a_sitting_may_switch_the_scheduler_and_back_without_losing_anything(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    first = desk.run("review", keys="4\n")
    card = first.stdout.split()[1]
    switched = desk.run("review", "--scheduler", "fsrs", keys="4\n")
    assert switched.stderr == "1 schedule was computed again from the log.\nscheduler is fsrs.\n"
    assert switched.stdout.startswith("answered ")
    assert desk.run("review", "--scheduler", "sm2", keys="").stderr == (
        "2 schedules were computed again from the log.\nscheduler is sm2.\n"
    )
    (row,) = [row for row in desk.json("cards") if row["id"] == card]
    assert row["due"] == "2026-11-23"


def test_a_lost_lock_costs_no_identity_that_the_store_still_knows(desk: Desk, expect: Expect) -> None:
    """Also not that of a card that was reworded, whose identity its key no longer tells."""
    path = desk.write()
    desk.run("build", "small.md")
    path.write_text(path.read_text().replace("Runs   ", "Running"))
    before = set(desk.json("build", "small.md")["changes"]["changed"])
    (desk.folder / "small.lock").unlink()
    identities = {row["id"] for row in desk.json("cards")}
    told = desk.run("build", "small.md").stdout
    assert {row["id"] for row in desk.json("cards")} == identities >= before
    expect("build-lost-lock", normalised(told))


LATER = "2026-11-25T09:00:00+00:00"


@pytest.mark.parametrize("renamed", [False, True], ids=["deleted", "renamed without it"])
def test_a_lost_lock_with_nothing_changed_is_written_again_as_it_was(desk: Desk, *, renamed: bool) -> None:
    path = desk.write()
    desk.run("build", "small.md", "-o", "deck.apkg")
    lock, package = ((desk.folder / name).read_bytes() for name in ("small.lock", "deck.apkg"))
    for name in ("small.lock", "deck.apkg"):
        (desk.folder / name).unlink()
    if renamed:
        path.rename(desk.folder / "other.md")
    name = "other" if renamed else "small"
    assert desk.run("build", f"{name}.md", "-o", "deck.apkg", now=LATER).exit_code == 0
    again = (desk.folder / f"{name}.lock").read_bytes()
    if renamed:
        # The head says what the guide is called, and whose identity it has.
        assert again.split(b"\n")[1:] == lock.split(b"\n")[1:]
    else:
        assert again == lock
        assert (desk.folder / "deck.apkg").read_bytes() == package


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("after tracing", "after it is traced", 1),
        ("the number of axes that a tensor has", "how many axes a tensor has", 2),
        ("### Q2. What does a graph give you?", "### Q2. What does a graph give to you?", 1),
    ],
)
def test_after_a_lost_lock_only_what_changed_gets_a_new_time(
    desk: Desk, old: str, new: str, count: int
) -> None:
    """All is as if the lock had never been lost, but for the former keys, which it alone knew."""
    path = desk.write()
    desk.run("build", "small.md")
    before, store = cards_in_lock(desk), (desk.folder / "home" / "proofdeck.db").read_bytes()
    path.write_text(path.read_text().replace(old, new))
    desk.run("build", "small.md", now=LATER)
    kept = cards_in_lock(desk)
    (desk.folder / "small.lock").unlink()
    (desk.folder / "home" / "proofdeck.db").write_bytes(store)
    desk.run("build", "small.md", now=LATER)
    after = cards_in_lock(desk)
    changed = [card for card in before if after[card]["changed"] != before[card]["changed"]]
    assert len(changed) == count
    assert {after[card]["changed"] - before[card]["changed"] for card in changed} == {3 * 24 * 3600}
    assert after == {
        card: {name: line[name] for name in line if name != "was"} for card, line in kept.items()
    }


def test_cards_that_are_retired_while_the_lock_is_lost_have_their_times_when_they_are_back(
    desk: Desk,
) -> None:
    """Although nobody knows their keys any more."""
    path = desk.write()
    text = path.read_text()
    desk.run("build", "small.md")
    before = cards_in_lock(desk)
    path.write_text(text.replace("- **rank**: the number of axes that a tensor has\n", ""))
    gone = desk.json("build", "small.md", "--yes", now=LATER)["changes"]["retired"]
    (desk.folder / "small.lock").unlink()
    desk.run("build", "small.md", now=LATER)
    path.write_text(text)
    assert gone
    assert set(desk.json("build", "small.md", now=LATER)["changes"]["revived"]) == set(gone)
    assert [cards_in_lock(desk)[card] for card in gone] == [before[card] for card in gone]


def test_a_store_that_knows_no_times_counts_the_cards_of_a_lost_lock_as_changed_now(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    before = cards_in_lock(desk)
    with closing(sqlite3.connect(desk.folder / "home" / "proofdeck.db")) as store:
        store.executescript(
            "ALTER TABLE card DROP COLUMN changed; PRAGMA user_version = 10;"
            "DELETE FROM _sqlite_migrations WHERE name = '0011_changed'"
        )
    (desk.folder / "small.lock").unlink()
    desk.run("build", "small.md", now=LATER)
    after = cards_in_lock(desk)
    assert after.keys() == before.keys()
    assert all(after[card]["changed"] > before[card]["changed"] for card in before)


def cards_in_lock(desk: Desk) -> dict[str, dict[str, Any]]:
    """Return the card lines of the small guide's lock."""
    lines = map(json.loads, (desk.folder / "small.lock").read_text("utf-8").splitlines())
    return {line["card"]: line for line in lines if "card" in line}


def test_two_branches_that_edit_different_questions_merge_with_their_locks(desk: Desk) -> None:
    """As git merges: line by line, with the common ancestor."""
    path = desk.write()
    desk.run("build", "small.md")
    base, base_lock = path.read_text(), (desk.folder / "small.lock").read_text()

    def branch(old: str, new: str) -> tuple[str, str]:
        path.write_text(base.replace(old, new))
        (desk.folder / "small.lock").write_text(base_lock)
        desk.run("build", "small.md")
        return path.read_text(), (desk.folder / "small.lock").read_text()

    ours = branch("the number of axes that a tensor has", "how many axes a tensor has")
    theirs = branch("A graph can be saved without Python.", "A graph can be saved and loaded without Python.")
    path.write_text(merged(desk.folder, base, ours[0], theirs[0]))
    (desk.folder / "small.lock").write_text(merged(desk.folder, base_lock, ours[1], theirs[1]))
    assert desk.run("check", "small.md").exit_code == 0
    assert desk.json("build", "small.md")["changes"]["new"] == []


def merged(folder: Path, base: str, ours: str, theirs: str) -> str:
    for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
        (folder / name).write_text(text)
    done = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout

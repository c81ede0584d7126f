"""Progress that goes to Anki, and comes back."""

from __future__ import annotations

import sqlite3
import sys
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.builders.golden import normalised
from tests.builders.terminal import CommandTerminal
from tests.exporters.conftest import anki, new_anki
from tests.srs.cli.conftest import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.anki_collection import Anki
    from tests.builders.golden import Expect

__all__ = ["anki", "new_anki"]

# Anki itself goes by the real clock, and mends a log that lies in the future: all of this is past.
TODAY = "2024-11-22T09:00:00+00:00"
TOMORROW = "2024-11-23T12:00:00+00:00"
LATER = "2024-11-29T12:00:00+00:00"


def milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


def log(desk: Desk) -> list[tuple[Any, ...]]:
    """What the store's log says, oldest first: card, act, grade, moment."""
    with closing(sqlite3.connect(desk.folder / "home" / "proofdeck.db")) as store:
        rows = store.execute("SELECT card, act, grade, at, undone_at FROM log ORDER BY at, id").fetchall()
    return [
        (card, act, grade, milliseconds(at)) for card, act, grade, at, undone_at in rows if undone_at is None
    ]


def moments(anki: Anki) -> list[list[Any]]:
    """What Anki's log says, oldest first: card, moment."""
    return anki.rows(
        "SELECT guid, revlog.id FROM revlog JOIN cards ON cards.id = cid JOIN notes ON notes.id = nid"
        " ORDER BY revlog.id"
    )


def answer(anki: Anki, guid: str, button: Literal[1, 2, 3, 4], moment: str) -> None:
    """Answer in the real scheduler, at a moment of our choice."""
    card = anki.col.get_card(
        anki.rows("SELECT c.id FROM cards c JOIN notes n ON n.id = nid WHERE guid = ?", guid)[0][0]
    )
    before = {row[0] for row in anki.rows("SELECT id FROM revlog")}
    card.start_timer()
    anki.col.sched.answerCard(card, button)
    (fresh,) = {row[0] for row in anki.rows("SELECT id FROM revlog")} - before
    assert anki.col.db is not None
    anki.col.db.execute("UPDATE revlog SET id = ? WHERE id = ?", milliseconds(moment), fresh)


@pytest.fixture
def learnt(desk: Desk) -> Desk:
    """A desk at which the first day's cards were answered."""
    desk.write()
    desk.run("build", "small.md", now=TODAY)
    desk.run("review", keys="4\n5\n1\n3\n4\n2\n4\n4\n4\n4\n", now=TODAY)
    return desk


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Return a maker of packages with answers that somebody gave to the same cards elsewhere."""

    def make(grades: str, now: str) -> Path:
        other = Desk(tmp_path_factory.mktemp("elsewhere"))
        guide, package = other.write(), other.folder / "small.apkg"
        other.run("build", str(guide), "-o", str(package), now=TODAY)
        other.run("review", keys="\n".join(grades), now=now)
        other.run("build", str(guide), "-o", str(package), "--with-progress", now=now)
        return package

    return make


@pytest.mark.parametrize("form", ["apkg", "colpkg"])
def test_from_the_terminal_to_anki_and_back_nothing_is_lost_or_doubled(
    learnt: Desk, anki: Anki, new_anki: Callable[[], Anki], form: str
) -> None:
    learnt.run("build", "small.md", "--with-progress", "-o", "go.apkg", now=TODAY)
    anki.take(learnt.folder / "go.apkg", progress=True)
    here = log(learnt)
    # One new card of each block, and those that were not known again.
    assert [act for _, act, *_ in here].count("drill") == 3
    assert len(here) == len(moments(anki)) == 7

    first, second = here[0][0], here[1][0]
    answer(anki, first, 3, TOMORROW)
    answer(anki, second, 1, TOMORROW.replace("12:00", "12:01"))
    answer(anki, first, 4, LATER)
    came = anki.saved(anki.folder / f"from-anki.{form}")
    report = learnt.json("anki", "pull", str(came), now=LATER)

    assert (report["new_answers"], report["misdated_answers"], report["other_cards"]) == (3, 0, 0)
    assert [entry[:3] for entry in log(learnt)[7:]] == [
        (first, "review", 4),
        (second, "review", 1),
        (first, "review", 5),
    ]
    # Answers of one moment are some milliseconds apart in Anki.
    assert sorted((card, at // 1000) for card, _, _, at in log(learnt)) == sorted(
        (card, at // 1000) for card, at in moments(anki)
    )
    assert learnt.run("doctor", now=LATER).exit_code == 0

    before = log(learnt)
    assert learnt.json("anki", "pull", str(came), now=LATER)["new_answers"] == 0
    learnt.run("build", "small.md", "--with-progress", "-o", "again.apkg", now=LATER)
    another = new_anki()
    another.take(learnt.folder / "again.apkg", progress=True)
    assert len(moments(another)) == 10
    again = another.saved(another.folder / f"from-anki.{form}")
    assert learnt.json("anki", "pull", str(again), now=LATER)["new_answers"] == 0
    assert log(learnt) == before


def test_schedules_arrive_in_anki_as_the_terminal_has_them(learnt: Desk, anki: Anki) -> None:
    learnt.run("build", "small.md", "--with-progress", now=TODAY)
    anki.take(learnt.folder / "small.apkg", progress=True)

    ((created_at,),) = anki.rows("SELECT crt FROM col")
    day_zero = datetime.fromtimestamp(created_at, UTC).date().toordinal()
    there = {
        guid: (due + day_zero, ivl, factor)
        for guid, due, ivl, factor in anki.rows(
            "SELECT guid, due, ivl, factor FROM cards JOIN notes ON notes.id = nid WHERE type = 2"
        )
    }
    here = {
        card["id"]: (
            datetime.fromisoformat(card["due"]).date().toordinal(),
            card["interval_days"],
            round(card["ease_factor"] * 1000),
        )
        for card in learnt.json("cards")
        if card["due"]
    }
    assert there == here


def test_what_a_build_with_progress_says_is_what_anki_needs_to_be_told(learnt: Desk, expect: Expect) -> None:
    expect(
        "build-with-progress",
        normalised(learnt.run("build", "small.md", "--with-progress", now=TODAY).stdout),
    )


def test_before_any_answer_there_is_no_progress_to_take_along(desk: Desk, expect: Expect) -> None:
    desk.write()
    expect("build-without-progress", normalised(desk.run("build", "small.md", "--with-progress").stdout))


def test_a_plain_build_after_one_with_progress_is_plain_again(learnt: Desk) -> None:
    plain = (learnt.folder / "small.apkg").read_bytes()
    learnt.run("build", "small.md", "--with-progress", now=TODAY)
    assert (learnt.folder / "small.apkg").read_bytes() != plain
    learnt.run("build", "small.md", now=TODAY)
    assert (learnt.folder / "small.apkg").read_bytes() == plain


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    learnt: Desk, elsewhere: Callable[[str, str], Path], expect: Expect
) -> None:
    before = log(learnt)
    result = learnt.run("anki", "pull", str(elsewhere("44", TOMORROW)), "--dry-run", now=TOMORROW)
    assert result.exit_code == 0
    expect("pull-dry-run", normalised(result.stdout))
    assert log(learnt) == before


def test_a_pull_refolds_the_schedules_and_keeps_a_backup(
    learnt: Desk, elsewhere: Callable[[str, str], Path]
) -> None:
    moved, _ = learnt.json("anki", "pull", str(elsewhere("44", TOMORROW)), now=TOMORROW)["schedules"]
    assert (moved["due_before"], moved["due_after"]) == ("2024-11-23", "2024-11-29")
    card = next(card for card in learnt.json("cards", now=TOMORROW) if card["id"] == moved["card"])
    assert learnt.run("history", moved["card"]).stdout.splitlines()[1:] == [
        "2024-11-23  review 4      6 d  ease 2.60  due 2024-11-29  in Anki"
    ]
    assert (card["due"], card["repetitions"]) == ("2024-11-29", 2)
    assert (learnt.folder / "home" / "backups" / "proofdeck-2024-11-23.db").exists()


def test_a_pull_says_what_came_and_what_it_changed(
    learnt: Desk, elsewhere: Callable[[str, str], Path], expect: Expect
) -> None:
    package = elsewhere("44", TOMORROW)
    told = learnt.run("anki", "pull", str(package), now=TOMORROW).stdout
    expect("pull", normalised(told, learnt.folder))
    told = learnt.run("anki", "pull", str(package), now=TOMORROW).stdout
    expect("pull-again", normalised(told, learnt.folder))


def test_an_answer_that_was_undone_here_does_not_come_back(learnt: Desk) -> None:
    learnt.run("build", "small.md", "--with-progress", now=TODAY)
    learnt.run("undo", now=TODAY)
    assert learnt.json("anki", "pull", "small.apkg", now=TODAY)["new_answers"] == 0


def test_undo_takes_back_what_was_done_here_and_not_what_came(
    learnt: Desk, elsewhere: Callable[[str, str], Path]
) -> None:
    learnt.run("anki", "pull", str(elsewhere("44", TOMORROW)), now=TOMORROW)
    before = log(learnt)
    told = learnt.run("undo", now=TOMORROW).stdout
    ((card, act, grade, _),) = set(before) - set(log(learnt))
    assert told == f"undone {card} {act} {grade} of 2024-11-22 due 2024-11-23\n"


def test_answers_of_the_future_wait_until_they_are_past(
    learnt: Desk, elsewhere: Callable[[str, str], Path], expect: Expect
) -> None:
    package = elsewhere("44", LATER)
    early = learnt.json("anki", "pull", str(package), now=TOMORROW)
    assert (early["new_answers"], early["misdated_answers"]) == (0, 2)
    expect("pull-too-early", normalised(learnt.run("anki", "pull", str(package), now=TODAY).stdout))
    assert learnt.json("anki", "pull", str(package), now=LATER)["new_answers"] == 2


def test_entries_of_kinds_that_only_a_newer_anki_has_stay_out_and_are_counted(
    learnt: Desk, elsewhere: Callable[[str, str], Path]
) -> None:
    package = elsewhere("444", TOMORROW)
    collection = learnt.folder / "collection.anki2"
    with zipfile.ZipFile(package) as read:
        collection.write_bytes(read.read("collection.anki2"))
    with closing(sqlite3.connect(collection)) as newer, newer:
        (oldest,) = newer.execute("SELECT min(id) FROM revlog").fetchone()
        newer.execute("UPDATE revlog SET type = 9 WHERE id = ?", (oldest,))
    made = archive(learnt.folder, "collection.anki2", collection.read_bytes())
    report = learnt.json("anki", "pull", made, "--dry-run", now=TOMORROW)
    assert (report["new_answers"], report["unknown_entries"]) == (2, 1)
    told = learnt.run("anki", "pull", made, now=TOMORROW).stdout.splitlines()
    assert told[1] == "1 entry of its log is of a kind that only a newer Anki has: left out."


@pytest.fixture
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A package with an answer, a suspended card and a flagged one."""
    other = Desk(tmp_path_factory.mktemp("marked"))
    guide, package = other.write(), other.folder / "small.apkg"
    other.run("build", str(guide), "-o", str(package), now=TODAY)
    _, suspended, flagged, *_ = [card["id"] for card in other.json("cards")]
    other.run("mark", suspended, "suspend", now=TODAY)
    other.run("mark", flagged, "flag", "a bad card", now=TODAY)
    other.run("review", keys="4\n", now=TODAY)
    other.run("build", str(guide), "-o", str(package), "--with-progress", now=TODAY)
    return package, suspended, flagged


def marks(desk: Desk) -> dict[str, tuple[bool, str | None]]:
    return {card["id"]: (card["suspended"], card["flag"]) for card in desk.json("cards", now=LATER)}


def test_suspensions_and_flags_are_offered(learnt: Desk, marked: tuple[Path, str, str]) -> None:
    before = marks(learnt)
    told = learnt.run("anki", "pull", str(marked[0]), now=TOMORROW).stderr
    assert told == (
        "1 card is suspended in Anki and not here; --take-suspended takes that over.\n"
        "1 card is flagged in Anki and not here; --take-flags takes that over.\n"
    )
    assert marks(learnt) == before


def test_suspensions_and_flags_are_taken_where_they_are_wanted(
    learnt: Desk, marked: tuple[Path, str, str]
) -> None:
    package, suspended, flagged = marked
    before = marks(learnt)
    options = ("anki", "pull", str(package), "--take-suspended", "--take-flags")
    assert learnt.json(*options, now=TOMORROW)["took_flags"] is True
    after = before | {suspended: (True, None), flagged: (False, "flagged red in Anki")}
    assert marks(learnt) == after
    entries = log(learnt)
    again = learnt.json(*options, now=LATER)
    assert (again["suspended_in_anki"], again["flagged_in_anki"]) == ([], [])
    assert log(learnt) == entries


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_a_person_is_asked(learnt: Desk, marked: tuple[Path, str, str]) -> None:
    package, suspended, flagged = marked
    home = str(learnt.folder / "home")
    terminal = CommandTerminal("--home", home, "anki", "pull", str(package), PROOFDECK_NOW=TOMORROW)
    terminal.sees("1 card is suspended in Anki and not here. Take that over? [y/N]:")
    terminal.press("y\n")
    terminal.sees("1 card is flagged in Anki and not here. Take that over? [y/N]:")
    terminal.press("n\n")
    terminal.ends()
    after = marks(learnt)
    assert (after[suspended][0], after[flagged][1]) == (True, None)


def archive(folder: Path, name: str, content: bytes) -> str:
    path = folder / "made.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(name, content)
    return str(path)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "collection.anki2",
            b"nonsense" * 99,
            "holds a damaged collection (file is not a database); export it from Anki again.",
        ),
        ("../../etc/passwd", b"", "holds the path '../../etc/passwd', which Anki never writes."),
        ("readme", b"", "holds no Anki collection; export the deck from Anki as .apkg or .colpkg."),
    ],
    ids=["corrupt", "traversal", "another archive"],
)
def test_a_bad_file_is_one_sentence_and_changes_nothing(
    learnt: Desk, name: str, content: bytes, sentence: str
) -> None:
    before = log(learnt)
    result = learnt.run("anki", "pull", archive(learnt.folder, name, content))
    assert (result.exit_code, normalised(result.stderr, learnt.folder)) == (
        1,
        f"FOLDER/made.apkg {sentence}\n",
    )
    assert log(learnt) == before


def test_a_file_without_scheduling_says_how_to_export_it(learnt: Desk, anki: Anki) -> None:
    anki.take(learnt.folder / "small.apkg")
    result = learnt.run("anki", "pull", str(anki.saved(anki.folder / "from-anki.apkg", scheduling=False)))
    assert result.exit_code == 1
    assert normalised(result.stderr, anki.folder) == (
        "FOLDER/from-anki.apkg holds 8 of these cards and no review of them: none was answered in Anki, or "
        "the deck was exported without “Include scheduling information”.\n"
    )

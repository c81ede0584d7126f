"""Clocks that were wrong, the ends of the calendar, odd time zones."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.builders.command import COMMAND, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.srs.cli.conftest import Desk

WRONG = "2031-05-01T09:00:00+00:00"


@pytest.fixture
def learnt(desk: Desk) -> Desk:
    """Two answers of today, then two by a clock that was wrong, then one more of today."""
    desk.write()
    desk.run("build", "small.md")
    desk.run("review", keys="4\n4\n")
    desk.run("review", "--new", "2", keys="5\n5\n", now=WRONG)
    desk.run("review", keys="4\n", now="2026-11-22T10:00:00+00:00")
    return desk


def days(desk: Desk, now: str) -> list[str]:
    """Return the days of the year before `now` on which answers were given."""
    return sorted(desk.json("stats", now=now)["by_day"])


def test_a_review_names_the_way_back(learnt: Desk) -> None:
    assert (
        "`proofdeck undo --day 2031-05-01` takes back what bears a wrong date" in learnt.run("review").stderr
    )


def test_doctor_lists_the_days_that_are_still_to_come(learnt: Desk) -> None:
    said = learnt.run("doctor").stdout
    assert (
        "The log holds 2 entries of 2031-05-01, but today is 2026-11-22: a clock is wrong, or was. "
        "`proofdeck undo --day 2031-05-01` takes them back."
    ) in said


@pytest.mark.parametrize("words", [[], ["due"], ["plan"], ["stats"], ["review"]], ids=" ".join)
def test_answers_of_days_to_come_are_counted_as_known_in_a_plan(learnt: Desk, words: list[str]) -> None:
    assert learnt.run("plan", "2027-01-10").exit_code == 0
    learnt.run("review", "--new", "1", keys="4\n", now="2061-05-01T09:00:00+00:00")
    said = learnt.run(*words)
    assert (said.exit_code, "known on the day (an estimate)" in said.stdout) == (0, words != ["review"])


def test_a_wrong_day_goes_back_and_the_right_ones_stay(learnt: Desk) -> None:
    assert days(learnt, WRONG) == ["2031-05-01"]
    undone = learnt.run("undo", "--day", "2031-05-01").stdout.splitlines()
    assert len(undone) == 2
    assert all(" of 2031-05-01 " in line for line in undone)
    assert days(learnt, WRONG) == []
    assert days(learnt, "2026-11-22T10:00:00+00:00") == ["2026-11-22"]
    assert learnt.run("undo", "--day", "2031-05-01").stdout == "There is nothing to undo.\n"
    assert "2031" not in learnt.run("review").stderr


def test_one_entry_goes_back(learnt: Desk) -> None:
    asked = [row["id"] for row in learnt.json("cards")]
    entries = [entry for card in asked for entry in learnt.json("history", card)]
    wrong = next(entry for entry in entries if entry["day"] == "2031-05-01")
    said = learnt.run("undo", "--entry", wrong["entry"][:12]).stdout
    assert " of 2031-05-01 " in said
    assert learnt.run("undo", "--entry", wrong["entry"]).stdout == "There is nothing to undo.\n"
    assert "No entry of the log begins with" in learnt.run("undo", "--entry", "zzz").stderr
    assert learnt.run("undo", "--entry", "a", "--day", "2031-05-01").exit_code == 2


@pytest.mark.parametrize(
    "now",
    [
        "0001-01-01T00:00:00+14:00",
        "0001-01-01",
        "1899-12-31T00:00:00+00:00",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31",
        "9001-01-01T00:00:00+00:00",
    ],
)
def test_the_ends_of_the_calendar_are_told(desk: Desk, now: str) -> None:
    desk.write()
    desk.run("build", "small.md")
    for words in (["due"], ["review"], ["stats"], ["undo"], ["doctor"]):
        result = desk.run(*words, keys="4\n", now=now)
        assert result.exit_code == 1, words
        assert "nothing is scheduled before 1900 or after 9000" in result.output


@pytest.mark.parametrize("now", ["1900-01-01T00:00:00+00:00", "9000-12-31T23:00:00+00:00"])
def test_far_days_are_scheduled(desk: Desk, now: str) -> None:
    desk.write()
    desk.run("build", "small.md")
    assert desk.run("review", keys="4\n", now=now).stdout.startswith("answered")
    for words in (["due"], ["stats"], ["doctor"]):
        assert desk.run(*words, now=now).exit_code == 0, words


def test_a_log_that_goes_to_the_last_day_there_is_stops_nothing(desk: Desk) -> None:
    from datetime import date

    from srs.review.log import Act, EntryId, LogEntry
    from srs.schedule.sm2 import Grade
    from srs.store.store import Store

    desk.write()
    desk.run("build", "small.md")
    with Store.open(desk.folder / "home" / "proofdeck.db") as store:
        cards = [row.id for row in store.cards.rows()]
        store.log.import_entries(
            LogEntry(
                EntryId(f"e{number}"),
                card,
                Act.REVIEW,
                f"{day}T09:00:00.000Z",
                date.fromisoformat(day),
                Grade.GOOD,
            )
            for number, (card, day) in enumerate(
                [(cards[0], "9999-12-31"), (cards[1], "9999-12-30"), (cards[2], "0001-01-01")]
            )
        )
    for words in (["due"], ["stats"], ["doctor"], ["cards"], ["stats", "--html", "stats.html"], ["simulate"]):
        assert desk.run(*words).exit_code == 0, words
    for card in cards[:3]:
        assert desk.run("history", card).exit_code == 0
        assert desk.run("show", card).exit_code == 0
    assert desk.run("review", "--new", "9", keys="4\n" * 9).exit_code == 0
    assert desk.run("build", "small.md", "--with-progress").exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "zone", ["UTC+25", "X-99:99", "<+99>-99", "", ":", ":/etc/passwd", "Europe/Nowhere", "\x1b[8m"]
)
def test_an_odd_zone_ends_in_a_sentence(desk: Desk, tmp_path: Path, zone: str) -> None:
    desk.write()
    desk.run("build", "small.md")
    for words in (["due"], ["review"], ["doctor"]):
        done = subprocess.run(
            [*COMMAND, "--home", str(tmp_path / "home"), *words],
            input="4\n",
            text=True,
            capture_output=True,
            check=False,
            env=environment(TZ=zone),
        )
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stderr + done.stdout
        assert done.returncode in {0, 1}
        if done.returncode:
            assert "is no time zone" in done.stderr
        if zone == "Europe/Nowhere" and words == ["doctor"]:
            assert "TZ=Europe/Nowhere is not known on this machine, so days turn by UTC" in done.stdout

"""Mock interviews through a pipe, their history, and what is said where none can be held."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from srs.cli import command
from srs.store.store import Store
from tests.builders.deck import CARDS

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.builders.golden import Expect

MONDAY = "2026-11-23T09:00:00+00:00"


def proofdeck(home: Path, *arguments: str, typed: str = "", now: str = "2026-11-22T09:00:00+00:00") -> Result:
    return CliRunner().invoke(
        command,
        ["--home", str(home), *arguments],
        input=typed,
        env={"PROOFDECK_NOW": now, "TZ": "UTC", "COLUMNS": "80"},
    )


def interview(home: Path, typed: str, *arguments: str) -> Result:
    return proofdeck(home, "interview", "--no-task", "--seed", "1", *arguments, typed=typed)


def test_two_lines_a_question_give_its_points_and_a_report(home: Path, expect: Expect) -> None:
    result = interview(home, "each dtype\n\n\nnone\n\n1 3\n")
    assert result.exit_code == 0
    expect("interview", result.stdout)


def test_at_40_columns_every_line_fits(home: Path, expect: Expect) -> None:
    result = CliRunner().invoke(
        command,
        ["--home", str(home), "interview", "--no-task", "--seed", "1"],
        input="each dtype\n\n\nnone\n\n1 3\n",
        env={"PROOFDECK_NOW": MONDAY, "TZ": "UTC", "COLUMNS": "40"},
    )
    assert max(map(len, result.stdout.splitlines())) <= 40
    expect("interview-40", result.stdout)


def test_what_was_missed_is_asked_first_tomorrow_and_no_schedule_changes_by_that(home: Path) -> None:
    proofdeck(home, "review", "--limit", "1", typed="4\n")
    interview(home, "\nall\n\nnone\n\nall\n")
    first, second = (
        line.split() for line in proofdeck(home, "review", typed="4\n4\n", now=MONDAY).stdout.splitlines()
    )
    assert (first[1], second[1]) == (CARDS[3].id, CARDS[0].id)


def test_a_missed_card_that_is_not_due_is_crammed(home: Path) -> None:
    proofdeck(home, "review", "--limit", "1", typed="4\n")
    proofdeck(home, "review", "--limit", "1", typed="4\n", now=MONDAY)
    with Store.open(home / "proofdeck.db") as store:
        before = store.cards.rows()[0].standing
    proofdeck(home, "interview", "--no-task", typed="\nnone\n", now=MONDAY)
    proofdeck(home, "review", "--limit", "1", typed="5\n", now="2026-11-24T09:00:00+00:00")
    with Store.open(home / "proofdeck.db") as store:
        assert store.cards.rows()[0].standing == before
        assert [entry.act.value for entry in store.log.history(CARDS[0].id)] == [
            "review",
            "review",
            "interview",
            "cram",
        ]


def test_interviews_are_listed_the_latest_first(home: Path, expect: Expect) -> None:
    empty = proofdeck(home, "interview", "--history")
    assert empty.output == "There was no interview yet: `proofdeck interview` holds one.\n"
    interview(home, "\nall\n\nall\n\n1 3\n")
    proofdeck(home, "interview", "--no-task", "--section", "fund", typed="\nall\n", now=MONDAY)
    expect("interview-history", proofdeck(home, "interview", "--history").output)
    (first, second) = json.loads(proofdeck(home, "interview", "--history", "--json").output)
    assert (first["day"], first["points"], first["said"]) == ("2026-11-22", 6, 5)
    assert second["sections"] == {"Fundamentals": {"points": 2, "said": 2}}


def test_history_and_stats_know_it_and_undo_takes_all_of_it_back(home: Path) -> None:
    interview(home, "\n1\n\nall\n\nall\n")
    assert "interview  1 of 2 points said" in proofdeck(home, "history", CARDS[0].id).output
    assert "1 mock interview, 83% of the points said" in proofdeck(home, "stats").output
    assert json.loads(proofdeck(home, "stats", "--json").output)["interviews"] == {
        "number": 1,
        "points": 6,
        "said": 5,
    }
    assert "undone" in proofdeck(home, "undo").output
    assert "no interview yet" in proofdeck(home, "interview", "--history").output
    assert "mock interview" not in proofdeck(home, "stats").output
    assert proofdeck(home, "doctor").exit_code == 0


def test_only_questions_of_the_section_are_asked(home: Path) -> None:
    result = interview(home, "\nall\n", "--section", "train")
    assert result.stdout.startswith("Question 1 of 1 · Training\nHow do you write a training loop?\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(
            ["--section", "hard"],
            "no section has 'hard' in its name; there are: Fundamentals; Input; Training.",
            id="section",
        ),
        pytest.param(["--section", "..."], "no section has '...' in its name; there are:", id="no words"),
        pytest.param(["--deck", "git"], "No one deck is called 'git'; there are:", id="deck"),
    ],
)
def test_what_is_not_there_is_said_with_what_there_is(
    home: Path, arguments: list[str], sentence: str
) -> None:
    result = interview(home, "", *arguments)
    assert result.exit_code == (2 if "--section" in arguments else 1)
    assert sentence in (result.output if "--section" in arguments else str(result.exception))


def test_what_is_no_list_of_points_is_refused_and_the_questions_before_it_are_kept(home: Path) -> None:
    result = interview(home, "\nall\n\n7\n")
    assert str(result.exception) == (
        "line 4: '7' is no list of points; write numbers like 1 3, all, or none. "
        "The questions before it are saved."
    )
    assert "1 question" in proofdeck(home, "interview", "--history").output


def test_without_cards_the_next_step_is_said(tmp_path: Path) -> None:
    assert "Run `proofdeck build` first" in str(proofdeck(tmp_path / "new", "interview").exception)
    with Store.open(tmp_path / "proofdeck.db"):
        pass
    assert "`proofdeck build` makes some from a guide" in str(proofdeck(tmp_path, "interview").exception)

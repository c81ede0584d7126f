"""Reviews read from a pipe, and what the commands say when there is nothing to ask."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from srs.cli import command
from srs.schedule.sm2 import Grade
from srs.store.store import Store
from tests.builders.deck import CARDS

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def proofdeck(home: Path, *arguments: str, typed: str = "", now: str = "2026-11-22T09:00:00+00:00") -> Result:
    return CliRunner().invoke(
        command, ["--home", str(home), *arguments], input=typed, env={"PROOFDECK_NOW": now, "TZ": "UTC"}
    )


def test_one_grade_a_line_gives_one_line_an_answer(home: Path) -> None:
    result = proofdeck(home, "review", typed="4\n5\n")
    first, second = (line.split() for line in result.output.splitlines())
    assert first == ["answered", CARDS[0].id, "4", "due", "2026-11-23"]
    assert second[0::2] == ["answered", "5", "2026-11-23"]


def test_every_answer_is_on_disk_when_its_line_is_written(home: Path) -> None:
    proofdeck(home, "review", typed="4\n4\n4\n")
    due = json.loads(proofdeck(home, "due", "--json", now="2026-11-23T09:00:00+00:00").output)
    assert due["due"] == 3


def test_a_grade_below_4_comes_back_until_it_gets_4(home: Path) -> None:
    result = proofdeck(home, "review", "--limit", "1", typed="1\n3\n4\n5\n")
    assert [line.split()[1:3] for line in result.stdout.splitlines()] == [
        [CARDS[0].id, "1"],
        [CARDS[0].id, "3"],
        [CARDS[0].id, "4"],
    ]
    assert result.stderr == "line 4: nothing is left to ask.\n"


def test_what_was_left_unsettled_is_asked_first_in_the_next_sitting(home: Path) -> None:
    proofdeck(home, "review", "--limit", "2", typed="1\n")
    result = proofdeck(home, "review", typed="4\n")
    assert result.output.split()[1] == CARDS[0].id


def test_what_is_no_grade_is_refused_and_the_answers_before_it_are_kept(home: Path) -> None:
    result = proofdeck(home, "review", typed="4\n6\n")
    assert result.exit_code == 1
    assert str(result.exception) == "line 2: '6' is no grade; write 0 to 5. The answers before it are saved."
    assert json.loads(proofdeck(home, "due", "--json").output)["new"] == 4


def test_the_days_new_cards_are_shared_by_its_sittings(home: Path) -> None:
    with Store.open(home / "proofdeck.db") as store:
        store.save_preference("new_a_day", 3)
    first = proofdeck(home, "review", "--limit", "2", typed="4\n4\n4\n")
    second = proofdeck(home, "review", typed="4\n4\n4\n")
    assert (first.stdout.count("answered"), second.stdout.count("answered")) == (2, 1)


def test_a_deck_is_chosen_by_the_beginning_of_its_name(home: Path) -> None:
    assert proofdeck(home, "review", "tensor", typed="4\n").stdout.startswith("answered")
    refused = proofdeck(home, "review", "torch", typed="4\n")
    assert str(refused.exception) == "No one deck is called 'torch'; there are: tensorflow-interview."


def test_cramming_changes_no_schedule(home: Path) -> None:
    proofdeck(home, "review", typed="4\n")
    before = json.loads(proofdeck(home, "due", "--json").output)
    crammed = proofdeck(home, "review", "--cram", typed="0\n5\n")
    assert [line.split()[2] for line in crammed.output.splitlines()] == ["0", "5"]
    assert json.loads(proofdeck(home, "due", "--json").output) == before


@pytest.mark.parametrize(
    ("done", "said"),
    [
        pytest.param("", "5 new. `proofdeck review` asks them.\n", id="new cards"),
        pytest.param("4\n" * 5, "Nothing is due. The next card is due tomorrow.\n", id="all done"),
        pytest.param("1\n", "1 to repeat, 4 new. `proofdeck review` asks them.\n", id="drill"),
    ],
)
def test_due_says_what_waits(home: Path, done: str, said: str) -> None:
    if done:
        proofdeck(home, "review", typed=done)
    assert proofdeck(home, "due").output == said


def test_a_review_with_nothing_due_says_when_the_next_is(home: Path) -> None:
    proofdeck(home, "review", typed="4\n" * 5)
    assert proofdeck(home, "review").output == "Nothing is due. The next card is due tomorrow.\n"


def test_a_reached_limit_is_told_apart_from_nothing_left(home: Path) -> None:
    with Store.open(home / "proofdeck.db") as store:
        store.save_preference("new_a_day", 1)
    proofdeck(home, "review", typed="4\n")
    said = (
        "Nothing is due, and today's 1 new card is begun. 4 new ones wait: `proofdeck review --new 4` "
        "begins them. The next card is due tomorrow.\n"
    )
    assert proofdeck(home, "review").output == said


def test_so_many_new_ones_are_begun_whatever_today_began(home: Path) -> None:
    with Store.open(home / "proofdeck.db") as store:
        store.save_preference("new_a_day", 1)
    assert proofdeck(home, "review", typed="4\n" * 9).stdout.count("answered") == 1
    assert proofdeck(home, "review", "--new", "2", typed="4\n" * 9).stdout.count("answered") == 2
    assert proofdeck(home, "review", "--new", "1", typed="4\n" * 9).stdout.count("answered") == 1


def test_more_new_ones_than_a_deck_has_a_day_are_begun_where_they_are_wanted(home: Path) -> None:
    proofdeck(home, "settings", "--deck", "tensorflow", "new_a_day", "1")
    assert proofdeck(home, "review", "--new", "3", typed="4\n" * 9).stdout.count("answered") == 3


def test_new_ones_of_a_block_that_was_asked_today_wait_for_another_day(home: Path) -> None:
    with Store.open(home / "proofdeck.db") as store:
        store.connection.execute("UPDATE card SET block = 1 WHERE id IN (?, ?)", (CARDS[0].id, CARDS[1].id))
    assert proofdeck(home, "review", typed="4\n" * 9).stdout.count("answered") == 4
    assert proofdeck(home, "review", "--new", "5").output == (
        "1 new one waits for another day: it shares a block with a card of today.\n"
    )


def test_one_kind_is_asked_by_the_words_of_reports(home: Path) -> None:
    asked = proofdeck(home, "review", "--kind", "outputs to predict", typed="4\n" * 9)
    assert asked.stdout.count("answered") == 1
    both = proofdeck(home, "review", "--kind", "facts", "--tag", "kind", typed="4\n")
    assert (both.exit_code, "give one of them" in both.stderr) == (2, True)


def test_without_a_store_the_way_to_one_is_said(tmp_path: Path) -> None:
    result = proofdeck(tmp_path / "none", "due")
    assert str(result.exception) == (
        "There are no cards yet. Run `proofdeck build` first; it makes them from a guide."
    )


def test_a_log_from_the_future_is_said(home: Path) -> None:
    proofdeck(home, "review", typed="4\n", now="2027-11-22T09:00:00+00:00")
    result = proofdeck(home, "review", typed="4\n")
    assert result.stderr == (
        "The last answer is dated 2027-11-22, but today is 2026-11-22: the clock is wrong now, or was then. "
        "Nothing is lost; `proofdeck undo --day 2027-11-22` takes back what bears a wrong date.\n"
    )
    assert result.stdout.startswith("answered")


def test_a_tag_that_no_card_has_is_a_usage_error_with_the_nearest(home: Path) -> None:
    refused = proofdeck(home, "review", "--tag", "fundamental", typed="4\n")
    assert refused.exit_code == 2
    assert refused.stderr.endswith(
        "Error: Invalid value for --tag: no card has the tag 'fundamental'. Near it: section::fundamentals.\n"
    )
    slip = proofdeck(home, "review", "--tag", "kind::contrsat", typed="4\n")
    assert slip.stderr.endswith("no card has the tag 'kind::contrsat'. Near it: kind::contrast.\n")
    far = proofdeck(home, "review", "--tag", "zzz", typed="4\n")
    assert far.stderr.endswith("no card has the tag 'zzz'. The tags begin with kind, section.\n")
    assert json.loads(proofdeck(home, "due", "--json").output)["new"] == 5


def test_a_level_of_tags_and_other_capitals_are_understood(home: Path) -> None:
    assert proofdeck(home, "review", "--tag", "section", typed="4\n").stdout.startswith("answered")
    assert proofdeck(home, "review", "--tag", "Section::Input", typed="4\n").stdout.startswith("answered")


@pytest.mark.parametrize(
    ("arguments", "done", "said"),
    [
        pytest.param(
            ["--cram"],
            "",
            "--cram repeats cards that were answered before, and none was yet. 5 new ones wait: "
            "`proofdeck review` begins them.",
            id="cramming what was never begun",
        ),
        pytest.param(
            ["--cram", "--tag", "section::input"],
            "",
            "--cram repeats cards that were answered before, and none with the tag section::input was yet. "
            "2 new ones wait: `proofdeck review` begins them.",
            id="cramming a tag that was never begun",
        ),
        pytest.param(
            ["--new", "0"],
            "4\n4\n",
            "Nothing is due, and --new 0 begins nothing. 3 new ones wait: `proofdeck review --new 3` begins "
            "them.",
            id="no new ones wanted",
        ),
        pytest.param(
            ["--tag", "section::training"],
            "4\n" * 4,
            "No card with the tag section::training is due. The next one is due tomorrow.",
            id="a tag with nothing due",
        ),
        pytest.param(["--ahead", "3"], "", "", id="there is something"),
        pytest.param(["--new", "3"], "4\n" * 5, "There is no new card left to ask.", id="none left"),
        pytest.param(["--new", "+3"], "4\n" * 5, "There is no new card left to ask.", id="no new card"),
    ],
)
def test_why_nothing_is_asked_is_told_as_it_is(
    home: Path, arguments: list[str], done: str, said: str
) -> None:
    if done:
        proofdeck(home, "review", typed=done)
    output = proofdeck(home, "review", *arguments).stdout
    assert output == (f"{said}\n" if said else "")


def test_minutes_that_are_used_are_told_apart_from_nothing_due(home: Path) -> None:
    proofdeck(home, "settings", "minutes_a_day", "1")
    with Store.open(home / "proofdeck.db") as store:
        at = datetime(2026, 11, 22, 9, tzinfo=UTC)
        store.log.record_answer(CARDS[0].id, Grade.GOOD, reviewed_at=at, seen=0, took_ms=120_000)
    used = "Today's minutes are used; 4 cards wait. `proofdeck review --minutes 5` goes on for five.\n"
    assert proofdeck(home, "review").output == used
    assert proofdeck(home, "due").output == used
    assert proofdeck(home).output.startswith(used)


def test_a_day_and_a_lapse_are_said_in_the_singular(home: Path) -> None:
    proofdeck(home, "review", "--limit", "1", typed="4\n")
    shown = proofdeck(home, "show", CARDS[0].id).output
    assert [line.rstrip() for line in shown.splitlines()[-3:]] == [
        "due          2026-11-23, after 1 day",
        "ease factor  2.50",
        "repetitions  1, 0 lapses",
    ]

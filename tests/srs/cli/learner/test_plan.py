"""The day of an interview, through the command as a person types it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from srs.store.store import Store

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

START = date(2026, 11, 30)


def guide(questions: int = 28) -> str:
    """Return a guide whose questions have a definition, a table and a list each."""
    parts = ["# Trees\n"]
    for number in range(questions):
        if number % 7 == 0:
            parts.append(f"## Section {'abcd'[number // 7]}\n")
        tree = f"tree{number}"
        parts.append(
            f"### What is a {tree}?\n\n"
            f"A **{tree}** is a plant with {number + 3} roots because the soil of area {number} is dry.\n\n"
            f"| Aspect | Young {tree} | Old {tree} |\n|---|---|---|\n"
            f"| Height | {number + 2} metres | {number + 30} metres |\n"
            f"| Colour | green as moss {number} | brown as bark {number} |\n\n"
            f"- **leaf of {tree}**: what takes light for branch {number}\n"
            f"- **bark of {tree}**: what keeps water in trunk {number}\n"
        )
    return "\n".join(parts)


def on(day: date, hour: int = 9) -> str:
    return f"{day.isoformat()}T{hour:02}:00:00+00:00"


@pytest.fixture
def learner(desk: Desk) -> Desk:
    desk.write(guide())
    result = desk.run("build", "small.md", now=on(START))
    assert result.exit_code == 0, result.output
    return desk


def blocks_of_day(desk: Desk, day: date) -> list[tuple[str, int]]:
    """Return the question and block of every card that was begun on a day."""
    with Store.open_existing(str(desk.folder / "home" / "proofdeck.db")) as store:
        return store.connection.execute(
            "SELECT question, block FROM card WHERE block IS NOT NULL AND id IN ("
            "SELECT card FROM log GROUP BY card HAVING min(day) = ?)",
            (day.isoformat(),),
        ).fetchall()


def live(desk: Desk, days: range, grades: str = "4454344544") -> list[float]:
    """Review on each day until nothing more is asked, and return the minutes that each took."""
    minutes = []
    for number in days:
        today = START + timedelta(days=number)
        said = desk.run("review", now=on(today), keys="\n".join(grades * 40) + "\n")
        assert said.exit_code == 0, said.output
        (stand,) = desk.json("due", now=on(today, 10))["interviews"]
        minutes.append(stand["minutes_today"])
    return minutes


@pytest.mark.slow
def test_six_weeks_of_ten_minutes_begin_every_question_and_no_day_is_longer(learner: Desk) -> None:
    interview = START + timedelta(days=42)
    learner.run("plan", interview.isoformat(), "--minutes", "10", now=on(START))
    minutes = live(learner, range(42))
    assert max(minutes) <= 11
    (stand,) = learner.json("due", now=on(START + timedelta(days=41), 11))["interviews"]
    assert (stand["questions"], stand["questions_begun"], stand["days_left"]) == (28, 28, 1)
    assert stand["days_behind"] == 0
    assert stand["known_as_things_stand"] > 0.85
    for number in range(42):
        begun = blocks_of_day(learner, START + timedelta(days=number))
        assert len(begun) == len(set(begun))
    # After the day all is as without one.
    after = learner.json("due", now=on(interview + timedelta(days=1)))
    assert "interviews" not in after
    assert "of 2027-01-11 is past" in learner.run("plan", now=on(interview + timedelta(days=1))).output


@pytest.mark.slow
def test_a_date_that_moves_and_a_missed_week_still_begin_every_question(learner: Desk) -> None:
    learner.run("plan", (START + timedelta(days=60)).isoformat(), "--minutes", "6", now=on(START))
    minutes = live(learner, range(8))
    today = on(START + timedelta(days=15))
    late = learner.json("due", now=today)["interviews"][0]["days_behind"]
    assert late >= 1
    learner.run("settings", "interview", (START + timedelta(days=24)).isoformat(), now=today)
    minutes += live(learner, range(15, 24))
    assert max(minutes) <= 6.6
    (stand,) = learner.json("due", now=on(START + timedelta(days=23), 11))["interviews"]
    assert (stand["questions_begun"], stand["days_left"]) == (28, 1)


def test_the_plan_says_what_fits(learner: Desk) -> None:
    said = learner.run("plan", "2027-01-11", "--minutes", "10", now=on(START)).output
    assert said.splitlines()[:2] == [
        "Interview on Monday, 11 January 2027: 42 days to go, on time; today 0 of 10 minutes.",
        "0 of 28 questions begun, 0 firm; as things stand, about 0% known on the day (an estimate).",
    ]
    (plan,) = learner.json("plan", now=on(START))
    assert (plan["days_left"], plan["minutes_a_day"], plan["questions"]) == (42, 10, 28)
    assert plan["cards_left"] == plan["cards"]
    assert sum(plan["left_out"].values()) == 0
    assert [each["section"] for each in plan["sections"]] == [f"Section {letter}" for letter in "abcd"]
    assert max(plan["minutes"]) <= 10.5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["plan"], "No interview is set: `proofdeck plan 2027-01-10 --minutes 10` plans the days until one."),
        (["plan", "2026-11-29"], "The interview cannot be on 2026-11-29: that is past."),
        (["plan", "2026-11-30"], "The interview cannot be on 2026-11-30: that is today."),
        (["settings", "interview", "2020-01-01"], "The interview cannot be on 2020-01-01: that is past."),
        (
            ["plan", "3027-01-10"],
            "3027-01-10: that is more than 3 years away. Name a nearer day, or none.",
        ),
        (["simulate", "--until", "9999-12-31"], "9999-12-31: that is more than 3 years away."),
        (["plan", "soon"], "interview cannot be 'soon': write a day like 2027-01-10, or none."),
        (["plan", "none"], "No interview is set"),
        (["review", "--new", "+x"], "'+x' is no number of cards; write 5, or +5 for five more."),
    ],
)
def test_a_day_that_cannot_be_is_a_sentence(learner: Desk, arguments: list[str], sentence: str) -> None:
    assert sentence in learner.run(*arguments, now=on(START)).output


def test_what_a_plan_was_begun_with_is_no_setting_that_nobody_knows(learner: Desk) -> None:
    learner.run("plan", "2027-01-11", now=on(START))
    learner.run("plan", "2027-02-01", "--deck", "small", now=on(START))
    for command in ("settings", "doctor"):
        assert "does not know" not in learner.run(command, now=on(START)).output
    assert learner.json("settings", now=on(START))["unread"] == []


def test_the_day_before_begins_the_core_and_looks_at_what_is_begun(learner: Desk) -> None:
    learner.run("review", now=on(START), keys="4\n" * 5)
    tomorrow = START + timedelta(days=1)
    learner.run("plan", (START + timedelta(days=2)).isoformat(), "--minutes", "60", now=on(tomorrow))
    due = learner.json("due", now=on(tomorrow))
    assert due["interviews"][0]["days_left"] == 1
    assert due["due"] == 5
    assert due["new"] > 10


def test_a_last_look_comes_before_a_card_is_due_and_is_a_review_like_any_other(learner: Desk) -> None:
    for number in (0, 1):
        learner.run("review", "--limit", "4", now=on(START + timedelta(days=number)), keys="4\n" * 4)
    today = START + timedelta(days=3)
    learner.run("plan", (today + timedelta(days=1)).isoformat(), "--minutes", "1", now=on(today))
    said = learner.run("review", now=on(today), keys="4\n" * 2).output
    # Six days from an answer of the second day: the interval of SM-2's third answer, whenever it is given.
    assert said.count("answered") == 2
    assert f"due {today + timedelta(days=15)}" in said
    undone = learner.run("undo", now=on(today))
    assert undone.exit_code == 0


def test_two_decks_have_two_days(learner: Desk) -> None:
    learner.write(guide(7).replace("tree", "bush").replace("# Trees", "# Bushes"), "bushes.md")
    learner.run("build", "bushes.md", now=on(START))
    learner.run("settings", "--deck", "bushes", "interview", "2026-12-10", now=on(START))
    learner.run("settings", "--deck", "small", "interview", "2027-01-10", now=on(START))
    said = learner.run("settings", "--deck", "bushes", "minutes_a_day", "5", now=on(START)).output
    assert said.splitlines()[-2:] == [
        "interview              2026-12-10  for bushes",
        "minutes_a_day          5  for bushes",
    ]
    stands = {each["decks"]: each for each in learner.json("due", now=on(START))["interviews"]}
    assert (stands["bushes"]["days_left"], stands["bushes"]["minutes_a_day"]) == (10, 5)
    assert (stands["small"]["days_left"], stands["small"]["minutes_a_day"]) == (41, 10)
    learner.run("settings", "--deck", "bushes", "interview", "none", now=on(START))
    assert [each["decks"] for each in learner.json("due", now=on(START))["interviews"]] == ["small"]


def test_minutes_without_a_day_end_a_sitting_and_the_day(learner: Desk) -> None:
    learner.run("settings", "new_a_day", "50", now=on(START))
    learner.run("settings", "minutes_a_day", "2", now=on(START))
    said = learner.run("review", now=on(START), keys="4\n" * 40)
    assert said.stdout.count("answered") == 5
    assert "today's minutes are used" in said.stderr
    assert "answered" not in learner.run("review", now=on(START), keys="4\n").stdout


def test_more_new_ones_and_cards_ahead_are_asked_on_request(learner: Desk) -> None:
    learner.run("plan", "2027-01-11", "--minutes", "1", now=on(START))
    assert learner.run("review", now=on(START), keys="4\n" * 40).stdout.count("answered") < 5
    assert learner.run("review", "--new", "+5", now=on(START), keys="4\n" * 40).stdout.count("answered") == 5
    later = START + timedelta(days=1)
    learner.run("review", "--minutes", "9", now=on(later), keys="4\n" * 6)
    ahead = learner.run(
        "review", "--ahead", "3", "--new", "0", now=on(later + timedelta(days=1)), keys="4\n" * 9
    )
    assert ahead.stdout.count("answered") >= 3


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Vienna", "Pacific/Apia"])
def test_the_days_to_go_are_days_on_the_wall_when_clocks_change(
    learner: Desk, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        learner.run("plan", "2027-04-01", now="2027-03-10T09:00:00")
        left = [
            learner.json("due", now=f"2027-03-{day}T{hour}:30:00")["interviews"][0]["days_left"]
            for day, hour in ((13, "23"), (14, "02"), (14, "05"), (28, "01"), (28, "12"))
        ]
        assert left == [19, 19, 18, 5, 4]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_proofdeck_alone_says_where_one_stands(learner: Desk) -> None:
    assert learner.run(now=on(START)).output == (
        "Today: 10 new.\n\n  proofdeck review\n\n`proofdeck --help` lists all commands.\n"
    )
    learner.run("plan", "2027-01-11", now=on(START))
    said = learner.run(now=on(START)).output.splitlines()
    assert said[0].startswith("Today: ")
    assert said[1].startswith("Interview on Monday, 11 January 2027: 42 days to go, on time;")
    assert said[3:] == ["", "  proofdeck review", "", "`proofdeck --help` lists all commands."]
    assert learner.json("stats", now=on(START))["interviews"][0]["days_left"] == 42


def test_a_deck_alone_is_asked_from_its_own_cards(learner: Desk) -> None:
    learner.write(guide(7).replace("tree", "bush").replace("# Trees", "# Bushes"), "bushes.md")
    learner.run("build", "bushes.md", now=on(START))
    learner.run("plan", "2027-01-11", "--minutes", "10", now=on(START))
    learner.run("review", "bushes", now=on(START), keys="4\n" * 3)
    with Store.open_existing(str(learner.folder / "home" / "proofdeck.db")) as store:
        asked = store.rows(
            "SELECT DISTINCT guide.short_name FROM card JOIN guide ON guide.id = card.guide "
            "WHERE card.due IS NOT NULL"
        )
    assert asked == [("bushes",)]


def test_a_decks_own_limit_holds_within_a_plan(learner: Desk) -> None:
    learner.run("plan", "2027-01-11", "--minutes", "10", now=on(START))
    learner.run("settings", "--deck", "small", "new_a_day", "2", now=on(START))
    assert learner.json("due", now=on(START))["new"] == 2


@pytest.mark.parametrize(
    ("even_load", "interview", "numbers"),
    [
        ("auto", "none", [10]),
        ("auto", "2027-03-01", [3, 4, 3]),
        ("on", "none", [3, 4, 3]),
        ("off", "2027-03-01", [10]),
    ],
)
def test_cards_that_would_be_due_together_are_spread_where_days_are_even(
    learner: Desk, even_load: str, interview: str, numbers: list[int]
) -> None:
    learner.run("settings", "even_load", even_load, now=on(START))
    for number in (0, 1, 7):
        new = "0" if number else "10"
        learner.run("review", "--new", new, now=on(START + timedelta(days=number)), keys="4\n" * 10)
    today = START + timedelta(days=22)
    learner.run("plan", interview, now=on(today))
    lines = learner.run("review", "--new", "0", now=on(today), keys="4\n" * 10).output.splitlines()
    found = Counter(date.fromisoformat(line.split()[-1]) for line in lines if line.startswith("answered"))
    sm2 = today + timedelta(days=38)
    shifts = (0,) if len(numbers) == 1 else (-1, 0, 1)
    days = [sm2 + timedelta(days=shift) for shift in shifts]
    assert found == dict(zip(days, numbers, strict=True))
    checked = learner.run("doctor", now=on(today))
    assert checked.exit_code == 0, checked.output


def test_a_pace_that_one_is_thinking_about_is_foretold_as_a_plan_is_and_sets_nothing(learner: Desk) -> None:
    supposed = learner.json("simulate", "--until", "2027-01-11", "--minutes", "10", now=on(START))
    assert "interviews" not in learner.json("due", now=on(START))
    assert learner.run("settings", "interview", now=on(START)).output == "none\n"
    said = learner.run("simulate", "--until", "2027-01-11", "--minutes", "10", now=on(START)).output
    learner.run("plan", "2027-01-11", "--minutes", "10", now=on(START))
    (planned,) = learner.json("plan", now=on(START))
    assert supposed == [{**planned, "days_behind": None, "decks": ""}]
    assert (
        said.replace("42 days to go;", "42 days to go, on time;") == learner.run("plan", now=on(START)).output
    )
    # It is not the plan that is set which counts.
    (other,) = learner.json("simulate", "--until", "2026-12-07", "--minutes", "5", now=on(START))
    assert (other["days_left"], other["minutes_a_day"]) == (7, 5)
    assert other["known"] < planned["known"]
    (same,) = learner.json("simulate", "--until", "2027-01-11", now=on(START))
    assert same["minutes_a_day"] == 10


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--until", "2026-11-30"], "The interview cannot be on 2026-11-30: that is today."),
        (["--until", "soon"], "interview cannot be 'soon': write a day like 2027-01-10, or none."),
        (["--until", "none"], "--until needs a day like 2027-01-10."),
        (
            ["--until", "2027-01-11", "--new", "5"],
            "--until goes with --minutes, --deck, --seed and --json only.",
        ),
        (["--minutes", "5"], "--minutes and --deck go with --until DATE."),
        (["--until", "2027-01-11", "--deck", "shrubs"], "shrubs"),
    ],
)
def test_what_cannot_be_foretold_is_a_sentence(learner: Desk, arguments: list[str], sentence: str) -> None:
    said = learner.run("simulate", *arguments, now=on(START))
    assert sentence in said.output
    assert said.exit_code in {1, 2}


def test_the_plan_draws_what_is_known_day_by_day(learner: Desk) -> None:
    said = learner.run("plan", "2027-01-11", now=on(START)).output.splitlines()
    place = said.index("Known on the day, if each of these days were the last one that you learn on:")
    chart = said[place + 1 : place + 7]
    assert [line[:6].strip() for line in chart] == ["100%", "", "", "", "0%", ""]
    assert chart[4].endswith("█")
    assert chart[5].split() == ["30", "Nov", "10", "Jan"]
    (plan,) = learner.json("plan", now=on(START))
    assert len(plan["known_by_day"]) == 42
    assert plan["known_by_day"][-1] == plan["known"]


def test_the_page_of_statistics_draws_it_too(learner: Desk) -> None:
    learner.run("stats", "--html", "before.html", now=on(START))
    assert "<polyline" not in (learner.folder / "before.html").read_text("utf-8")
    learner.run("plan", "2027-01-11", now=on(START))
    learner.run("stats", "--html", "after.html", now=on(START))
    page = (learner.folder / "after.html").read_text("utf-8")
    assert page.count("<polyline") == 1
    assert page.count("<circle") == 42
    assert "Interview on 11 January 2027" in page


@pytest.mark.parametrize("width", [20, 40, 60, 100])
def test_on_a_terminal_nothing_is_wider_than_it_is(
    learner: Desk, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.run("plan", "2027-01-11", now=on(START))
    monkeypatch.setattr("srs.cli.output.wrapped_lines.terminal_columns", lambda: width)
    for arguments in (["plan"], ["due"], []):
        lines = learner.run(*arguments, now=on(START)).output.partition("Usage:")[0].splitlines()
        tables = [line for line in lines if line.startswith("  ")]
        assert max(len(line) for line in lines if line not in tables) <= width
        assert max(map(len, tables), default=0) <= max(40, width)
        assert not any(line.startswith(" ") for line in lines if line not in tables)

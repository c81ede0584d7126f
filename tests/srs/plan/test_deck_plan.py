"""Decks and their days, minutes that are shared, and being late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from srs.plan.deck_plan import DeckPlan, DeckWish, PlanGroup, PlanStart, plan_groups, share_minutes
from srs.plan.interview_day import InterviewDay, PlannedCard
from srs.plan.position import Position, position_lines, position_of
from srs.schedule.sm2 import STARTING_EASE, FsrsMemory, Schedule

TODAY = date(2026, 3, 1)
DAY = date(2026, 3, 31)
OTHER = date(2026, 5, 1)
PAST = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("wishes", "day", "groups"),
    [
        pytest.param([(None, None), (None, None)], None, [], id="none"),
        pytest.param([(None, None), (None, None)], DAY, [("ab", DAY, None, None)], id="one for all"),
        pytest.param(
            [(OTHER, None), (None, None)], DAY, [("b", DAY, None, None), ("a", OTHER, None, "a")], id="two"
        ),
        pytest.param([(OTHER, 5), (None, None)], None, [("a", OTHER, 5, "a")], id="of one deck"),
        pytest.param(
            [(None, 5), (None, None)], DAY, [("b", DAY, None, None), ("a", DAY, 5, "a")], id="minutes"
        ),
        pytest.param([(PAST, None), (None, None)], PAST, [], id="past"),
        pytest.param([(None, None), (TODAY, None)], None, [], id="today"),
    ],
)
def test_decks_with_one_day_are_planned_together(
    wishes: list[tuple[date | None, int | None]],
    day: date | None,
    groups: list[tuple[str, date, int | None, str | None]],
) -> None:
    of_decks = {name: DeckWish(*wish) for name, wish in zip("ab", wishes, strict=True)}
    expected = [
        PlanGroup(frozenset(guides), theirs, minutes, deck) for guides, theirs, minutes, deck in groups
    ]
    assert list(plan_groups(of_decks, day, TODAY)) == expected


def plan(cards: int, days: int, guide: str = "g", minutes: float = 10) -> DeckPlan:
    new = tuple(PlannedCard(f"{guide}{number}", 2, f"q{number}", guide=guide) for number in range(cards))
    return DeckPlan(frozenset({guide}), InterviewDay(TODAY + timedelta(days=days), minutes), new)


def test_minutes_are_shared_by_what_each_deck_needs_a_day() -> None:
    shared = share_minutes(12, [plan(100, 10, "a"), plan(100, 30, "b")], TODAY)
    assert [round(each.interview.minutes, 1) for each in shared] == [9.0, 3.0]


@pytest.mark.parametrize(
    ("day", "begun", "late"),
    [
        pytest.param(0, 0, 0, id="at the start"),
        pytest.param(5, 50, 0, id="on time"),
        pytest.param(5, 80, 0, id="ahead"),
        pytest.param(5, 46, 0, id="less than half a day"),
        pytest.param(5, 30, 2, id="two days behind"),
        pytest.param(40, 90, 1, id="long after the last new card"),
    ],
)
def test_being_late_is_counted_in_days_of_new_cards(day: int, begun: int, late: int) -> None:
    start = PlanStart(TODAY, 0, 100, TODAY + timedelta(days=9))
    assert start.days_behind(TODAY + timedelta(days=day), begun) == late


def test_a_question_is_firm_once_its_core_was_right_twice_in_a_row() -> None:
    def known(name: str, question: str, repetitions: int, weight: int) -> PlannedCard:
        schedule = Schedule(repetitions, 6, STARTING_EASE, TODAY)
        return PlannedCard(name, weight, question, "", schedule, FsrsMemory(10, 5), "g")

    cards = (
        known("a", "firm", 2, 3),
        PlannedCard("b", 2, "firm", guide="g"),
        known("c", "shaky", 1, 3),
        PlannedCard("d", 3, "new", guide="g"),
    )
    position = position_of(plan(0, 30)._replace(cards=cards), TODAY)
    assert (position.questions, position.begun, position.firm) == (3, 2, 1)


def test_a_task_of_which_only_lines_are_asked_is_no_question() -> None:
    schedule = Schedule(2, 6, STARTING_EASE, TODAY)
    cards = (
        PlannedCard("a", 2, "asked", guide="g"),
        PlannedCard("b", 2, "asked", guide="g", is_of_line=True),
        PlannedCard("c", 2, "written", "", schedule, FsrsMemory(10, 5), "g", is_of_line=True),
        PlannedCard("d", 2, "to write", guide="g", is_of_line=True),
    )
    position = position_of(plan(0, 30)._replace(cards=cards), TODAY)
    assert position.begun_words == "0 of 1 question begun, 0 firm; 1 of 2 tasks begun"


@pytest.mark.parametrize(
    ("behind", "days", "words"),
    [(None, 5, "5 days to go;"), (0, 1, "1 day to go, on time;"), (1, 9, "9 days to go, 1 day behind;")],
)
def test_where_one_stands_is_two_lines(behind: int | None, days: int, words: str) -> None:
    first, second = position_lines(Position(DAY, days, behind, 3.6, 10, 28, 20, 12, 0.614), "tensorflow")
    assert first == f"Interview for tensorflow on Tuesday, 31 March 2026: {words} today 4 of 10 minutes."
    assert second == (
        "20 of 28 questions begun, 12 firm; as things stand, about 61% known on the day (an estimate)."
    )

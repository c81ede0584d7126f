from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cards.card.card import CardId
from srs.review.log import NEW_STANDING, Act, EntryId, LogEntry, fold_log
from srs.schedule.sm2 import Grade, Schedule, sm2_schedule

DAY = date(2026, 11, 22)


def entry(number: int, act: Act, **rest: Any) -> LogEntry:  # noqa: ANN401 - any field
    return LogEntry(
        EntryId(str(number)), CardId("a"), act, f"2026-11-22T09:00:{number:02d}.000Z", DAY
    )._replace(**rest)


def test_no_entries_leave_a_new_card() -> None:
    assert fold_log([]) == NEW_STANDING


def test_only_a_review_moves_the_schedule() -> None:
    entries = [
        entry(1, Act.REVIEW, grade=Grade.NEARLY),
        entry(2, Act.DRILL, grade=Grade.PERFECT),
        entry(3, Act.CRAM, grade=Grade.BLACKOUT),
    ]
    assert fold_log(entries).schedule == sm2_schedule(None, Grade.NEARLY, DAY)


def test_an_undone_entry_counts_for_nothing() -> None:
    entries = [entry(1, Act.REVIEW, grade=Grade.GOOD, undone_at="2026-11-22T10:00:00.000Z")]
    assert fold_log(entries) == NEW_STANDING


def test_suspending_and_resuming_cancel_out() -> None:
    assert fold_log([entry(1, Act.SUSPEND)]).suspended
    assert not fold_log([entry(1, Act.SUSPEND), entry(2, Act.RESUME)]).suspended


def test_the_last_flag_stands_until_it_is_taken_off() -> None:
    flags = [entry(1, Act.FLAG, note="too long"), entry(2, Act.FLAG, note="wrong")]
    assert fold_log(flags).flag == "wrong"
    assert fold_log([*flags, entry(3, Act.UNFLAG)]).flag is None


def test_a_buried_card_is_back_on_its_day() -> None:
    assert fold_log([entry(1, Act.BURY, until=DAY + timedelta(days=1))]).buried_until == DAY + timedelta(
        days=1
    )


def test_two_machines_reviews_of_one_day_count_once() -> None:
    entries = [entry(1, Act.REVIEW, grade=Grade.GOOD), entry(2, Act.REVIEW, grade=Grade.BLACKOUT)]
    assert fold_log(entries).schedule == sm2_schedule(None, Grade.GOOD, DAY)


@given(st.lists(st.tuples(st.sampled_from(Grade), st.integers(1, 400)), max_size=30))
def test_a_fold_equals_answering_one_after_the_other(steps: list[tuple[Grade, int]]) -> None:
    day, schedule, entries = DAY, None, []
    for number, (grade, later) in enumerate(steps):
        day += timedelta(days=later)
        schedule = sm2_schedule(schedule, grade, day)
        entries.append(entry(number, Act.REVIEW, grade=grade, day=day))
    got: Schedule | None = fold_log(entries).schedule
    assert got == schedule

"""Any log, written for Anki and read back, has nothing new in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.anki.anki_export import export_package
from exporters.anki.progress import Answer, Button, CardProgress, Progress
from exporters.anki.progress_reader import read_progress
from srs.cli.anki_translation import collect_progress, plan_pull, utc_offset_minutes
from srs.review.log import Act, EntryId, LogEntry
from srs.schedule.day import day_of, to_timestamp
from srs.schedule.sm2 import Grade, sm2_schedule
from tests.builders.deck import CARDS, DECK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.card.card import CardId

BEGIN = datetime(2026, 11, 1, 9, tzinfo=UTC)
NOW = BEGIN + timedelta(days=60)
FIRST, SECOND = CARDS[0].id, CARDS[1].id


def entry(
    card: CardId, act: Act, later: timedelta, grade: int | None = None, *, undone: bool = False
) -> LogEntry:
    at = BEGIN + later
    return LogEntry(
        EntryId(f"{to_timestamp(at)}-{card}-{act}-{grade}"),
        card,
        act,
        to_timestamp(at),
        day_of(at),
        None if grade is None else Grade(grade),
        took_ms=3000,
        note="" if act is Act.FLAG else None,
        undone_at=to_timestamp(at) if undone else None,
    )


def logs(entries: Iterable[LogEntry]) -> dict[CardId, list[LogEntry]]:
    found: dict[CardId, list[LogEntry]] = {}
    for each in sorted(entries, key=lambda each: (each.at, each.id)):
        found.setdefault(each.card, []).append(each)
    return found


ENTRIES = st.builds(
    lambda card, act, minutes, grade, undone: entry(
        card, act, timedelta(minutes=minutes), grade if act.is_answer else None, undone=undone
    ),
    st.sampled_from([each.id for each in CARDS]),
    st.sampled_from([Act.REVIEW, Act.REVIEW, Act.DRILL, Act.CRAM, Act.SUSPEND, Act.RESUME, Act.FLAG]),
    st.integers(0, 50 * 24 * 60) | st.sampled_from([0, 1, 24 * 60]),
    st.integers(0, 5),
    st.booleans(),
)


@given(st.lists(ENTRIES, max_size=40, unique_by=lambda each: (each.card, each.at)))
@settings(max_examples=60)
def test_what_went_out_comes_back_as_known(
    tmp_path_factory: pytest.TempPathFactory, entries: list[LogEntry]
) -> None:
    here = logs(entries)
    progress = collect_progress(here, sm2_schedule)
    package = tmp_path_factory.mktemp("package") / "deck.apkg"
    export_package(DECK, package, now=int(NOW.timestamp()), progress=progress)
    if progress.cards:
        back = read_progress(package, frozenset(here), utc_offset_minutes=0).progress
        assert {each.card: each for each in back.cards} == {each.card: each for each in progress.cards}
        pulled = plan_pull(back, here, sm2_schedule, day_of, NOW)
        assert (pulled.answers, pulled.suspended, pulled.flagged, pulled.misdated) == ((), (), {}, 0)


def test_each_answer_says_what_it_did_to_the_schedule() -> None:
    entries = [
        entry(FIRST, Act.REVIEW, timedelta(), 2),
        entry(FIRST, Act.DRILL, timedelta(minutes=5), 4),
        entry(FIRST, Act.REVIEW, timedelta(days=1), 4),
        entry(FIRST, Act.REVIEW, timedelta(days=2), 5, undone=True),
        entry(FIRST, Act.REVIEW, timedelta(days=2, hours=1), 3),
    ]
    progress = collect_progress(logs(entries), sm2_schedule)
    assert [
        (each.button.name, each.previous_interval_days, each.interval_days, each.ease_permille, each.extra)
        for each in progress.answers
    ] == [
        ("AGAIN", 0, 1, 2500, False),
        ("GOOD", 0, 0, 0, True),
        ("GOOD", 1, 1, 2500, False),
        ("HARD", 1, 6, 2360, False),
    ]
    (standing,) = progress.cards
    assert (standing.due_on, standing.answers) == (day_of(BEGIN) + timedelta(days=8), 3)


def test_a_card_that_was_only_suspended_or_flagged_has_no_due_day() -> None:
    entries = [
        entry(FIRST, Act.SUSPEND, timedelta()),
        entry(SECOND, Act.FLAG, timedelta()),
        entry(CARDS[2].id, Act.BURY, timedelta()),
    ]
    assert collect_progress(logs(entries), sm2_schedule) == Progress(
        (CardProgress(card=SECOND, flag=1), CardProgress(card=FIRST, suspended=True)), ()
    )


@pytest.mark.parametrize(
    ("button", "extra", "act", "grade"),
    [
        (Button.AGAIN, False, Act.REVIEW, 1),
        (Button.HARD, False, Act.REVIEW, 3),
        (Button.GOOD, False, Act.REVIEW, 4),
        (Button.EASY, False, Act.REVIEW, 5),
        (Button.GOOD, True, Act.CRAM, 4),
    ],
)
def test_ankis_answers_become_grades(button: Button, *, extra: bool, act: Act, grade: int) -> None:
    moment = int(BEGIN.timestamp() * 1000)
    theirs = Progress((), (Answer(card=FIRST, answered_at_ms=moment, button=button, extra=extra),))
    (came,) = plan_pull(theirs, {}, sm2_schedule, day_of, NOW).answers
    assert (came.act, came.grade, came.at, came.day) == (act, grade, to_timestamp(BEGIN), day_of(BEGIN))


@pytest.mark.parametrize("moment_ms", [-1, 0, 10**12, 10**14, 10**30])
def test_an_answer_of_an_impossible_moment_stays_out(moment_ms: int) -> None:
    theirs = Progress((), (Answer(card=FIRST, answered_at_ms=moment_ms, button=Button.GOOD),))
    pulled = plan_pull(theirs, {}, sm2_schedule, day_of, NOW)
    assert (pulled.answers, pulled.misdated) == ((), 1)


@pytest.mark.parametrize(
    ("moment", "minutes"),
    [
        ("2026-11-22T09:00:00+05:45", 345),
        ("2026-11-22T09:00:00-08:00", -480),
        ("2026-11-22T09:00:00+00:00", 0),
    ],
)
def test_the_offset_is_counted_east_of_greenwich(moment: str, minutes: int) -> None:
    assert utc_offset_minutes(datetime.fromisoformat(moment)) == minutes

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from srs.interview.interview_question import Point, QuestionKind, QuestionResult
from srs.review.agenda import WaitingCard
from srs.store.interviews.interview_store import InterviewStore
from srs.store.store_merge import MergeReport, merge_store
from tests.builders.deck import CARDS, DATA, EAGER
from tests.builders.store import answered, store_with

if TYPE_CHECKING:
    from pathlib import Path

    from srs.review.log import EntryId
    from srs.store.store import Store

MORNING = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)
FIRST, SECOND, FOURTH = CARDS[0].id, CARDS[1].id, CARDS[3].id
GUIDE = "tensorflow-interview"


def result(*points: tuple[Point, bool]) -> QuestionResult:
    return QuestionResult(kind=QuestionKind.QUESTION, words="Why?", section="Basics", points=points)


def interview(store: Store) -> EntryId:
    """Log an interview of two questions, of which the points of two cards were missed."""
    asked = InterviewStore(store)
    first = asked.record(
        FIRST,
        result((Point("a", (FIRST,)), False), (Point("b", (SECOND,)), True)),
        at=MORNING,
        interview=None,
    )
    asked.record(FOURTH, result((Point("c", (FOURTH,)), False)), at=MORNING, interview=first)
    return first


def asked_first(store: Store, today: date) -> list[str]:
    return [waiting.card for waiting in InterviewStore(store).asked_first(today)]


def test_what_was_missed_is_asked_first_on_the_next_day(store: Store) -> None:
    interview(store)
    assert asked_first(store, TODAY) == []
    assert InterviewStore(store).asked_first(TOMORROW) == (
        WaitingCard(FOURTH, GUIDE, DATA),
        WaitingCard(FIRST, GUIDE, EAGER),
    )


def test_it_is_until_it_was_answered_or_a_week_went_by(store: Store) -> None:
    interview(store)
    answered(store, FIRST, 4, MORNING.replace(day=23))
    assert asked_first(store, date(2026, 11, 24)) == [FOURTH]
    assert asked_first(store, date(2026, 11, 29)) == [FOURTH]
    assert asked_first(store, date(2026, 11, 30)) == []


def test_it_is_asked_in_its_deck_and_with_its_tag_only(store: Store) -> None:
    interview(store)
    asked = InterviewStore(store)
    assert asked.asked_first(TOMORROW, "another") == ()
    assert [waiting.card for waiting in asked.asked_first(TOMORROW, tag="section::input")] == [FOURTH]


def test_undo_takes_back_the_whole_interview(store: Store) -> None:
    first = interview(store)
    undone = store.log.undo(at=MORNING)
    assert undone is not None
    assert undone.entry.id == first
    assert InterviewStore(store).questions() == []
    assert asked_first(store, TOMORROW) == []


def test_undo_takes_back_an_answer_given_after_it_and_leaves_the_interview(store: Store) -> None:
    interview(store)
    answered(store, FIRST, 4, MORNING)
    store.log.undo(at=MORNING)
    assert len(InterviewStore(store).questions()) == 2


def test_a_merge_brings_interviews_and_takes_back_undone_ones(store: Store, tmp_path: Path) -> None:
    with store_with(tmp_path / "there" / "proofdeck.db") as other:
        interview(other)
        assert merge_store(store, other.path) == MergeReport(2, 0, 0)
        assert InterviewStore(store).questions() == InterviewStore(other).questions()
        other.log.undo(at=MORNING)
        assert merge_store(store, other.path) == MergeReport(0, 2, 0)
    assert InterviewStore(store).questions() == []


def test_a_damaged_note_stops_nobody(store: Store) -> None:
    interview(store)
    store.connection.execute(
        "INSERT INTO log (card, act, at, day, note) "
        "VALUES (?, 'interview', '2026-11-22T10:00:00.000Z', '2026-11-22', '{')",
        (FIRST,),
    )
    assert len(InterviewStore(store).questions()) == 2
    assert asked_first(store, TOMORROW) == [FOURTH, FIRST]

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cards.card.card import CardId
from srs.review.agenda import Agenda, WaitingCard
from srs.review.log import Act, EntryId
from srs.review.sitting_state import (
    DRILL_DISTANCE,
    begin_cram,
    begin_sitting,
    bring_back,
    record_flag,
    record_grade,
    remove_current,
    step_back,
)
from srs.review.sitting_totals import sitting_totals
from srs.schedule.sm2 import Grade

if TYPE_CHECKING:
    from srs.review.sitting_state import SittingState

ENTRY = EntryId("e")


def waiting(name: str, *, new: bool = False, question: str = "") -> WaitingCard:
    return WaitingCard(CardId(name), "g", question or name, None if new else date(2026, 11, 22), 1)


def sitting(due: str = "", new: str = "", drills: str = "") -> SittingState:
    return begin_sitting(
        Agenda(
            tuple(waiting(name) for name in drills),
            tuple(waiting(name) for name in due),
            tuple(waiting(name, new=True) for name in new),
        )
    )


def queue(session: SittingState) -> str:
    return "".join(
        asking.waiting.card if asking.act is Act.REVIEW else f"({asking.waiting.card})"
        for asking in session.queue
    )


def test_drills_of_an_earlier_sitting_come_first_then_due_then_new() -> None:
    assert queue(sitting(due="bc", new="d", drills="a")) == "(a)bcd"


def test_a_limit_cuts_the_sitting() -> None:
    session = begin_sitting(Agenda((), tuple(map(waiting, "abc")), ()), limit=2)
    assert (queue(session), session.total) == ("ab", 2)


def test_a_card_graded_4_is_done_with() -> None:
    session = record_grade(sitting("ab"), Grade.GOOD, ENTRY)
    assert (queue(session), session.settled) == ("b", 1)


def test_a_card_graded_3_comes_back_as_drill() -> None:
    session = record_grade(sitting("ab"), Grade.HARD, ENTRY)
    assert (queue(session), session.settled, session.drills_left) == ("b(a)", 0, 1)


def test_a_card_comes_back_after_five_others() -> None:
    assert queue(record_grade(sitting("abcdefgh"), Grade.WRONG, ENTRY)) == "bcdef(a)gh"


def test_a_card_does_not_come_back_beside_a_sibling() -> None:
    others = [*map(waiting, "bcdef"), waiting("s", question="a"), *map(waiting, "gh")]
    session = begin_sitting(Agenda((), (waiting("a"), *others), ()))
    assert queue(record_grade(session, Grade.WRONG, ENTRY)) == "bcdefsg(a)h"


def test_a_drill_graded_below_4_comes_back_again() -> None:
    session = record_grade(record_grade(sitting("a"), Grade.WRONG, ENTRY), Grade.HARD, ENTRY)
    assert queue(session) == "(a)"


def test_crammed_cards_stay_crammed() -> None:
    session = record_grade(begin_cram((waiting("a"),)), Grade.WRONG, ENTRY)
    assert [asking.act for asking in session.queue] == [Act.CRAM]


def test_a_suspended_card_leaves_the_sitting() -> None:
    assert queue(remove_current(sitting("ab"), Act.SUSPEND, ENTRY)) == "b"


def test_a_flag_leaves_the_card_where_it_is() -> None:
    assert queue(record_flag(sitting("ab"), Act.FLAG, ENTRY)) == "ab"


def test_undo_goes_back_step_by_step_to_the_start() -> None:
    start = sitting("ab")
    one = record_grade(start, Grade.WRONG, EntryId("1"))
    two = record_grade(one, Grade.GOOD, EntryId("2"))
    back = step_back(two)
    assert back is not None
    assert (back[0], back[1].entry) == (one, "2")
    assert step_back(one) == (start, one.steps[0])
    assert step_back(start) is None


def test_a_card_of_an_earlier_sitting_is_brought_back_in_front() -> None:
    session = bring_back(sitting("ab"), waiting("c"), Act.REVIEW)
    assert (queue(session), session.total) == ("cab", 3)


def test_a_card_that_is_still_waiting_is_not_brought_back_twice() -> None:
    session = bring_back(sitting("ab"), waiting("b"), Act.REVIEW)
    assert (queue(session), session.total) == ("ba", 2)


def test_a_tally_counts_cards_answers_and_what_was_known() -> None:
    session = sitting("ab", new="c")
    for grade in (Grade.WRONG, Grade.GOOD, Grade.GOOD, Grade.PERFECT):
        session = record_grade(session, grade, ENTRY, took_ms=1000)
    assert sitting_totals(session) == (3, 1, 4, 1, 2, 4000)


@given(st.lists(st.sampled_from(Grade), max_size=200), st.integers(0, 12))
def test_the_sitting_ends_when_every_card_has_had_a_4(grades: list[Grade], cards: int) -> None:
    session = sitting("abcdefghijkl"[:cards])
    settled: set[str] = set()
    for grade in grades:
        if session.current is None:
            break
        if grade.settled:
            settled.add(session.current.waiting.card)
        session = record_grade(session, grade, ENTRY)
    assert session.settled == len(settled)
    assert (session.current is None) == (len(settled) == cards)


@given(st.lists(st.sampled_from(Grade), min_size=1, max_size=40))
def test_a_failed_card_waits_for_as_many_others_as_there_are(grades: list[Grade]) -> None:
    session = sitting("abcdefgh")
    for grade in grades:
        if (asked := session.current) is None:
            break
        session = record_grade(session, grade, ENTRY)
        if not grade.settled:
            place = [asking.waiting.card for asking in session.queue].index(asked.waiting.card)
            assert place >= min(DRILL_DISTANCE, len(session.queue) - 1)

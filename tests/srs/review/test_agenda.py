from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cards.card.card import CardId
from srs.review.agenda import (
    SIBLING_DISTANCE,
    Agenda,
    AnsweredToday,
    DayLimits,
    WaitingCard,
    make_agenda,
    overdue_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

TODAY = date(2026, 11, 22)


def due(card: str, late_days: int, interval_days: int, question: str = "") -> WaitingCard:
    return WaitingCard(CardId(card), "g", question or card, TODAY - timedelta(days=late_days), interval_days)


def new(card: str, question: str = "", guide: str = "g") -> WaitingCard:
    return WaitingCard(CardId(card), guide, question or card)


def done(
    card: str, *, was_new: bool, settled: bool = True, active: bool = True, question: str = ""
) -> AnsweredToday:
    return AnsweredToday(CardId(card), "g", question or card, was_new, settled, active)


def plan(
    due: Iterable[WaitingCard] = (),
    new: Iterable[WaitingCard] = (),
    done: Iterable[AnsweredToday] = (),
    total: DayLimits = DayLimits(10),  # noqa: B008 - a value
    limits: dict[str, DayLimits] | None = None,
) -> Agenda:
    return make_agenda(due=due, new=new, done=done, limits=limits or {}, total=total, today=TODAY)


def ids(cards: Iterable[WaitingCard]) -> str:
    return " ".join(card.card for card in cards)


def test_what_is_most_overdue_for_its_interval_comes_first() -> None:
    cards = [due("a", 10, 100), due("b", 2, 4), due("c", 0, 1), due("d", 3, 3)]
    assert ids(plan(due=cards).due) == "d b a c"


def test_among_equals_the_shorter_interval_comes_first() -> None:
    assert ids(plan(due=[due("a", 0, 30), due("b", 0, 2)]).due) == "b a"


def test_new_cards_come_after_the_due_ones_in_the_guides_order() -> None:
    chosen = plan(due=[due("z", 0, 1)], new=[new("b"), new("a")])
    assert (ids(chosen.due), ids(chosen.new)) == ("z", "b a")


def test_the_days_limit_of_new_cards_counts_what_was_begun_today() -> None:
    chosen = plan(
        new=[new("a"), new("b"), new("c")],
        done=[done("x", was_new=True), done("y", was_new=False)],
        total=DayLimits(2),
    )
    assert ids(chosen.new) == "a"


def test_the_days_limit_of_reviews_counts_what_was_reviewed_today() -> None:
    chosen = plan(
        due=[due("a", 1, 1), due("b", 0, 1)], done=[done("y", was_new=False)], total=DayLimits(0, 2)
    )
    assert ids(chosen.due) == "a"


def test_a_decks_own_limit_holds_beside_the_total() -> None:
    cards = [new("a", guide="g"), new("b", guide="g"), new("c", guide="h")]
    assert ids(plan(new=cards, limits={"g": DayLimits(1)}).new) == "a c"


def test_at_most_three_new_siblings_a_day_while_other_questions_wait() -> None:
    cards = [new(f"a{number}", "a") for number in range(5)] + [new(f"b{number}", "b") for number in range(5)]
    chosen = plan(new=cards, total=DayLimits(6))
    assert sorted(ids(chosen.new).split()) == ["a0", "a1", "a2", "b0", "b1", "b2"]


def test_siblings_fill_the_day_where_there_is_nothing_else() -> None:
    cards = [new(f"a{number}", "a") for number in range(5)]
    assert ids(plan(new=cards, total=DayLimits(4)).new) == "a0 a1 a2 a3"


def test_siblings_stand_apart_where_there_are_enough_others() -> None:
    cards = [due("a1", 0, 1, "a"), due("a2", 0, 2, "a"), due("b", 0, 3), due("c", 0, 4), due("d", 0, 5)]
    assert ids(plan(due=cards).due) == "a1 b c d a2"


def test_what_was_not_settled_earlier_today_is_drilled_first() -> None:
    chosen = plan(
        done=[
            done("a", was_new=False, settled=False),
            done("b", was_new=False),
            done("c", was_new=False, settled=False, active=False),
        ]
    )
    assert ids(chosen.drills) == "a"


def test_no_more_new_cards_are_read_than_are_needed() -> None:
    endless = (new(f"n{number}") for number in count())
    assert len(plan(new=endless, total=DayLimits(7)).new) == 7


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 60), st.sampled_from("abcdef")), max_size=40),
    st.integers(0, 30),
)
def test_an_agenda_asks_each_card_once_and_loses_none(
    cards: list[tuple[int, int, str]], allowed: int
) -> None:
    waiting = [due(str(number), late, days, question) for number, (late, days, question) in enumerate(cards)]
    chosen = plan(due=waiting, total=DayLimits(0, allowed))
    first = sorted(waiting, key=lambda card: overdue_key(card, TODAY))[:allowed]
    assert sorted(chosen.due) == sorted(first)


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30))
def test_siblings_meet_only_where_no_other_card_is_left(questions: list[str]) -> None:
    chosen = plan(due=[due(str(number), 0, 1, question) for number, question in enumerate(questions)]).due
    for place, card in enumerate(chosen):
        recent = {other.question for other in chosen[max(0, place - SIBLING_DISTANCE) : place]}
        if card.question in recent:
            assert {other.question for other in chosen[place:]} <= recent


def of_block(card: str, block: int | None, *, day: date | None = None) -> WaitingCard:
    return WaitingCard(CardId(card), "g", "q", day, 1 if day else 0, block)


def test_no_new_card_comes_with_another_of_its_block() -> None:
    cards = [of_block("a", 1), of_block("b", 1), of_block("c", 2), of_block("d", None), of_block("e", None)]
    assert ids(plan(new=cards).new) == "a c d e"


def test_no_new_card_comes_with_one_of_its_block_that_is_due_or_done() -> None:
    cards = [of_block("a", 1), of_block("b", 2), of_block("c", 3)]
    answered = AnsweredToday(CardId("x"), "g", "q", was_new=False, settled=True, active=True, block=2)
    assert ids(plan(new=cards, due=[of_block("y", 1, day=TODAY)], done=[answered]).new) == "c"


def waiting_of_block(card: str, late_days: int, interval_days: int, block: int | None = 1) -> WaitingCard:
    return due(card, late_days, interval_days, "q")._replace(block=block)


def test_a_due_card_waits_for_a_day_without_its_block_while_its_slack_reaches() -> None:
    asked = done("z", was_new=False, question="q")._replace(block=7)
    cards = [
        waiting_of_block("a", 1, 20),
        waiting_of_block("b", 0, 20),  # one day later is 5 % of its interval
        waiting_of_block("c", 1, 39),  # two days later is more
        waiting_of_block("d", 0, 15),
        waiting_of_block("e", 0, 40, block=2),
        waiting_of_block("f", 0, 40, block=None),
        waiting_of_block("g", 0, 40, block=None),
        waiting_of_block("h", 1, 40, block=7),
    ]
    chosen = make_agenda(
        due=cards, new=[], done=[asked], limits={}, total=DayLimits(10), today=TODAY, keeps_apart=True
    )
    assert sorted(card.card for card in chosen.due) == ["a", "c", "d", "e", "f", "g"]
    assert len(plan(due=cards).due) == len(cards)

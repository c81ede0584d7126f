"""Choosing among the options of a quiz by letters: when they count, what they lead to, how they grade."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cards.answer.correctness import Correctness
from cards.card.kind import CardKind
from cards.guide.block import Item, Listing
from srs.review.option_choice import judge_letters, offered_letters, right_letters
from srs.review.sitting_state import begin_sitting
from srs.screen.terminal import SittingScreen
from srs.sitting.sitting import Sitting
from srs.sitting.todays_agenda import todays_agenda
from tests.builders.deck import DATA, deck, numbered_card
from tests.builders.key_player import KeyPlayer
from tests.builders.side import marked, marked_prose
from tests.builders.store import store_with

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cards.card.card import Card
    from srs.review.shown_card import ShownCard
    from srs.store.store import Store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def options(*words: str) -> Listing:
    return Listing(ordered=False, items=tuple(Item(marked(each)) for each in words))


def quiz(*right: str) -> Card:
    front = (marked_prose("Which are even?"), options("a) one", "b) two", "c) three", "d) four"))
    back = (
        options(*right) if len(right) > 1 else marked_prose(right[0]),
        marked_prose("The others are odd."),
    )
    return numbered_card(7, DATA, CardKind.QUIZ, front, back)


ONE, SEVERAL = quiz("b) two"), quiz("b) two", "d) four")


class Played(KeyPlayer):
    """A sitting with one quiz, after some keys."""

    def __init__(self, store: Store, keys: str, lines: Iterable[str] = ()) -> None:
        super().__init__(keys)
        self._lines = iter(lines)
        agenda = todays_agenda(store, NOW.date())
        self._moment = NOW
        self.sitting = Sitting(store, begin_sitting(agenda), today=NOW.date(), now=self._now)
        SittingScreen(self.console, self, self.sitting, ask_line=lambda _: next(self._lines)).run()

    def _now(self) -> datetime:
        self._moment += timedelta(milliseconds=10)
        return self._moment


@pytest.mark.parametrize(
    ("card", "keys", "lines", "grades"),
    [
        (ONE, "b enter", [], [5]),
        (ONE, "c b enter", [], [3]),
        (ONE, "a c b enter", [], [2]),
        (ONE, "c space enter", [], [1]),
        (ONE, "enter enter", ["B"], [5]),
        (ONE, "b 4", [], [4]),
        (SEVERAL, "enter enter", ["b d"], [5]),
        (SEVERAL, "enter enter", ["D, B"], [5]),
        (SEVERAL, "enter enter enter", ["b", "bd"], [3]),
        (SEVERAL, "b d space 3", [], [3]),
        (ONE, "enter space 2", [""], [2]),
    ],
)
def test_letters_are_judged_and_grade(
    tmp_path: Path, card: Card, keys: str, lines: list[str], grades: list[int]
) -> None:
    with store_with(tmp_path / "proofdeck.db", deck(card)) as store:
        assert Played(store, keys, lines).grades[:1] == grades


def test_a_right_letter_shows_the_answer_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    with store_with(tmp_path / "proofdeck.db", deck(ONE)) as store:
        played = Played(store, "c b")
    asked, wrong, right = played.screens
    assert "a\N{EN DASH}d choose" in asked
    assert "That is not right." in wrong
    assert "Suggested" in right


def test_letters_have_their_usual_meaning_once_the_answer_is_shown(tmp_path: Path) -> None:
    with store_with(tmp_path / "proofdeck.db", deck(ONE)) as store:
        assert [step.act.value for step in Played(store, "space b").sitting.state.steps] == ["bury"]


def test_what_was_typed_is_judged_by_the_card_alone(tmp_path: Path) -> None:
    with store_with(tmp_path / "proofdeck.db", deck(SEVERAL)) as store:
        shown = shown_card(store)
    assert offered_letters(shown) == ("a", "b", "c", "d")
    assert right_letters(shown) == {"b", "d"}
    judged = {typed: judge_letters(shown, typed).correctness for typed in ("bd", "b", "a b", "x", "b) d)")}
    assert judged == {
        "bd": Correctness.RIGHT,
        "b": Correctness.WRONG,
        "a b": Correctness.WRONG,
        "x": Correctness.SYNTAX,
        "b) d)": Correctness.RIGHT,
    }


def shown_card(store: Store) -> ShownCard:
    agenda = todays_agenda(store, NOW.date())
    current = Sitting(store, begin_sitting(agenda), today=NOW.date(), now=lambda: NOW).current()
    assert current is not None
    return current

"""Whole screens at fixed widths, compared with the files in `screens/`."""

from __future__ import annotations

import io
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cards.card.card import FAILING_TAG
from srs.plan.answer_time import AnswerTimes
from srs.review.log import Act
from srs.review.preferences import Buttons
from srs.review.sitting_state import begin_sitting
from srs.schedule.sm2 import Grade
from srs.screen.card_page import card_page
from srs.screen.drawing import ScreenView, SittingProgress, draw, help_lines
from srs.screen.full_screen import TO_THE_ANSWER
from srs.screen.line.text_screen import ScreenSize, TextScreen
from srs.screen.more_new import wants_more
from srs.screen.prepared_screen import PreparedScreen
from srs.screen.side_view import SideLook
from srs.screen.sitting_summary import summary_text
from srs.screen.terminal import SittingScreen
from srs.sitting.day_budget import BudgetPart, DayBudget
from srs.sitting.sitting import Sitting
from srs.sitting.todays_agenda import todays_agenda
from tests.builders.deck import CARDS, DECK
from tests.builders.store import store_with
from tests.builders.text_screen import text_of, text_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from srs.screen.full_screen import DrawnScreen
    from srs.store.store import Store
    from tests.builders.golden import Expect

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SIZES = [pytest.param(80, 24, id="80"), pytest.param(40, 20, id="40")]
INTERVALS = dict(zip(Grade, [1, 1, 1, 15, 15, 240], strict=True))


def drawn(store: Store, width: int, height: int, card: int, **rest: object) -> str:
    shown = store.cards.show(CARDS[card].id)
    assert shown is not None
    view = ScreenView(shown, SittingProgress(3, 12, 1), **rest)  # type: ignore[arg-type]
    screen = text_screen(width, height)
    screen.put(draw(screen, view).lines)
    return text_of(screen)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize(
    ("name", "card", "rest"),
    [
        pytest.param("front", 0, {"notice": "new"}, id="front"),
        pytest.param("back", 1, {"revealed": True, "intervals": INTERVALS}, id="back"),
        pytest.param("table", 0, {"revealed": True, "context": True, "intervals": INTERVALS}, id="table"),
        pytest.param("code", 2, {"revealed": True, "notice": "once more"}, id="code"),
        pytest.param("list", 3, {"revealed": True, "intervals": INTERVALS}, id="list"),
        pytest.param("long", 4, {"revealed": True, "context": True, "scroll": 5}, id="long"),
        pytest.param(
            "four", 1, {"revealed": True, "buttons": Buttons.FOUR, "intervals": INTERVALS}, id="four"
        ),
        pytest.param("reveal", 4, {"revealed": True, "scroll": TO_THE_ANSWER}, id="reveal"),
        pytest.param("message", 1, {"message": "Undone: grade 1."}, id="message"),
    ],
)
def test_a_card_fills_the_screen(
    store: Store,
    expect: Expect,
    width: int,
    height: int,
    name: str,
    card: int,
    rest: dict[str, object],
) -> None:
    screen = drawn(store, width, height, card, **rest)
    assert screen.count("\n") == height - 1
    assert max(map(len, screen.split("\n"))) <= width
    expect(f"{name}-{width}", f"{screen}\n")


def test_a_card_that_asks_the_whole_question_shows_it_once(store: Store) -> None:
    assert drawn(store, 80, 24, 5).count("How do you write a training loop?") == 1


@pytest.mark.parametrize("width", [20, 40, 41, 60, 80, 100, 200])
@pytest.mark.parametrize("height", [5, 10, 24, 60])
@pytest.mark.parametrize("card", range(6))
def test_no_size_breaks_a_screen(store: Store, width: int, height: int, card: int) -> None:
    screen = drawn(store, width, height, card, revealed=True, context=True, intervals=INTERVALS)
    assert screen.count("\n") == height - 1
    assert max(map(len, screen.split("\n"))) <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_code_that_does_not_hold_is_marked_where_a_proof_would_stand(
    store: Store, expect: Expect, width: int, height: int
) -> None:
    words = (
        "did not run on TensorFlow 2.21.0: AttributeError: module 'tensorflow' has no attribute 'Session'."
    )
    marked = replace(CARDS[2], stamp=None, failing=words, tags=(FAILING_TAG,))
    store.cards.sync(replace(DECK, cards=(*CARDS[:2], marked, *CARDS[3:])))
    shown = store.cards.show(marked.id)
    assert shown is not None
    assert (shown.failing, shown.stamp) == (words, None)
    screen = text_screen(width, height)
    view = ScreenView(shown, SittingProgress(3, 12, 1), revealed=True, scroll=TO_THE_ANSWER)
    screen.put(draw(screen, view).lines)
    expect(f"failing-{width}", f"{text_of(screen)}\n")

    store.cards.sync(DECK)
    again = store.cards.show(marked.id)
    assert again is not None
    assert (again.failing, again.stamp) == ("", CARDS[2].stamp)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_keys_are_listed(expect: Expect, width: int, height: int) -> None:
    screen = text_screen(width, height)
    screen.print(help_lines(Buttons.SIX, width))
    expect(f"keys-{width}", f"{text_of(screen)}\n")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_card_can_be_shown_whole(store: Store, expect: Expect, width: int, height: int) -> None:
    shown = store.cards.show(CARDS[4].id)
    assert shown is not None
    screen = text_screen(width, height)
    screen.print(card_page(shown, width, SideLook(has_weights=False)))
    expect(f"whole-{width}", f"{text_of(screen)}\n")


class Typed:
    """Keys from a list; what the screen was at each of them."""

    def __init__(self, keys: str, look: Callable[[], str]) -> None:
        self._keys = keys.split()
        self._look = look
        self.screens: list[str] = []

    def read(self, other: int = -1, *, seconds: float | None = None) -> str:  # noqa: ARG002 - nothing is waited for
        self.screens.append(self._look())
        return self._keys.pop(0) if self._keys else "ended"

    def put_back(self, keys: list[str]) -> None:
        self._keys[:0] = keys

    def held(self) -> AbstractContextManager[None]:
        return nullcontext()


class Played:
    """A sitting after some keys."""

    def __init__(self, store: Store, keys: str, notes: Iterable[str] = (), now: datetime = NOW) -> None:
        self.screen = text_screen(80, 24)
        agenda = todays_agenda(store, now.date())
        self.sitting = Sitting(store, begin_sitting(agenda), today=now.date(), now=lambda: now)
        self.typed = Typed(keys, self._look)
        typed_notes = iter(notes)
        SittingScreen(
            self.screen,
            self.typed,
            self.sitting,
            ask_line=lambda _prompt: next(typed_notes),
            edit=lambda shown: f"edited {shown.id}",
        ).run()

    def _look(self) -> str:
        text = text_of(self.screen)
        self.screen.file = io.StringIO()
        return text

    @property
    def last(self) -> str:
        return self.typed.screens[-1]

    @property
    def done(self) -> list[tuple[str, int | None]]:
        return [(step.act.value, step.grade) for step in self.sitting.state.steps]


def test_space_shows_the_answer_and_a_grade_asks_the_next(store: Store, expect: Expect) -> None:
    played = Played(store, "space 4")
    asked, answered, following = played.typed.screens
    expect("played-asked", asked)
    expect("played-answered", answered)
    expect("played-next", following)
    assert played.done == [("review", 4)]


def test_a_grade_before_the_answer_is_shown_counts_for_nothing(store: Store, expect: Expect) -> None:
    played = Played(store, "4")
    assert played.done == []
    expect("played-too-early", played.last)


def test_the_card_in_hand_when_the_time_is_up_is_still_answered(store: Store) -> None:
    clock = iter(NOW + timedelta(minutes=minutes) for minutes in (1, 2, 12, 13, 14))
    agenda = todays_agenda(store, NOW.date())
    sitting = Sitting(
        store,
        begin_sitting(agenda),
        today=NOW.date(),
        now=lambda: next(clock),
        end=NOW + timedelta(minutes=10),
    )
    typed = Typed("c space space 4 space 4", lambda: "")
    SittingScreen(text_screen(80, 24), typed, sitting, ask_line=lambda _prompt: "").run()
    assert [step.act.value for step in sitting.state.steps] == ["review"]
    assert len(typed.screens) == 4
    assert summary_text(sitting).splitlines()[1] == "Left for today: 4 cards"


def test_the_grades_show_their_intervals(store: Store, expect: Expect) -> None:
    expect("played-answered", Played(store, "space").last)


def test_undo_asks_the_last_card_again(store: Store, expect: Expect) -> None:
    played = Played(store, "space 1 space 5 u u")
    assert played.done == []
    expect("played-undone", played.last)


def test_undo_reaches_into_the_sitting_before(store: Store, expect: Expect) -> None:
    Played(store, "space 4 q")
    expect("played-undone-before", Played(store, "u").last)


def test_undo_asks_before_it_reaches_into_an_earlier_day(store: Store) -> None:
    Played(store, "space 4 q")
    asked = Played(store, "u space u q", now=NOW + timedelta(days=3))
    assert "The last answer is of 22 November: u once more takes it back." in asked.typed.screens[1]
    assert "The last answer is of 22 November: u once more takes it back." in asked.typed.screens[3]
    assert [entry.undone_at for entry in store.log.history(CARDS[0].id)] == [None]
    undone = Played(store, "u u", now=NOW + timedelta(days=3))
    assert "Undone: grade 4 of 22 November." in undone.last


def test_what_was_undone_can_be_done_again(store: Store) -> None:
    played = Played(store, "space 3 s u u U U U")
    assert played.done == [("review", 3), ("suspend", None)]
    assert "Done again: suspending." in played.typed.screens[-2]
    assert "There is nothing to do again." in played.last
    first, again = store.log.history(CARDS[0].id)
    assert (first.grade, again.grade, first.undone_at is None, again.undone_at) == (3, 3, False, None)


def test_another_answer_leaves_nothing_to_do_again(store: Store) -> None:
    played = Played(store, "space 3 u space 5 U")
    assert played.done == [("review", 5)]
    assert "There is nothing to do again." in played.last


def test_a_flag_is_done_again_with_its_note(store: Store) -> None:
    Played(store, "f u U", notes=["too long"])
    assert [row.standing.flag for row in store.cards.rows() if row.standing.flag] == ["too long"]


def test_a_suspended_card_is_not_asked_any_more(store: Store) -> None:
    played = Played(store, "s")
    assert played.done == [("suspend", None)]
    assert CARDS[0].id not in {waiting.card for waiting in store.queue.new_cards(NOW.date())}


def test_a_buried_card_is_asked_tomorrow(store: Store, expect: Expect) -> None:
    expect("played-buried", Played(store, "b").last)


def test_a_flag_takes_a_note_and_leaves_the_card(store: Store, expect: Expect) -> None:
    played = Played(store, "f", notes=["too long"])
    expect("played-flagged", played.last)
    assert [row.standing.flag for row in store.cards.rows() if row.standing.flag] == ["too long"]


def test_the_guide_is_edited_at_the_card(store: Store, expect: Expect) -> None:
    expect("played-edited", Played(store, "e").last)


def test_the_context_unfolds_below_the_answer(store: Store, expect: Expect) -> None:
    expect("played-answered", Played(store, "space").last)
    expect("played-context", Played(store, "space c").last)
    expect("played-answered", Played(store, "space c c").last)


def test_the_keys_are_listed_until_any_key(store: Store, expect: Expect) -> None:
    played = Played(store, "? x")
    expect("played-keys", played.typed.screens[1])
    expect("played-asked", played.last)


def test_four_buttons_grade_as_in_anki(store: Store) -> None:
    store.save_preference("buttons", Buttons.FOUR)
    played = Played(store, "space 1 space 2 space space space 4")
    assert [grade for _, grade in played.done] == [1, 3, 4, 5]


def test_a_card_answered_on_another_terminal_is_left_out(store: Store) -> None:
    agenda = todays_agenda(store, NOW.date())
    sitting = Sitting(store, begin_sitting(agenda), today=NOW.date(), now=lambda: NOW)
    first = sitting.current()
    assert first is not None
    store.log.record_answer(first.id, Grade.GOOD, reviewed_at=NOW, seen=first.revision)
    assert sitting.grade(Grade.BLACKOUT) is None
    assert sitting.message == "This card was answered elsewhere in the meantime."
    following = sitting.current()
    assert following is not None
    assert following.id != first.id
    assert [entry.grade for entry in store.log.history(first.id)] == [Grade.GOOD]


def test_a_drill_shows_no_intervals(store: Store, expect: Expect) -> None:
    expect("played-drill", Played(store, "space 1 space 4 space 4 space 4 space 4 space").last)


def test_the_closing_words_say_what_was_done(store: Store) -> None:
    played = Played(store, "space 4 space 1 q")
    assert summary_text(played.sitting) == (
        "2 new cards · 2 answers · 0 s\nLeft for today: 4 cards\nDue tomorrow: 2"
    )


def test_the_closing_words_leave_nothing_for_a_day_whose_minutes_are_used(store: Store) -> None:
    part = BudgetPart(frozenset({DECK.id}), 60.0, AnswerTimes())
    agenda = todays_agenda(store, NOW.date())
    sitting = Sitting(
        store, begin_sitting(agenda), today=NOW.date(), now=lambda: NOW, budget=DayBudget((part,))
    )
    sitting.grade(Grade.GOOD, took_ms=70_000)
    assert sitting.current() is None
    assert summary_text(sitting) == (
        "1 new card · 1 answer · 1 min 10 s\nToday's minutes are used.\nDue tomorrow: 1"
    )


def test_the_offer_of_more_breaks_between_words() -> None:
    screen = text_screen(40, 20)
    assert not wants_more(screen, Typed("x", lambda: ""), 1)  # type: ignore[arg-type]
    assert not wants_more(screen, Typed("x", lambda: ""), 15)  # type: ignore[arg-type]
    assert text_of(screen).splitlines() == [
        "+ 1 more new one   any other key ends",
        "+ 15 more new ones   any other key ends",
    ]


def test_a_leech_is_told_with_the_line_to_rewrite(store: Store) -> None:
    store.connection.execute(
        "UPDATE card SET due = '2026-11-22', interval_days = 6, repetitions = 2, ease_factor = 250, "
        "lapses = 7 WHERE id = ?",
        (CARDS[0].id,),
    )
    for day in range(1, 17):
        store.connection.execute(
            "INSERT INTO log (card, act, at, day, grade) VALUES (?, 'review', ?, ?, ?)",
            (CARDS[0].id, f"2026-10-{day:02d}T09:00:00.000Z", f"2026-10-{day:02d}", 4 if day % 2 else 1),
        )
    store.log.undo(at=NOW)
    sitting = Sitting(
        store, begin_sitting(todays_agenda(store, NOW.date())), today=NOW.date(), now=lambda: NOW
    )
    sitting.grade(Grade.WRONG)
    assert sitting.message == (
        "A leech: it has lapsed too often. Rewrite it at source/tensorflow-interview.md:10."
    )
    assert sitting.state.steps[-1].act is Act.REVIEW


KEYS = "space 4 space 2 u space 5 c space f space 4 s space 3 space 4 u U"


def test_screens_that_were_drawn_before_they_were_wanted_are_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store_with(tmp_path / "other.db") as other:
        ready = Played(store, KEYS, notes=["why"]).typed.screens
        monkeypatch.setattr(PreparedScreen, "prepare", lambda *_: None)
        assert Played(other, KEYS, notes=["why"]).typed.screens == ready


def test_the_answer_and_the_next_question_are_drawn_before_they_are_wanted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[ScreenView] = []
    wanted: list[ScreenView] = []
    prepare, drawn = PreparedScreen.prepare, PreparedScreen.drawn

    def note_prepared(screens: PreparedScreen, view: ScreenView) -> None:
        prepared.append(view)
        prepare(screens, view)

    def note_wanted(screens: PreparedScreen, view: ScreenView) -> DrawnScreen:
        wanted.append(view)
        return drawn(screens, view)

    monkeypatch.setattr(PreparedScreen, "prepare", note_prepared)
    monkeypatch.setattr(PreparedScreen, "drawn", note_wanted)
    Played(store, "space 4 space 5 space")
    assert len(wanted) == 6
    assert wanted[1:] == prepared[:5]


def test_a_screen_that_was_drawn_for_another_size_is_drawn_anew(store: Store) -> None:
    shown = store.cards.show(CARDS[0].id)
    assert shown is not None
    view, sizes = ScreenView(shown, SittingProgress(3, 12, 1)), [ScreenSize(80, 24)]
    screen = TextScreen(io.StringIO(), lambda: sizes[-1])
    screens = PreparedScreen(screen)
    screens.prepare(view)
    assert screens.drawn(view) is screens.drawn(view)
    sizes.append(ScreenSize(40, 20))
    screen.put(screens.drawn(view).lines)
    assert text_of(screen) == drawn(store, 40, 20, 0)

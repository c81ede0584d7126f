from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.errors import StoreError
from srs.review.agenda import WaitingCard, overdue_key
from srs.review.log import Act, fold_log
from srs.schedule.sm2 import Grade, sm2_schedule
from srs.store.row import Conflict
from srs.store.store import Store
from tests.builders.deck import CARDS, DECK
from tests.builders.store import answered, revision, store_with

if TYPE_CHECKING:
    from pathlib import Path

    from srs.store.row import ActResult

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
FIRST, SECOND, THIRD = (card.id for card in CARDS[:3])


def test_an_answer_is_logged_and_its_schedule_is_written(store: Store) -> None:
    told = answered(store, FIRST, 4, NOW)
    shown = store.cards.show(FIRST)
    assert shown is not None
    assert shown.standing.schedule == told.standing.schedule == sm2_schedule(None, Grade.GOOD, TODAY)
    assert [(entry.act, entry.grade, entry.day) for entry in store.log.history(FIRST)] == [
        (Act.REVIEW, Grade.GOOD, TODAY)
    ]


def test_an_answer_is_there_when_the_store_is_opened_again(store: Store, path: Path) -> None:
    answered(store, FIRST, 4, NOW)
    with Store.open_existing(path) as again:
        assert again.queue.counts(TODAY + DAY).due == 1


def test_an_answer_to_what_was_answered_elsewhere_writes_nothing(store: Store, path: Path) -> None:
    seen = revision(store, FIRST)
    with Store.open_existing(path) as other:
        answered(other, FIRST, 5, NOW)
    with pytest.raises(Conflict):
        store.log.record_answer(FIRST, Grade.BLACKOUT, reviewed_at=NOW, seen=seen)
    assert [entry.grade for entry in store.log.history(FIRST)] == [Grade.PERFECT]


def test_drill_and_cramming_are_logged_and_change_nothing(store: Store) -> None:
    before = answered(store, FIRST, 2, NOW).standing
    drilled = answered(store, FIRST, 5, NOW + timedelta(minutes=5), act=Act.DRILL).standing
    crammed = answered(store, FIRST, 0, NOW + timedelta(minutes=9), act=Act.CRAM).standing
    assert before == drilled == crammed
    assert len(store.log.history(FIRST)) == 3


def test_an_undone_answer_leaves_the_card_as_it_was(store: Store) -> None:
    before = answered(store, FIRST, 4, NOW).standing
    answered(store, FIRST, 1, NOW + DAY)
    undone = store.log.undo(at=NOW + DAY)
    assert undone is not None
    assert undone.standing == before
    assert [entry.undone_at is None for entry in store.log.history(FIRST)] == [True, False]


def test_undo_goes_back_any_number_of_steps(store: Store) -> None:
    answered(store, FIRST, 4, NOW)
    answered(store, SECOND, 4, NOW)
    undone = [store.log.undo(at=NOW), store.log.undo(at=NOW), store.log.undo(at=NOW)]
    assert [step and step.entry.card for step in undone] == [SECOND, FIRST, None]


def test_acts_of_one_moment_keep_their_order(store: Store) -> None:
    for seen, act in enumerate([Act.SUSPEND, Act.RESUME] * 10):
        store.log.record_act(FIRST, act, at=NOW, seen=seen)
    assert [entry.act for entry in store.log.history(FIRST)] == [Act.SUSPEND, Act.RESUME] * 10


def test_undo_takes_back_a_suspension_too(store: Store) -> None:
    store.log.record_act(FIRST, Act.SUSPEND, at=NOW, seen=0)
    assert FIRST not in {waiting.card for waiting in store.queue.new_cards(TODAY)}
    store.log.undo(at=NOW)
    assert FIRST in {waiting.card for waiting in store.queue.new_cards(TODAY)}


def test_a_buried_card_comes_back_the_next_day(store: Store) -> None:
    store.log.record_act(FIRST, Act.BURY, at=NOW, seen=0, until=TODAY + DAY)
    assert FIRST not in {waiting.card for waiting in store.queue.new_cards(TODAY)}
    assert FIRST in {waiting.card for waiting in store.queue.new_cards(TODAY + DAY)}


def fail_until_leech(store: Store) -> ActResult:
    at = NOW
    for _ in range(8):
        at += DAY
        answered(store, FIRST, 4, at)
        at += DAY
        told = answered(store, FIRST, 1, at)
    return told


def test_the_eighth_lapse_makes_a_leech(store: Store) -> None:
    told = fail_until_leech(store)
    assert (told.leech, told.standing.suspended) == (True, False)


def test_a_leech_is_suspended_where_that_is_set_and_undone_with_its_answer(store: Store) -> None:
    store.save_preference("suspend_leeches", value=True)
    assert fail_until_leech(store).standing.suspended
    undone = store.log.undo(at=NOW + 30 * DAY)
    assert undone is not None
    assert (undone.entry.act, undone.standing.suspended) == (Act.REVIEW, False)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("DELETE FROM log", id="deleting"),
        pytest.param("UPDATE log SET grade = 5", id="changing"),
        pytest.param("UPDATE log SET undone_at = NULL", id="unmarking"),
    ],
)
def test_the_log_can_only_grow(store: Store, statement: str) -> None:
    answered(store, FIRST, 4, NOW)
    store.log.undo(at=NOW)
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute(statement)


def test_due_cards_come_most_overdue_first_and_only_as_far_as_read(store: Store) -> None:
    answered(store, FIRST, 4, NOW - 3 * DAY)
    answered(store, SECOND, 4, NOW - 2 * DAY)
    answered(store, THIRD, 4, NOW)
    assert [waiting.card for waiting in store.queue.due_cards(TODAY)] == [FIRST, SECOND]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 30)), min_size=6, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_the_stores_order_is_the_agendas(store: Store, schedules: list[tuple[int, int]]) -> None:
    for card, (interval_days, late) in zip(CARDS, schedules, strict=True):
        store.connection.execute(
            "UPDATE card SET due = ?, interval_days = ?, repetitions = 1, ease_factor = 250, lapses = 0 "
            "WHERE id = ?",
            ((TODAY - late * DAY).isoformat(), interval_days, card.id),
        )
    got = list(store.queue.due_cards(TODAY))
    assert len(got) == len(CARDS)
    assert got == sorted(got, key=lambda waiting: overdue_key(waiting, TODAY))


def test_new_cards_come_one_of_each_question_in_turn_without_overviews(store: Store) -> None:
    in_turn = [CARDS[place].id for place in (0, 2, 1, 3, 4)]
    assert [waiting.card for waiting in store.queue.new_cards(TODAY)] == in_turn


def test_a_new_store_asks_overviews_first_of_their_question(path: Path) -> None:
    in_turn = [CARDS[place].id for place in (0, 2, 5, 1, 3, 4)]
    with Store.open(path) as new:
        new.cards.sync(DECK)
        assert [waiting.card for waiting in new.queue.new_cards(TODAY)] == in_turn


def test_a_setting_that_somebody_chose_stays(path: Path) -> None:
    store_with(path).close()
    with Store.open(path) as again:
        assert not again.preferences.overviews
        assert CARDS[5].id not in {waiting.card for waiting in again.queue.new_cards(TODAY)}


@pytest.mark.parametrize(
    ("tag", "cards"),
    [
        pytest.param("section::input", 2, id="whole"),
        pytest.param("section", 5, id="the level above"),
        pytest.param("sect", 0, id="not a part of a word"),
    ],
)
def test_a_tag_chooses_its_cards_and_those_below_it(store: Store, tag: str, cards: int) -> None:
    assert len(list(store.queue.new_cards(TODAY, tag=tag))) == cards


def test_what_was_done_today_says_how_it_ended(store: Store) -> None:
    answered(store, FIRST, 4, NOW - DAY)
    answered(store, FIRST, 2, NOW)
    answered(store, SECOND, 1, NOW)
    answered(store, SECOND, 4, NOW + timedelta(minutes=1), act=Act.DRILL)
    assert {(done.card, done.was_new, done.settled) for done in store.queue.answered_today(TODAY)} == {
        (FIRST, False, False),
        (SECOND, True, True),
    }


def test_a_flight_to_the_west_begins_no_second_day_of_new_cards(store: Store) -> None:
    tokyo = datetime(2026, 11, 23, 8, tzinfo=UTC)
    answered(store, FIRST, 4, tokyo)
    los_angeles = date(2026, 11, 22)
    assert [done.card for done in store.queue.answered_today(los_angeles)] == [FIRST]


def test_counts_say_what_waits_and_when_the_next_is_due(store: Store) -> None:
    answered(store, FIRST, 4, NOW - DAY)
    answered(store, SECOND, 3, NOW)
    assert store.queue.counts(TODAY) == (1, 3, 1, 1, TODAY + DAY)


def test_the_streak_counts_days_in_a_row(store: Store) -> None:
    for days in (1, 2, 3, 5):
        answered(store, FIRST, 4, NOW - days * DAY)
    assert (store.log.streak(TODAY), store.log.streak(TODAY + DAY)) == (3, 0)


def test_settings_are_kept(store: Store, path: Path) -> None:
    store.save_preference("new_a_day", 3)
    store.save_preference("rollover_hour", 0)
    with Store.open_existing(path) as again:
        assert (again.preferences.new_a_day, again.preferences.rollover_hour) == (3, 0)


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Run `proofdeck build` first"):
        Store.open_existing(tmp_path / "proofdeck.db")
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_a_newer_version_is_refused_untouched(store: Store, path: Path) -> None:
    store.connection.execute("PRAGMA user_version = 999")
    store.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer proofdeck"):
        Store.open(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    foreign = tmp_path / "proofdeck.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = foreign.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(foreign)
    assert foreign.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "proofdeck.db"
    path.write_text("not a database, but some notes of mine " * 100)
    with pytest.raises(StoreError, match="not a proofdeck store"):
        Store.open(path)


def test_the_connection_to_what_is_no_database_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "proofdeck.db"
    path.write_text("not a database, but some notes of mine " * 100)
    connections: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def connect_and_remember(place: Path, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - sqlite3's own
        connections.append(connect(place, **options))
        return connections[-1]

    monkeypatch.setattr(sqlite3, "connect", connect_and_remember)
    with pytest.raises(StoreError, match="not a proofdeck store"):
        Store.open(path)
    (opened,) = connections
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        opened.execute("SELECT 1")


@given(
    st.lists(
        st.tuples(st.sampled_from(["answer", "undo"]), st.sampled_from(Grade), st.integers(0, 9)), max_size=25
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_the_projection_is_always_the_fold_of_the_log(
    store: Store, steps: list[tuple[str, Grade, int]]
) -> None:
    at = NOW
    for what, given_grade, later in steps:
        at += timedelta(days=later, minutes=1)
        if what == "answer":
            answered(store, FIRST, given_grade, at)
        else:
            store.log.undo(at=at)
    shown = store.cards.show(FIRST)
    assert shown is not None
    assert shown.standing == fold_log(store.log.history(FIRST))


def test_a_waiting_card_knows_its_family(store: Store) -> None:
    (first, *_) = store.queue.new_cards(TODAY)
    assert first == WaitingCard(FIRST, DECK.slug, CARDS[0].slug)

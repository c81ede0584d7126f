from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from cards.errors import StoreError
from cards.guide.block import Prose
from cards.guide.guide import QuestionSlug
from cards.guide.importance import Importance
from cards.guide.text import StyledText
from cards.span import Span
from srs.schedule.sm2 import Grade
from srs.store.store import Store
from srs.store.sync import SyncReport
from tests.builders.deck import CARDS, DECK, LOOP_CODE

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()


def test_a_first_sync_adds_every_card(path: Path) -> None:
    with Store.open(path) as store:
        assert store.cards.sync(DECK) == SyncReport(added=len(CARDS))


def test_the_same_deck_again_writes_nothing(store: Store, path: Path) -> None:
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    assert store.cards.sync(DECK) == SyncReport(unchanged=len(CARDS))
    assert (path.read_bytes(), path.with_name("proofdeck.db-wal").read_bytes()) == (before, b"")


def test_a_changed_card_keeps_its_history(store: Store) -> None:
    store.log.record_answer(CARDS[0].id, Grade.GOOD, reviewed_at=NOW, seen=0)
    edited = replace(CARDS[0], back=(Prose((StyledText("other words"),)),))
    assert store.cards.sync(replace(DECK, cards=(edited, *CARDS[1:]))).changed == 1
    shown = store.cards.show(CARDS[0].id)
    assert shown is not None
    assert shown.back == edited.back
    assert shown.standing.schedule is not None


def test_a_card_that_only_moved_is_found_at_its_new_line(store: Store) -> None:
    moved = replace(CARDS[0], span=Span("source/tensorflow-interview.md", 999, 999))
    assert store.cards.sync(replace(DECK, cards=(moved, *CARDS[1:]))) == SyncReport(unchanged=len(CARDS))
    shown = store.cards.show(CARDS[0].id)
    assert shown is not None
    assert shown.source_line == 999


def test_a_card_brings_its_place_its_importance_and_its_block(path: Path) -> None:
    weighed = replace(CARDS[3], said=Importance.EXTRA, block=2)
    with Store.open(path) as store:
        store.cards.sync(replace(DECK, cards=(*CARDS[:3], weighed, *CARDS[4:])))
        rows = store.rows("SELECT place, importance, block FROM card WHERE id = ?", (weighed.id,))
        assert rows == [(5, 1, 2)]
        # The author says no more of it: only its place in the order changes.
        report = store.cards.sync(replace(DECK, cards=(*CARDS[:3], replace(weighed, said=None), *CARDS[4:])))
        assert report == SyncReport(unchanged=len(CARDS))
        rows = store.rows("SELECT place, importance, block FROM card WHERE id = ?", (weighed.id,))
        assert rows == [(4, 3, 2)]


def test_a_question_that_its_only_card_does_not_show_is_called_by_its_title(store: Store) -> None:
    hidden = replace(CARDS[0], slug=QuestionSlug("what-makes-a-graph"), breadcrumb=())
    titles = (("what-makes-a-graph", "What makes a graph?"),)
    store.cards.sync(replace(DECK, cards=(hidden, *CARDS[1:]), questions=titles))
    assert [row.title for row in store.cards.rows() if row.id == hidden.id] == ["What makes a graph?"]


def test_a_card_that_is_gone_is_retired_and_not_asked(store: Store) -> None:
    report = store.cards.sync(replace(DECK, cards=CARDS[1:]))
    assert (report.retired, report.unchanged) == (1, len(CARDS) - 1)
    assert CARDS[0].id not in {waiting.card for waiting in store.queue.new_cards(TODAY)}
    assert [row.id for row in store.cards.rows(retired=True)] == [CARDS[0].id]


def test_a_card_that_is_back_is_revived_with_its_history(store: Store) -> None:
    answered = store.log.record_answer(CARDS[0].id, Grade.GOOD, reviewed_at=NOW, seen=0)
    store.cards.sync(replace(DECK, cards=CARDS[1:]))
    assert store.cards.sync(DECK).revived == 1
    shown = store.cards.show(CARDS[0].id)
    assert shown is not None
    assert shown.standing == answered.standing


def test_another_guides_cards_are_left_alone(store: Store) -> None:
    other = replace(DECK, slug="other", title="Other", cards=())  # type: ignore[arg-type]
    assert store.cards.sync(other) == SyncReport()
    assert len(store.cards.rows()) == len(CARDS)
    assert store.decks.titles() == {"other": "Other", "tensorflow-interview": "TensorFlow interview"}


def test_a_card_is_shown_as_it_was_synced(store: Store) -> None:
    card = CARDS[4]
    shown = store.cards.show(card.id)
    assert shown is not None
    assert (shown.front, shown.back, shown.context) == (card.front, card.back, card.context)
    assert (shown.breadcrumb, shown.tags, shown.stamp) == (card.breadcrumb, card.tags, card.stamp)


def test_code_is_coloured_when_it_is_synced(store: Store) -> None:
    shown = store.cards.show(CARDS[4].id)
    assert shown is not None
    pairs = shown.paint[LOOP_CODE]
    assert "".join(text for _, text in pairs) == LOOP_CODE
    assert {("k", "def"), ("nf", "step")} <= set(pairs)


def test_an_overview_stands_back_only_where_its_question_has_other_cards(path: Path) -> None:
    overview = CARDS[5]
    with Store.open(path) as store:
        store.save_preference("overviews", value=False)
        store.cards.sync(DECK)
        assert overview.id not in {waiting.card for waiting in store.queue.new_cards(TODAY)}
        store.cards.sync(replace(DECK, cards=(overview,)))
        assert overview.id in {waiting.card for waiting in store.queue.new_cards(TODAY)}


def test_a_store_that_cannot_hold_the_deck_keeps_the_old_one(store: Store) -> None:
    store.connection.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON face BEGIN SELECT RAISE (ABORT, 'no'); END"
    )
    edited = replace(CARDS[0], id="new" + CARDS[0].id[3:])  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        store.cards.sync(replace(DECK, cards=(edited, *CARDS[1:])))
    assert [row.id for row in store.cards.rows()] == [card.id for card in CARDS]


def test_a_card_that_waits_for_its_code_is_held_with_its_schedule_and_comes_back(store: Store) -> None:
    """It is not asked meanwhile, and nobody is told that it is gone."""
    card = CARDS[0].id
    store.log.record_answer(card, Grade.GOOD, reviewed_at=NOW, seen=0)
    (before,) = (row for row in store.cards.rows() if row.id == card)
    without = replace(DECK, cards=CARDS[1:], held=(card,))

    assert store.cards.sync(without) == SyncReport(held=1, unchanged=len(CARDS) - 1)
    assert store.cards.sync(without) == SyncReport(unchanged=len(CARDS) - 1)
    assert [row.standing for row in store.cards.rows(held=True)] == [before.standing]
    assert (store.cards.rows(retired=True), card in {row.id for row in store.cards.rows()}) == ([], False)

    assert store.cards.sync(DECK) == SyncReport(revived=1, unchanged=len(CARDS) - 1)
    assert [row for row in store.cards.rows() if row.id == card] == [before]
    assert store.cards.rows(held=True) == []


def test_a_held_card_whose_question_goes_is_retired(store: Store) -> None:
    card = CARDS[0].id
    store.cards.sync(replace(DECK, cards=CARDS[1:], held=(card,)))
    assert store.cards.sync(replace(DECK, cards=CARDS[1:])) == SyncReport(retired=1, unchanged=len(CARDS) - 1)
    assert [row.id for row in store.cards.rows(retired=True)] == [card]

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.card.card import CardId
from cards.errors import StoreError
from srs.review.log import ANKI_ID_PREFIX, Act, EntryId, LogEntry
from srs.schedule.day import to_timestamp
from srs.schedule.sm2 import Grade
from srs.store.attempts import TaskHistory
from srs.store.health import check_health
from srs.store.store import Store
from srs.store.store_merge import MergeReport, merge_store
from tests.builders.deck import CARDS, DECK
from tests.builders.store import answered, store_with

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FIRST, SECOND = CARDS[0].id, CARDS[1].id


def content(store: Store) -> object:
    """Everything that two united machines must have in common."""
    log = store.connection.execute(
        "SELECT id, card, act, at, day, grade, took_ms, note, until, cause, undone_at, due_on FROM log "
        "ORDER BY id"
    ).fetchall()
    return log, [(row.id, row.standing) for row in sorted(store.cards.rows(retired=None))]


def test_two_logs_become_one(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        answered(here, FIRST, 4, NOW + timedelta(hours=0))
        answered(there, SECOND, 5, NOW + timedelta(hours=1))
        assert merge_store(here, there.path) == MergeReport(1, 0, 0)
        merge_store(there, here.path)
        assert content(here) == content(there)
        assert check_health(here).wrong_standings == ()


def test_merging_again_changes_nothing(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        answered(there, FIRST, 4, NOW + timedelta(hours=0))
        merge_store(here, there.path)
        before = content(here)
        assert not merge_store(here, there.path).anything
        assert content(here) == before


def test_an_undo_over_there_is_an_undo_here(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        answered(there, FIRST, 4, NOW + timedelta(hours=0))
        merge_store(here, there.path)
        there.log.undo(at=NOW + timedelta(hours=5))
        assert merge_store(here, there.path) == MergeReport(0, 1, 0)
        assert content(here) == content(there)


def from_anki(card: str, grade: int, later: timedelta) -> LogEntry:
    """Return an answer as it comes back from Anki."""
    at = NOW + later
    identity = EntryId(f"{ANKI_ID_PREFIX}{to_timestamp(at)}-{card}-{grade}")
    return LogEntry(identity, CardId(card), Act.REVIEW, to_timestamp(at), at.date(), Grade(grade))


def test_what_two_machines_read_from_anki_is_one_answer(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        entry = from_anki(FIRST, 4, timedelta())
        assert (
            here.log.import_entries([entry]),
            there.log.import_entries([entry]),
            here.log.import_entries([entry]),
        ) == (1, 1, 0)
        assert not merge_store(here, there.path).anything
        assert content(here) == content(there)
        assert check_health(here).wrong_standings == ()


def test_an_answer_that_comes_from_its_machine_and_by_way_of_anki_counts_once(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        answered(here, FIRST, 4, NOW + timedelta(hours=0))
        # Given to Anki by one machine and read there by the other, before the two meet.
        there.log.import_entries(
            [from_anki(FIRST, 4, timedelta(milliseconds=3)), from_anki(SECOND, 5, timedelta())]
        )
        merge_store(there, here.path)
        merge_store(here, there.path)
        assert content(here) == content(there)
        counting = [entry for entry in there.log.history(FIRST) if entry.undone_at is None]
        assert [entry.id for entry in counting] == [here.log.history(FIRST)[0].id]
        assert [entry.undone_at for entry in here.log.history(SECOND)] == [None]
        assert check_health(here).wrong_standings == check_health(there).wrong_standings == ()


def test_what_another_machine_did_is_not_undone_here(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        answered(here, SECOND, 4, NOW + timedelta(hours=0))
        answered(there, FIRST, 4, NOW + timedelta(hours=1))
        merge_store(here, there.path)
        undone = here.log.undo(at=NOW)
        assert undone is not None
        assert undone.entry.card == SECOND


def test_a_card_that_is_known_only_there_comes_with_its_words(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        answered(there, FIRST, 4, NOW + timedelta(hours=0))
        assert merge_store(here, there.path) == MergeReport(1, 0, len(CARDS))
        shown = here.cards.show(FIRST)
        assert shown is not None
        assert shown.front == CARDS[0].front


def test_a_card_keeps_the_words_it_has_here(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        there.cards.sync(replace(DECK, cards=(replace(CARDS[0], back=CARDS[1].back), *CARDS[1:])))
        merge_store(here, there.path)
        shown = here.cards.show(FIRST)
        assert shown is not None
        assert shown.back == CARDS[0].back


def test_the_same_store_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here:
        for other in (here.path, str(tmp_path / "none.db")):
            with pytest.raises(StoreError):
                merge_store(here, other)


STEP = st.tuples(
    st.sampled_from("abc"), st.sampled_from(["answer", "undo", "suspend", "merge", "anki"]), st.integers(0, 5)
)


@pytest.mark.slow
@given(st.lists(STEP, max_size=14))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
def test_any_order_of_merges_gives_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("machines")
    stores = {name: store_with(folder / f"{name}.db") for name in "abc"}
    try:
        for hours, (name, what, grade) in enumerate(steps):
            store, other = stores[name], stores["abc"["abc".index(name) - 1]]
            at = NOW + timedelta(hours=7 * hours)
            card = (FIRST, SECOND)[hours % 2]
            (seen,) = store.connection.execute("SELECT revision FROM card WHERE id = ?", (card,)).fetchone()
            if what == "answer":
                store.log.record_answer(card, Grade(grade), reviewed_at=at, seen=seen)
            elif what == "anki":
                # Some of these are answers that the machine before gave.
                store.log.import_entries([from_anki(card, grade, 7 * timedelta(hours=hours - grade % 2))])
            elif what == "suspend":
                store.log.record_act(card, Act.SUSPEND, at=at, seen=seen)
            elif what == "undo":
                store.log.undo(at=at)
            else:
                merge_store(store, other.path)
        for first, second in ("ab", "bc", "ca", "ab", "bc"):
            merge_store(stores[first], stores[second].path)
        for first, second in ("cb", "ba", "ac"):
            merge_store(stores[first], stores[second].path)
        contents = [content(store) for store in stores.values()]
        assert contents[0] == contents[1] == contents[2]
        assert all(check_health(store).wrong_standings == () for store in stores.values())
    finally:
        for store in stores.values():
            store.close()


def test_attempts_at_tasks_are_united_too(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        here.attempts.record("g", "mask", at=NOW, right=False)
        there.attempts.record("g", "mask", at=NOW + timedelta(days=1), right=True)
        there.attempts.record("g", "loss", at=NOW, right=False)
        assert merge_store(here, there.path) == MergeReport(0, 0, 0, attempts=2)
        assert merge_store(here, there.path) == MergeReport(0, 0, 0)
        merge_store(there, here.path)
        day = NOW.date()
        assert (
            here.attempts.histories()
            == there.attempts.histories()
            == {
                ("g", "loss"): TaskHistory(1, day, None),
                ("g", "mask"): TaskHistory(2, day + timedelta(days=1), day + timedelta(days=1)),
            }
        )

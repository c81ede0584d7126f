from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from srs.schedule.sm2 import Grade
from srs.store.health import HealthReport, check_health, rebuild_standings
from srs.store.store import Store
from tests.builders.deck import CARDS

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FIRST, SECOND = CARDS[0].id, CARDS[1].id


@pytest.fixture
def reviewed(store: Store) -> Store:
    store.log.record_answer(FIRST, Grade.GOOD, reviewed_at=NOW, seen=0)
    store.log.record_answer(FIRST, Grade.PERFECT, reviewed_at=NOW + timedelta(days=1), seen=1)
    return store


def test_a_sound_store_has_nothing_to_find(reviewed: Store) -> None:
    assert check_health(reviewed) == HealthReport((), (), len(CARDS), 2)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE card SET due = '2030-01-01' WHERE due IS NOT NULL", id="another day"),
        pytest.param("UPDATE card SET ease_factor = 130 WHERE due IS NOT NULL", id="another ease"),
        pytest.param("UPDATE card SET suspended = 1 WHERE position = 1", id="suspended without a reason"),
        pytest.param(
            "UPDATE card SET due = NULL, interval_days = NULL, repetitions = NULL, ease_factor = NULL, "
            "lapses = NULL WHERE due IS NOT NULL",
            id="forgotten",
        ),
    ],
)
def test_a_projection_that_is_not_what_the_log_says_is_found_and_mended(reviewed: Store, change: str) -> None:
    before = reviewed.cards.rows()
    reviewed.connection.execute(change)
    assert len(check_health(reviewed).wrong_standings) == 1
    assert rebuild_standings(reviewed) == 1
    assert check_health(reviewed).wrong_standings == ()
    assert reviewed.cards.rows() == before


def test_a_damaged_page_is_found(reviewed: Store, path: Path) -> None:
    reviewed.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (pages,) = reviewed.connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'card_due'"
    ).fetchone()
    reviewed.close()
    content = bytearray(path.read_bytes())
    start = (pages - 1) * 4096
    content[start + 8 : start + 4096] = bytes(4088)
    path.write_bytes(bytes(content))
    with Store.open_existing(path) as damaged:
        assert check_health(damaged).damage


def test_a_missing_face_is_found(reviewed: Store) -> None:
    reviewed.connection.execute("DELETE FROM face WHERE card = ?", (SECOND,))
    assert check_health(reviewed).damaged_cards == ((SECOND, "it has no text"),)


def test_switching_the_scheduler_and_back_loses_nothing(reviewed: Store) -> None:
    pytest.importorskip("fsrs")
    before = reviewed.cards.rows()
    reviewed.save_preference("scheduler", "fsrs")
    assert rebuild_standings(reviewed) == 1
    shown = reviewed.cards.show(FIRST)
    assert shown is not None
    assert shown.standing.schedule is not None
    assert shown.standing.schedule.memory is not None
    reviewed.save_preference("scheduler", "sm2")
    assert rebuild_standings(reviewed) == 1
    assert reviewed.cards.rows() == before

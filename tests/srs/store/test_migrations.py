from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from cards.card.card import content_digest
from srs.review.agenda import DayLimits
from srs.review.deck_row import DeckRow
from srs.store.care.salvage import SalvageReport, salvage
from srs.store.connection import APPLICATION_ID, SCHEMA_VERSION
from srs.store.health import HealthReport, check_health
from srs.store.migrations import migrations
from srs.store.read_only import LastContent, last_build_name, read_known_guides, read_last_contents
from srs.store.store import Store
from srs.store.sync import SyncReport
from tests.builders.deck import CARDS, DECK

if TYPE_CHECKING:
    from pathlib import Path


def test_the_format_is_the_number_of_migrations() -> None:
    with closing(sqlite3.connect(":memory:")) as empty:
        assert len(migrations.pending(Database(empty))) == SCHEMA_VERSION


def test_a_new_store_has_them_all_and_strict_tables_only(path: Path) -> None:
    with Store.open(path) as store:
        assert migrations.pending(Database(store.connection)) == []
        tables = store.connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 "
            "AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlite%'"
        ).fetchall()
        assert tables == []


def test_a_store_writes_ahead_syncs_fully_and_checks_its_references(store: Store) -> None:
    pragmas = [
        store.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert pragmas == ["wal", 2, 1]


def store_of_format_7(path: Path) -> None:
    """Write a store as the last release before identities left it: a guide's name is its identity."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        migrations.apply(Database(connection), stop_before="0008_guide_identity")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        connection.executescript(
            """
            PRAGMA user_version = 7;
            INSERT INTO guide (slug, title, path, built, new_a_day)
                VALUES ('faq', 'Questions', '/there/faq.md', 'b1', 5), ('git', 'Git', NULL, NULL, NULL);
            INSERT INTO card (id, guide, position, kind, question, optional, digest, source_path, source_line,
                    repetitions, interval_days, ease_factor, due, lapses)
                VALUES ('c1', 'faq', 0, 'fact', 'q', 0, '3a72f8c1f00c8baa', 'faq.md', 3,
                    1, 1, 250, '2026-11-23', 0);
            INSERT INTO face (card, breadcrumb, tags, front, back, context, paint, words)
                VALUES ('c1', '[]', '[]', '[]', '[]', '[]', '{}', '');
            INSERT INTO log (id, card, act, at, day, grade)
                VALUES ('e1', 'c1', 'review', '2026-11-22T09:00:00.000Z', '2026-11-22', 4);
            INSERT INTO attempt (id, guide, task, at, day, is_right)
                VALUES ('t1', 'faq', 'loop', '2026-11-22T09:00:00.000Z', '2026-11-22', 1);
            """
        )


def test_a_store_from_before_identities_keeps_every_name_limit_card_and_answer(path: Path) -> None:
    store_of_format_7(path)
    assert [guide.id for guide in read_known_guides(str(path))] == ["faq", "git"]
    with Store.open(path) as store:
        assert store.decks.rows(date(2026, 11, 23)) == [
            DeckRow(
                "faq",
                "faq",
                "Questions",
                "/there/faq.md",
                None,
                removed=False,
                cards=1,
                new=0,
                due=1,
                retired=0,
            ),
            DeckRow("git", "git", "Git", None, None, removed=False, cards=0, new=0, due=0, retired=0),
        ]
        assert store.decks.limits()["faq"] == DayLimits(5)
        assert check_health(store) == HealthReport((), (), 1, 1)
        assert list(store.attempts.histories()) == [("faq", "loop")]
    assert (path.parent / "backups" / f"before-format-{SCHEMA_VERSION}.db").exists()
    assert [guide.short_name for guide in read_known_guides(str(path))] == ["faq", "git"]


def test_what_is_saved_of_a_store_from_before_identities_keeps_its_guides(path: Path) -> None:
    store_of_format_7(path)
    assert salvage(str(path), path.with_suffix(".damaged")) == SalvageReport(1, 1, 0)
    assert [(guide.id, guide.short_name) for guide in read_known_guides(str(path))] == [
        ("faq", "faq"),
        ("git", "git"),
    ]


def test_a_store_of_an_older_format_gains_what_is_new_and_keeps_the_rest(path: Path) -> None:
    with Store.open(path) as store:
        store.save_preference("new_a_day", 7)
        store.connection.executescript(
            "DROP TABLE attempt; PRAGMA user_version = 1;"
            "DELETE FROM _sqlite_migrations WHERE name = '0002_attempts'"
        )
    with Store.open(path) as store:
        assert store.attempts.histories() == {}
        assert store.preferences.new_a_day == 7


def test_the_log_of_a_store_from_before_interviews_is_kept_with_its_rules(path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as fresh:
        migrations.apply(Database(fresh), stop_before="0010_interviews")
        belongings = log_belongings(fresh)
    store_of_format_7(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            INSERT INTO log (id, card, act, at, day, grade, undone_at, merged) VALUES
                ('e2', 'c1', 'drill', '2026-11-22T09:00:01.000Z', '2026-11-22', 5, NULL, 1),
                ('e3', 'c1', 'review', '2026-11-23T09:00:01.000Z', '2026-11-23', 1,
                    '2026-11-23T09:00:02.000Z', 0);
            UPDATE sqlite_sequence SET seq = 9 WHERE name = 'log';
            """
        )
        before = connection.execute("SELECT * FROM log ORDER BY seq").fetchall()
    with Store.open(path) as store:
        connection = store.connection
        # Step 12 adds the Day that a review chose for the next one, which never changes either.
        assert connection.execute("SELECT * FROM log ORDER BY seq").fetchall() == [
            (*row, None) for row in before
        ]
        assert log_belongings(connection) == [
            sql.replace("new.until IS NOT", "new.due_on IS NOT old.due_on OR new.until IS NOT")
            for sql in belongings
        ]
        insert = (
            "INSERT INTO log (card, act, at, day) VALUES ('c1', ?, '2026-11-24T09:00:00.000Z', '2026-11-24')"
        )
        assert connection.execute(insert, ("interview",)).lastrowid == 10
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            connection.execute(insert, ("song",))
        with pytest.raises(sqlite3.IntegrityError, match="never shortened"):
            connection.execute("DELETE FROM log")


def test_a_store_from_before_times_of_change_learns_them_at_the_next_build(path: Path) -> None:
    with Store.open(path) as store:
        store.cards.sync(DECK)
        store.connection.executescript(
            "UPDATE guide SET built = 'b1'; ALTER TABLE card DROP COLUMN changed; PRAGMA user_version = 10;"
            "DELETE FROM _sqlite_migrations WHERE name = '0011_changed'"
        )
    assert read_last_contents(str(path), DECK.id) == {}
    with Store.open(path) as store:
        assert read_last_contents(str(path), DECK.id) == {}
        assert last_build_name(str(path), DECK.id) is None
        assert store.cards.sync(DECK) == SyncReport(unchanged=len(CARDS))
        assert read_last_contents(str(path), DECK.id) == {
            card.id: LastContent(
                content_digest(card, card.stamp, card.failing),
                card.changed_at,
                card.stamp.proved_on if card.stamp else "",
            )
            for card in CARDS
        }


def log_belongings(connection: sqlite3.Connection) -> list[str]:
    """Return the indexes and triggers of the log."""
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'log' AND sql IS NOT NULL AND type <> 'table' "
        "ORDER BY name"
    )
    return [sql for (sql,) in rows]

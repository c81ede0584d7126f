"""The store's schema as numbered steps; a released step is never edited, only followed by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from srs.store.connection import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    import sqlite3

migrations = Migrations("proofdeck")


@migrations(name="0001_cards_and_log")
def cards_and_log(store: Database) -> None:
    """Guides and their cards, the log of what was done with them, settings."""
    store.execute(
        """
        CREATE TABLE guide (
            slug TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            path TEXT,
            built TEXT,
            new_a_day INTEGER CHECK (new_a_day >= 0),
            reviews_a_day INTEGER CHECK (reviews_a_day >= 0)
        ) STRICT
        """
    )
    # What an agenda looks at; all that is below `retired` is a projection of the log.
    store.execute(
        """
        CREATE TABLE card (
            id TEXT PRIMARY KEY CHECK (id <> ''),
            guide TEXT NOT NULL REFERENCES guide (slug),
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            question TEXT NOT NULL,
            optional INTEGER NOT NULL CHECK (optional IN (0, 1)),
            digest TEXT NOT NULL,
            source_path TEXT NOT NULL,
            source_line INTEGER NOT NULL,
            retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
            revision INTEGER NOT NULL DEFAULT 0,
            repetitions INTEGER CHECK (repetitions >= 0),
            interval_days INTEGER CHECK (interval_days >= 1),
            ease_factor INTEGER CHECK (ease_factor >= 130),
            due TEXT CHECK (due IS date(due)),
            lapses INTEGER CHECK (lapses >= 0),
            stability_days REAL,
            difficulty REAL,
            suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
            buried_until TEXT CHECK (buried_until IS date(buried_until)),
            flag TEXT,
            CHECK ((due IS NULL) = (interval_days IS NULL)),
            CHECK ((due IS NULL) = (repetitions IS NULL)),
            CHECK ((due IS NULL) = (ease_factor IS NULL)),
            CHECK ((due IS NULL) = (lapses IS NULL)),
            CHECK ((stability_days IS NULL) = (difficulty IS NULL))
        ) STRICT
        """
    )
    # What a person sees of a card.
    store.execute(
        """
        CREATE TABLE face (
            card TEXT PRIMARY KEY REFERENCES card (id),
            breadcrumb TEXT NOT NULL CHECK (json_valid(breadcrumb)),
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            front TEXT NOT NULL CHECK (json_valid(front)),
            back TEXT NOT NULL CHECK (json_valid(back)),
            context TEXT NOT NULL CHECK (json_valid(context)),
            paint TEXT NOT NULL CHECK (json_valid(paint)),
            words TEXT NOT NULL,
            tensorflow TEXT,
            keras TEXT,
            proved_on TEXT,
            CHECK ((tensorflow IS NULL) = (proved_on IS NULL)),
            CHECK ((keras IS NULL) = (proved_on IS NULL))
        ) STRICT
        """
    )
    # The random id is what makes two machines' logs one by union.
    store.execute(
        """
        CREATE TABLE log (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
            card TEXT NOT NULL REFERENCES card (id),
            act TEXT NOT NULL CHECK (
                act IN ('review', 'drill', 'cram', 'suspend', 'resume', 'bury', 'flag', 'unflag')
            ),
            at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
            day TEXT NOT NULL CHECK (day IS date(day)),
            grade INTEGER CHECK (grade BETWEEN 0 AND 5),
            took_ms INTEGER CHECK (took_ms >= 0),
            note TEXT,
            until TEXT CHECK (until IS date(until)),
            cause TEXT,
            undone_at TEXT CHECK (undone_at LIKE '____-__-__T__:__:__.___Z'),
            merged INTEGER NOT NULL DEFAULT 0 CHECK (merged IN (0, 1)),
            CHECK ((act IN ('review', 'drill', 'cram')) = (grade IS NOT NULL)),
            CHECK ((act = 'bury') = (until IS NOT NULL))
        ) STRICT
        """
    )
    store.execute(
        """
        CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT
        """
    )
    # Interval before due: an agenda orders by lateness in relation to the interval.
    store.execute(
        """
        CREATE INDEX card_due ON card (interval_days, due, id)
        WHERE due IS NOT NULL AND suspended = 0 AND retired = 0
        """
    )
    store.execute(
        """
        CREATE INDEX card_new ON card (guide, position)
        WHERE due IS NULL AND suspended = 0 AND retired = 0
        """
    )
    store.execute("CREATE INDEX log_card ON log (card, at, id)")
    store.execute("CREATE INDEX log_day ON log (day)")
    store.execute(
        """
        CREATE TRIGGER log_is_kept BEFORE DELETE ON log
        BEGIN
            SELECT RAISE (ABORT, 'the log is never shortened');
        END
        """
    )
    # An undo mark may be set, and set earlier by a merge; nothing else of an entry ever changes.
    store.execute(
        """
        CREATE TRIGGER log_is_fixed BEFORE UPDATE ON log
        WHEN new.seq IS NOT old.seq OR new.id IS NOT old.id OR new.card IS NOT old.card
            OR new.act IS NOT old.act OR new.at IS NOT old.at OR new.day IS NOT old.day
            OR new.grade IS NOT old.grade OR new.took_ms IS NOT old.took_ms OR new.note IS NOT old.note
            OR new.until IS NOT old.until OR new.cause IS NOT old.cause OR new.merged IS NOT old.merged
            OR new.undone_at IS NULL OR new.undone_at > old.undone_at
        BEGIN
            SELECT RAISE (ABORT, 'an entry of the log is never changed');
        END
        """
    )


@migrations(name="0002_attempts")
def attempts(store: Database) -> None:
    """Attempts at a guide's coding tasks; random ids let two machines' attempts be merged by union."""
    store.execute(
        """
        CREATE TABLE attempt (
            id TEXT PRIMARY KEY DEFAULT (lower(hex(randomblob(10)))),
            guide TEXT NOT NULL,
            task TEXT NOT NULL,
            at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
            day TEXT NOT NULL CHECK (day IS date(day)),
            is_right INTEGER NOT NULL CHECK (is_right IN (0, 1))
        ) STRICT
        """
    )


@migrations(name="0003_exercises")
def exercises(store: Database) -> None:
    """Programs that judge answers typed into a card's gap."""
    store.execute(
        "ALTER TABLE face ADD COLUMN exercise TEXT CHECK (exercise IS NULL OR json_valid(exercise))"
    )


@migrations(name="0004_failing")
def failing(store: Database) -> None:
    """Marks of cards that are shown although their code does not hold; such a card has no proof."""
    store.execute(
        """
        ALTER TABLE face ADD COLUMN failing TEXT
            CHECK (failing IS NULL OR (failing <> '' AND proved_on IS NULL))
        """
    )


@migrations(name="0005_held")
def held(store: Database) -> None:
    """Cards out of use that are in their guide still, and wait for its code to hold again."""
    store.execute("ALTER TABLE card ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, retired))")


@migrations(name="0006_since")
def since(store: Database) -> None:
    """The oldest TensorFlow that a card's code holds on, where several were tried."""
    store.execute(
        """
        ALTER TABLE face ADD COLUMN since TEXT
            CHECK (since IS NULL OR (since <> '' AND proved_on IS NOT NULL))
        """
    )


@migrations(name="0007_ran_with")
def ran_with(store: Database) -> None:
    """What a card's code ran with, in words, where it uses no TensorFlow."""
    store.execute(
        """
        ALTER TABLE face ADD COLUMN ran_with TEXT
            CHECK (ran_with IS NULL OR (ran_with <> '' AND proved_on IS NOT NULL))
        """
    )


@migrations(name="0008_guide_identity")
def guide_identity(store: Database) -> None:
    """Identities of guides, which until now were their names; a deck's own name, and whether it was removed.

    The short name is unique in a store: of its package's file, and what a person types.
    """
    store.execute("ALTER TABLE guide RENAME COLUMN slug TO id")
    store.execute("ALTER TABLE guide ADD COLUMN short_name TEXT NOT NULL DEFAULT ''")
    store.execute("UPDATE guide SET short_name = id")
    store.execute("CREATE UNIQUE INDEX guide_short_name ON guide (short_name)")
    store.execute("ALTER TABLE guide ADD COLUMN name TEXT CHECK (name <> '')")
    store.execute("ALTER TABLE guide ADD COLUMN built_on TEXT CHECK (built_on IS date(built_on))")
    store.execute("ALTER TABLE guide ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))")


@migrations(name="0009_interview")
def interview(store: Database) -> None:
    """The order in which new cards are begun, what matters, and what a deck is learnt for.

    A block is a part of an answer: its cards print one another's answers. The next build fills this in.
    """
    store.execute("ALTER TABLE card ADD COLUMN place INTEGER NOT NULL DEFAULT 0")
    store.execute("UPDATE card SET place = position")
    store.execute(
        "ALTER TABLE card ADD COLUMN importance INTEGER NOT NULL DEFAULT 2 CHECK (importance BETWEEN 1 AND 3)"
    )
    store.execute("ALTER TABLE card ADD COLUMN block INTEGER")
    store.execute("DROP INDEX card_new")
    store.execute(
        """
        CREATE INDEX card_new ON card (guide, place)
        WHERE due IS NULL AND suspended = 0 AND retired = 0
        """
    )
    store.execute("UPDATE guide SET built = NULL")
    store.execute("ALTER TABLE guide ADD COLUMN minutes_a_day INTEGER CHECK (minutes_a_day > 0)")
    store.execute("ALTER TABLE guide ADD COLUMN interview TEXT CHECK (interview IS date(interview))")


@migrations(name="0010_interviews")
def interviews(store: Database) -> None:
    """Questions of mock interviews as acts of the log: its rule for acts is part of the table, made anew.

    Nothing refers to the log; the indexes and triggers that go with the old table are made as they were.
    """
    belongings = store.execute(
        "SELECT sql FROM sqlite_master "
        "WHERE tbl_name = 'log' AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    ((table,),) = store.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'log'")
    ((last,),) = store.execute("SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'log'")
    store.execute("DROP TRIGGER log_is_kept")
    store.execute("ALTER TABLE log RENAME TO former_log")
    store.execute(table.replace("'unflag'", "'unflag', 'interview'"))
    store.execute("INSERT INTO log SELECT * FROM former_log ORDER BY seq")
    store.execute("DROP TABLE former_log")
    store.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'log'", [last])
    for (statement,) in belongings:
        store.execute(statement)


@migrations(name="0011_changed")
def changed(store: Database) -> None:
    """When each card's content last changed, as locks remember it too. The next build fills this in."""
    store.execute("ALTER TABLE card ADD COLUMN changed INTEGER CHECK (changed >= 0)")
    store.execute("UPDATE guide SET built = NULL")


@migrations(name="0012_even_load")
def even_load(store: Database) -> None:
    """Days that reviews chose for the next one, and by how much they differ from the interval's own."""
    store.execute("ALTER TABLE card ADD COLUMN shift_days INTEGER NOT NULL DEFAULT 0")
    store.execute(
        "ALTER TABLE log ADD COLUMN due_on TEXT "
        "CHECK (due_on IS NULL OR (act = 'review' AND due_on IS date(due_on)))"
    )
    ((trigger,),) = store.execute("SELECT sql FROM sqlite_master WHERE name = 'log_is_fixed'")
    store.execute("DROP TRIGGER log_is_fixed")
    store.execute(trigger.replace("new.until IS NOT", "new.due_on IS NOT old.due_on OR new.until IS NOT"))


@migrations(name="0013_questions")
def questions(store: Database) -> None:
    """What the questions of each guide are called, by slug, as JSON. The next build fills this in."""
    store.execute("ALTER TABLE guide ADD COLUMN questions TEXT NOT NULL DEFAULT '{}'")
    store.execute("UPDATE guide SET built = NULL")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the store to the newest schema, all steps in one transaction or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(connection, execute_plugins=False))
        # Numbers of this program's own making: a pragma takes no parameters.
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION:d}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")

"""A cell of the store that holds what no proofdeck writes ends no command in a traceback."""

# ruff: noqa: S311, S608 - chance that can be repeated; statements of this test's own making

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing, contextmanager
from random import Random
from typing import TYPE_CHECKING

import pytest

from cards.errors import StoreError
from srs.cli.last_resort import tell_damage
from tests.builders.learnt_desk import DAYS, LAST, copied_desk, learnt_desk, store_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.srs.cli.conftest import Desk

TABLES = ["guide", "card", "face", "log", "setting", "attempt"]
VALUES = [
    None,
    b"\xff",
    "",
    "nonsense",
    "9999-12-31",
    "[1]",
    '{"a": [1]}',
    '[["prose", [[1]]]]',
    '[["list", 1, [[[], [[1]]]]]]',
    '[["table", [1], [1]]]',
    "[" * 100_000,
    -1,
    2**62,
    0.5,
]
TYPED = [
    "due", "stats --all", "cards", "cards --json", "show {}", "history {}", "plan", "decks", "settings",
    "simulate", "interview", "practice", "export small.md --format json", "backup kept.db", "doctor --no",
    "undo", "review", "build small.md",
]  # fmt: skip


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a guide, and a store with something in every table."""
    folder = tmp_path_factory.mktemp("learnt")
    desk = learnt_desk(folder)
    desk.run("interview", keys="1\n2\n", now=DAYS[-1])
    desk.run("plan", "2026-12-30", "--minutes", "20", now=DAYS[-1])
    with closing(sqlite3.connect(store_path(desk))) as store, store:
        store.execute(
            "INSERT INTO attempt (guide, task, at, day, is_right) "
            "SELECT id, 'q1', '2026-11-20T09:00:00.000Z', '2026-11-20', 1 FROM guide"
        )
        assert all(store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES)
    return folder


@pytest.fixture
def desk(learnt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return copied_desk(learnt, tmp_path, monkeypatch)


@contextmanager
def lenient(path: Path, table: str) -> Iterator[sqlite3.Connection]:
    """Give a connection for which a table takes any value; afterwards its rules are those of before."""
    set_rules = "UPDATE sqlite_master SET sql = ? WHERE name = ?"
    with closing(sqlite3.connect(path)) as store, store:
        triggers = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            store.execute(f"DROP TRIGGER {name}")
        ((rules,),) = store.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
        without = re.sub(r"\)\s*STRICT\s*$", ")", re.sub(r"(?<!IS )NOT NULL", "", rules))
        store.execute("PRAGMA writable_schema = ON")
        store.execute(set_rules, (re.sub(r" (TEXT|REAL|INTEGER(?! PRIMARY))\b", " ", without), table))
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("PRAGMA ignore_check_constraints = ON")
        yield store
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("PRAGMA writable_schema = ON")
        store.execute(set_rules, (rules, table))
    with closing(sqlite3.connect(path)) as store, store:
        for _, trigger in triggers:
            store.execute(trigger)


def columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as store:
        return [row[1] for row in store.execute(f"PRAGMA table_info({table})")]


def damaged_row(path: Path, table: str) -> int:
    """Return the row whose cell is damaged: of a card that was answered, or the first."""
    condition = {"card": "due IS NOT NULL", "face": "card = (SELECT min(id) FROM card WHERE due IS NOT NULL)"}
    with closing(sqlite3.connect(path)) as store:
        ((number,),) = store.execute(
            f"SELECT rowid FROM {table} WHERE {condition.get(table, '1')} ORDER BY 1 LIMIT 1"
        )
    return int(number)


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_every_command_ends_in_a_sentence(desk: Desk, table: str) -> None:
    chance = Random(table)
    path = store_path(desk)
    row = damaged_row(path, table)
    with closing(sqlite3.connect(path)) as store:
        ((card,),) = store.execute("SELECT min(id) FROM card WHERE due IS NOT NULL")
    whole = shutil.copytree(path.parent, desk.folder / "whole")
    wrong = []
    for column in columns(path, table):
        value = chance.choice(VALUES)
        shutil.rmtree(path.parent)
        shutil.copytree(whole, path.parent)
        try:
            with lenient(path, table) as store:
                store.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row))
        except sqlite3.IntegrityError:
            continue
        for words in TYPED:
            try:
                code = desk.run(*words.format(card).split(), keys="4\n2\n5\n", now=LAST).exit_code
            except Exception as error:  # noqa: BLE001 - all are told at the end
                wrong.append((column, repr(value)[:20], words, repr(error)))
            else:
                if code not in {0, 1, 2}:
                    wrong.append((column, repr(value)[:20], words, str(code)))
    assert wrong == []


@pytest.mark.parametrize(
    ("cell", "value", "words", "told"),
    [
        ("face.front", '[["prose", [[1]]]]', "show {}", "The card {} is damaged in the store."),
        ("face.back", '[["list", false, [[[[1]], []]]]]', "show {}", "The card {} is damaged in the store."),
        ("face.context", '[["code", "python", 1]]', "show {}", "The card {} is damaged in the store."),
        ("face.paint", '{"x = 1": 1}', "show {}", ""),
        ("guide.questions", '{"q": [1]}', "cards", ""),
        ("guide.questions", "nonsense", "stats --all", ""),
        ("guide.path", b"\xff", "decks", "holds a value that no proofdeck writes."),
        ("guide.minutes_a_day", "nonsense", "stats --all", "holds a value that no proofdeck writes."),
    ],
)
def test_a_value_of_a_wrong_shape_is_told_or_does_without(
    desk: Desk, cell: str, value: object, words: str, told: str
) -> None:
    path = store_path(desk)
    table, column = cell.split(".")
    with closing(sqlite3.connect(path)) as store:
        ((card,),) = store.execute("SELECT min(id) FROM card WHERE due IS NOT NULL")
    row = damaged_row(path, table)
    with lenient(path, table) as store:
        store.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row))
    done = desk.run(*words.format(card).split(), now=LAST)
    assert (done.exit_code, told.format(card) in done.stderr) == (int(bool(told)), True)


def test_an_error_over_a_sound_store_is_a_bug_and_stays_one(desk: Desk) -> None:
    path = store_path(desk)
    tell_damage(TypeError("a bug"), str(path))
    with lenient(path, "guide") as store:
        store.execute("UPDATE guide SET title = NULL")
    with pytest.raises(StoreError, match="holds a value that no proofdeck writes"):
        tell_damage(TypeError("no text"), str(path))

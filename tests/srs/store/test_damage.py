"""Random damage to a store is harmless, or told and mended; a sitting never stops for one card."""

# ruff: noqa: S608, S311 - statements of this test's own making; chance that can be repeated

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.builders.learnt_desk import LAST, copied_desk, learnt_desk, store_path
from tests.srs.cli.conftest import Desk

if TYPE_CHECKING:
    from pathlib import Path

LOOKS = [["due"], ["cards"], ["stats"], ["stats", "--json"], ["cards", "--json"], ["settings"], ["restore"]]


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a guide, its store, some days of answers and their backups."""
    folder = tmp_path_factory.mktemp("learnt")
    return learnt_desk(folder).folder


@pytest.fixture
def desk(learnt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return copied_desk(learnt, tmp_path, monkeypatch)


def log_of(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as store:
        return set(store.execute("SELECT id, card FROM log"))


def flip_bytes(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 1, 1, 2, 8])):
        # Not what tells that it is a store at all: that is told, and restored.
        content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def zero_a_page(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    start = chance.randrange(1, len(content) // 4096) * 4096
    content[start : start + 4096] = bytes(4096)
    path.write_bytes(content)


def change_a_value(path: Path, chance: random.Random) -> None:
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA ignore_check_constraints = ON")
        store.execute("DROP TRIGGER log_is_fixed")
        tables = ["guide", "card", "face", "log", "setting"]
        table = chance.choice(tables)
        columns = [(row[1], row[2]) for row in store.execute(f"PRAGMA table_info({table})")]
        column, kind = chance.choice(columns)
        numbers = [row[0] for row in store.execute(f"SELECT rowid FROM {table}")]
        if not numbers:
            return
        value = chance.choice(
            [b"\xff\xfe", b"", b"[]", b"{}", b"[[]]", b"2026-13-99", b"nonsense", b"\x1b[2J", b"9999-12-31"]
        )
        with store:
            new = (
                str(chance.choice([-1, 0, 7, 2**62]))
                if kind in {"INTEGER", "REAL"}
                else f"CAST(x'{value.hex()}' AS TEXT)"
            )
            try:
                store.execute(
                    f"UPDATE {table} SET {column} = {new} WHERE rowid = ?", (chance.choice(numbers),)
                )
            except sqlite3.IntegrityError:
                return


DAMAGES = [flip_bytes, zero_a_page, change_a_value]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_damage_is_harmless_or_told_and_mended(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    path = store_path(desk)
    before = log_of(path)
    chance.choice(DAMAGES)(path, chance)
    for words in LOOKS:
        desk.run(*words, now=LAST)
    desk.run("review", keys="4\n" * 12, now=LAST)
    doctor = desk.run("doctor", "--yes", now=LAST)
    desk.run("build", "small.md", now=LAST)
    after = desk.run("doctor", "--no", now=LAST)
    assert after.exit_code == 0, (doctor.output, after.output)
    for words in LOOKS:
        assert desk.run(*words, now=LAST).exit_code == 0, words
    assert desk.run("review", keys="4\n" * 12, now="2026-11-30T09:00:00+00:00").exit_code in {0, 1}
    # What the last backup had is there still, whatever was damaged.
    assert len(log_of(path)) >= len(before) - 5


@pytest.mark.parametrize("is_retired", [True, False])
def test_the_text_of_a_card_that_no_guide_makes_any_more_is_no_fault(desk: Desk, *, is_retired: bool) -> None:
    with closing(sqlite3.connect(store_path(desk))) as store, store:
        ((card,), *_) = store.execute("SELECT id FROM card ORDER BY id").fetchall()
        store.execute("UPDATE face SET front = '[]' WHERE card = ?", (card,))
        store.execute("UPDATE card SET retired = ? WHERE id = ?", (is_retired, card))
    assert (desk.run("doctor", "--no", now=LAST).exit_code == 0) == is_retired
    desk.run("build", "small.md", now=LAST)
    shutil.rmtree(desk.folder / "home" / "builds")
    desk.run("build", "small.md", now=LAST)
    assert desk.run("doctor", "--no", now=LAST).exit_code == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE face SET front = '[\"prose\"]' WHERE card = ?",
        "UPDATE face SET front = CAST(x'5b5b2270726f7365222c5b5b22ff225d5d5d5d' AS TEXT) WHERE card = ?",
        "UPDATE face SET tags = '{}' || x'ff' WHERE card = ?",
        "UPDATE face SET front = '[[\"prose\",[[1]]]]' WHERE card = ?",
        'UPDATE face SET back = \'[["code","python",1]]\' WHERE card = ?',
        "UPDATE face SET context = '[[\"list\",true,[[[[null]],[]]]]]' WHERE card = ?",
        'UPDATE face SET back = \'[["picture",1,"",""]]\' WHERE card = ?',
        "UPDATE card SET kind = 'nonsense' WHERE id = ?",
        "DELETE FROM face WHERE card = ?",
        "UPDATE card SET due = '2026-11-99' WHERE id = ?",
        "UPDATE log SET grade = 9 WHERE card = ?",
        "UPDATE log SET day = 'tuesday' WHERE card = ?",
    ],
)
def test_a_sitting_asks_all_other_cards(desk: Desk, change: str) -> None:
    path = store_path(desk)
    with closing(sqlite3.connect(path)) as store, store:
        ((card,), *_) = store.execute("SELECT id FROM card WHERE due IS NOT NULL ORDER BY id").fetchall()
        store.execute("PRAGMA ignore_check_constraints = ON")
        store.execute("DROP TRIGGER log_is_fixed")
        store.execute("UPDATE card SET due = '2026-11-24', interval_days = 1 WHERE due IS NOT NULL")
        (due,) = store.execute("SELECT count(*) FROM card WHERE due IS NOT NULL").fetchone()
        store.execute(change, (card,))
    review = desk.run("review", "--new", "0", keys="4\n" * due, now=LAST)
    assert review.exit_code == 0
    assert len([line for line in review.stdout.splitlines() if line.startswith("answered")]) == due - 1
    if "SET kind" in change:
        assert f"The card {card} is of a kind that this version of proofdeck does not know" in review.stderr
    elif "card SET due" not in change:
        assert f"The card {card} is damaged in the store." in review.stderr


@pytest.mark.parametrize("column", ["breadcrumb", "tags"])
@pytest.mark.parametrize("value", ["[1, 2]", '{"one": "two"}', '"words"'])
def test_words_of_a_wrong_shape_are_told_planned_around_and_written_anew(
    desk: Desk, column: str, value: str
) -> None:
    with closing(sqlite3.connect(store_path(desk))) as store, store:
        ((card,), *_) = store.execute("SELECT id FROM card ORDER BY id").fetchall()
        store.execute(f"UPDATE face SET {column} = ? WHERE card = ?", (value, card))
    for words in (["cards"], ["stats", "--all"]):
        said = desk.run(*words, now=LAST)
        assert (said.exit_code, "holds a value that no proofdeck writes" in said.stderr) == (1, True), words
    shown = desk.run("show", card, now=LAST)
    assert (shown.exit_code, f"The card {card} is damaged in the store." in shown.stderr) == (1, True)
    assert desk.run("plan", "2026-12-30", "--minutes", "10", now=LAST).exit_code == 0
    assert desk.run("doctor", now=LAST).exit_code == 1
    assert desk.run("build", "small.md", now=LAST).exit_code == 0
    for words in (["cards"], ["show", card], ["stats", "--all"], ["doctor"]):
        assert desk.run(*words, now=LAST).exit_code == 0, words


@pytest.mark.parametrize("place", ["", ".", "/"])
def test_a_guide_whose_place_in_the_store_is_none_is_built_as_ever(desk: Desk, place: str) -> None:
    with closing(sqlite3.connect(store_path(desk))) as store, store:
        store.execute("UPDATE guide SET path = ?", (place,))
    assert desk.run("decks", now=LAST).exit_code == 0
    assert desk.run("build", "small.md", now=LAST).exit_code == 0
    with closing(sqlite3.connect(store_path(desk))) as store:
        assert store.execute("SELECT path FROM guide").fetchall() == [(str(desk.folder / "small.md"),)]


def test_a_card_of_a_kind_of_tomorrow_is_listed_kept_through_a_merge_and_not_asked(desk: Desk) -> None:
    path = store_path(desk)
    with closing(sqlite3.connect(path)) as store, store:
        ((card,), *_) = store.execute("SELECT id FROM card WHERE due IS NOT NULL ORDER BY id").fetchall()
        store.execute("UPDATE card SET kind = 'matching' WHERE id = ?", (card,))
    told = f"The card {card} is of a kind that this version of proofdeck does not know, 'matching'"
    shown = desk.run("show", card, now=LAST)
    assert (shown.exit_code, told in shown.stderr) == (1, True)
    for words in LOOKS:
        assert desk.run(*words, now=LAST).exit_code == 0, words
    (row,) = [row for row in desk.json("cards", now=LAST) if row["id"] == card]
    assert row["kind"] == "matching"
    assert "matching" in desk.json("stats", now=LAST)["known_by_kind"]
    other = Desk(desk.folder / "other")
    other.folder.mkdir()
    (other.folder / "home").mkdir()
    other.run("settings", "new_a_day", "3")
    assert other.run("merge", str(path), now=LAST).exit_code == 0
    assert {row["id"]: row["kind"] for row in other.json("cards", now=LAST)}[card] == "matching"
    for words in LOOKS:
        assert other.run(*words, now=LAST).exit_code == 0, words
    # A build of its guide knows what it is.
    assert desk.run("build", "small.md", now=LAST).exit_code == 0
    assert desk.run("doctor", "--no", now=LAST).exit_code == 0
    assert desk.run("show", card, now=LAST).exit_code == 0


def test_a_build_that_has_nothing_to_do_writes_what_a_sitting_left_out(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    guide = str(desk.write())
    build = ("build", guide, "-o", str(tmp_path / "small.apkg"))
    desk.run(*build, now=LAST)
    with closing(sqlite3.connect(store_path(desk))) as store, store:
        store.execute("UPDATE face SET front = '[[]]'")
        (cards,) = store.execute("SELECT count(*) FROM card").fetchone()
        # One card of a block a day.
        (asked,) = store.execute("SELECT count(DISTINCT question || ifnull(block, id)) FROM card").fetchone()
    assert "answered" not in desk.run("review", keys="4\n", now=LAST).stdout
    desk.run(*build, now=LAST)
    answers = desk.run("review", "--new", str(cards), keys="4\n" * cards, now=LAST).stdout
    assert len(answers.splitlines()) == asked


def test_a_changed_letter_is_told_and_written_anew_by_a_build(desk: Desk) -> None:
    path = store_path(desk)
    with closing(sqlite3.connect(path)) as store, store:
        ((card, back),) = store.execute(
            "SELECT card, back FROM face WHERE back LIKE '%e%' ORDER BY card LIMIT 1"
        ).fetchall()
        store.execute("UPDATE face SET back = replace(back, 'e', 'o') WHERE card = ?", (card,))
    said = desk.run("doctor", now=LAST)
    assert said.exit_code == 1
    assert f"{card}: its text is not what was built." in said.stdout
    assert "1 card is damaged: `proofdeck build` of their guides writes them anew." in said.stdout
    assert desk.run("build", "small.md", now=LAST).exit_code == 0
    assert desk.run("doctor", now=LAST).exit_code == 0
    with closing(sqlite3.connect(path)) as store:
        assert store.execute("SELECT back FROM face WHERE card = ?", (card,)).fetchall() == [(back,)]

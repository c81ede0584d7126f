"""What was learnt in Anki, read back from everything that Anki can export."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Literal

import pytest

from cards.errors import ExportError
from exporters.anki.anki_export import export_package
from exporters.anki.progress import Answer, Button, CardProgress, Progress, missing_answers
from exporters.anki.progress_reader import read_progress
from tests.builders.card import NOW
from tests.builders.card_shapes import every_shape
from tests.builders.deck import deck

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exporters.anki.progress_reader import AnkiProgress
    from tests.builders.anki_collection import Anki

CARDS = every_shape()
WANTED = frozenset(each.id for each in CARDS)
BUTTONS: tuple[Literal[1, 2, 3, 4], ...] = (3, 4, 1, 2)
FORMATS = ["apkg", "old.apkg", "colpkg", "old.colpkg"]


def read(path: Path) -> AnkiProgress:
    return read_progress(path, WANTED, utc_offset_minutes=0)


def study(anki: Anki) -> None:
    """Answer in the real scheduler, suspend, flag, and put some into a filtered deck."""
    export_package(deck(*CARDS), anki.folder / "deck.apkg", now=NOW)
    anki.take(anki.folder / "deck.apkg")
    anki.study("TensorFlow interview", islice(cycle(BUTTONS), 12))
    anki.col.sched.set_due_date([anki.card(CARDS[1]).id], "7!")
    anki.col.sched.suspend_cards([anki.card(CARDS[2]).id])
    anki.col.set_user_flag_for_cards(4, [anki.card(CARDS[3]).id])


def known_to(anki: Anki) -> tuple[tuple[Answer, ...], dict[str, tuple[int, int, int, int]]]:
    """The log and the cards as the open collection has them."""
    log = anki.rows(
        "SELECT guid, revlog.id, ease, revlog.ivl, lastIvl, revlog.factor, time, revlog.type FROM revlog"
        " JOIN cards ON cards.id = cid JOIN notes ON notes.id = nid WHERE ease > 0 ORDER BY revlog.id"
    )
    answers = tuple(
        Answer(
            card=guid,
            answered_at_ms=moment,
            button=Button(ease),
            interval_days=max(0, interval),
            previous_interval_days=max(0, previous),
            ease_permille=factor,
            took_ms=took,
            extra=kind == 3 and factor == 0,
        )
        for guid, moment, ease, interval, previous, factor, took, kind in log
    )
    cards = anki.rows(
        "SELECT guid, reps, lapses, factor, cards.ivl FROM cards JOIN notes ON notes.id = nid WHERE type > 0"
    )
    return answers, {guid: (reps, lapses, factor, interval) for guid, reps, lapses, factor, interval in cards}


@pytest.mark.parametrize("fsrs", [False, True], ids=["SM-2", "FSRS"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_answer_and_schedule_is_read_as_anki_has_it(
    anki: Anki,
    tmp_path: Path,
    form: str,
    fsrs: bool,  # noqa: FBT001 - a table's column
) -> None:
    anki.col.set_config("fsrs", fsrs)
    study(anki)
    answers, cards = known_to(anki)
    in_a_week = anki.rows("SELECT due FROM cards WHERE id = ?", anki.card(CARDS[1]).id)[0][0]
    day_zero = datetime.fromtimestamp(anki.rows("SELECT crt FROM col")[0][0], UTC).date()

    found = read(anki.saved(tmp_path / f"export.{form}", old=form.startswith("old")))

    standings = {standing.card: standing for standing in found.progress.cards}
    assert found.progress.answers == answers
    assert {
        each.card: (each.answers, each.lapses, each.ease_permille, each.interval_days)
        for each in standings.values()
        if each.due_on
    } == cards
    assert standings[CARDS[1].id].due_on == day_zero + timedelta(in_a_week)
    assert {card for card, each in standings.items() if each.suspended} == {CARDS[2].id}
    assert {card: each.flag for card, each in standings.items() if each.flag} == {CARDS[3].id: 4}
    assert (found.found, found.other_cards) == (len(CARDS), 0)
    assert found.uses_fsrs is fsrs


def due_days(path: Path) -> dict[str, date | None]:
    return {each.card: each.due_on for each in read(path).progress.cards}


def test_a_card_in_a_filtered_deck_keeps_its_own_due_day(anki: Anki, tmp_path: Path) -> None:
    study(anki)
    before = due_days(anki.saved(tmp_path / "before.colpkg"))
    filtered = anki.col.decks.new_filtered("Before the interview")
    assert filtered
    anki.col.sched.rebuild_filtered_deck(filtered)
    assert anki.rows("SELECT count() > 0 FROM cards WHERE odid != 0") == [[1]]

    after = due_days(anki.saved(tmp_path / "after.colpkg"))

    assert after == before


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_lost_or_doubled_on_the_way_through_anki(anki: Anki, tmp_path: Path, form: str) -> None:
    ours = Progress(
        (
            CardProgress(
                card=CARDS[0].id, due_on=date(2026, 12, 24), interval_days=33, ease_permille=2500, answers=2
            ),
        ),
        (
            Answer(card=CARDS[0].id, answered_at_ms=NOW * 1000 - 900, button=Button.GOOD, interval_days=1),
            Answer(
                card=CARDS[0].id,
                answered_at_ms=NOW * 1000,
                button=Button.EASY,
                interval_days=33,
                previous_interval_days=1,
                ease_permille=2500,
            ),
        ),
    )
    export_package(deck(*CARDS), tmp_path / "deck.apkg", now=NOW, progress=ours)
    anki.take(tmp_path / "deck.apkg", progress=True)
    at_first = read(anki.saved(tmp_path / f"export.{form}", old=form.startswith("old"))).progress
    waiting = anki.card(CARDS[1])
    waiting.start_timer()
    anki.col.sched.answerCard(waiting, 4)

    found = read(anki.saved(tmp_path / f"export.{form}", old=form.startswith("old"))).progress

    assert at_first.cards == ours.cards
    assert missing_answers(at_first.answers, ours.answers) == ()
    assert [each.card for each in missing_answers(found.answers, ours.answers)] == [CARDS[1].id]
    assert missing_answers(found.answers, found.answers) == ()


def test_other_decks_are_counted_and_left_alone(anki: Anki, tmp_path: Path) -> None:
    study(anki)
    basic = anki.col.models.by_name("Basic")
    assert basic is not None
    foreign = anki.col.new_note(basic)
    foreign["Front"] = "a foreign question"
    anki.col.add_note(foreign, anki.deck("Default"))

    found = read(anki.saved(tmp_path / "export.colpkg"))

    assert (found.found, found.other_cards) == (len(CARDS), 1)


def test_a_file_without_scheduling_says_how_to_export_it(anki: Anki, tmp_path: Path) -> None:
    study(anki)

    with pytest.raises(ExportError, match="without “Include scheduling information”"):
        read(anki.saved(tmp_path / "export.apkg", scheduling=False))


def test_a_file_of_another_deck_is_one_sentence(anki: Anki, tmp_path: Path) -> None:
    study(anki)

    with pytest.raises(ExportError, match="holds none of these cards"):
        read_progress(anki.saved(tmp_path / "export.apkg"), frozenset(), utc_offset_minutes=0)


def archive(folder: Path, **entries: bytes) -> Path:
    path = folder / "made.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries.items():
            written.writestr(name.replace("__", ".").replace("UP", "../"), content)
    return path


def database(script: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        return connection.serialize()


EMPTY = """
CREATE TABLE col (crt, conf); CREATE TABLE notes (id, guid);
CREATE TABLE cards (id, nid, ord, type, queue, due, odue, odid, ivl, factor, reps, lapses, flags, data);
CREATE TABLE revlog (id, cid, ease, ivl, lastIvl, factor, time, type);
"""
OUR_NOTE = f"INSERT INTO notes VALUES (1, '{CARDS[0].id}');"  # noqa: S608 - our own id
ODD_CARD = "INSERT INTO cards VALUES (1, 1, 0, 2, 2, 999999999, 0, 0, 'x', x'00', '', NULL, -1, 7);"
ENDLESS = """
CREATE TABLE col (crt, conf); CREATE TABLE notes (id); CREATE TABLE cards (id);
CREATE VIEW revlog AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT i FROM n;
"""

BAD_FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "not there": (lambda folder: folder / "none.apkg", "cannot be read: No such file"),
    "a folder": (lambda folder: folder, "cannot be read"),
    "empty": (lambda folder: _file(folder, b""), "no Anki export"),
    "no archive": (lambda folder: _file(folder, b"PK\x03\x04 but not really"), "no Anki export"),
    "another archive": (lambda folder: archive(folder, readme=b"hello"), "holds no Anki collection"),
    "no database": (lambda folder: archive(folder, collection__anki2=b"hello" * 99), "damaged collection"),
    "an empty database": (lambda folder: archive(folder, collection__anki2=b""), "it is cut off"),
    "another database": (
        lambda folder: archive(folder, collection__anki2=database("CREATE TABLE col (crt)")),
        "without cards, notes, revlog",
    ),
    "a view for a table": (
        lambda folder: archive(folder, collection__anki2=database(ENDLESS)),
        "without revlog",
    ),
    "columns of another kind": (
        lambda folder: archive(folder, collection__anki2=database(EMPTY + OUR_NOTE + ODD_CARD)),
        "damaged collection",
    ),
    "no row in the collection's table": (
        lambda folder: archive(folder, collection__anki2=database(EMPTY + OUR_NOTE)),
        "holds none of these cards",
    ),
    "a bomb": (lambda folder: archive(folder, collection__anki2=bytes(3 << 20)), "more than 1 MB"),
    "a compressed bomb": (
        lambda folder: archive(folder, meta=b"\x08\x03", collection__anki21b=_zstd(bytes(3 << 20))),
        "more than 1 MB",
    ),
    "broken compression": (
        lambda folder: archive(folder, meta=b"\x08\x03", collection__anki21b=b"no zstd" * 9),
        "damaged Anki export",
    ),
    "a new file without its collection": (
        lambda folder: archive(folder, meta=b"\x08\x03", collection__anki2=b""),
        "holds no Anki collection",
    ),
    "a newer package": (
        lambda folder: archive(
            folder, meta=b"\x08\x04", collection__anki21c=b"new", collection__anki2=b"old"
        ),
        "was exported by a newer Anki",
    ),
    "a way out": (lambda folder: archive(folder, UPetc=b"", meta=b""), "holds the path '../etc'"),
    "cut off": (
        lambda folder: _cut(archive(folder, collection__anki2=database(EMPTY + OUR_NOTE))),
        "no Anki export",
    ),
    "flipped bits": (
        lambda folder: _flip(archive(folder, collection__anki2=database(EMPTY + OUR_NOTE))),
        "no Anki export",
    ),
}


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "made.apkg"
    path.write_bytes(content)
    return path


def _zstd(content: bytes) -> bytes:
    import zstandard

    target = io.BytesIO()
    with zstandard.ZstdCompressor().stream_writer(target, closefd=False) as stream:
        stream.write(content)
    return target.getvalue()


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-60])
    return path


def _flip(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[60:middle] = bytes(byte ^ 0x55 for byte in content[60:middle])
    path.write_bytes(bytes(content))
    return path


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_one_clear_sentence(tmp_path: Path, name: str) -> None:
    make, sentence = BAD_FILES[name]

    with pytest.raises(ExportError, match=sentence) as raised:
        read_progress(make(tmp_path), WANTED, utc_offset_minutes=0, largest=1 << 20)

    assert "\n" not in str(raised.value)

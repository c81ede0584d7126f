"""Pack an Anki package into bytes with genanki, without files left on disk; equal notes give equal bytes."""

from __future__ import annotations

import io
import itertools
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias

import genanki

from cards.card.card import CardId
from cards.errors import StaleCacheError
from exporters.anki import note_type
from exporters.anki.collection_rows import AnkiCardRow, PackageProgress
from exporters.anki.note import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cards.card.picture import PictureFile

COLLECTION = "collection.anki2"
_MEDIA = "media"
_DOS_EPOCH = (1980, 1, 1, 0, 0, 0)
_COMPRESSION_LEVEL = 5
"""Of 9: 7 % fewer bytes than 4 in hardly more time; the usual 6 takes half as long again for 3 % fewer."""
_HEADER_SIZE = 100
_COPY_BYTES = 1 << 20
_NOTES_AT_ONCE = 500
_NEW = AnkiCardRow(type=0, queue=0)
"""The state of a card that was never studied."""

NO_PROGRESS = PackageProgress()


def pack(
    deck_name: str,
    guide: str,
    notes: Iterable[Note],
    study: PackageProgress = NO_PROGRESS,
    before: bytes | None = None,
    pictures: Sequence[PictureFile] = (),
    subdecks: Mapping[CardId, str] | None = None,
    *,
    has_typing: bool = False,
) -> bytes:
    """Return the package that holds the notes in one deck, and what was learnt with them.

    Notes of `subdecks` are in decks of those names instead. With `has_typing` the answer to a gap is typed.

    The same notes give the same bytes, in whichever order and by whichever way they came in. Notes without
    fields are those of the package `before`, which holds nothing learnt. Raises StaleCacheError if that has
    another deck, or not each of these notes.
    """
    model = _NoteType(has_typing=has_typing)
    with _open_collection(before) as connection:
        if before is None:
            genanki.Package(_decks(deck_name, guide, notes, study, subdecks or {}, model)).write_to_db(
                connection.cursor(), note_type.CHANGED_AT, iter(())
            )
        else:
            changed = _keep_unchanged_notes(connection, deck_name, notes)
            _write_notes(connection.cursor(), _deck_id(guide), changed, study)
            _write_note_type(connection, _deck_id(guide), model)
        if study.card_rows:
            _write_progress(connection, study)
        connection.commit()
        return _package_bytes(connection, pictures)


def _decks(
    deck_name: str,
    guide: str,
    notes: Iterable[Note],
    study: PackageProgress,
    subdecks: Mapping[CardId, str],
    model: _NoteType,
) -> list[_Deck]:
    """Return the deck of the guide, and those of its sections, each with its notes."""
    if not subdecks:
        return [_Deck(deck_name, guide, notes, study, model)]
    by_deck: dict[str, list[Note]] = {deck_name: []}
    for note in notes:
        by_deck.setdefault(subdecks.get(note.guid, deck_name), []).append(note)
    return [
        _Deck(name, guide if name == deck_name else f"{guide} {name}", members, study, model)
        for name, members in by_deck.items()
    ]


def _keep_unchanged_notes(
    connection: sqlite3.Connection, deck_name: str, notes: Iterable[Note]
) -> list[Note]:
    """Return the notes to write; the package keeps the others, in their new places, and nothing else."""
    if PackageReader(connection).deck_names != (deck_name,):
        raise StaleCacheError(f"The last package does not hold the deck {deck_name}.")
    rows = connection.execute("SELECT n.guid, n.id, c.due FROM notes AS n JOIN cards AS c ON c.id = n.id")
    packed_notes = {guid: (note_id, position) for guid, note_id, position in rows}
    moved: list[tuple[int, int]] = []
    changed: list[Note] = []
    for note in notes:
        if note.fields:
            changed.append(note)
            continue
        note_id, position = packed_notes.pop(note.guid, (0, 0))
        if note_id != note.id:
            raise StaleCacheError(f"The last package does not hold the card {note.guid}.")
        if position != note.position:
            moved.append((note.position, note_id))
    gone = [(note_id,) for note_id, _ in packed_notes.values()]
    connection.executemany("DELETE FROM notes WHERE id = ?", gone)
    connection.executemany("DELETE FROM cards WHERE id = ?", gone)
    connection.executemany("UPDATE cards SET due = ? WHERE id = ?", moved)
    return changed


def _write_note_type(connection: sqlite3.Connection, deck_id: int, model: _NoteType) -> None:
    """Give the package this note type, whatever it was when its other notes were written."""
    (written,) = connection.execute("SELECT models FROM col").fetchone()
    models = json.loads(written) | {str(note_type.ID): model.to_json(model.changed_at, deck_id)}
    connection.execute("UPDATE col SET models = ?", (json.dumps(models),))


def _write_notes(cursor: sqlite3.Cursor, deck_id: int, notes: Iterable[Note], study: PackageProgress) -> None:
    """Write the notes and their cards, each under the note's own id and time of change.

    In bulk, since genanki's own objects cost a tenth of a package's time. Its check for broken HTML is left
    out: the renderer escapes everything, and the check's expression is quadratic.
    """
    coming = iter(notes)
    while some := list(itertools.islice(coming, _NOTES_AT_ONCE)):
        cursor.executemany(_INSERT_NOTE, map(_note_row, some))
        states = (study.card_rows.get(note.guid, _NEW) for note in some)
        rows = (_card_row(note, deck_id, state) for note, state in zip(some, states, strict=True))
        cursor.executemany(_INSERT_CARD, rows)


def _note_row(note: Note) -> tuple[object, ...]:
    tags, fields = f" {' '.join(note.tags)} ", "\x1f".join(note.fields)
    return (
        note.id,
        note.guid,
        note_type.ID,
        note.changed_at,
        tags,
        fields,
        note.fields[note_type.SORT_FIELD],
    )


def _card_row(note: Note, deck_id: int, state: AnkiCardRow) -> tuple[object, ...]:
    """Return a note's only card with its schedule; a new one keeps its place."""
    return (
        note.id,
        note.id,
        deck_id,
        note.changed_at,
        state.type,
        state.queue,
        state.due if state.type else note.position,
        state.interval_days,
        state.ease_permille,
        state.answers,
        state.lapses,
        state.flag,
        state.memory,
    )


_INSERT_NOTE = (
    "INSERT INTO notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)"
    " VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
)
_INSERT_CARD = (
    "INSERT INTO cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses,"
    " left, odue, odid, flags, data) VALUES (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)"
)


def _deck_id(guide: str) -> int:
    # Decks are matched by name, so this number only has to be a valid one.
    return (1 << 30) + int.from_bytes(sha256(guide.encode()).digest()[:3], "big")


class PackageReader:
    """Reads a package's decks and notes on demand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        _, _, self._file = connection.execute("PRAGMA database_list").fetchone()

    @property
    def deck_names(self) -> tuple[str, ...]:
        """The names of all decks but the default one, which every collection has."""
        return tuple(name for key, name in self._name_by_id().items() if key != "1")

    def deck_of_notes(self) -> dict[CardId, str]:
        """Return the name of the deck that each note's card is in, by guid."""
        names = self._name_by_id()
        rows = self._connection.execute(
            "SELECT n.guid, c.did FROM notes AS n JOIN cards AS c ON c.nid = n.id"
        )
        return {guid: names[str(deck)] for guid, deck in rows}

    def _name_by_id(self) -> dict[str, str]:
        """Return the names of all decks by their ids."""
        (decks,) = self._connection.execute("SELECT decks FROM col").fetchone()
        return {key: deck["name"] for key, deck in json.loads(decks).items()}

    def note_headers(self) -> dict[CardId, NoteHeader]:
        """Return id, time of change and position of each note, by guid."""
        rows: Iterable[NoteHeader] = self._connection.execute(
            "SELECT n.guid, n.id, n.mod, CASE c.type WHEN 0 THEN c.due ELSE 0 END"
            " FROM notes AS n JOIN cards AS c ON c.nid = n.id"
        )
        return {row[0]: row for row in rows}

    def notes(self, ids: Sequence[int]) -> dict[CardId, Note]:
        """Return the notes with these ids, by guid; a copy of the process may ask for them too."""
        # So not by the connection that it has from this process.
        with closing(sqlite3.connect(self._file)) as connection:
            rows = connection.execute(
                "SELECT n.id, n.guid, n.mod, CASE c.type WHEN 0 THEN c.due ELSE 0 END, n.flds, n.tags"
                " FROM notes AS n JOIN cards AS c ON c.nid = n.id"
                " WHERE n.id IN (SELECT value FROM json_each(?))",
                [json.dumps(ids)],
            )
            return {
                guid: Note(note_id, guid, mod, position, tuple(fields.split("\x1f")), tuple(tags.split()))
                for note_id, guid, mod, position, fields, tags in rows
            }


NoteHeader: TypeAlias = tuple[CardId, int, int, int]
"""A note without its text: guid, id, time of change, and position (0 where its card has a schedule)."""


def packed_pictures(package: bytes) -> frozenset[str]:
    """Return the names of the pictures in a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = json.loads(archive.read(_MEDIA))
        return frozenset(name for number, name in names.items() if number in archive.namelist())


@contextmanager
def open_package(package: bytes) -> Iterator[PackageReader]:
    """Yield a reader of the package's notes."""
    with _open_collection(package) as connection:
        yield PackageReader(connection)


@contextmanager
def _open_collection(package: bytes | None = None) -> Iterator[sqlite3.Connection]:
    """Yield a package's collection, or an empty database, as a temporary file."""
    with TemporaryDirectory(prefix="proofdeck-") as folder:
        path = Path(folder) / COLLECTION
        if package is not None:
            with (
                zipfile.ZipFile(io.BytesIO(package)) as archive,
                archive.open(COLLECTION) as packed,
                path.open("wb") as file,
            ):
                shutil.copyfileobj(packed, file, _COPY_BYTES)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            yield connection


def _package_bytes(connection: sqlite3.Connection, pictures: Sequence[PictureFile] = ()) -> bytes:
    """Return the package of a collection; its bytes depend on nothing but the collection."""
    target = io.BytesIO()
    with TemporaryDirectory(prefix="proofdeck-") as folder:
        path = Path(folder) / COLLECTION
        connection.execute("VACUUM INTO ?", [str(path)])
        with zipfile.ZipFile(target, "w") as archive:
            with path.open("rb") as file, archive.open(_zip_entry(COLLECTION), "w") as packed:
                header = bytearray(file.read(_HEADER_SIZE))
                header[24:28] = header[40:44] = header[92:96] = b"\0\0\0\1"  # these count changes
                packed.write(header)
                shutil.copyfileobj(file, packed, _COPY_BYTES)
            in_order = sorted(pictures, key=lambda picture: picture.name)
            names = {str(number): picture.name for number, picture in enumerate(in_order)}
            archive.writestr(_zip_entry(_MEDIA), json.dumps(names, separators=(",", ":")).encode())
            for number, picture in enumerate(in_order):
                archive.writestr(_zip_entry(str(number)), picture.content)
    return target.getvalue()


def _zip_entry(name: str) -> zipfile.ZipInfo:
    # Date, system and mode are fixed: otherwise each build of the same deck differs.
    entry = zipfile.ZipInfo(name, _DOS_EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = _COMPRESSION_LEVEL  # type: ignore[attr-defined]  # noqa: SLF001 - open() has no other way
    return entry


def _write_progress(connection: sqlite3.Connection, study: PackageProgress) -> None:
    ids = dict(connection.execute("SELECT guid, id FROM notes"))
    settings = json.loads(connection.execute("SELECT conf FROM col").fetchone()[0])
    connection.execute(
        "UPDATE col SET crt = ?, conf = ?", (study.created_at, json.dumps({**settings, **study.settings}))
    )
    connection.executemany(
        "INSERT INTO revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)"
        " VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)",
        ((row.moment_ms, ids[row.card], *row[2:]) for row in study.log),
    )


class _Deck(genanki.Deck):  # type: ignore[misc]  # genanki has no types
    """A deck whose notes are written as they come."""

    def __init__(
        self, name: str, guide: str, notes: Iterable[Note], study: PackageProgress, model: _NoteType
    ) -> None:
        super().__init__(_deck_id(guide), name)
        self.add_model(model)
        self._sources = notes
        self._study = study

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Write the deck, its note type, and all notes."""
        super().write_to_db(cursor, timestamp, id_gen)
        _write_notes(cursor, self.deck_id, self._sources, self._study)


class _NoteType(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """The note type with ids on everything and its own time of change."""

    def __init__(self, *, has_typing: bool) -> None:
        self.changed_at = note_type.TYPING_CHANGED_AT if has_typing else note_type.CHANGED_AT
        theme = note_type.theme()
        front, back = theme.templates(has_typing=has_typing)
        fields = [
            {
                "name": field.name,
                "id": field.id,
                "collapsed": field.folded,
                "excludeFromSearch": field.folded,
                "preventDeletion": True,
            }
            for field in note_type.FIELDS
        ]
        template = {
            "name": note_type.TEMPLATE_NAME,
            "id": note_type.TEMPLATE_ID,
            "qfmt": front,
            "afmt": back,
        }
        super().__init__(
            note_type.ID,
            note_type.NAME,
            fields=fields,
            templates=[template],
            css=theme.style,
            sort_field_index=note_type.SORT_FIELD,
        )

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        """Return the note type with its own time of change instead of the package's."""
        del timestamp
        record: dict[str, Any] = super().to_json(self.changed_at, deck_id)
        return record

    _req: tuple[()] = ()
    """Anki finds out by itself which fields a front needs."""

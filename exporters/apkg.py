"""An Anki package as bytes, through genanki: nothing is left on disk and equal notes give equal bytes."""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import genanki

from exporters import note_type
from exporters.note import Note
from exporters.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.card import CardId
    from exporters.study import CardState

COLLECTION = "collection.anki2"
_MEDIA = "media"
_DOS_EPOCH = (1980, 1, 1, 0, 0, 0)


NOTHING_LEARNT = Study()


def pack(deck_name: str, slug: str, notes: tuple[Note, ...], study: Study = NOTHING_LEARNT) -> bytes:
    """Return the package that holds the notes in one deck, and what was learnt with them."""
    return _zip({COLLECTION: _collection(deck_name, slug, notes, study), _MEDIA: b"{}"})


@dataclass(frozen=True, slots=True)
class Packed:
    """What a package holds."""

    deck_names: tuple[str, ...]
    notes: dict[str, Note]
    """By guid. A note whose card has a schedule has no position: it reads 0."""


def unpack(package: bytes) -> Packed:
    """Return what `pack` was given, read from the package itself."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        collection = archive.read(COLLECTION)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(collection)
        rows = connection.execute(
            "SELECT n.id, n.guid, n.mod, CASE c.type WHEN 0 THEN c.due ELSE 0 END, n.flds, n.tags"
            " FROM notes AS n JOIN cards AS c ON c.nid = n.id"
        )
        notes = {
            guid: Note(note_id, guid, mod, position, tuple(fields.split("\x1f")), tuple(tags.split()))
            for note_id, guid, mod, position, fields, tags in rows
        }
        decks = json.loads(connection.execute("SELECT decks FROM col").fetchone()[0])
    return Packed(tuple(deck["name"] for key, deck in decks.items() if key != "1"), notes)


def _collection(deck_name: str, slug: str, notes: tuple[Note, ...], study: Study) -> bytes:
    # Decks are matched by name, so this number only has to be a valid one.
    deck_id = (1 << 30) + int.from_bytes(sha256(slug.encode()).digest()[:3], "big")
    deck = genanki.Deck(deck_id, deck_name)
    model = _Model()
    for note in notes:
        deck.add_note(_Note(note, model, study.states.get(note.guid)))
    with closing(sqlite3.connect(":memory:")) as connection:
        genanki.Package(deck).write_to_db(connection.cursor(), note_type.CHANGED_AT, iter(()))
        if study.states:
            _write_study(connection, study, {note.guid: note.id for note in notes})
        connection.commit()
        return connection.serialize()


def _write_study(connection: sqlite3.Connection, study: Study, ids: dict[CardId, int]) -> None:
    settings = json.loads(connection.execute("SELECT conf FROM col").fetchone()[0])
    connection.execute(
        "UPDATE col SET crt = ?, conf = ?", (study.created_at, json.dumps({**settings, **study.settings}))
    )
    connection.executemany(
        "INSERT INTO revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)"
        " VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)",
        ((row.moment_ms, ids[row.card], *row[2:]) for row in study.log),
    )


def _zip(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            # Date, system and mode are fixed: otherwise each build of the same deck differs.
            entry = zipfile.ZipInfo(name, _DOS_EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


class _Model(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """The note type with ids on everything and its own time of change."""

    def __init__(self) -> None:
        theme = note_type.theme()
        fields = [
            {"name": field.name, "id": field.id, "collapsed": field.folded, "preventDeletion": True}
            for field in note_type.FIELDS
        ]
        template = {
            "name": note_type.TEMPLATE_NAME,
            "id": note_type.TEMPLATE_ID,
            "qfmt": theme.front,
            "afmt": theme.back,
        }
        super().__init__(
            note_type.ID,
            note_type.NAME,
            fields=fields,
            templates=[template],
            css=theme.style,
            sort_field_index=note_type.SORT_FIELD,
        )

    _req: tuple[()] = ()
    """Anki finds out by itself which fields a front needs."""


class _Note(genanki.Note):  # type: ignore[misc]  # genanki has no types
    """A note that keeps its own id and time of change, and always has its one card."""

    def __init__(self, note: Note, model: _Model, state: CardState | None) -> None:
        super().__init__(model, list(note.fields), tags=note.tags, guid=note.guid, due=note.position)
        self._source = note
        self._state = state

    @property
    def cards(self) -> list[Any]:
        """One card; a note here never has more."""
        return [genanki.Card(0) if self._state is None else _Card(self._state)]

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Nothing: the renderer escapes everything, and genanki's expression is quadratic."""

    def write_to_db(
        self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: Iterator[int]
    ) -> None:
        """Write the note and its card under the note's own id and time instead of the package's."""
        del timestamp, id_gen
        super().write_to_db(cursor, self._source.changed_at, deck_id, itertools.repeat(self._source.id))


class _Card(genanki.Card):  # type: ignore[misc]  # genanki has no types
    """A card that was studied before; genanki itself knows only new ones."""

    def __init__(self, state: CardState) -> None:
        super().__init__(0)
        self._state = state

    def write_to_db(
        self,
        cursor: sqlite3.Cursor,
        timestamp: float,
        deck_id: int,
        note_id: int,
        id_gen: Iterator[int],
        due: int = 0,
    ) -> None:
        """Write the card with its schedule; a new one keeps its place, `due`."""
        state = self._state
        cursor.execute(
            "INSERT INTO cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses,"
            " left, odue, odid, flags, data) VALUES (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)",
            (
                next(id_gen),
                note_id,
                deck_id,
                int(timestamp),
                state.type,
                state.queue,
                state.due if state.type else due,
                state.interval_days,
                state.ease_permille,
                state.answers,
                state.lapses,
                state.flag,
                state.memory,
            ),
        )

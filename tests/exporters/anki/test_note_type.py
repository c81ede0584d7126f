"""The note type is frozen: these values are in people's collections."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.exercise.gap import Gap, GapKind
from exporters.anki import note_type
from exporters.anki.anki_export import export_package
from exporters.anki.apkg import COLLECTION
from tests.builders.card import NOW
from tests.builders.card_shapes import every_shape
from tests.builders.deck import deck

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.anki_collection import Anki


def earlier_release(package: Path) -> Path:
    """Return the package as the first release wrote it, with a spare field that has a use since."""
    unused = {"font": "Arial", "size": 20, "sticky": False, "rtl": False, "media": []}
    fields = [
        unused | {"name": field.name.replace("Typed answer", "Spare 1"), "id": field.id, "ord": place}
        for place, field in enumerate(note_type.FIELDS)
    ]
    return other_release(package, "earlier.apkg", flds=fields, mod=note_type.CHANGED_AT - 1)


def next_release(package: Path, *, style: str, changed_at: int) -> Path:
    """Return the package as a later release would write it, with another style."""
    return other_release(package, "later.apkg", css=style, mod=changed_at)


def other_release(package: Path, name: str, **changed: object) -> Path:
    """Return the package with a note type that has these properties."""
    with zipfile.ZipFile(package) as archive, closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(archive.read(COLLECTION))
        models = json.loads(connection.execute("SELECT models FROM col").fetchone()[0])
        models[str(note_type.ID)] |= changed
        connection.execute("UPDATE col SET models = ?", (json.dumps(models),))
        connection.commit()
        content = connection.serialize()
    other = package.with_name(name)
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr(COLLECTION, content)
        archive.writestr("media", "{}")
    return other


def test_style_and_templates_change_together_with_their_time() -> None:
    # If this fails, set THEME_DIGEST to the new digest and CHANGED_AT to today; else nobody gets the change.
    assert note_type.theme().digest == note_type.THEME_DIGEST


def test_fields_and_ids_are_those_of_the_first_release() -> None:
    assert (note_type.ID, note_type.NAME, note_type.TEMPLATE_ID) == (
        1_594_833_077,
        "Proofdeck",
        5_301_774_301,
    )
    assert [(field.name, field.id) for field in note_type.FIELDS] == [
        ("Key", 5_301_774_201),
        ("Front", 5_301_774_202),
        ("Back", 5_301_774_203),
        ("Context", 5_301_774_204),
        ("Breadcrumb", 5_301_774_205),
        ("Proof", 5_301_774_206),
        ("Typed answer", 5_301_774_207),
        ("Spare 2", 5_301_774_208),
        ("Spare 3", 5_301_774_209),
        ("Spare 4", 5_301_774_210),
    ]


def test_anki_keeps_the_ids_and_folds_what_nobody_edits(anki: Anki, tmp_path: Path) -> None:
    export_package(deck(*every_shape()), tmp_path / "deck.apkg", now=NOW)
    anki.take(tmp_path / "deck.apkg")

    kept = anki.col.models.by_name(note_type.NAME)

    assert kept is not None
    assert (kept["id"], kept["mod"], kept["css"]) == (
        note_type.ID,
        note_type.CHANGED_AT,
        note_type.theme().style,
    )
    assert [(field["name"], field["id"], field["collapsed"]) for field in kept["flds"]] == [
        (field.name, field.id, field.folded) for field in note_type.FIELDS
    ]
    assert kept["tmpls"][0]["id"] == note_type.TEMPLATE_ID


def test_answers_are_typed_in_anki_once_a_package_says_so(anki: Anki, tmp_path: Path) -> None:
    asked = replace(every_shape()[4], gap=Gap(GapKind.CALL, 1, 0, 4, "tf.cast(a, b)"))
    plain, typed = tmp_path / "plain.apkg", tmp_path / "typed.apkg"
    export_package(deck(asked), plain, now=NOW)
    export_package(deck(asked), typed, now=NOW, has_typing=True)

    anki.take(plain)
    schema = anki.rows("SELECT scm FROM col")
    assert anki.note(asked)["Typed answer"] == "tf.cast(a, b)"
    assert "type:" not in anki.shown(asked)[0]

    # A package without it leaves the templates as they are.
    for package in (typed, plain):
        assert anki.take(package) == {"already present": 1}
        question, answer = anki.shown(asked)
        assert '<div class="typing">[[type:Typed answer]]</div>' in question
        assert '<div class="typing">[[type:Typed answer]]</div>' in answer
    assert anki.rows("SELECT scm FROM col") == schema
    assert [each.name for each in anki.col.models.all_names_and_ids() if "Proofdeck" in each.name] == [
        "Proofdeck"
    ]


def test_nothing_is_typed_on_a_card_without_a_gap(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    export_package(deck(*cards), tmp_path / "deck.apkg", now=NOW, has_typing=True)
    anki.take(tmp_path / "deck.apkg")

    assert not [card.id for card in cards if "type:" in anki.shown(card)[0]]
    assert not anki.col.get_empty_cards().notes


def test_a_collection_of_the_first_release_gets_the_new_name_of_a_field(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    export_package(deck(*cards), tmp_path / "deck.apkg", now=NOW)
    anki.take(earlier_release(tmp_path / "deck.apkg"))
    anki.study("TensorFlow interview", (3, 3, 1))
    progress = anki.rows("SELECT id, due, ivl, factor, reps FROM cards")
    schema = anki.rows("SELECT scm FROM col")
    assert "Spare 1" in anki.note(cards[0])

    anki.take(tmp_path / "deck.apkg")
    anki.col.models._clear_cache()  # noqa: SLF001 - as a program that is started again has it

    kept = anki.col.models.by_name(note_type.NAME)
    assert kept is not None
    assert [field["name"] for field in kept["flds"]] == [field.name for field in note_type.FIELDS]
    assert [field["excludeFromSearch"] for field in kept["flds"]] == [f.folded for f in note_type.FIELDS]
    assert anki.rows("SELECT id, due, ivl, factor, reps FROM cards") == progress
    assert anki.rows("SELECT scm FROM col") == schema
    assert anki.col.find_notes(f"Key:{cards[0].id}") == [anki.note(cards[0]).id]
    assert not anki.col.find_notes(cards[0].id)


def test_a_later_style_reaches_the_collection_without_touching_a_note(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    export_package(deck(*cards), tmp_path / "deck.apkg", now=NOW)
    anki.take(tmp_path / "deck.apkg")
    notes = anki.rows("SELECT id, mod, flds FROM notes")
    later = next_release(
        tmp_path / "deck.apkg", style=".card { color: teal }", changed_at=note_type.CHANGED_AT + 1
    )

    assert anki.take(later) == {"already present": len(cards)}

    kept = anki.col.models.by_name(note_type.NAME)
    assert kept is not None
    assert kept["css"] == ".card { color: teal }"
    assert anki.rows("SELECT id, mod, flds FROM notes") == notes
    assert [
        each.name for each in anki.col.models.all_names_and_ids() if each.name.startswith("Proofdeck")
    ] == ["Proofdeck"]

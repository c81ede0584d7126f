"""What the real Anki does with decks of two guides, and with a note that moves from one to the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card.deck import GuideId
from exporters.anki.anki_export import export_package
from tests.builders.card import NOW, card
from tests.builders.deck import deck

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.deck import ProvedDeck
    from tests.builders.anki_collection import Anki

LATER = NOW + 7 * 86_400
ONE, TWO, MOVED = (card(name, f"What is {name}?", "This.") for name in ("one", "two", "moved"))


def write(path: Path, written: ProvedDeck) -> Path:
    export_package(written, path, now=LATER)
    return path


def decks_of(anki: Anki) -> dict[str, str]:
    """Return the deck of each note, by the note's guid."""
    rows = anki.rows("SELECT n.guid, c.did FROM notes AS n JOIN cards AS c ON c.nid = n.id")
    return {guid: anki.col.decks.name(deck_id) for guid, deck_id in rows}


def test_two_guides_of_one_title_are_two_decks_of_anki(anki: Anki, tmp_path: Path) -> None:
    one = deck(ONE, title="README")
    two = replace(deck(TWO, title="README"), made_id=GuideId("another"), name="README (ml)")
    anki.take(write(tmp_path / "one.apkg", one))
    anki.take(write(tmp_path / "two.apkg", two))
    assert decks_of(anki) == {ONE.id: "README", TWO.id: "README (ml)"}


def test_a_guide_that_gets_an_identity_stays_the_deck_that_it_was(anki: Anki, tmp_path: Path) -> None:
    before = deck(ONE, TWO)
    anki.take(write(tmp_path / "before.apkg", before))
    edited = replace(TWO, back=ONE.front, changed_at=LATER)
    after = replace(deck(ONE, edited, MOVED), made_id=GuideId("made"))
    assert anki.take(write(tmp_path / "after.apkg", after)) == {"new": 1, "updated": 1, "already present": 1}
    assert set(decks_of(anki).values()) == {before.title}


def test_a_note_that_moves_to_another_guide_keeps_its_schedule_and_its_deck(
    anki: Anki, tmp_path: Path
) -> None:
    """No import moves a card; its new tags say where it belongs."""
    anki.take(write(tmp_path / "one.apkg", deck(MOVED, title="One")))
    anki.study("One", (3,))
    before = anki.rows("SELECT nid, type, ivl, factor, reps FROM cards")
    arrived = replace(MOVED, changed_at=LATER, tags=("two",))
    two = replace(deck(TWO, arrived, title="Two"), made_id=GuideId("two"))
    assert anki.take(write(tmp_path / "two.apkg", two)) == {"new": 1, "updated": 1}
    assert before[0] in anki.rows("SELECT nid, type, ivl, factor, reps FROM cards")
    assert decks_of(anki) == {MOVED.id: "One", TWO.id: "Two"}
    assert anki.note(arrived).tags == ["two"]

"""Sections as subdecks: an option, for the real Anki then asks one section after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.card.kind import CardKind
from exporters.anki.anki_export import export_package
from exporters.anki.subdeck import section_titles
from tests.builders.card import NOW, card
from tests.builders.deck import deck

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.card import Card
    from tests.builders.anki_collection import Anki

DECK = "TensorFlow interview"


def in_section(
    name: str, section: str, question: str, kind: CardKind = CardKind.FACT, **rest: object
) -> Card:
    fields = {
        "kind": kind,
        "slug": question,
        "breadcrumb": (section, question),
        "tags": (f"section::{section.lower().replace(' ', '-')}",),
        **rest,
    }
    return card(name, f"What is {name}?", "This.", **fields)


CARDS = (
    in_section("one", "Easy things", "first"),
    in_section("two", "Easy things", "first", CardKind.NAME),
    in_section("three", "Hard things", "second"),
    in_section("four", "Hard things", "second", CardKind.NAME),
    card("five", "What is five?", "This.", slug="third", kind=CardKind.FACT, breadcrumb=("third",), tags=()),
)


def written(folder: Path, *, has_subdecks: bool) -> Path:
    path = folder / "deck.apkg"
    export_package(deck(*CARDS), path, now=NOW, has_subdecks=has_subdecks)
    return path


def asked(anki: Anki) -> list[str]:
    """Return the fronts in the order in which Anki asks its new cards, each answered at once."""
    anki.col.decks.select(anki.deck(DECK))
    names = {each.id: name for each, name in zip(CARDS, ("one", "two", "three", "four", "five"), strict=True)}
    found = []
    while (waiting := anki.col.sched.getCard()) is not None:
        found.append(names[waiting.note().guid])  # type: ignore[index]
        waiting.start_timer()
        anki.col.sched.answerCard(waiting, 4)
    return found


def test_without_subdecks_anki_asks_what_matters_first(anki: Anki, tmp_path: Path) -> None:
    assert anki.take(written(tmp_path, has_subdecks=False)) == {"new": 5}
    assert asked(anki) == ["one", "three", "five", "two", "four"]


def test_each_section_is_a_deck_below_the_guides_and_anki_asks_one_after_the_other(
    anki: Anki, tmp_path: Path
) -> None:
    assert anki.take(written(tmp_path, has_subdecks=True)) == {"new": 5}
    decks = {each: anki.col.decks.name(anki.card(each).did) for each in CARDS}
    assert list(decks.values()) == [
        *[f"{DECK}::Easy things"] * 2, *[f"{DECK}::Hard things"] * 2, DECK
    ]  # fmt: skip
    # With Anki's own setting, "new card gather order: deck".
    assert asked(anki) == ["five", "one", "two", "three", "four"]


def test_ascending_position_brings_the_order_back(anki: Anki, tmp_path: Path) -> None:
    anki.take(written(tmp_path, has_subdecks=True))
    options = anki.col.decks.config_dict_for_deck_id(anki.deck(DECK))
    options["newGatherPriority"] = 1
    anki.col.decks.update_config(options)
    assert asked(anki) == ["one", "three", "five", "two", "four"]


def test_an_import_moves_no_card_that_is_there(anki: Anki, tmp_path: Path) -> None:
    anki.take(written(tmp_path, has_subdecks=False))
    assert anki.take(written(tmp_path, has_subdecks=True)) == {"already present": 5}
    assert {anki.col.decks.name(anki.card(each).did) for each in CARDS} == {DECK}


def test_the_same_cards_give_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path, has_subdecks=True).read_bytes()
    (tmp_path / "deck.apkg").unlink()
    assert written(tmp_path, has_subdecks=True).read_bytes() == first


def test_a_card_that_hides_its_section_takes_the_title_from_the_others() -> None:
    hidden = in_section("six", "Easy things", "fourth", breadcrumb=("fourth",))
    alone = in_section("seven", "Odd things", "fifth", breadcrumb=("fifth",))
    assert section_titles(deck(CARDS[0], hidden, alone, CARDS[4])) == {
        CARDS[0].id: "Easy things",
        hidden.id: "Easy things",
        alone.id: "odd things",
    }

"""Decks that are not written: one clear sentence, and the old file stays."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from cards.card.card import CardId
from cards.errors import ExportError
from cards.guide.block import Prose
from cards.span import Span
from exporters.anki.anki_export import export_package
from exporters.anki.apkg import pack
from exporters.anki.audit import audit
from exporters.anki.note import RENDERED_SINCE, note_ids, notes_of
from tests.builders.card import NOW, STAMP, card
from tests.builders.card_shapes import every_shape
from tests.builders.deck import deck
from tests.builders.side import inline, side

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.card import Card

GOOD = card("good", "What?", "That.")


@pytest.mark.parametrize(
    ("cards", "sentence"),
    [
        pytest.param((), "no card to export", id="no cards"),
        pytest.param((GOOD, replace(GOOD, front=side("Which?"))), "belongs to 2 cards", id="double id"),
        pytest.param((replace(GOOD, changed_at=NOW + 7200),), "2.0 hours in the future", id="future change"),
        pytest.param((replace(GOOD, front=()),), "blank front", id="no front"),
        pytest.param((replace(GOOD, front=side(" \n")),), "blank front", id="space on the front"),
        pytest.param(
            (replace(GOOD, front=side("\u200b\x07")),), "blank front", id="nothing visible on the front"
        ),
        pytest.param((replace(GOOD, tags=("two words",)),), "'two words'", id="tag with a space"),
        pytest.param((replace(GOOD, tags=("a\u3000b",)),), "malformed tag", id="tag with a wide space"),
        pytest.param((replace(GOOD, tags=("",)),), "malformed tag ''", id="empty tag"),
        pytest.param((replace(GOOD, tags=("a::",)),), "malformed tag 'a::'", id="empty last level"),
        pytest.param((replace(GOOD, tags=("::a",)),), "malformed tag '::a'", id="empty first level"),
        pytest.param((replace(GOOD, tags=("a::::b",)),), "malformed tag", id="empty level"),
        pytest.param((replace(GOOD, tags=("Upper",)),), "malformed tag 'Upper'", id="upper case"),
        pytest.param((replace(GOOD, tags=("e\u0301",)),), "malformed tag", id="decomposed"),
        pytest.param((replace(GOOD, tags=("a\tb",)),), "malformed tag", id="tab"),
    ],
)
def test_a_deck_anki_would_not_take_as_meant_is_refused(
    tmp_path: Path, cards: tuple[Card, ...], sentence: str
) -> None:
    old = tmp_path / "deck.apkg"
    old.write_bytes(b"old")

    with pytest.raises(ExportError, match=sentence):
        export_package(deck(*cards), old, now=NOW)

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("deck.apkg", b"old")]


def test_a_refusal_says_where_the_card_comes_from(tmp_path: Path) -> None:
    blank = replace(GOOD, front=(), span=Span("guide.md", 12, 14))

    with pytest.raises(ExportError, match=r"^guide\.md:12: the card"):
        export_package(deck(blank), tmp_path / "deck.apkg", now=NOW)


def test_a_change_a_moment_ahead_of_the_clock_is_let_through(tmp_path: Path) -> None:
    assert (
        export_package(deck(replace(GOOD, changed_at=NOW + 200)), tmp_path / "deck.apkg", now=NOW).notes == 1
    )


@pytest.mark.parametrize(
    ("reached", "difference"),
    [
        pytest.param(replace(GOOD, front=side("Whatever?")), "another front", id="front"),
        pytest.param(replace(GOOD, back=side("<b>That.")), "another back", id="back"),
        pytest.param(replace(GOOD, context=side("More.")), "another context", id="context"),
        pytest.param(replace(GOOD, breadcrumb=("Easy",)), "another breadcrumb", id="breadcrumb"),
        pytest.param(replace(GOOD, stamp=STAMP), "another proof", id="proof"),
        pytest.param(replace(GOOD, failing="did not run"), "another back", id="a mark too many"),
        pytest.param(replace(GOOD, tags=("easy",)), "another time, tag or place", id="tag"),
        pytest.param(replace(GOOD, changed_at=RENDERED_SINCE + 1), "another time, tag or place", id="time"),
    ],
)
def test_a_package_that_does_not_say_what_the_cards_say_is_never_kept(reached: Card, difference: str) -> None:
    package = pack("TensorFlow interview", "tensorflow-interview", notes_of(deck(reached)))

    with pytest.raises(ExportError, match=f"{difference} than the guide's"):
        audit(deck(GOOD), "TensorFlow interview", package)


@pytest.mark.parametrize(
    "reached", [(), every_shape()[1:], (*every_shape()[1:], replace(GOOD, id=CardId("other")))], ids=len
)
def test_a_package_with_other_cards_is_never_kept(reached: tuple[Card, ...]) -> None:
    package = pack("TensorFlow interview", "tensorflow-interview", notes_of(deck(*reached)))

    with pytest.raises(ExportError, match="does not hold the deck"):
        audit(deck(*every_shape()), "TensorFlow interview", package)


@pytest.mark.parametrize("place", ["missing/deck.apkg", "file/deck.apkg", "folder"])
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()

    with pytest.raises(ExportError, match=r"cannot be written: .+\.$"):
        export_package(deck(GOOD), tmp_path / place, now=NOW)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_link_keeps_pointing_to_the_deck(tmp_path: Path) -> None:
    (tmp_path / "real.apkg").write_bytes(b"old")
    (tmp_path / "link.apkg").symlink_to(tmp_path / "real.apkg")

    export_package(deck(GOOD), tmp_path / "link.apkg", now=NOW)

    assert (tmp_path / "link.apkg").is_symlink()
    assert (tmp_path / "real.apkg").read_bytes() != b"old"


def test_a_deck_that_others_may_not_read_stays_one(tmp_path: Path) -> None:
    package = tmp_path / "deck.apkg"
    package.write_bytes(b"old")
    package.chmod(0o600)

    export_package(deck(GOOD), package, now=NOW)

    assert package.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_long_text_full_of_angle_brackets_is_no_slower(tmp_path: Path) -> None:
    # genanki's own check of tags takes hours for this.
    wide = card("wide", (Prose(inline("<" * 1_000_000)),), "That.")

    assert export_package(deck(wide), tmp_path / "deck.apkg", now=NOW).notes == 1


def test_note_ids_are_past_moments_distinct_and_of_card_and_question_alone() -> None:
    many = {CardId(f"card{number}"): f"question-{number // 12}" for number in range(20_000)}
    ids = note_ids(many)
    some = {each.id: each.slug for each in every_shape()}
    third = list(some)[3]

    assert len(set(ids.values())) == len(many)
    assert min(ids.values()) > 10**12
    assert max(ids.values()) < NOW * 1000
    assert note_ids(some) == note_ids(dict(reversed(some.items())))
    assert note_ids(some)[third] == note_ids({third: some[third]})[third]


def test_the_notes_of_a_question_are_neighbours() -> None:
    cards = {CardId(f"card{number}"): f"question-{number % 50}" for number in range(600)}
    in_order = sorted(cards, key=note_ids(cards).__getitem__)

    changes = sum(cards[one] != cards[other] for one, other in pairwise(in_order))
    assert changes == 49

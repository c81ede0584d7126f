"""Pictures reach the real Anki, and stay there when the deck is imported again."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.card.picture import PictureFile
from cards.guide.block import Picture
from cards.guide.text import Style, StyledText
from exporters.anki.anki_export import export_package
from exporters.anki.apkg import packed_pictures
from exporters.page.deck_file import deck_text
from exporters.page.deck_format import DeckFormat
from tests.builders.card import NOW, card
from tests.builders.deck import deck
from tests.builders.side import side

if TYPE_CHECKING:
    from cards.card.deck import ProvedDeck
    from tests.builders.anki_collection import Anki

FILE = PictureFile("proofdeck-0123456789abcdef0123.png", b"\x89PNG one")
FORMULA = StyledText(r"$a^{b^{c_{d}}}$", Style.FORMULA)


def deck_with_picture() -> ProvedDeck:
    front = side("What is ", FORMULA, "?")
    back = (*side("A net"), Picture("n.png", 'A "net" [x] {{c1::y}}', FILE.name))
    return replace(deck(card("net", front, back)), pictures=(FILE,))


def test_a_package_holds_its_pictures_and_equal_decks_are_equal_bytes(tmp_path: Path) -> None:
    export_package(deck_with_picture(), tmp_path / "a.apkg", now=NOW)
    export_package(deck_with_picture(), tmp_path / "b.apkg", now=NOW)

    assert packed_pictures((tmp_path / "a.apkg").read_bytes()) == {FILE.name}
    assert (tmp_path / "a.apkg").read_bytes() == (tmp_path / "b.apkg").read_bytes()


def test_a_page_holds_its_pictures_itself() -> None:
    page = deck_text(deck_with_picture(), DeckFormat.HTML)

    assert f'<img src="data:image/png;base64,{b64encode(FILE.content).decode()}"' in page
    assert FILE.name not in page


@pytest.mark.slow
def test_anki_shows_picture_and_formula_also_after_a_second_import(anki: Anki, tmp_path: Path) -> None:
    whole = deck_with_picture()
    export_package(whole, tmp_path / "a.apkg", now=NOW)
    anki.take(tmp_path / "a.apkg")
    anki.take(tmp_path / "a.apkg")

    note = anki.note(whole.whole_cards[0])
    assert note["Front"] == r"<p>What is \(a^{b^{c_{d} } }\)?</p>"
    assert f'<img src="{FILE.name}"' in note["Back"]
    assert (Path(anki.col.media.dir()) / FILE.name).read_bytes() == FILE.content

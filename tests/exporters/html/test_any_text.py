"""Whatever a guide says, its cards reach the package with exactly these words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from exporters.anki.apkg import open_package, pack
from exporters.anki.audit import audit
from exporters.anki.note import note_ids, notes_of
from exporters.html.code_html import highlight
from exporters.html.safe_text import clean, disarm_anki_syntax, escape, is_clean
from exporters.page.deck_file import deck_text
from exporters.page.deck_format import DeckFormat
from tests.builders.card import card
from tests.builders.deck import deck
from tests.builders.page_reader import PageReader
from tests.builders.side import sides

if TYPE_CHECKING:
    from cards.card.sides import Side

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=30)
LETTERS = "[]{}()\\<>&;:#$/!- \n\r\t\0\x1f\x7f\u0338\u0301\u200b\ufdd0\ufffe\uffffeapsoundtexc1"
NASTY = st.text(st.sampled_from(LETTERS), max_size=30)
WORDS = st.sampled_from(
    ["[sound:x]", "\\(x\\)", "{{c1::x}}", "<pre>", "</code>", "&lt;", "[$]x[/$]", "\u212b", " ", ""]
)
TEXTS = st.one_of(ANYTHING, NASTY, st.lists(WORDS).map("".join))

LANGUAGES = st.sampled_from(["", "python", "output", "bash", "console", "html", "json", "no such language"])
SIDES = sides(TEXTS, sources=TEXTS, languages=LANGUAGES)


@given(SIDES, SIDES, TEXTS, TEXTS)
def test_every_package_says_what_its_cards_say(front: Side, back: Side, crumb: str, failing: str) -> None:
    whole = replace(card("any", front, back), context=front, breadcrumb=(crumb, crumb), failing=failing)
    proved = deck(whole)
    package = pack("Any", "any", notes_of(proved))

    audit(proved, "Any", package)

    with open_package(package) as packed:
        (note,) = packed.notes(list(note_ids({proved.cards[0].id: proved.cards[0].slug}).values())).values()
    assert all(map(is_clean, note.fields))
    assert all(PageReader(field).balanced for field in note.fields)


@given(TEXTS)
def test_escaped_text_reads_as_the_text_and_holds_no_tag(text: str) -> None:
    reader = PageReader(disarm_anki_syntax(escape(text)))

    assert reader.text == clean(text)
    assert reader.tags <= {"span"}
    assert reader.formulas == []


@given(SIDES)
def test_every_page_is_balanced(face: Side) -> None:
    text = deck_text(deck(card("any", face, face)), DeckFormat.HTML)

    assert PageReader(text[text.index("<main>") : text.index("</main>") + 7]).balanced


def test_a_session_keeps_its_last_line() -> None:
    reader = PageReader(highlight("$ run tests\nPASS ./sum.test\n✓ one (2ms)", "console"))

    assert reader.text == "$ run tests\nPASS ./sum.test\n✓ one (2ms)"

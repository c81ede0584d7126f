"""Whatever a guide says, its cards reach the package with exactly these words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cards.guide.block import Code, Item, Listing, Prose, Row, Table
from cards.guide.text import Run, Style
from exporters.anki.apkg import pack, unpack
from exporters.anki.audit import audit
from exporters.anki.note import note_ids, notes_of
from exporters.html.safe_text import clean, escape, guard, is_clean
from exporters.page.document import Form, page
from tests.builders.deck_sample import card, deck
from tests.exporters.anki.test_hazards import Reader

if TYPE_CHECKING:
    from cards.card.sides import Side

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=30)
LETTERS = "[]{}()\\<>&;:#$/!- \n\r\t\0\x1f\x7f\u0338\u0301\u200b\ufdd0eapsoundtexc1"
NASTY = st.text(st.sampled_from(LETTERS), max_size=30)
WORDS = st.sampled_from(
    ["[sound:x]", "\\(x\\)", "{{c1::x}}", "<pre>", "</code>", "&lt;", "[$]x[/$]", "\u212b", " ", ""]
)
TEXTS = st.one_of(ANYTHING, NASTY, st.lists(WORDS).map("".join))

RUNS = st.builds(Run, TEXTS, st.sampled_from(Style))
INLINES = st.lists(RUNS, max_size=3).map(tuple)
ITEMS = st.recursive(
    st.builds(Item, INLINES),
    lambda inner: st.builds(Item, INLINES, st.lists(inner, max_size=2).map(tuple)),
    max_leaves=3,
)
LANGUAGES = st.sampled_from(["", "python", "output", "bash", "html", "json", "no such language"])
BLOCKS = st.one_of(
    st.builds(Prose, INLINES),
    st.builds(Code, TEXTS, LANGUAGES),
    st.builds(Listing, st.booleans(), st.lists(ITEMS, max_size=2).map(tuple)),
    st.builds(lambda cell: Table((cell,), (Row((cell,)),)), INLINES),
)
FACES = st.lists(BLOCKS, max_size=3).map(tuple)


@given(FACES, FACES, TEXTS, TEXTS)
def test_every_package_says_what_its_cards_say(front: Side, back: Side, crumb: str, failing: str) -> None:
    whole = replace(card("any", front, back), context=front, breadcrumb=(crumb, crumb), failing=failing)
    proved = deck(whole)
    package = pack("Any", "any", notes_of(proved.cards))

    audit(proved, "Any", package)

    with unpack(package) as packed:
        (note,) = packed.notes(list(note_ids([proved.cards[0].id]).values())).values()
    assert all(map(is_clean, note.fields))
    assert all(Reader(field).balanced for field in note.fields)


@given(TEXTS)
def test_escaped_text_reads_as_the_text_and_holds_no_tag(text: str) -> None:
    reader = Reader(guard(escape(text)))

    assert reader.text == clean(text)
    assert reader.tags <= {"span"}
    assert reader.formulas == []


@given(FACES)
def test_every_page_is_balanced(face: Side) -> None:
    text = page(deck(card("any", face, face)), Form.HTML)

    assert Reader(text[text.index("<main>") : text.index("</main>") + 7]).balanced

"""Every text that Anki would mangle, as the real Anki shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.guide.block import Code, Item, Listing, Prose, Row, Table
from cards.guide.text import Style, StyledText
from exporters.anki.anki_export import export_package
from tests.builders.anki_collection import Anki
from tests.builders.card import NOW, card
from tests.builders.deck import deck
from tests.builders.page_reader import PageReader
from tests.builders.side import inline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.card.card import Card

HAZARDS = {
    "unknown tag": "a tensor of <int32> is no tag",
    "repr": "<tf.Tensor: shape=(2,), dtype=int32, numpy=array([1, 2], dtype=int32)>",
    "less than": "a<b and x<y>z",
    "entity": "&lt;b&gt; &amp;amp; &nbsp; &#65; stay as they are",
    "replacement": "{{Front}} and {{FrontSide}} and {% if x %}",
    "gap of a cloze note": "{{c1::hidden::hint}} and {{c1,2::x}}",
    "nested gaps": "{{c1::a {{c2::b}} c}}",
    "closing braces": "f(x) = {{{x}}} }} }",
    "sound": "[sound:bang.mp3] and [SOUND:bang.mp3]",
    "speech": "[anki:tts lang=en_US]say this[/anki:tts] [anki:play:q:0]",
    "latex": "[latex]x^2[/latex] [LaTeX]y[/latex]",
    "latex dollars": "[$]x[/$] and [$$]x[/$$]",
    "formula": r"\(x^2\) and \[y\] and \\(z\\)",
    "dollars": "costs $5 or $$6$$",
    "formula in words": "<anki-mathjax>x</anki-mathjax>",
    "script": "<script>document.body.remove()</script>",
    "stray end": "</div></div></pre></code>",
    "comment": "<!-- gone? --> <![CDATA[x]]>",
    "quotes": "\"double\" 'single' `tick`",
    "beyond the first plane": "\U0001f9e0 \U0001d54f",
    "no-break": "a\u00a0b",
    "a noncharacter that is kept": "a\uffffb \ufffe c",
    "a stroke that composes": "\u0338 starts with U+0338",
    "hiragana": "テンソルとは何か",
}

CLEANED = {
    "carriage return and line feed": ("a\r\nb", "a\nb"),
    "lone carriage return": ("a\rb", "a\nb"),
    "controls": ("a\x00b\x07c\x1b[31md\x7f", "abc[31md"),
    "field separator": ("a\x1fb", "ab"),
    "marks of direction": ("a\u200fb\u200ec", r"a\u200fb\u200ec"),
    "zero width": ("a\u200bb\u200dc", r"a\u200bb\u200dc"),
    "lone surrogate": ("a\ud800b\udfff", "a\ufffdb\ufffd"),
    "noncharacter": ("a\ufdd0b", "a\ufffdb"),
    "decomposed accent": ("cafe\u0301 A\u030a", "caf\u00e9 \u00c5"),
    "sign of the angstrom": ("\u212b", "\u00c5"),
}

EVERY = {**{name: (text, text) for name, text in HAZARDS.items()}, **CLEANED}

KNOWN_TAGS = frozenset(
    (
        "div",
        "p",
        "span",
        "wbr",
        "input",
        "code",
        "pre",
        "strong",
        "em",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
    )
)


def hazard_card(name: str, hazard: str) -> Card:
    return card(
        name,
        (
            Prose(inline("Plain: ", hazard)),
            Prose(
                inline(
                    "Marked: ",
                    StyledText(hazard, Style.STRONG),
                    StyledText(hazard, Style.CODE),
                    StyledText(hazard, Style.GAP),
                )
            ),
            Listing(ordered=False, items=(Item(inline(hazard)),)),
            Table((inline(hazard),), (Row((inline("cell: ", hazard),)),)),
        ),
        (Code(hazard, "python"), Code(hazard), Code(hazard, "output"), Code(hazard, "html")),
    )


CARDS = {name: hazard_card(name, hazard) for name, (hazard, _) in EVERY.items()}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anki]:
    folder = tmp_path_factory.mktemp("hazards")
    export_package(deck(*CARDS.values()), folder / "deck.apkg", now=NOW)
    anki = Anki(folder)
    assert anki.take(folder / "deck.apkg") == {"new": len(CARDS)}
    yield anki
    anki.col.close()


@pytest.mark.parametrize("name", EVERY)
def test_a_card_shows_exactly_what_the_guide_says(collection: Anki, name: str) -> None:
    meant = EVERY[name][1]
    question, answer = collection.shown(CARDS[name])

    assert (
        PageReader(question).text.strip() == f"Plain: {meant}Marked: {meant * 4}{meant}cell: {meant}".strip()
    )
    assert PageReader(answer).text.strip().endswith((meant * 4).strip())


@pytest.mark.parametrize("name", EVERY)
def test_anki_takes_nothing_on_a_card_for_markup(collection: Anki, name: str) -> None:
    output = collection.card(CARDS[name]).render_output()

    for side in (PageReader(output.question_text), PageReader(output.answer_text)):
        assert (side.formulas, side.tags - KNOWN_TAGS, side.balanced) == ([], set(), True)
    assert (list(output.question_av_tags), list(output.answer_av_tags)) == ([], [])


def test_anki_keeps_every_field_as_it_was_written(collection: Anki) -> None:
    # What Anki would change on the way in would look like a change at each later import.
    export_package(deck(*CARDS.values()), collection.folder / "again.apkg", now=NOW)

    assert collection.take(collection.folder / "again.apkg") == {"already present": len(CARDS)}
    assert collection.col.fix_integrity() == ("Database rebuilt and optimized.", True)

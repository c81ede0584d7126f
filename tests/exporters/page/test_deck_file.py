"""The deck as CSV, JSON and one HTML page."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cards.card.card import FAILING_TAG
from cards.card.kind import CardKind
from cards.card.sides import words
from cards.errors import ExportError
from cards.guide.block import Code
from cards.guide.guide import QuestionSlug
from cards.span import Span
from exporters.page.deck_file import deck_text, export_deck_file
from exporters.page.deck_format import DeckFormat
from exporters.page.deck_outline import OutlinedQuestion, OutlinedSection, deck_outline
from tests.builders.card import NOW, card
from tests.builders.card_shapes import every_shape
from tests.builders.deck import deck
from tests.builders.page_reader import PageReader
from tests.exporters.anki.test_hazards import CARDS as HAZARDS

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.card import Card
    from tests.builders.anki_collection import Anki
    from tests.builders.golden import Expect

CARDS = every_shape()
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def test_ankis_text_import_takes_the_table_for_a_note_type_with_two_fields(
    anki: Anki, tmp_path: Path
) -> None:
    from anki.collection import ImportCsvRequest

    every = (*CARDS, *HAZARDS.values())
    target = tmp_path / "deck.csv"
    export_deck_file(deck(*every), target, DeckFormat.CSV)

    # A new collection offers its type Basic first.
    metadata = anki.col.get_csv_metadata(str(target), None)
    log = anki.col.import_csv(ImportCsvRequest(path=str(target), metadata=metadata)).log

    assert len(log.new) == len(every)
    fields = [row[0].split("\x1f") for row in anki.rows("SELECT flds FROM notes ORDER BY id")]
    assert fields == [row[:2] for row in rows(target)]
    assert anki.rows("SELECT DISTINCT tags FROM notes WHERE tags != ''") == [
        [" easy-fundamentals tensorflow-interview topic::graphs "]
    ]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file) if not row[0].startswith("#")]


def test_the_table_has_one_row_a_card_and_says_what_its_columns_are(tmp_path: Path) -> None:
    export_deck_file(deck(*CARDS), tmp_path / "deck.csv", DeckFormat.CSV)

    head = (tmp_path / "deck.csv").read_text(encoding="utf-8").splitlines()[:4]
    assert head == [
        "#separator:Comma",
        "#html:true",
        "#columns:Front,Back,Context,Breadcrumb,Proof,Key,Tags",
        "#tags column:7",
    ]
    assert [row[5] for row in rows(tmp_path / "deck.csv")] == [each.id for each in CARDS]


def test_a_card_whose_code_does_not_hold_is_marked_in_every_form(expect: Expect) -> None:
    words = "did not run on TensorFlow 2.21.0: TypeError: <lambda>."
    marked = deck(replace(CARDS[3], stamp=None, failing=words, tags=(FAILING_TAG,)))
    mark = '<p class="failing">✗ did not run on TensorFlow 2.21.0: TypeError: &lt;lambda&gt;.</p>'

    (only,) = json.loads(deck_text(marked, DeckFormat.JSON))["cards"]
    assert (only["failing"], only["proof"], only["tags"]) == (words, None, [FAILING_TAG])
    page = deck_text(marked, DeckFormat.HTML)
    expect("page-failing", page[page.index("<main>") : page.index("<script>")])
    (row,) = [
        each
        for each in csv.reader(io.StringIO(deck_text(marked, DeckFormat.CSV)))
        if not each[0].startswith("#")
    ]
    assert row[1].startswith(mark)
    assert (row[4], row[6]) == ("", FAILING_TAG)


def test_json_holds_everything_about_a_card() -> None:
    shown = replace(CARDS[3], span=Span("guide.md", 12, 30))

    content = json.loads(deck_text(deck(shown), DeckFormat.JSON))

    (only,) = content.pop("cards")
    assert content == {"format": 1, "deck": "TensorFlow interview", "guide": "tensorflow-interview"}
    assert only["front"]["text"] == words(shown.front)
    assert only["back"]["html"].startswith('<pre class="output"><code><span class="ln">tracing')
    assert only["proof"] == {"tensorflow": "2.21.0", "keras": "3.15.1", "proved_on": "2026-11-22"}
    assert only["source"] == {"path": "guide.md", "first": 12, "last": 30}
    assert (only["id"], only["kind"], only["changed_at"]) == (shown.id, "fact", NOW - 3600)
    assert only["context"] is None


def test_the_page_needs_nothing_from_elsewhere_and_is_balanced() -> None:
    text = deck_text(deck(*CARDS, *HAZARDS.values()), DeckFormat.HTML)

    assert re.findall(r"<(?:link|img|iframe|object)\b|\bsrc=|@import|url\(|https?://", text) == []
    body = re.sub(r"<(?:meta|input|!doctype)[^>]*>", "", text)
    assert PageReader(body).balanced


def test_the_page_shows_every_card_once_under_its_question_and_section() -> None:
    loose = card("loose", "Which?", "That.")
    text = deck_text(deck(*CARDS, loose), DeckFormat.HTML)

    outline = deck_outline((*CARDS, loose))
    ordered = [each.id for section in outline for each in section.cards]
    assert sorted(ordered) == sorted(each.id for each in (*CARDS, loose))
    assert re.findall(r'<details class="pd" id="(\w+)"', text) == ordered
    sections = [section.name for section in outline if section.name]
    assert re.findall("<h2>(.*?)</h2>", text) == sections
    questions = [question.title for section in outline for question in section.questions]
    assert re.findall("<h3>(.*?)</h3>", text) == questions
    links = re.findall(r'<a href="#(\w+)">', text)
    assert [link for link in links if f'id="{link}"' not in text] == []
    assert len(links) == len(sections) + len(questions)


def test_the_cards_of_a_question_stand_together_though_some_hide_its_words() -> None:
    """A card leaves out of its breadcrumb what would give its answer away."""

    def one(name: str, slug: str, *breadcrumb: str) -> Card:
        return replace(card(name), slug=QuestionSlug(slug), breadcrumb=breadcrumb)

    first, second = one("a", "q-1", "Basics", "What is it?"), one("b", "q-1", "Basics")
    third, fourth = one("c", "q-2", "What else?"), one("d", "q-3", "Basics")
    assert deck_outline((second, third, first, fourth)) == (
        OutlinedSection(
            "Basics",
            (OutlinedQuestion("What is it?", (second, first)), OutlinedQuestion("Q 3", (fourth,))),
        ),
        OutlinedSection("", (OutlinedQuestion("What else?", (third,)),)),
    )


def test_the_page_is_written_once(tmp_path: Path) -> None:
    target = tmp_path / "deck.html"

    assert [export_deck_file(deck(*CARDS), target, DeckFormat.HTML) for _ in range(2)] == [True, False]
    with pytest.raises(ExportError, match="cannot be written"):
        export_deck_file(deck(*CARDS), tmp_path / "none" / "deck.html", DeckFormat.HTML)


ASK = """<script>
const said = [];
function note() { said.push([...document.querySelectorAll("details.pd:not([hidden]) .front")].length); }
function type(text) { search.value = text; search.dispatchEvent(new Event("input")); note(); }
note(); type("trace SIGNATURE"); type("tf.gradienttape"); type("nowhere at all"); type("");
search.value = "trace"; find(); said.push(count.textContent);
clear.click(); said.push(count.textContent);
kind.value = "fact"; kind.dispatchEvent(new Event("change")); note(); said.push(count.textContent);
section.value = "s0"; section.dispatchEvent(new Event("change")); note();
const numbers = [...contents.querySelectorAll("li:not([hidden]) span")];
said.push(numbers.reduce((sum, each) => sum + Number(each.textContent), 0));
location.hash = cards.find((card) => card.hidden).id; openTarget();
said.push(cards.every((card) => !card.hidden), byId(location.hash.slice(1)).open);
fold.click(); said.push(cards.filter((card) => card.open).length);
fold.click(); said.push(cards.filter((card) => card.open).length);
dispatchEvent(new Event("beforeprint")); said.push(cards.filter((card) => card.open).length);
dispatchEvent(new Event("afterprint")); said.push(cards.filter((card) => card.open).length);
said.push(document.documentElement.scrollWidth <= innerWidth);
document.title = JSON.stringify(said);
</script>"""


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on the path")
def test_the_page_searches_folds_and_prints_in_a_browser(tmp_path: Path) -> None:
    long_line = replace(card("long", "Wide?", "!"), back=(Code("x = " + "1 + " * 200 + "1", "python"),))
    text = deck_text(deck(*CARDS, long_line), DeckFormat.HTML).replace("</body>", f"{ASK}</body>")
    (tmp_path / "deck.html").write_text(text, encoding="utf-8")

    found = in_browser((tmp_path / "deck.html").as_uri(), tmp_path)

    count = len(CARDS) + 1
    facts = [each for each in (*CARDS, long_line) if each.kind is CardKind.FACT]
    of_first = [
        each for each in facts if each.id in {one.id for one in deck_outline((*CARDS, long_line))[0].cards}
    ]
    assert found == [
        *(count, 2, 1, 0, count),
        *(f"3 of {count} cards", f"{count} cards"),
        *(len(facts), f"{len(facts)} of {count} cards"),
        *(len(of_first), len(of_first)),
        *(True, True),
        *(count, 0, count, 0, True),
    ]


def in_browser(address: str, folder: Path) -> Any:  # noqa: ANN401 - JSON
    """Return what the page put into its title."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    done = subprocess.run(
        [str(BROWSER), *options, "--window-size=500,900", "--dump-dom", address],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    title = re.search("<title>(.*?)</title>", done.stdout)
    assert title is not None
    return json.loads(title[1])

"""The cards of the bundled guide in a browser of the size of a small phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.build.pipeline import finish_build, plan_build
from cards.guide.block import Code
from cards.guide.text import REASON_MARK
from exporters.anki import note_type
from exporters.anki.anki_export import export_package
from exporters.html.side_html import front_html
from tests.builders.lock import parse_lock
from tests.builders.phone_browser import CHROMIUM, SeenPage, see_pages
from tests.builders.side import side

if TYPE_CHECKING:
    from tests.builders.anki_collection import Anki

GUIDE = Path(__file__).parents[3] / "source" / "tensorflow-interview.md"
WIDTH, HEIGHT = 360, 640
BARS = 100
"""What the app's own bars take of the height."""
ONE_LINE = 24


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_what_is_asked_about_is_in_sight_on_every_card(anki: Anki, tmp_path: Path) -> None:
    lock = parse_lock(GUIDE.with_suffix(".lock").read_text("utf-8"), "lock")
    deck = finish_build(plan_build(GUIDE.read_text("utf-8"), "guide", lock, frozenset()), (), 1).deck
    cards = [card for card in deck.whole_cards if not card.failing]
    export_package(deck, tmp_path / "deck.apkg", now=note_type.CHANGED_AT)
    anki.take(tmp_path / "deck.apkg")
    fronts = [anki.shown(card)[0] for card in cards]

    seen = see_pages(tmp_path, note_type.theme().style, fronts, WIDTH, HEIGHT)

    asked = [
        page
        for page, front in zip(seen, fronts, strict=True)
        if 'class="gap"' in front or REASON_MARK in front
    ]
    assert asked
    assert all(page.asked_end > 0 for page in asked)
    assert not [card.id for card, page in zip(cards, seen, strict=True) if not _is_readable(page)]


def _is_readable(page: SeenPage) -> bool:
    is_one_line = page.breadcrumb_height < ONE_LINE
    return page.width <= WIDTH and page.asked_end <= HEIGHT - BARS and is_one_line


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_what_is_asked_about_in_long_code_is_in_sight(tmp_path: Path) -> None:
    short = [f"x_{number} = f({number})" for number in range(60)]
    wide = [
        f"    y_{number} = compute(first={number}, second=[{number}] * 2, third=3)" for number in range(30)
    ]
    deep = [
        f"{' ' * 4 * (number % 6)}if value_{number} and not other.value_{number}:" for number in range(30)
    ]
    given = (
        "Given: `model`, a Sequential with output (None, 1); `x`, a float32 array of shape (16, 1); `y` too."
    )
    fronts = [
        (*side("What is the reason for this line?"), *more, Code("\n".join([*lines, asked, "z"]), "python"))
        for lines in (short, wide, deep)
        for asked in ("print(____)", "    return x_1 / x_2  # why?", f"{wide[0]}{REASON_MARK}")
        for more in ((), side(given))
    ]
    crumb = f'<div class="crumb">{"Section " * 20}</div>'
    pages = [f'<div class="pd">{crumb}<div class="front">{front_html(front)}</div></div>' for front in fronts]

    seen = see_pages(tmp_path, note_type.theme().style, pages, WIDTH, HEIGHT)

    assert [page for page in seen if not (page.asked_end and _is_readable(page))] == []

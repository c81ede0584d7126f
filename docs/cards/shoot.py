# ruff: noqa: INP001 - a script, not a package

"""Take pictures of a deck's cards as Anki renders them, by day and by night, on a phone and on a desktop.

    uv run python docs/cards/shoot.py DECK.apkg FOLDER

Writes one sheet for each device with a card of every kind, and screens.png: the first sight of four cards on
a phone. Says so where a card is wider than its screen, or than the narrowest phone. Needs Chromium on the
path and the package anki.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from anki.collection import Collection, ImportAnkiPackageRequest

WIDTHS = {"phone": 360, "desktop": 1100}
COLUMNS = {"phone": 6, "desktop": 2}
SCREEN_HEIGHT = 640
NARROWEST = 320
GAP = 10
SCREENS = (
    ("kind::why", 0, ""),
    ("kind::complete", 1, ""),
    ("kind::complete", 1, "night"),
    ("kind::fact", 1, ""),
)
"""Of each screen its kind of card, 0 for the question and 1 for the answer, and whether it is night."""

# As Anki's reviewer and AnkiDroid set them; nightMode alone decides the colours.
CARD = """<!doctype html><html class="{html}"><meta charset="utf-8"><style>{css}</style>
<body class="card card1 {body}"><div id="qa">{content}</div>{scroll}</body></html>"""
NIGHT = {"": ("", ""), "night": ("night-mode", "nightMode night_mode")}
SCROLL = (
    """<script>onload = () => document.getElementById("answer")?.scrollIntoView({block: "center"})</script>"""
)
"""Anki shows the answer, wherever the question ends."""

SHEET = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: {gap}px; box-sizing: border-box; width: {page}px; background: #8a8d91;
  columns: {columns}; column-gap: {gap}px }}
iframe {{ display: block; border: 0; width: {width}px; height: {height}px; margin-bottom: {gap}px;
  break-inside: avoid }}
</style>{frames}<script>
onload = () => {{
  const wide = [];
  document.querySelectorAll("iframe").forEach((frame, number) => {{
    const page = frame.contentDocument.documentElement;
    if (!{height}) frame.style.height = page.scrollHeight + "px";
    if (page.scrollWidth > frame.clientWidth) wide.push(number);
  }});
  document.title = JSON.stringify([document.documentElement.scrollHeight, wide]);
}};
</script>"""


class ShownCard(NamedTuple):
    """A card as Anki renders it."""

    kind: str
    sides: tuple[str, str]
    style: str

    def page(self, side: int, night: str, scroll: str = "") -> str:
        """Return one side as a page."""
        html_class, body_class = NIGHT[night]
        content = self.sides[side]
        return CARD.format(html=html_class, body=body_class, css=self.style, content=content, scroll=scroll)


def main(package: Path, folder: Path) -> None:
    """Write the pictures into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        cards = rendered(package, home)
        pages = [card.page(1, night) for card in cards.values() for night in NIGHT]
        for device, width in WIDTHS.items():
            shoot(home, pages, width, COLUMNS[device], folder / f"{device}.png")
        shoot(home, pages, NARROWEST, len(pages))
        screens = [cards[kind].page(side, night, SCROLL) for kind, side, night in SCREENS if kind in cards]
        shoot(home, screens, WIDTHS["phone"], len(screens), folder / "screens.png", SCREEN_HEIGHT)


def shoot(
    home: Path, pages: list[str], width: int, columns: int, target: Path | None = None, height: int = 0
) -> None:
    """Lay the pages out side by side, say which do not fit, and take a picture if there is a target.

    Each has this height, or its own if that is 0.
    """
    frames = "".join(f'<iframe srcdoc="{html.escape(page)}"></iframe>' for page in pages)
    page_width = columns * (width + GAP) + GAP
    sheet = home / "sheet.html"
    text = SHEET.format(gap=GAP, width=width, columns=columns, page=page_width, frames=frames, height=height)
    sheet.write_text(text, encoding="utf-8")
    # A browser begins with the window that it had last.
    small = f"--window-size={page_width},{GAP}"
    sheet_height, wide = json.loads(browse(home, sheet, small, "--dump-dom"))
    for number in wide:
        sys.stderr.write(f"page {number} is wider than {width} px\n")
    if target is not None:
        browse(home, sheet, f"--window-size={page_width},{sheet_height}", f"--screenshot={target}")


def rendered(package: Path, home: Path) -> dict[str, ShownCard]:
    """Return the first card of each kind as Anki renders it."""
    collection = Collection(str(home / "collection.anki2"))
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package)))
    cards: dict[str, ShownCard] = {}
    for card_id in collection.find_cards("", order="c.due"):
        card = collection.get_card(card_id)
        kind = next((tag for tag in card.note().tags if tag.startswith("kind::")), "")
        if kind not in cards:
            output = card.render_output()
            cards[kind] = ShownCard(kind, (output.question_text, output.answer_text), output.css)
    collection.close()
    return cards


def browse(home: Path, page: Path, *options: str) -> str:
    """Let Chromium open the page; return what the page put into its title."""
    common = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command = ["chromium", *common, f"--user-data-dir={home / 'profile'}", *options, page.as_uri()]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    title = re.search("<title>(.*?)</title>", done.stdout)
    return title[1] if title else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

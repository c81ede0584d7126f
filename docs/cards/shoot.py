# ruff: noqa: INP001 - a script, not a package

"""Take pictures of a deck's cards as Anki renders them, by day and by night, on a phone and on a desktop.

    python docs/cards/shoot.py DECK.apkg FOLDER [WORD ...]

Takes all cards, or those whose front has one of the words, and writes one picture for each device.
Says so where a card is wider than its screen,
or than the narrowest phone. Needs Chromium on the path and the package anki.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageRequest

WIDTHS = {"phone": 360, "desktop": 900}
COLUMNS = {"phone": 4, "desktop": 2}
NARROWEST = 320
GAP = 10

# As Anki's reviewer and AnkiDroid set them; nightMode alone decides the colours.
CARD = """<!doctype html><html class="{html}"><meta charset="utf-8"><style>{css}</style>
<body class="card card1 {body}"><div id="qa">{content}</div></body></html>"""

SHEET = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: {gap}px; box-sizing: border-box; width: {page}px; background: #8a8d91;
  columns: {columns}; column-gap: {gap}px }}
iframe {{ display: block; border: 0; width: {width}px; margin-bottom: {gap}px; break-inside: avoid }}
</style>{frames}<script>
onload = () => {{
  const wide = [];
  for (const frame of document.querySelectorAll("iframe")) {{
    const page = frame.contentDocument.documentElement;
    frame.style.height = page.scrollHeight + "px";
    if (page.scrollWidth > frame.clientWidth) wide.push(frame.src);
  }}
  document.title = JSON.stringify([document.documentElement.scrollHeight, wide]);
}};
</script>"""


def main(package: Path, folder: Path, words: list[str]) -> None:
    """Write the pictures into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        cards = rendered(package, home, words)
        for device, width in WIDTHS.items():
            shoot(home, cards, width, COLUMNS[device], folder / f"{device}.png")
        shoot(home, cards, NARROWEST, len(cards))


def shoot(home: Path, cards: list[str], width: int, columns: int, target: Path | None = None) -> None:
    """Lay the cards out side by side, say which do not fit, and take a picture if there is a target."""
    frames = "".join(f'<iframe src="{card}"></iframe>' for card in cards)
    page = columns * (width + GAP) + GAP
    sheet = home / "sheet.html"
    text = SHEET.format(gap=GAP, width=width, columns=columns, page=page, note_headers=frames)
    sheet.write_text(text, encoding="utf-8")
    height, wide = json.loads(browse(home, sheet, "--dump-dom"))
    for card in wide:
        sys.stderr.write(f"{card} is wider than {width} px\n")
    if target is not None:
        browse(home, sheet, f"--window-size={page},{height}", f"--screenshot={target}")


def rendered(package: Path, home: Path, words: list[str]) -> list[str]:
    """Write each card's answer side as Anki renders it, by day and by night; return the files' names."""
    collection = Collection(str(home / "collection.anki2"))
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package)))
    names: list[str] = []
    for card_id in collection.find_cards("", order="c.due"):
        output = collection.get_card(card_id).render_output()
        _, _, front = output.question_text.partition('<div class="front">')
        front = unescape(re.sub("<[^>]*>", "", front))
        if words and not any(word in front for word in words):
            continue
        # The reference part is unfolded, to be looked at.
        content = output.answer_text.replace("<details", "<details open")
        for html, body in (("", ""), ("night-mode", "nightMode night_mode")):
            names.append(f"{card_id}{html}.html")
            page = CARD.format(html=html, body=body, css=output.css, content=content)
            (home / names[-1]).write_text(page, encoding="utf-8")
    collection.close()
    return names


def browse(home: Path, page: Path, *options: str) -> str:
    """Let Chromium open the page; return what the page put into its title."""
    common = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    command = ["chromium", *common, f"--user-data-dir={home / 'profile'}", *options, page.as_uri()]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    title = re.search("<title>(.*?)</title>", done.stdout)
    return title[1] if title else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])

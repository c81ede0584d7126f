# ruff: noqa: INP001 - a script, not a package
"""Take pictures of a deck's cards as Anki renders them.

    python docs/cards/shoot.py DECK.apkg FOLDER [WORD ...]

Needs Chromium on the path. Without words it takes one picture of every card, else only of cards whose
front has one of the words. Each card is taken by day and by night, on a phone and on a desktop.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageRequest

WIDTHS = {"phone": 360, "desktop": 900}

# As Anki's reviewer and AnkiDroid set them; nightMode alone decides the colours.
PAGE = """<!doctype html><html class="{html}"><meta charset="utf-8"><style>{css}</style>
<body class="card card1 {body}"><div id="qa">{content}</div></body></html>"""


def main(package: Path, folder: Path, words: list[str]) -> None:
    """Write the pictures into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        collection = Collection(str(Path(home) / "collection.anki2"))
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package)))
        number = 0
        for card_id in collection.find_cards("", order="c.due"):
            output = collection.get_card(card_id).render_output()
            plain = re.sub("<[^>]*>", "", output.question_text)
            if words and not any(word in plain for word in words):
                continue
            number += 1
            # The reference part is unfolded, to be looked at.
            answer = output.answer_text.replace("<details", "<details open")
            for device, width in WIDTHS.items():
                for night in (False, True):
                    page = PAGE.format(
                        html="night-mode" if night else "",
                        body="nightMode night_mode" if night else "",
                        css=output.css,
                        content=answer,
                    )
                    name = f"{number:02}-{device}-{'night' if night else 'day'}.png"
                    shoot(page, width, folder / name, Path(home))
        collection.close()


def shoot(page: str, width: int, target: Path, home: Path) -> None:
    """Write a picture of the page, as high as the page is."""
    # Chromium's window is never narrower than 500 px, so the page stands in a frame of the width wanted.
    inner = home / "card.html"
    inner.write_text(page, encoding="utf-8")
    outer = home / "frame.html"
    outer.write_text(
        '<!doctype html><body style="margin:0">'
        f'<iframe id="f" src="card.html" style="border:0;width:{width}px"></iframe>'
        "<script>f.onload=()=>{f.style.height=f.contentDocument.documentElement.scrollHeight+'px';"
        "document.title=f.style.height+' '+f.contentDocument.documentElement.scrollWidth}</script>",
        encoding="utf-8",
    )
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    browser = ["chromium", *options, f"--user-data-dir={home / 'profile'}"]
    dom = subprocess.run(
        [*browser, "--dump-dom", outer.as_uri()], check=True, capture_output=True, text=True
    ).stdout
    title = re.search(r"<title>(\d+)px (\d+)", dom)
    if title is None:
        raise SystemExit("Chromium did not render the page")
    if int(title[2]) > width:
        sys.stderr.write(f"{target.name}: the page is {title[2]} px wide\n")
    window = f"--window-size={width},{title[1]}"
    subprocess.run(
        [*browser, window, f"--screenshot={target}", outer.as_uri()], check=True, capture_output=True
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])

"""Pages as a phone's browser lays them out; Chromium stands in for it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

_PAGE = """<!doctype html><meta charset="utf-8"><style>{style}</style>
<body class="card card1"><div id="qa">{content}</div></body>"""

_SHEET = """<!doctype html><meta charset="utf-8">
<style>iframe {{ display: block; border: 0; width: {width}px; height: {height}px }}</style>{frames}<script>
onload = () => {{
  const seen = [...document.querySelectorAll("iframe")].map((frame) => {{
    const page = frame.contentDocument;
    const marks = [...page.querySelectorAll(".front .gap, .front .asked")];
    const asked = marks.map((mark) => mark.getBoundingClientRect().bottom);
    const crumb = page.querySelector(".crumb");
    return [page.documentElement.scrollWidth, Math.max(0, ...asked), crumb ? crumb.clientHeight : 0];
  }});
  document.title = JSON.stringify(seen);
}};
</script>"""


class SeenPage(NamedTuple):
    """What is where on a page, in pixels."""

    width: float
    asked_end: float
    """Where the last gap, or the line that is asked about, ends; 0 where there is none."""
    breadcrumb_height: float


def see_pages(folder: Path, style: str, contents: Sequence[str], width: int, height: int) -> list[SeenPage]:
    """Return where things are on each page, on a screen of this size."""
    assert CHROMIUM is not None
    pages = (_PAGE.format(style=style, content=content) for content in contents)
    frames = "".join(f'<iframe srcdoc="{html.escape(page)}"></iframe>' for page in pages)
    sheet = folder / "sheet.html"
    sheet.write_text(_SHEET.format(width=width, height=height, frames=frames), "utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--virtual-time-budget=60000",
    ]
    command = [CHROMIUM, *options, f"--user-data-dir={folder / 'profile'}", "--dump-dom", sheet.as_uri()]
    dumped = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    title = re.search("<title>(.*?)</title>", dumped)
    assert title is not None
    return [SeenPage(*page) for page in json.loads(html.unescape(title[1]))]

# ruff: noqa: INP001 - a script, not a package

"""Take the pictures of the README: the real commands in a real terminal (tmux), drawn as SVG.

    uv run python docs/pictures/shoot.py

Needs tmux. Builds the bundled guide into a store of its own and answers a few cards, so that what the
pictures show is what a learner sees.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

HERE = Path(__file__).parent
COLUMNS, LINES = 84, 24
COMMAND = f"{sys.executable} -c 'from srs.cli import main; main()'"
NOW = "2026-12-01T09:00:00"


def main() -> None:
    """Write build.svg, review.svg and answer.svg."""
    with tempfile.TemporaryDirectory() as folder:
        for path in HERE.parent.parent.glob("source/*"):
            shutil.copy(path, folder)
        environment = os.environ | {
            "PROOFDECK_HOME": f"{folder}/home",
            "PROOFDECK_NOW": NOW,
            "PYTHONPATH": str(HERE.parent.parent),
            "COLORTERM": "truecolor",
        }
        run = ["tmux", "-L", "proofdeck-pictures", "-f", "/dev/null"]
        size = ["-x", str(COLUMNS), "-y", str(LINES)]
        subprocess.run([*run, "new-session", "-d", *size, "-c", folder], env=environment, check=True)
        try:
            _type(run, f"PS1='$ '; clear; {COMMAND} build tensorflow-interview.md", "Enter", wait_for="Next")
            draw(_screen(run), "proofdeck build", HERE / "build.svg")
            _type(run, f"clear; {COMMAND} review --tag kind::predict", "Enter", wait_for="show the answer")
            for _ in range(2):
                _type(run, "Space", wait_for="perfect")
                _type(run, "4", wait_for="show the answer")
            _type(run, "Space", wait_for="perfect")
            draw(_screen(run), "proofdeck review", HERE / "review.svg")
            _type(run, "q", wait_for="Due tomorrow")
            subprocess.run([*run, "resize-window", "-x", str(COLUMNS), "-y", "37"], check=True)
            _type(
                run,
                f"clear; {COMMAND} review --new 99 --tag kind::complete",
                "Enter",
                wait_for="type the answer",
            )
            while "def mean(x):" not in Text.from_ansi(_screen(run)).plain:
                _type(run, "b", wait_for="Buried")
            _type(run, "Enter", wait_for="\n>")
            _type(run, "tf.reduce_sum(x)", "Enter", wait_for="expected")
            _type(run, "Enter", wait_for="\n>")
            _type(run, "tf.reduce_sum(x) / tf.cast(tf.size(x), x.dtype)", "Enter", wait_for="perfect")
            draw(_screen(run), "proofdeck review", HERE / "answer.svg")
        finally:
            subprocess.run([*run, "kill-server"], check=False)


def _type(run: list[str], *keys: str, wait_for: str) -> None:
    subprocess.run([*run, "send-keys", *keys], check=True)
    for _ in range(600):
        time.sleep(0.1)
        if wait_for in _screen(run):
            time.sleep(0.3)
            return
    raise SystemExit(f"{wait_for!r} never came:\n{_screen(run)}")


def _screen(run: list[str]) -> str:
    return subprocess.run(
        [*run, "capture-pane", "-p", "-e"], capture_output=True, text=True, check=True
    ).stdout


def draw(screen: str, title: str, path: Path) -> None:
    """Write a terminal's screen, colours as escape sequences, as an SVG."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(
        Text.from_ansi(screen.rstrip("\n").replace("\x1b[39m\x1b[49m", "")), no_wrap=True, crop=True
    )
    path.write_text(console.export_svg(title=title, theme=MONOKAI), "utf-8")


if __name__ == "__main__":
    main()

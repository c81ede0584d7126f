# ruff: noqa: INP001 - a script, not a package

"""Take the pictures of a terminal: the real commands in a real one (tmux), drawn as SVG.

    uv run python docs/pictures/shoot.py [FOLDER]

Needs tmux. Builds the bundled guide, or that of a folder, into a store of its own and answers a card on two
days, so that what the pictures show is what a learner sees.
"""

from __future__ import annotations

import io
import json
import os
import re
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
PROJECT = HERE.parent.parent
GUIDE = "tensorflow-interview.md"
COLUMNS, LINES = 84, 26
PLAN_LINES = 50
PROGRAM = "from srs.cli import main; main()"
GAPS, PRINTS = "kind::complete", "kind::predict"
BEGUN, AGAIN, DUE = "2026-12-01T09:00:00", "2026-12-02T09:00:00", "2026-12-08T09:00:00"
"""A card that is right on the first two days is due after 6 more, and then after 15."""
INTERVIEW = "2027-01-10"
MOST_SECONDS = 900


class Terminal:
    """A terminal in which commands run in a folder, on a day."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._tmux = ["tmux", "-L", f"proofdeck-pictures-{os.getpid()}", "-f", "/dev/null"]
        size = ["-x", str(COLUMNS), "-y", str(LINES)]
        environment = self._environment(DUE) | {"PS1": "$ "}
        shell = ["-c", folder, "bash", "--norc"]
        subprocess.run([*self._tmux, "new-session", "-d", *size, *shell], env=environment, check=True)

    def close(self) -> None:
        """End the terminal with all that runs in it."""
        subprocess.run([*self._tmux, "kill-server"], check=False)

    def run(self, day: str, *words: str, typed: str = "") -> str:
        """Run a command outside the terminal; return what it printed."""
        command = [sys.executable, "-c", PROGRAM, *words]
        done = subprocess.run(
            command,
            cwd=self._folder,
            env=self._environment(day),
            input=typed,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        return done.stdout

    def resize(self, lines: int) -> None:
        """Give the terminal this many lines."""
        subprocess.run([*self._tmux, "resize-window", "-x", str(COLUMNS), "-y", str(lines)], check=True)

    def begin(self, command: str, wait_for: str) -> None:
        """Begin a command in the terminal."""
        self.press(f"clear; {sys.executable} -c '{PROGRAM}' {command}", "Enter", wait_for=wait_for)

    def press(self, *keys: str, wait_for: str) -> None:
        """Press keys, and wait until something is on the screen."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)
        last = time.monotonic() + MOST_SECONDS
        while time.monotonic() < last:
            time.sleep(0.2)
            if re.search(wait_for, Text.from_ansi(self.screen).plain):
                time.sleep(0.5)
                return
        raise SystemExit(f"{wait_for!r} never came:\n{self.screen}")

    @property
    def screen(self) -> str:
        """The screen with its colours as escape sequences."""
        captured = subprocess.run(
            [*self._tmux, "capture-pane", "-p", "-e"], capture_output=True, text=True, check=True
        )
        return captured.stdout

    def _environment(self, day: str) -> dict[str, str]:
        return os.environ | {
            "PROOFDECK_HOME": f"{self._folder}/home",
            "PROOFDECK_NOW": day,
            "PYTHONPATH": str(PROJECT),
            "COLORTERM": "truecolor",
        }


def main(source: Path) -> None:
    """Write answer.svg, plan.svg and review.svg."""
    with tempfile.TemporaryDirectory() as folder:
        for path in source.glob("tensorflow-interview.*"):
            shutil.copy(path, folder)
        terminal = Terminal(folder)
        try:
            terminal.run(BEGUN, "build", GUIDE, "--yes", "--no-gaps")
            answer(terminal)
            plan = f"plan {INTERVIEW} --minutes 10"
            terminal.resize(PLAN_LINES)
            terminal.begin(plan, wait_for=r"\$\s*$")
            draw(terminal.screen, f"proofdeck {plan}", HERE / "plan.svg")
            terminal.resize(LINES)
            terminal.begin(f"review --tag {PRINTS}", wait_for="show the answer")
            terminal.press("Space", wait_for="perfect|at once|hesitation")
            draw(terminal.screen, "proofdeck review", HERE / "review.svg")
        finally:
            terminal.close()


def answer(terminal: Terminal) -> None:
    """Draw the first card with a gap, due for the third time, whose answer is typed wrong and then right."""
    asked = ("review", "--tag", GAPS, "--limit", "1")
    for day in (BEGUN, AGAIN):
        said = terminal.run(day, *asked, typed="4\n")
    card = said.split("answered ")[1].split()[0]
    cards = json.loads(terminal.run(DUE, "export", GUIDE, "--format", "json", "-o", "-"))["cards"]
    back = next(each["back"]["text"] for each in cards if each["id"] == card)
    right = back.split("\n")[0]
    terminal.begin(" ".join(asked), wait_for="type the answer")
    terminal.press("Enter", wait_for=r"\n *>")
    for typed, verdict in ((wrong(right), "✗"), (right, "✓")):
        terminal.press("-l", typed, wait_for=re.escape(typed))
        terminal.press("Enter", wait_for=f"\n *{verdict}")
        if verdict == "✗":
            terminal.press("Enter", wait_for=r"\n *>[^\n]*\n *✗[\s\S]*\n *>")
    draw(terminal.screen, "proofdeck review", HERE / "answer.svg")
    terminal.press("4", wait_for=r"\$\s*$")


def wrong(right: str) -> str:
    """Return what a learner could type instead: two arguments the other way round, or none at all."""
    called = re.fullmatch(r"(.*)\((\w+), (\w+)\)", right)
    return f"{called[1]}({called[3]}, {called[2]})" if called else "None"


def draw(screen: str, title: str, path: Path) -> None:
    """Write a terminal's screen, colours as escape sequences, as an SVG."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    lines = screen.replace("\x1b[39m\x1b[49m", "").rstrip().split("\n")
    # What stands below the last command is the next prompt.
    shown = [line for line in lines if Text.from_ansi(line).plain.strip() != "$"]
    console.print(Text.from_ansi("\n".join(shown)), no_wrap=True, crop=True)
    path.write_text(console.export_svg(title=title, theme=MONOKAI), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "source")

"""What a terminal is sent, by what it says of itself."""

from __future__ import annotations

import io
import os
import pty
import termios
from pathlib import Path

import pytest

from srs.screen.line.screen_line import joined, styled
from srs.screen.line.text_screen import CLEAR, ScreenSize, TextScreen, terminal_screen

LINE = joined(styled("a", "bold green"), styled("b"))


@pytest.mark.parametrize(
    ("environment", "written"),
    [
        ({"TERM": "xterm"}, "\x1b[2J\x1b[1;32ma\x1b[0mb"),
        ({}, "\x1b[2J\x1b[1;32ma\x1b[0mb"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "\x1b[2J\x1b[1ma\x1b[0mb"),
        ({"TERM": "dumb"}, "ab"),
    ],
)
def test_a_terminal_is_sent_what_it_takes(environment: dict[str, str], written: str) -> None:
    file = io.StringIO()
    terminal_screen(file, environment).put([LINE], before=CLEAR)
    assert file.getvalue() == written


def test_lines_stand_below_each_other_and_printed_ones_are_ended() -> None:
    file = io.StringIO()
    screen = TextScreen(file, lambda: ScreenSize(80, 24))
    screen.put([LINE, LINE])
    screen.print([LINE])
    screen.tell(CLEAR)
    assert file.getvalue() == "ab\nabab\n"


@pytest.mark.parametrize(
    ("environment", "size"),
    [
        ({"TERM": "xterm"}, (100, 30)),
        ({"TERM": "xterm", "COLUMNS": "60", "LINES": "x"}, (60, 30)),
        ({"TERM": "dumb"}, (100, 29)),
    ],
)
def test_a_terminal_has_the_size_that_it_says(environment: dict[str, str], size: tuple[int, int]) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (30, 100))
    with os.fdopen(ours, "wb"), os.fdopen(theirs, "w") as file:
        assert terminal_screen(file, environment).size == size


def test_what_is_no_terminal_has_the_size_of_an_old_one() -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as file:
        assert terminal_screen(file, {}).size == (80, 25)

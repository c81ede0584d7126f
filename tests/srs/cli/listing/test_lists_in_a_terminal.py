"""Lists and statistics in a real terminal."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests.builders.terminal import CommandTerminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")]

LOOK = re.compile(r"\x1b\[[0-9;]*m")
NUMBERED = "cat -n"


def printed(home: Path, *arguments: str, width: int = 80, height: int = 24, **more: str) -> list[str]:
    terminal = CommandTerminal(
        "--home",
        str(home),
        *arguments,
        width=width,
        height=height,
        patience=60,
        COLUMNS=str(width),
        LINES=str(height),
        **more,
    )
    return LOOK.sub("", terminal.ends().replace("\r", "")).rstrip("\n").split("\n")


def test_a_list_that_is_longer_than_the_screen_goes_to_the_pager(home: Path) -> None:
    short = printed(home, "cards", PAGER=NUMBERED)
    assert (short[0], short[-1]) == ("How does eager execution differ from a graph?", "6 cards")
    long = printed(home, "cards", height=6, PAGER=NUMBERED)
    assert [line.split("\t")[-1] for line in long] == short
    assert long[0].startswith("     1\t")


def test_a_dumb_terminal_has_no_pager(home: Path) -> None:
    assert printed(home, "cards", height=6, TERM="dumb", PAGER=NUMBERED)[-1] == "6 cards"


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 20), (60, 12)])
@pytest.mark.parametrize("terminal", ["xterm-256color", "dumb"])
def test_the_statistics_fit_the_screen(home: Path, width: int, height: int, terminal: str) -> None:
    lines = printed(home, "stats", width=width, height=height, TERM=terminal, NO_COLOR="1")
    assert len(lines) < height
    assert max(map(len, lines)) <= width

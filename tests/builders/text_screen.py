"""Screens that write into a text."""

from __future__ import annotations

import io

from srs.screen.line.text_screen import ScreenSize, TextScreen


def text_screen(width: int, height: int, *, in_colour: bool = False) -> TextScreen:
    """Return a screen of a size, without colours unless it is one that takes escapes."""
    return TextScreen(io.StringIO(), lambda: ScreenSize(width, height), takes_escapes=in_colour)


def text_of(screen: TextScreen) -> str:
    """Return what was written on a screen."""
    assert isinstance(screen.file, io.StringIO)
    return "\n".join(line.rstrip() for line in screen.file.getvalue().split("\n"))

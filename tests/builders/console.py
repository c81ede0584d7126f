"""Screens that write into a text."""

from __future__ import annotations

import io

from rich.console import Console


def console(width: int, height: int) -> Console:
    """Return a screen of a size, without colours."""
    return Console(
        file=io.StringIO(), width=width, height=height, force_terminal=False, highlight=False, _environ={}
    )


def text_of(screen: Console) -> str:
    """Return what was written on a screen."""
    assert isinstance(screen.file, io.StringIO)
    return "\n".join(line.rstrip() for line in screen.file.getvalue().split("\n"))

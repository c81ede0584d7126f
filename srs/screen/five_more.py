"""Offer some more new cards at the end of a sitting, by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.screen.keys import RESIZED

if TYPE_CHECKING:
    from rich.console import Console

    from srs.screen.keys import TerminalKeys

MORE_CARDS = 5
_KEY = "+"


def wants_more(console: Console, keys: TerminalKeys) -> bool:
    """Ask whether some more new cards are wanted, and return the answer; any other key says no."""
    console.print("[bold]+[/bold] five more new ones   any other key ends", end="")
    with keys.held():
        key = keys.read()
        while key == RESIZED:
            key = keys.read()
    console.print()
    return key == _KEY

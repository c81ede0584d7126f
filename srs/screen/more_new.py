"""Offer a few more new cards at the end of a sitting, by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.screen.keys import RESIZED
from srs.screen.line.screen_line import ScreenLine, joined, styled
from srs.words import count

if TYPE_CHECKING:
    from srs.screen.keys import TerminalKeys
    from srs.screen.line.text_screen import TextScreen

_KEY = "+"


def wants_more(screen: TextScreen, keys: TerminalKeys, number: int) -> bool:
    """Ask whether so many more new cards are wanted, and return the answer; any other key says no."""
    offered = count(number, "more new one")
    offer = joined(styled(_KEY, "bold"), styled(f" {offered}   any other key ends"))
    screen.put(offer.wrapped(screen.size.columns))
    with keys.held():
        key = keys.read()
        while key == RESIZED:
            key = keys.read()
    screen.print([ScreenLine()])
    return key == _KEY

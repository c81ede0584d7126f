"""How text looks on a terminal: words such as `bold green`, of which the last colour holds."""

from __future__ import annotations

from functools import lru_cache

LINK = "link="
"""Begins the word of a look that names what the text leads to."""

_WEIGHTS = {"bold": 1, "dim": 2, "italic": 3, "reverse": 7, "strike": 9}
# Only the terminal's own sixteen colours, and of them those that read well on dark and on light.
_COLOURS = {
    "red": 31,
    "green": 32,
    "cyan": 36,
    "default": 39,
    "bright_blue": 94,
    "bright_magenta": 95,
}


def link_of(look: str) -> str:
    """Return what a text with this look leads to; empty where it leads nowhere."""
    return next((word.removeprefix(LINK) for word in look.split() if word.startswith(LINK)), "")


@lru_cache(maxsize=256)
def look_escapes(look: str, *, in_colour: bool) -> tuple[str, str]:
    """Return what a terminal is sent before and behind a text with this look."""
    words = look.split()
    codes = sorted({_WEIGHTS[word] for word in words if word in _WEIGHTS})
    colours = [_COLOURS[word] for word in words if word in _COLOURS] if in_colour else []
    codes += colours[-1:]
    before, behind = (f"\x1b[{';'.join(map(str, codes))}m", "\x1b[0m") if codes else ("", "")
    link = link_of(look)
    return (f"\x1b]8;;{link}\x1b\\{before}", f"{behind}\x1b]8;;\x1b\\") if link else (before, behind)

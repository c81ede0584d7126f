"""A time that was spent, in words."""

from __future__ import annotations

from srs.words import count

_MINUTE = 1 / 60
_LONG_HOURS = 2


def time_words(hours: float) -> str:
    """Return a time that was spent, as people say it; nothing where none was taken down."""
    if hours <= 0:
        return ""
    if hours < _MINUTE:
        return "less than a minute"
    return f"{hours:.1f} hours" if hours >= _LONG_HOURS else count(round(hours * 60), "minute")

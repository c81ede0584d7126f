"""Grading keys: which grade each key gives, and its caption."""

from __future__ import annotations

from srs.review.preferences import Buttons
from srs.schedule.sm2 import Grade

_FOUR_GRADES = {"1": Grade.WRONG, "2": Grade.HARD, "3": Grade.GOOD, "4": Grade.PERFECT}
_FOUR_WORDS = {"1": "Again", "2": "Hard", "3": "Good", "4": "Easy"}
_SIX_WORDS = {"0": "blackout", "1": "wrong", "2": "nearly", "3": "hard", "4": "good", "5": "perfect"}


def key_captions(buttons: Buttons) -> dict[str, str]:
    """Return each grading key with its word."""
    return _FOUR_WORDS if buttons is Buttons.FOUR else _SIX_WORDS


def grade_for_key(key: str, buttons: Buttons) -> Grade | None:
    """Return the grade a key stands for, if any."""
    if buttons is Buttons.FOUR:
        return Grade.GOOD if key in {"space", "enter"} else _FOUR_GRADES.get(key)
    return Grade(int(key)) if key in _SIX_WORDS else None


def interval_caption(days: int) -> str:
    """Return an interval as short as a key's caption needs it: 6d, 3w, 5mo, 2.1y."""
    if days < 21:
        return f"{days}d"
    if days < 63:
        return f"{days // 7}w"
    if days < 365:
        return f"{round(days / 30.44)}mo"
    years = days / 365.25
    return f"{years:.1f}y" if years < 10 else f"{years:.0f}y"

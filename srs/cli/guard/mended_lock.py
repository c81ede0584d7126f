"""The lock that a build begins with: both sides of a merge joined, no time ahead of the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.lock.change_times import clamp_times, times_ahead
from cards.lock.merged_lock import is_of_a_merge, merge_lock
from srs.words import count

if TYPE_CHECKING:
    from datetime import datetime

    from cards.lock.lock import UnparsedLock
    from cards.lock.merged_lock import MergedLock

_HOUR_SECONDS, _DAY_SECONDS = 3600, 86400


class MendedLock(NamedTuple):
    """A lock, and what was mended in it."""

    lock: UnparsedLock | None
    """None before the first build."""
    news: tuple[str, ...] = ()
    """A sentence for each mending."""
    has_times_ahead: bool = False
    """Some cards changed later than the clock says, so what the last build left is not taken over."""


def mended_lock(lock: UnparsedLock | None, now: datetime) -> MendedLock:
    """Return the lock that a build begins with, given that on disk; raises LockError for a bad line."""
    if lock is None:
        return MendedLock(None)
    news: list[str] = []
    if is_of_a_merge(lock):
        merged = merge_lock(lock)
        lock = merged.lock
        news.append(f"{lock.path}: {_what_was_merged(merged)}")
    seconds = int(now.timestamp())
    found = times_ahead(lock.lines, seconds)
    if not found.ahead:
        return MendedLock(lock, tuple(news))
    cards = f"{found.ahead} of {count(found.total, 'card')}"
    if found.is_clock_late:
        news.append(
            f"{lock.path}: {cards} changed later than this computer's clock says ({now:%Y-%m-%d %H:%M}), "
            f"by up to {_duration(found.furthest_seconds)}. The lock keeps their times; the deck says now. "
            "Set the clock if it is wrong."
        )
        return MendedLock(lock, tuple(news), has_times_ahead=True)
    news.append(
        f"{lock.path}: {cards} changed up to {_duration(found.furthest_seconds)} in the future, as under a "
        "wrong clock; they count as changed now. Where Anki has them already, import the deck once with "
        "“Update notes: Always”."
    )
    return MendedLock(clamp_times(lock, seconds), tuple(news), has_times_ahead=True)


def _what_was_merged(merged: MergedLock) -> str:
    """Return what joining both sides of a merge took, in a sentence or two."""
    why = "the marks of a merge are resolved" if merged.marked else "lines of a merge stood twice"
    sentence = f"{why}: all cards and proofs of both sides are kept"
    if merged.doubled:
        sentence += f"; of {count(merged.doubled, 'card')} with two lines, the one that changed last"
    if merged.contradicted:
        runs = count(merged.contradicted, "run")
        sentence += f". {runs} of which the sides tell different things are not believed, and run again"
    return f"{sentence}."


def _duration(seconds: int) -> str:
    """Return a duration in minutes, hours or days, whichever a person would say."""
    if seconds < 2 * _HOUR_SECONDS:
        return count(round(seconds / 60), "minute")
    if seconds < 2 * _DAY_SECONDS:
        return count(round(seconds / _HOUR_SECONDS), "hour")
    return count(round(seconds / _DAY_SECONDS), "day")

"""Times of change that lie ahead of the clock: made under a wrong one, or read under a wrong one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.lock.lock import UnparsedLock
from cards.regex import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

SLACK_SECONDS = 300
"""The clocks of two machines may differ so much without anybody being told."""
_FURTHEST_SECONDS = 10**11
"""Three thousand years: a number with more digits is no time, and not counted with."""
_CHANGED = regex(r'"changed":\s*(\d+)')


@dataclass(frozen=True, slots=True)
class TimesAhead:
    """Cards of a lock that changed later than now."""

    ahead: int
    """How many they are; none where all is well."""
    total: int
    furthest_seconds: int
    """How far the latest lies ahead."""

    @property
    def is_clock_late(self) -> bool:
        """Whether it is rather this computer's clock that is wrong: most cards changed later than it says."""
        return self.ahead * 2 > self.total


def is_ahead(time: int, now: int) -> bool:
    """Tell whether a time of change lies ahead of the clock, both in seconds since 1970."""
    return time > now + SLACK_SECONDS


def times_ahead(lines: Iterable[str], now: int) -> TimesAhead:
    """Return how many cards of a lock changed later than now, in seconds since 1970."""
    times = [int(match[1]) for line in lines if (match := _card_time(line))]
    ahead = [min(time - now, _FURTHEST_SECONDS) for time in times if is_ahead(time, now)]
    return TimesAhead(len(ahead), len(times), max(ahead, default=0))


def clamp_times(lock: UnparsedLock, now: int) -> UnparsedLock:
    """Return the lock with all cards that changed later than now as changed now."""
    return UnparsedLock([_clamp_line(line, now) for line in lock.lines], lock.path)


def _clamp_line(line: str, now: int) -> str:
    match = _card_time(line)
    if match is None or not is_ahead(int(match[1]), now):
        return line
    return f"{line[: match.start(1)]}{json.dumps(now)}{line[match.end(1) :]}"


def _card_time(line: str) -> re.Match[str] | None:
    """Return the match whose group is the time of a card's line."""
    return _CHANGED.search(line) if line.startswith('{"card"') else None

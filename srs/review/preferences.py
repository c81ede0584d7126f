"""The learner's settings, their allowed values and defaults; by default nothing changes SM-2's numbers."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING

from cards.errors import ProofdeckError
from cards.value import NamedTuple
from srs.schedule.day import ROLLOVER_HOUR, day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime


PLAN_START = "plan_start"
"""Among the settings, but none that anybody sets: what was foretold when a plan was made."""
_PUBLISHED = "default"
_FSRS_6_PARAMETERS = 21


class SchedulerName(StrEnum):
    """Which scheduler folds the log."""

    SM2 = "sm2"
    FSRS = "fsrs"


class Buttons(StrEnum):
    """Which keys grade."""

    SIX = "six"
    """0 to 5, SM-2's own grades."""
    FOUR = "four"
    """1 to 4 as in Anki: Again, Hard, Good, Easy are the grades 1, 3, 4, 5; Space is Good."""


class EvenLoad(StrEnum):
    """Whether a card may be due up to 5 % of its interval earlier or later, so that Days are even."""

    AUTO = "auto"
    """While an interview is to come."""
    ON = "on"
    OFF = "off"


class Preferences(NamedTuple):
    """Every setting of the store.

    A named tuple, for it loads with every `due`, and making a dataclass takes three times as long.
    """

    new_a_day: int = 10
    """New cards a Day, over all sittings."""
    reviews_a_day: int = 0
    """Due cards a Day; 0 for all that are due."""
    rollover_hour: int = ROLLOVER_HOUR
    """The local hour at which a Day begins."""
    buttons: Buttons = Buttons.SIX
    scheduler: SchedulerName = SchedulerName.SM2
    retention: float = 0.9
    """The share that FSRS aims to have known when a card is due; SM-2 does not use it."""
    fsrs: tuple[float, ...] = ()
    """FSRS's parameters as fitted to one's own log; none for the published ones."""
    longest_interval_days: int = 36_500
    suspend_leeches: bool = False
    overviews: bool = True
    """Ask the interview question itself too, where it has other cards; with an interview set it always is."""
    interview: date | None = None
    """The day that is learnt for; a deck may have its own."""
    minutes_a_day: int = 0
    """How long a Day's sittings last in all; 0 for as long as there is something to ask."""
    even_load: EvenLoad = EvenLoad.AUTO

    def day(self, moment: datetime) -> date:
        """Return the Day of a moment."""
        return day_of(moment, self.rollover_hour)


def _whole_number_parser(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError
        return number

    return read


def _parse_share(text: str) -> float:
    number = float(text)
    if not 0.7 <= number <= 0.99:
        raise ValueError
    return number


def _parse_fsrs_parameters(text: str) -> tuple[float, ...]:
    if text.lower() == _PUBLISHED:
        return ()
    numbers = tuple(map(float, text.split(",")))
    if len(numbers) != _FSRS_6_PARAMETERS or not all(map(isfinite, numbers)):
        raise ValueError
    return numbers


def _parse_switch(text: str) -> bool:
    return {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}[text.lower()]


def _parse_day(text: str) -> date | None:
    return None if text.lower() == "none" else date.fromisoformat(text)


PREFERENCE_RULES: dict[str, tuple[str, Callable[[str], object]]] = {
    "new_a_day": ("a whole number from 0 to 9999", _whole_number_parser(0, 9999)),
    "reviews_a_day": ("a whole number from 0 to 9999, 0 for no limit", _whole_number_parser(0, 9999)),
    "rollover_hour": ("an hour from 0 to 23", _whole_number_parser(0, 23)),
    "buttons": ("six or four", Buttons),
    "scheduler": ("sm2 or fsrs", SchedulerName),
    "retention": ("a share from 0.7 to 0.99", _parse_share),
    "fsrs": ("fit, default, or 21 numbers with commas between", _parse_fsrs_parameters),
    "longest_interval_days": ("a whole number from 1 to 36500", _whole_number_parser(1, 36_500)),
    "suspend_leeches": ("on or off", _parse_switch),
    "overviews": ("on or off", _parse_switch),
    "interview": ("a day like 2027-01-10, or none", _parse_day),
    "minutes_a_day": ("a whole number from 0 to 1440, 0 for no limit", _whole_number_parser(0, 1440)),
    "even_load": ("on, off or auto", EvenLoad),
}
"""For each setting what may stand there, and how it is read."""


def parse_preference(name: str, text: str) -> object:
    """Return the value of a setting's text; raises ProofdeckError, which names the allowed values."""
    if name not in PREFERENCE_RULES:
        from difflib import get_close_matches

        near = get_close_matches(name.casefold().replace("-", "_"), PREFERENCE_RULES, n=1)
        told = f"did you mean {near[0]}?" if near else f"there are {', '.join(PREFERENCE_RULES)}."
        raise ProofdeckError(f"There is no setting {name!r}; {told}")
    form, reader = PREFERENCE_RULES[name]
    try:
        return reader(text)
    except (ValueError, KeyError):
        raise ProofdeckError(f"{name} cannot be {text!r}: write {form}.") from None


def format_preference(value: object) -> str:
    """Return the text that `parse_preference` turns back into the value."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(f"{number:.6g}" for number in value) or _PUBLISHED
    return "none" if value is None else str(value)


def unread_preferences(stored: Mapping[str, str]) -> dict[str, str]:
    """Return the stored settings whose names or values are not known here, as a newer version's may be."""
    unread = {}
    for name, text in sorted(stored.items()):
        if name.partition(" ")[0] == PLAN_START:
            continue
        try:
            parse_preference(name, text)
        except ProofdeckError:
            unread[name] = text
    return unread


def preferences_from(stored: Mapping[str, str]) -> Preferences:
    """Return all settings: the stored values, and defaults for the rest and for what is damaged."""
    known = {}
    for name, text in stored.items():
        with suppress(ProofdeckError):
            known[name] = parse_preference(name, text)
    return Preferences(**known)  # type: ignore[arg-type]

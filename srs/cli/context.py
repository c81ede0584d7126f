"""Context of a command: home folder, store path and clock, read only when asked for."""

# ruff: noqa: PTH111, PTH113, PTH117, PTH118 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os.path
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FIRST_YEAR, _LAST_YEAR = 1900, 9000
"""Intervals and time zones reach beyond them, and the calendar further still."""
_ZONE_FOLDERS = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")


class CommandContext:
    """The home folder and the clock; both are looked up only when a command asks."""

    def __init__(self, *, home: str | None, environment: Mapping[str, str]) -> None:
        self._home = home
        self._environment = environment

    @property
    def home(self) -> Path:
        """The folder of the store: `--home`, else PROOFDECK_HOME, else the platform's data folder."""
        from pathlib import Path

        return Path(self._home or self._data_folder())

    @property
    def environment(self) -> Mapping[str, str]:
        """What the command was started with: which terminal it is, above all."""
        return self._environment

    @property
    def store_path(self) -> Path:
        """The review store's file."""
        return self.home / "proofdeck.db"

    @property
    def store_file(self) -> str:
        """The review store's file as text: what is typed many times a day loads no pathlib."""
        return os.path.join(self._home or self._data_folder(), "proofdeck.db")

    def _data_folder(self) -> str:
        """Return the platform's data folder without platformdirs, which costs more than the rest of `due`."""
        home = os.path.expanduser("~")
        if sys.platform == "darwin":
            return f"{home}/Library/Application Support/proofdeck"
        if sys.platform == "win32":
            from platformdirs import user_data_dir

            return user_data_dir("proofdeck", appauthor=False)
        base = self._environment.get("XDG_DATA_HOME", "").strip()
        return os.path.join(base if os.path.isabs(base) else f"{home}/.local/share", "proofdeck")

    def now(self) -> datetime:
        """Return this moment with the local time zone; PROOFDECK_NOW (ISO) stands in for the clock."""
        said = self._environment.get("PROOFDECK_NOW")
        try:
            moment = datetime.fromisoformat(said) if said else datetime.now(UTC)
        except ValueError:
            raise ProofdeckError(
                f"PROOFDECK_NOW={said!r} is no ISO date-time; write it like 2026-11-22T09:30:00."
            ) from None
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            clock = f"PROOFDECK_NOW={said!r}" if said else f"The clock, {moment:%Y-%m-%d},"
            raise ProofdeckError(
                f"{clock} is out of range: nothing is scheduled before {_FIRST_YEAR} or after {_LAST_YEAR}. "
                "Set it right."
            )
        try:
            return moment.astimezone()
        except (ValueError, OverflowError, OSError):
            zone = self._environment.get("TZ", "")
            raise ProofdeckError(
                f"TZ={zone!r} is no time zone; write one like Europe/Vienna, or take TZ away."
            ) from None

    def unknown_zone(self) -> str | None:
        """Return the time zone that is set and not known here, so that days turn by UTC; else None."""
        zone = self._environment.get("TZ", "").removeprefix(":")
        # What names no place says itself what it means: UTC, EST5EDT, <+03>-3
        if "/" not in zone or "<" in zone:
            return None
        places = [zone] if os.path.isabs(zone) else [f"{folder}/{zone}" for folder in _ZONE_FOLDERS]
        return None if any(os.path.isfile(place) for place in places) else zone

"""What a command needs to know of the world around it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Setting:
    """The home folder and the clock; both are looked up only when a command asks."""

    def __init__(self, *, home: str | None, environment: Mapping[str, str]) -> None:
        self._home = home
        self._environment = environment

    @property
    def home(self) -> Path:
        """The folder of the store: `--home`, else PROOFDECK_HOME, else the platform's data folder."""
        if self._home:
            return Path(self._home)
        from platformdirs import user_data_path

        return user_data_path("proofdeck", appauthor=False)

    @property
    def store_path(self) -> Path:
        """The review store's file."""
        return self.home / "proofdeck.db"

    def now(self) -> datetime:
        """Return this moment with the local time zone; PROOFDECK_NOW (ISO) stands in for the clock."""
        said = self._environment.get("PROOFDECK_NOW")
        if not said:
            return datetime.now(UTC).astimezone()
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            raise ProofdeckError(
                f"PROOFDECK_NOW={said!r} is no ISO date-time; write it like 2026-11-22T09:30:00."
            ) from None
        return moment.astimezone()

"""Context of a command: home folder, store path and clock, read only when asked for."""

# ruff: noqa: PTH111, PTH117, PTH118 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os.path
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


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
        if not said:
            return datetime.now(UTC).astimezone()
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            raise ProofdeckError(
                f"PROOFDECK_NOW={said!r} is no ISO date-time; write it like 2026-11-22T09:30:00."
            ) from None
        return moment.astimezone()

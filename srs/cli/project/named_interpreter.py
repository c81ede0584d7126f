"""An interpreter that a project's file names: not used before the machine's owner agreed, once."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class NamedInterpreter:
    """An interpreter that a file names, and the memory of what its owner agreed to on this machine."""

    program: str
    """Its whole path."""
    said_in: str
    """The whole path of the file that names it."""
    memory: Path
    """The file of the home folder that remembers."""

    @property
    def is_agreed(self) -> bool:
        """Whether the owner of this machine agreed to this file's naming of this interpreter."""
        return self._entry in self._agreed()

    def agree(self) -> None:
        """Remember that the owner agreed; if that fails, they are asked again."""
        from cards.files import write_atomically

        with suppress(OSError):
            entries = [*self._agreed(), self._entry]
            write_atomically(self.memory, json.dumps(entries, indent=1).encode())

    @property
    def _entry(self) -> list[str]:
        return [self.said_in, self.program]

    def _agreed(self) -> list[list[str]]:
        from cards.files import read_file

        with suppress(OSError, ValueError):
            entries = json.loads(read_file(self.memory))
            if isinstance(entries, list):
                return entries
        return []

"""The folder that holds everything temporary of one prover."""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from cards.prove.sandbox.folder import remove_folder

_PREFIX = "proofdeck-prove-"


class ProverFolder:
    """A new folder; those that earlier commands were killed over are swept away."""

    def __init__(self) -> None:
        for old in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with suppress(OSError), (old / "lock").open("rb") as lock:
                _lock(lock)
                remove_folder(old)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
        self._lock_file = (self.path / "lock").open("wb")
        with suppress(OSError):
            _lock(self._lock_file)

    @property
    def lock_descriptor(self) -> int:
        """The lock's, for whoever is to hold it too."""
        return self._lock_file.fileno()

    def release(self) -> None:
        """Leave the folder to whoever holds the lock as well."""
        self._lock_file.close()

    def remove(self) -> None:
        """Remove it."""
        self._lock_file.close()
        remove_folder(self.path)


def _lock(file: IO[bytes]) -> None:
    """Take the lock that a living command holds on its folder; raises OSError."""
    if sys.platform == "win32":
        raise OSError("an open file cannot be removed there, which is lock enough")
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""The locked temporary folder in which one prover keeps its files."""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from cards.prove.sandbox.folder import remove_folder

_PREFIX = "proofdeck-prove-"


class ProverFolder:
    """A new temporary folder with a lock; folders that killed commands left are removed."""

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
        """The lock file's descriptor, for a process that is to hold the lock too."""
        return self._lock_file.fileno()

    def release(self) -> None:
        """Close this process's lock file; the folder stays while another process holds the lock."""
        self._lock_file.close()

    def remove(self) -> None:
        """Release the lock and remove the folder."""
        self._lock_file.close()
        remove_folder(self.path)


def _lock(file: IO[bytes]) -> None:
    """Lock a folder's lock file without waiting; raises OSError where another process holds it."""
    if sys.platform == "win32":
        raise OSError("an open file cannot be removed there, which is lock enough")
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

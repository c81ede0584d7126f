"""Locks on a store's folder: everybody who has the store open shares one; who replaces the store is alone.

SQLite's own locks last as long as a transaction; a sitting lasts longer. The lock is on the folder, for a
descriptor of the store's file that is closed takes all locks of SQLite in this process along.
"""

from __future__ import annotations

import os
from contextlib import suppress


class FolderLock:
    """A lock on a folder, held until it is released or the process ends."""

    def __init__(self, folder: str) -> None:
        """Share the folder with all who have its store open, once nobody is replacing it.

        Where the file system has no such locks, or the platform, nothing is locked.
        """
        self._descriptor = -1
        with suppress(ImportError, OSError):
            import fcntl

            self._descriptor = os.open(folder, os.O_RDONLY)
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def take_alone(self) -> bool:
        """Exclude all others; return False, and change nothing, where somebody has the store open."""
        if self._descriptor < 0:
            return True
        import fcntl

        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            import errno

            if error.errno not in {errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN}:
                return True
            # A refusal may have cost the shared lock.
            with suppress(OSError):
                fcntl.flock(self._descriptor, fcntl.LOCK_SH)
            return False
        return True

    def share(self) -> None:
        """Let others open the store again."""
        if self._descriptor >= 0:
            import fcntl

            with suppress(OSError):
                fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def release(self) -> None:
        """Give the lock up."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

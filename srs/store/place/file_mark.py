"""Tell a file from another one that has taken its place, or its content."""

# ruff: noqa: PTH116 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os

from cards.value import NamedTuple


class FileMark(NamedTuple):
    """What the system says of a file at a moment."""

    device: int
    inode: int
    size: int
    changed_ns: int

    def is_same_file(self, other: FileMark) -> bool:
        """Tell whether both are one file, whatever was written to it in between."""
        return (self.device, self.inode) == (other.device, other.inode)


def read_mark(path: str) -> FileMark | None:
    """Return the mark of the file at a path; None where there is none, or none that can be reached."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return FileMark(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

"""Read files and nothing else, and write them atomically.

A reader, a crash or Ctrl-C finds the old content or the new.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


_OPENED_FOR_THIS_PROCESS = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""What a shell hands over as a file: somebody writes there, or it has ended."""


def require_file(path: Path) -> None:
    """Raise OSError for a pipe or a device, from which reading might never end; what is not there passes."""
    if path.is_file() or path.is_dir() or str(path).startswith(_OPENED_FOR_THIS_PROCESS):
        return
    if path.exists():
        raise OSError(errno.EINVAL, "it is a pipe or a device, and no file", str(path))


def read_file(path: Path) -> bytes:
    """Return what a file holds; raises OSError for a pipe or a device too."""
    require_file(path)
    return path.read_bytes()


def write_atomically(
    path: Path, content: bytes, *, check: Callable[[bytes], object] = len, make_folder: bool = True
) -> bool:
    """Write the content to `path`, synced to disk; return False if the file held just that already.

    A link keeps pointing to its file, which is replaced; a file keeps its mode. `check` is given what was
    read back before the old file goes, and may raise. Raises OSError, with the old file untouched. A pipe or
    a device stays what it is, and is written to.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        check(content)
        _write_into(path, content)
        return True
    target = _behind_links(path)
    if target.is_file() and target.read_bytes() == content:
        return False
    if make_folder:
        target.parent.mkdir(parents=True, exist_ok=True)
    # A command that finds nothing changed writes nothing.
    import tempfile

    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name[:200]}.", dir=target.parent)
    part = Path(temporary)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        check(part.read_bytes())
        part.chmod((target.stat().st_mode if target.exists() else 0o666 & ~_umask()) & 0o7777)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _sync_folder(target.parent)
    return True


def _write_into(path: Path, content: bytes) -> None:
    """Write the content into a pipe or a device; raises OSError for a pipe that nobody reads."""
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def _behind_links(path: Path) -> Path:
    """Return the file that a chain of links leads to; raises OSError for a circle of links."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return target


def _sync_folder(folder: Path) -> None:
    """Sync the folder to disk, so that the new name survives a crash, on systems that can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""Tell from times of change and sizes whether files, the program and what is installed are as they were."""

# ruff: noqa: PTH116, PTH120 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_MIN_FILE_AGE_NS = 50_000_000
"""A file younger than this may change again without its time of change telling; it is not trusted."""

_NO_PROGRAM = frozenset({"__pycache__", "_guides"})
"""Folders in which nothing of the program is."""


def record_name(text: str) -> str:
    """Return the name of the file about a text, such as a path.

    Without hashlib, whose OpenSSL takes a fifth of an interpreter start. Where two texts have one name, each
    finds a record of other files, and takes it for none of its own.
    """
    from zlib import crc32

    encoded = os.fsencode(text)
    return f"{crc32(encoded):08x}{crc32(encoded[::-1]):08x}"


def fingerprint_of(paths: Iterable[str]) -> list[Any] | None:
    """Return what changes with any of the files, the program or what is installed.

    None where a file is missing, or too young to be trusted.
    """
    import time

    files = [_file_status(path) for path in paths]
    youngest = max((look[0] for look in files), default=0)
    if any(look[1] < 0 for look in files) or youngest > time.time_ns() - _MIN_FILE_AGE_NS:
        return None
    return [*files, program_mtime_ns(), installed_versions()]


def _file_status(path: str) -> list[int]:
    try:
        status = os.stat(path)
    except OSError:
        return [0, -1, 0]
    return [status.st_mtime_ns, status.st_size, status.st_ino]


def program_mtime_ns() -> int:
    """Return the change time of the program's newest file, which an update or an edit of the rules moves."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(__file__))))
    newest = 0
    folders = [f"{root}/{package}" for package in ("cards", "exporters", "srs")]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    newest = max(newest, entry.stat().st_mtime_ns)
                elif entry.name not in _NO_PROGRAM:
                    folders.append(entry.path)
    return newest


def installed_versions() -> list[Any]:
    """Return values that change when a package is installed, updated or removed."""
    places = [place for place in sys.path if place.endswith(("site-packages", "dist-packages"))]
    return [sys.version, *(_file_status(place) for place in places)]

"""Tell from times of change and sizes whether files, the program and what is installed are as they were."""

# ruff: noqa: PTH116, PTH118, PTH120 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_MIN_FILE_AGE_NS = 50_000_000
"""A file younger than this may change again without its time of change telling; it is not trusted."""


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
    for package in ("cards", "exporters", "srs"):
        for folder, _, names in os.walk(os.path.join(root, package)):
            if "__pycache__" not in folder and "_guides" not in folder:
                newest = max(newest, *(os.stat(os.path.join(folder, name)).st_mtime_ns for name in names), 0)
    return newest


def installed_versions() -> list[Any]:
    """Return values that change when a package is installed, updated or removed."""
    places = [place for place in sys.path if place.endswith(("site-packages", "dist-packages"))]
    return [sys.version, *(_file_status(place) for place in places)]

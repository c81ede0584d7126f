"""The numbers of a version, to compare versions by."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=1024)
def release(version: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with: `2.21.0rc1` is (2, 21, 0); () where it has none."""
    match = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    return tuple(int(number) for number in match[0].split(".")) if match else ()


def minor(version: str) -> str:
    """Return the first two numbers of a version: `2.21` of `2.21.0`; the version itself where it has none."""
    return ".".join(map(str, release(version)[:2])) or version


def is_part_of(wanted: str, version: str) -> bool:
    """Tell whether a version is the wanted one or one of its line: 2.18.1 is of 2.18, 2.1 is not."""
    ours = release(wanted)
    return wanted == version or (bool(ours) and release(version)[: len(ours)] == ours)

"""Measures and removes folders that guide code has written to, without trusting their contents."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

_BLOCK_BYTES = 4096


def folder_size(folder: Path, enough: int) -> int:
    """Return the bytes in a folder, counting no further than `enough`; every file counts a block."""
    total = 0
    pending = [str(folder)]
    while pending and total <= enough:
        with suppress(OSError), os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                total += _BLOCK_BYTES
                with suppress(OSError):
                    found = entry.stat(follow_symlinks=False)
                    total += getattr(found, "st_blocks", found.st_size // 512) * 512
    return total


def remove_folder(folder: Path) -> None:
    """Remove a folder, also where it is nested too deeply to name or closed to its owner."""
    try:
        shutil.rmtree(folder)
    except (OSError, RecursionError):
        with suppress(OSError):
            _flatten(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _flatten(folder: Path) -> None:
    """Move every subfolder to the top, so that nothing is deep, and make each accessible to its owner."""
    number = 0
    pending = [folder]
    while pending:
        current = pending.pop()
        with suppress(OSError):
            current.chmod(0o700)
        with suppress(OSError), os.scandir(current) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    number += 1
                    flat = folder / f"{number}.flat"
                    with suppress(OSError):
                        Path(entry.path).chmod(0o700)
                        Path(entry.path).rename(flat)
                        pending.append(flat)

"""What a person is told where an error of the system or of Python's limits was foreseen nowhere else."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import suppress


def last_sentence(error: Exception) -> str | None:
    """Return a sentence for an error that comes from outside; None for one that is a bug of this program."""
    match error:
        case OSError(filename=str() | bytes() as name, strerror=str(reason)):
            return f"{os.fsdecode(name)}: {reason}."
        case OSError():
            return f"The system refused: {error.strerror or error}."
        case RuntimeError() if "Symlink loop" in str(error):
            return f"{str(error).partition(' from ')[2]} is a link that leads to itself."
        case RecursionError():
            return "Something in this is nested too deeply to be read."
        case OverflowError():
            return f"A number or a date in this is out of range ({error})."
        case MemoryError():
            return "There is not enough memory for this."
        case UnicodeError():
            return f"Something in this is no text; save it as UTF-8, or give it another name ({error})."
        case sqlite3.Error():
            return f"The database said: {error}. `proofdeck doctor` looks at the store."
        case _:
            return None


def tell_damage(error: Exception, store_file: str) -> None:
    """Raise StoreError for an error to which a damaged value may have led, where the store holds one."""
    from cards.errors import StoreError
    from srs.store.connection import told_damage
    from srs.store.health import is_sound
    from srs.store.store import Store

    try:
        with Store.open_existing(store_file) as store:
            is_bug = is_sound(store)
    except StoreError:
        # There is none, or somebody is writing to it.
        return
    if not is_bug:
        with told_damage(store_file):
            raise error


def open_missing_streams() -> None:
    """Open what stands in for standard streams that were closed, so that no file takes their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - for the whole process
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def silence_output() -> None:
    """Send what is left to write to nowhere: the reader is gone, or the disk is full."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

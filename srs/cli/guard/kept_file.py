"""Refuse to write a deck, a page or a backup over what a person keeps: a guide, a lock, a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD_OF_STORE = b"SQLite format 3\0"
_HEAD_OF_LOCK = b'{"proofdeck-lock"'


def refuse_to_replace(target: Path, written: str, guides: Iterable[Path] = ()) -> None:
    """Raise a usage error where what is `written` would take the place of a guide, a lock or a store.

    The files in `guides` are some, whatever their names end in.
    """
    if (kept := _kept(target, guides)) is not None:
        raise click.UsageError(f"{target} is {kept}, and {written} would take its place; name another file.")


def refuse_as_backup(target: Path, store: Path) -> None:
    """Raise a usage error where a backup would take the place of the store itself, or of no other store."""
    if target.exists() and not target.is_file():
        raise click.UsageError(f"{target} is no file; name another for the backup.")
    if not target.exists() or not (head := _head(target)):
        return
    if target.samefile(store):
        raise click.UsageError(f"{target} is the store itself; name another file for the backup.")
    if not head.startswith(_HEAD_OF_STORE):
        raise click.UsageError(f"{target} is there already and is no store; name another file.")


def _kept(target: Path, guides: Iterable[Path]) -> str | None:
    """Return what a file is that a person keeps; None for one that may be replaced."""
    from cards.document.document_format import GUIDE_ENDINGS

    if not target.is_file():
        return None
    if target.suffix.lower() in GUIDE_ENDINGS or any(map(target.samefile, filter(Path.exists, guides))):
        return "a guide"
    head = _head(target)
    if head.startswith(_HEAD_OF_LOCK):
        return "a lock"
    return "a store" if head.startswith(_HEAD_OF_STORE) else None


def _head(path: Path) -> bytes:
    """Return the first bytes of a file; none of one that cannot be read, which is told when it is written."""
    try:
        with path.open("rb") as file:
            return file.read(max(len(_HEAD_OF_STORE), len(_HEAD_OF_LOCK)))
    except OSError:
        return b""

"""Recognise folders that a program keeps in step with other machines, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "the cloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "seafile": "Seafile",
    "resilio sync": "Resilio Sync",
}
"""How these programs name the folder that they keep, in small letters."""

_MARKS = {
    ".stfolder": "Syncthing",
    ".stversions": "Syncthing",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
}
"""What they lay into that folder."""


def syncing_program(folder: Path) -> str | None:
    """Return the program that keeps a folder, or one above it, in step; None where none is recognised."""
    absolute = folder.absolute()
    places = [absolute, *absolute.parents]
    return _named_program(places) or _marked_program(places)


def _named_program(places: Sequence[Path]) -> str | None:
    for place in places:
        # `OneDrive - Company`, `Dropbox (Personal)`
        name = place.name.lower()
        for known, program in _NAMES.items():
            if name == known or name.startswith((f"{known} -", f"{known} (", f"{known}-")):
                return program
    return None


def _marked_program(places: Sequence[Path]) -> str | None:
    for place in places:
        for mark, program in _MARKS.items():
            if (place / mark).exists():
                return program
    return None


def conflicting_copies(path: Path) -> list[Path]:
    """Return the copies that such a program laid beside a store because two machines wrote to it."""
    return sorted(
        found
        for found in path.parent.glob("*.db")
        if found != path and found.name.startswith(path.stem) and _is_conflict(found.name.lower())
    )


def _is_conflict(name: str) -> bool:
    return "conflict" in name or "(1)" in name

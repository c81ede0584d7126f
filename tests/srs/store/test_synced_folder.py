"""Folders that a program keeps in step with other machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from srs.store.place.synced_folder import conflicting_copies, syncing_program


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("/home/ada/Dropbox/cards", "Dropbox"),
        ("/home/ada/Dropbox (Personal)/cards", "Dropbox"),
        ("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/cards", "iCloud"),
        ("/Users/ada/Library/CloudStorage/GoogleDrive-ada@example.org/cards", "Google Drive"),
        ("/mnt/c/Users/ada/OneDrive - Example/cards", "OneDrive"),
        ("/home/ada/Nextcloud/cards", "Nextcloud"),
        ("/home/ada/.local/share/proofdeck", None),
        ("/home/ada/dropboxes/proofdeck", None),
    ],
)
def test_the_program_is_known_by_the_folder_s_name(folder: str, program: str | None) -> None:
    assert syncing_program(Path(folder)) == program


def test_syncthing_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert syncing_program(tmp_path / "notes" / "home") == "Syncthing"


def test_copies_that_two_machines_made_are_found(tmp_path: Path) -> None:
    names = [
        "proofdeck.db",
        "proofdeck.sync-conflict-20261122-090000-ABCDEFG.db",
        "proofdeck (Ada's conflicted copy 2026-11-22).db",
        "proofdeck (1).db",
        "other.db",
    ]
    for name in names:
        (tmp_path / name).touch()
    found = [path.name for path in conflicting_copies(tmp_path / "proofdeck.db")]
    assert found == sorted(names[1:4])

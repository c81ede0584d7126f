"""Find the file that holds a project's settings: beside a guide, or above it in the same repository."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli.project.project_settings import (
    NO_SETTINGS,
    ProjectSettings,
    ProjectSettingsError,
    read_settings,
    settings_with_variables,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN_FILE = "proofdeck.toml"
SHARED_FILE = "pyproject.toml"


def project_settings(folder: Path, variables: Mapping[str, str]) -> ProjectSettings:
    """Return what holds for a guide in a folder: the environment's variables before the nearest file.

    Raises ProjectSettingsError where either says what cannot be.
    """
    found = (_settings_in(each) for each in _folders(folder))
    return settings_with_variables(next((each for each in found if each is not None), NO_SETTINGS), variables)


def _folders(folder: Path) -> Iterator[Path]:
    """Yield a folder, and those above it up to its repository's root; outside of one, only itself.

    What lies further up may be anybody's, as in a folder for temporary files.
    """
    yield folder
    above = list(Path(os.path.abspath(folder)).parents)  # noqa: PTH100 - a link stays where it is
    if (folder / ".git").exists():
        return
    root = next((number for number, each in enumerate(above) if (each / ".git").exists()), None)
    if root is not None:
        yield from above[: root + 1]


def _settings_in(folder: Path) -> ProjectSettings | None:
    own = _text(folder / OWN_FILE)
    if own is not None:
        return read_settings(own, _shown(folder / OWN_FILE), folder, is_table=False)
    shared = _text(folder / SHARED_FILE)
    # Most projects say nothing of this here, and that is told without reading TOML.
    if shared is None or "proofdeck" not in shared:
        return None
    return read_settings(shared, _shown(folder / SHARED_FILE), folder, is_table=True)


def _text(path: Path) -> str | None:
    from cards.files import read_file

    try:
        return read_file(path).decode("utf-8-sig").replace("\r\n", "\n")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    except UnicodeDecodeError:
        raise ProjectSettingsError(f"{_shown(path)}: this file is no UTF-8, and so no TOML.") from None
    except OSError as error:
        raise ProjectSettingsError(f"{_shown(path)}: cannot be read ({error.strerror}).") from None


def _shown(path: Path) -> str:
    with suppress(ValueError):
        return str(Path(os.path.abspath(path)).relative_to(Path.cwd()))  # noqa: PTH100
    return str(path)

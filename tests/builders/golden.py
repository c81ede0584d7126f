"""Whole screens and reports, each in a text file below `screens/` beside its test.

`pytest --rewrite` writes the files; read the difference before keeping it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    Expect = Callable[[str, str], None]
    """Compares the file of a name with a text."""

FOLDER = "screens"
_WIDTH = re.compile(r"-\d+\Z")
_DURATION = re.compile(r"\b\d+(?:\.\d+)? s\b")
_PACKAGE_SIZE = re.compile(r"\d+ KB, for Anki")
_VERSION = re.compile(r"\b(TensorFlow|Keras|Python) \d+(?:\.\w+)+")


def golden_files(request: pytest.FixtureRequest) -> Expect:
    """Return what holds a text to the file of a name, or with `--rewrite` writes the text into it."""
    folder, rewrites = request.path.parent / FOLDER, request.config.getoption("--rewrite")

    def expect(name: str, text: str) -> None:
        file = folder / f"{name}.txt"
        if rewrites:
            folder.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        assert text == file.read_text("utf-8")

    return expect


def unnamed_files(folder: Path) -> list[str]:
    """Return the files of a folder of tests that no test beside them names."""
    tests = "".join(path.read_text("utf-8") for path in folder.glob("test_*.py"))
    return [
        file.name
        for file in sorted((folder / FOLDER).glob("*.txt"))
        if f'"{_WIDTH.sub("", file.stem)}' not in tests
    ]


def normalised(text: str, folder: Path | None = None) -> str:
    """Return a report without what differs between two runs.

    The test's folder becomes FOLDER, a duration "N s", a package's size, which its random ids change by a
    few bytes, "N KB", and blanks at the ends of lines, which nobody sees, go.
    """
    if folder is not None:
        text = text.replace(str(folder), "FOLDER")
    text = _PACKAGE_SIZE.sub("N KB, for Anki", _DURATION.sub("N s", text))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def without_versions(text: str) -> str:
    """Return a report with X.Y for the version of each package that is installed here."""
    return _VERSION.sub(r"\1 X.Y", text)

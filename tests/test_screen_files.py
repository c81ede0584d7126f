"""The files below `screens/`, which hold what a person sees."""

from __future__ import annotations

from tests.builders.golden import FOLDER, unnamed_files
from tests.builders.place import ROOT


def test_every_screen_on_file_is_asserted_by_a_test_beside_it() -> None:
    folders = [screens.parent for screens in (ROOT / "tests").rglob(FOLDER)]
    assert folders != []
    assert [file for folder in folders for file in unnamed_files(folder)] == []

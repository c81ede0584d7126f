"""Versions of packages, by the name that code or pip knows, here and in another interpreter."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from cards.errors import ProofError
from cards.prove.client.installed_versions import installed_runtime, package_versions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder of installed packages: some are named as their module, some are not."""
    install(tmp_path, "opencv-python-headless", "4.10.1", "cv2/__init__.py")
    install(tmp_path, "pillow", "11.1", "PIL/__init__.py")
    install(tmp_path, "Some_Tool", "1.0", "some_tool/__init__.py")
    install(tmp_path, "left-part", "1.5", "shared_folder/left/__init__.py")
    install(tmp_path, "right-part", "2.5", "shared_folder/right/__init__.py")
    install(tmp_path, "one-file", "3.5", "lone_module.py")
    (tmp_path / "owned_by_nobody.py").write_text("raise SystemExit('it was imported')\n")
    return tmp_path


def install(folder: Path, name: str, version: str, *files: str) -> None:
    about = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (about / "RECORD").write_text("".join(f"{file},,\n" for file in files))
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("raise SystemExit('it was imported')\n")


VERSIONS = {
    "cv2": "4.10.1",
    "opencv-python": "4.10.1",
    "PIL": "11.1",
    "Pillow": "11.1",
    "some-tool": "1.0",
    "some_tool": "1.0",
    "shared_folder": "left-part 1.5, right-part 2.5",
    "lone_module": "3.5",
    "owned_by_nobody": "present",
    "json": "present",
    "sys": "present",
    "os.path": "present",
    "surely_not_there": "",
    "surely.not.there": "",
    "surely-not-there": "",
}


def test_a_module_has_the_version_of_the_distribution_that_brings_it(
    packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(packages))
    assert package_versions(frozenset(VERSIONS)) == VERSIONS


@pytest.mark.slow
def test_another_interpreter_says_what_it_has_itself(
    packages: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path_factory.mktemp("other") / "python"
    python.symlink_to(os.path.realpath(sys.executable))
    assert package_versions(frozenset({"cv2"})) == {"cv2": ""}
    monkeypatch.setenv("PYTHONPATH", str(packages))
    assert package_versions(frozenset(VERSIONS), str(python)) == VERSIONS


@pytest.mark.slow
def test_what_is_no_interpreter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProofError, match=r"python is no working interpreter\. Name one of Python 3\.11"):
        installed_runtime(str(tmp_path / "python"))


def test_nothing_is_asked_for_no_names() -> None:
    assert package_versions(frozenset(), "/nowhere/python") == {}

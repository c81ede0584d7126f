"""Environments: made whole or not at all, found again, and what is said where uv cannot make one."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from cards.environment.needed_packages import needed_packages
from cards.environment.uv_environment import UvError, find_environment, make_environment
from tests.builders.wheel import write_wheel

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not installed"),
]


@pytest.fixture(autouse=True)
def _offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    write_wheel(wheels, "tinything", "1.0", "VERSION = '1.0'\n")
    write_wheel(wheels, "tinything", "2.0", "VERSION = '2.0'\n")
    for name, value in {
        "UV_FIND_LINKS": str(wheels),
        "UV_NO_INDEX": "1",
        "UV_OFFLINE": "1",
        "UV_PYTHON_DOWNLOADS": "never",
    }.items():
        monkeypatch.setenv(name, value)


def test_an_environment_is_made_once_and_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "environments"
    needed = needed_packages(["tinything<2"])
    assert find_environment(needed, folder) is None
    said: list[str] = []
    python = make_environment(needed, folder, said.append)
    assert find_environment(needed, folder) == python
    assert [each.name for each in folder.iterdir()] == [needed.key]
    printed = subprocess.run(
        [python, "-c", "import tinything; print(tinything.VERSION)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout == "1.0\n"
    assert any("Installed" in line for line in said)


def test_what_nobody_has_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(UvError, match=r"uv finds nothing that fits: .*tinything"):
        make_environment(needed_packages(["tinything==3.*"]), tmp_path / "environments", print)
    assert list((tmp_path / "environments").iterdir()) == []


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupt(line: str) -> None:
        raise KeyboardInterrupt(line)

    with pytest.raises(KeyboardInterrupt):
        make_environment(needed_packages(["tinything"]), tmp_path / "environments", interrupt)
    assert list((tmp_path / "environments").iterdir()) == []


def test_a_python_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UvError, match="no such Python here"):
        make_environment(needed_packages([], "3.99"), tmp_path / "environments", print)


def test_a_missing_network_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_NO_INDEX", "UV_OFFLINE"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with pytest.raises(UvError, match="is there a network"):
        make_environment(needed_packages(["no-such-package-anywhere"]), tmp_path / "environments", print)


def test_a_missing_uv_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(UvError, match="pip install uv"):
        make_environment(needed_packages(["tinything"]), tmp_path / "environments", print)

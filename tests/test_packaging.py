"""The wheel, as somebody installs it: run from another folder, with the bundled guide inside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.builders.place import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    uv = os.environ.get("UV") or shutil.which("uv")
    assert uv, "run the tests with `uv run pytest`, or put uv on the path"
    subprocess.run([uv, "build", "--wheel", "--quiet", "--out-dir", str(folder), str(ROOT)], check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_packages_the_guide_and_its_lock_and_no_source_folder(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cards", "exporters", "srs"}
    assert {"cards/_guides/tensorflow-interview.md", "cards/_guides/tensorflow-interview.lock"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


def test_the_installed_wheel_builds_its_own_guide_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    site, desk = tmp_path / "site", tmp_path / "desk"
    zipfile.ZipFile(wheel).extractall(site)
    (desk / "source").mkdir(parents=True)
    (desk / "source" / "tensorflow-interview.md").write_text("not a guide at all")
    site_before = sorted(site.rglob("*"))
    environment = os.environ | {
        "PYTHONPATH": str(site),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PROOFDECK_HOME": str(desk / "home"),
    }
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from srs.cli import main; main()", "build", "--json"],
        cwd=desk,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(done.stdout)
    assert report["title"] == "TensorFlow interview"
    assert report["changes"]["new"] == []
    assert (desk / "tensorflow-interview.apkg").exists()
    assert (desk / "home" / "locks" / "tensorflow-interview.lock").exists()
    assert sorted(site.rglob("*")) == site_before

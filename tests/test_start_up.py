"""What a learner types daily loads next to nothing."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.builders.command import COMMAND, environment
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

HEAVY = {
    "tensorflow",
    "keras",
    "genanki",
    "markdown_it",
    "pygments",
    "sqlite_utils",
    "yaml",
    "asyncio",
    "numpy",
    "rich",
}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--version"],
        ["--help"],
        ["due"],
        ["due", "--json"],
        ["review", "--help"],
        ["review"],
        ["interview"],
        ["undo"],
    ],
    ids=" ".join,
)
def test_a_daily_command_imports_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "small.md").write_text(
        "# T\n\n### Q1. What is a tensor?\n\nA **tensor** is an array with a dtype.\n"
    )
    environment = os.environ | {"PROOFDECK_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-X", "importtime", "-P", "-c", "from srs.cli import main; main()"]
    built = subprocess.run(
        [*command, "build", "small.md"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "genanki" in _imported(built.stderr), "the probe sees what a build loads"
    done = subprocess.run(
        [*command, *arguments],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        input="4\n",
    )
    assert done.returncode == 0
    assert _imported(done.stderr) & HEAVY == set()


def test_before_the_first_card_a_review_loads_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    (tmp_path / "small.md").write_text(
        "# T\n\n### Q1. What is a tensor?\n\nA **tensor** is an array with a dtype.\n"
    )
    home = str(tmp_path / "home")
    command = [*COMMAND, "--home", home, "build", str(tmp_path / "small.md")]
    subprocess.run(command, env=environment(), capture_output=True, check=True)
    log = tmp_path / "imported"
    python = shlex.join([sys.executable, "-X", "importtime", *COMMAND[1:], "--home", home, "review"])
    shell = ["-c", f"{python} 2> {shlex.quote(str(log))}"]
    child = pexpect.spawn("/bin/sh", shell, env=environment(), dimensions=(24, 80), timeout=20)
    child.expect_exact("show the answer")
    imported = _modules(log.read_text())
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert "srs.screen.terminal" in imported
    assert imported & {"rich", "rich.cells", "cards.answer.correctness"} == set()


def _imported(log: str) -> set[str]:
    return {name.partition(".")[0] for name in _modules(log)}


def _modules(log: str) -> set[str]:
    return {line.rsplit("|", 1)[-1].strip() for line in log.splitlines() if line.startswith("import time:")}

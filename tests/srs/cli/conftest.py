"""The command line as a person meets it: a folder, a home, a clock that stands still."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from srs.cli import command, main

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = """\
# Small guide

## Basics

### Q1. What is a tensor?

A **tensor** is an array with a dtype and a shape. Eager code is easy to debug because every tensor
holds its value.

| Aspect  | Eager        | Graph         |
|---------|--------------|---------------|
| Runs    | line by line | after tracing |

- **rank**: the number of axes that a tensor has
- **shape**: the length of every axis in order

### Q2. What does a graph give you?

A graph can be saved without Python. A graph is compiled by **XLA** when asked to.
"""


@dataclass
class Desk:
    """A working folder and its own store."""

    folder: Path

    def write(self, text: str = GUIDE, name: str = "small.md") -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def run(self, *arguments: str, now: str = "2026-11-22T09:00:00+00:00", keys: str = "") -> Result:
        """Run a command through the same door as a person: errors become sentences and exit codes."""
        environment = {
            "PROOFDECK_HOME": str(self.folder / "home"),
            "PROOFDECK_NOW": now,
            "COLUMNS": "100",
        }
        return CliRunner().invoke(door, arguments, env=environment, input=keys, catch_exceptions=False)

    def json(self, *arguments: str, now: str = "2026-11-22T09:00:00+00:00") -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.run(*arguments, "--json", now=now).stdout)


class _Door:
    """`main` in the shape that click's runner wants."""

    name = command.name

    def main(self, args: Any, prog_name: str, **_: object) -> None:  # noqa: ANN401, ARG002
        main(list(args))


door: Any = _Door()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)

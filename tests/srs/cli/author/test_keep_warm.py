"""`proofdeck build --keep-warm`: what runs code stays for the next commands."""

from __future__ import annotations

import os
import signal
import socket
from typing import TYPE_CHECKING

import pytest

from tests.builders.command import processes_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.srs.cli.conftest import Desk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="only Linux keeps a process"),
]
GUIDE = """\
# Sums

### Q1. What is a sum?

A **sum** is what addition gives.

```python
print(3 + 4)
```
"""


@pytest.fixture
def mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Words in the environment of the processes that are kept; they end with the test."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    mark = f"TMPDIR={tmp_path}"
    yield mark
    for process in processes_with(mark):
        os.kill(process, signal.SIGTERM)


def test_the_next_build_uses_what_one_has_left(desk: Desk, mark: str) -> None:
    desk.write(GUIDE)
    assert desk.run("build", "small.md", "--keep-warm").exit_code == 0
    kept = set(processes_with(mark))
    assert kept
    desk.write(GUIDE.replace("3 + 4", "3 + 5"))
    again = desk.run("build", "small.md")
    assert (again.exit_code, "1 run just now" in again.output) == (0, True), again.output
    assert set(processes_with(mark)) == kept


def test_a_build_leaves_nothing_unless_it_is_asked_to(desk: Desk, mark: str) -> None:
    desk.write(GUIDE)
    assert desk.run("build", "small.md").exit_code == 0
    assert processes_with(mark) == []

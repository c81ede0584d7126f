"""What happens where Python lacks the modules that Windows lacks: a sentence, and no traceback."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.builders.command import environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")]

WINDOWS = """
import signal, sys, sysconfig

# They would look for Windows itself.
import click, platformdirs.unix, rich.console, rich.progress, subprocess, tempfile
sysconfig.get_config_vars()

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "grp", "pty", "pwd", "readline", "resource", "termios", "tty"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in ("fcntl", "grp", "pty", "pwd", "readline", "resource", "termios", "tty"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Missing())
for name in ("SIGTSTP", "SIGWINCH", "SIGCONT", "SIGHUP", "SIGKILL", "pthread_sigmask"):
    delattr(signal, name)
sys.platform = "win32"
from srs.cli import main
main()
"""
GUIDE = """# T

### Q1. What is a tensor?

A **tensor** is an array with a dtype.

```python
print(sum([1, 2, 3]))
```

```output
6
```
"""


def run(folder: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WINDOWS, *arguments],
        cwd=folder,
        env=environment(PROOFDECK_HOME=str(home)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_terminal_that_cannot_be_held_is_a_sentence(home: Path, tmp_path: Path) -> None:
    review = pexpect.spawn(
        sys.executable,
        ["-c", WINDOWS, "review"],
        cwd=str(tmp_path),
        env=environment(PROOFDECK_HOME=str(home)),
        dimensions=(24, 200),
        encoding="utf-8",
        timeout=60,
    )
    review.expect(pexpect.EOF)
    review.close()
    assert str(review.before).strip() == (
        "This needs Python's module `termios`, which Windows does not have: run proofdeck inside WSL, "
        "the Linux that comes with Windows."
    )
    assert review.exitstatus == 1


@pytest.mark.parametrize("arguments", [["due"], ["cards"], ["stats"], ["doctor"], ["review"]], ids=" ".join)
def test_what_needs_none_of_them_works(home: Path, tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path, home, *arguments)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


def test_code_runs_only_when_somebody_says_so(tmp_path: Path) -> None:
    (tmp_path / "g.md").write_text(GUIDE, "utf-8")
    done = run(tmp_path, tmp_path / "home", "prove", "g.md")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "This system offers nothing to confine code with. Say --unconfined if you trust the guide as much as "
        "a program that you start; on Windows, run proofdeck inside WSL."
    )

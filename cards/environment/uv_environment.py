"""Environments made by uv: built under another name, then moved to where they are kept, by what they have.

An environment that is there is whole. It may be deleted at any time; the next command makes it again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cards.environment.needed_packages import own_python
from cards.errors import ProofdeckError
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cards.environment.needed_packages import NeededPackages

_PART_PREFIX = ".making-"
_PART_AGE_SECONDS = 86_400
"""What was being made longer ago than this was left behind by a command that was killed."""
_PYTHONS = ("3.13", "3.12", "3.11")
"""The Pythons that are tried in turn where nobody names one and a package has no files for this one."""
_NO_NETWORK = regex(
    r"dns error|client error \(Connect\)|error sending request|network connectivity|timed out|tcp connect",
    re.IGNORECASE,
)
_NO_PYTHON = regex(
    r"No (?:interpreter|download) found|python-build-standalone|python downloads", re.IGNORECASE
)
_NO_SOLUTION = regex(r"No solution found|no wheels|building source distributions is disabled", re.IGNORECASE)
_OTHER_PYTHON = regex(r"Python ABI tag|depends on Python|Python[<>=]|current Python version", re.IGNORECASE)
_PROGRESS = regex(r"Resolved|Downloading|Prepared|Installed")
_CLOCK_PACKAGE = "time-machine"
"""Gives a second run another clock; nothing is missed but that where it cannot be installed."""


class UvError(ProofdeckError):
    """uv could not make an environment."""

    def __init__(self, sentence: str, *, wants_other_python: bool = False) -> None:
        super().__init__(sentence)
        self.wants_other_python = wants_other_python
        """Nothing fits this Python, and another one may do."""


def environments_folder() -> Path:
    """Return the folder in which environments are kept: in the platform's folder for caches."""
    from platformdirs import user_cache_path

    return user_cache_path("proofdeck", appauthor=False) / "environments"


def find_environment(needed: NeededPackages, folder: Path) -> str | None:
    """Return the interpreter of the environment that has what is needed; None where there is none yet."""
    python = _python_in(folder / needed.key)
    return str(python) if python.exists() else None


def make_environment(needed: NeededPackages, folder: Path, tell: Callable[[str], None]) -> str:
    """Make the environment and return its interpreter; raises UvError.

    `tell` is given what uv says on the way, line by line. Where no Python is named, others are tried if
    nothing that is needed fits this one.
    """
    uv = _find_uv()
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    errors = []
    for python in [needed.python] if needed.python else dict.fromkeys((own_python(), *_PYTHONS)):
        try:
            return _make(uv, needed, python, folder, tell)
        except UvError as error:
            errors.append(error)
            if not error.wants_other_python:
                break
    raise errors[0]


def _find_uv() -> str:
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if found is None:
        raise UvError("uv, which makes environments, is not installed; `pip install uv` does it.")
    return found


def _sweep(folder: Path) -> None:
    """Remove what killed commands left half-made."""
    for part in folder.glob(f"{_PART_PREFIX}*"):
        with suppress(OSError):
            if part.stat().st_mtime < time.time() - _PART_AGE_SECONDS:
                shutil.rmtree(part)


def _make(uv: str, needed: NeededPackages, python: str, folder: Path, tell: Callable[[str], None]) -> str:
    part = Path(tempfile.mkdtemp(prefix=_PART_PREFIX, dir=folder))
    try:
        made = part / "environment"
        _run([uv, "venv", "--no-project", "--relocatable", "--python", python, str(made)], part, tell)
        # No code of a package runs while it is installed: what has to be built first is refused.
        install = [uv, "pip", "install", "--no-build", "--python", str(_python_in(made))]
        if needed.packages:
            _run([*install, "--", *needed.packages], part, tell)
        with suppress(UvError):
            _run([*install, _CLOCK_PACKAGE], part, lambda _: None)
        (made / "proofdeck.json").write_text(
            json.dumps({"packages": needed.packages, "python": needed.python}), encoding="utf-8"
        )
        return str(_python_in(_keep(made, folder / needed.key)))
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _keep(made: Path, kept: Path) -> Path:
    """Move a finished environment to where it is kept; one that another command has put there is as good."""
    if not _python_in(kept).exists():
        shutil.rmtree(kept, ignore_errors=True)
        with suppress(FileExistsError):
            made.rename(kept)
    return kept


def _python_in(environment: Path) -> Path:
    if sys.platform == "win32":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def _run(command: list[str], folder: Path, tell: Callable[[str], None]) -> None:
    """Run uv; raises UvError with the reason where it fails."""
    said = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        cwd=folder,
        env=os.environ | {"PATH": os.pathsep.join(_search_path()), "NO_COLOR": "1"},
    ) as process:
        try:
            for line in process.stderr or ():
                said.append(line.rstrip())
                if _PROGRESS.match(line):
                    tell(line.strip())
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise _error_of("\n".join(said))


def _search_path() -> Iterator[str]:
    """Yield the folders in which uv looks for Pythons: those of pyenv too, which are often on no PATH."""
    yield os.environ.get("PATH", os.defpath)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path("~/.pyenv").expanduser())
    yield from map(str, sorted(pyenv.glob("versions/3.1[1-9]*/bin"), reverse=True))


def _error_of(said: str) -> UvError:
    if _NO_PYTHON.search(said):
        return UvError("uv finds no such Python here and could not fetch one.", wants_other_python=True)
    if _NO_NETWORK.search(said):
        return UvError("uv cannot reach the index of packages; is there a network?")
    lines = " ".join(said.partition("\nhint:")[0].split())
    if _NO_SOLUTION.search(said):
        reason = lines.rpartition("cause: ")[2]
        reason = re.sub(r", we can conclude that your requirements are unsatisfiable\.?$", "", reason)
        return UvError(
            f"uv finds nothing that fits: {reason}.", wants_other_python=bool(_OTHER_PYTHON.search(said))
        )
    return UvError(f"uv failed: {lines.rpartition('error: ')[2] or 'it said nothing'}")

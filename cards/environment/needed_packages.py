"""The packages and the Python that code needs, as an author or a person names them."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from cards.errors import ProofdeckError
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_PYTHON = regex(r"(?:[<>=!~]=?)?\d+(?:\.\d+){0,2}(?:\.\*)?(?:, ?(?:[<>=!~]=?)?\d+(?:\.\d+){0,2}(?:\.\*)?)*")
_PROVES_FROM = (3, 11)
"""The oldest Python that the sandbox runs in."""


@dataclass(frozen=True, slots=True)
class NeededPackages:
    """What an environment must have."""

    packages: tuple[str, ...]
    """Requirements as installers take them, sorted: `torch==2.*`."""
    python: str = ""
    """`3.12` or `>=3.12`; empty for any."""

    @property
    def key(self) -> str:
        """A digest: equal needs have one environment."""
        text = json.dumps([self.packages, self.python or own_python()])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def __str__(self) -> str:
        python = [f"Python {self.python}"] if self.python else []
        return ", ".join([*self.packages, *python])


def needed_packages(requirements: Iterable[str], python: str = "") -> NeededPackages:
    """Return what is needed, checked; raises ProofdeckError for what is no requirement or no such Python."""
    from packaging.requirements import InvalidRequirement, Requirement

    found = set()
    for text in requirements:
        try:
            found.add(str(Requirement(text)))
        except InvalidRequirement as error:
            reason = str(error).partition("\n")[0]
            raise ProofdeckError(
                f"{text!r} is no requirement ({reason}); write `pandas` or `pandas==2.*`."
            ) from None
    if python and not _PYTHON.fullmatch(python):
        raise ProofdeckError(f'{python!r} is no version of Python; write "3.12" or ">=3.12".')
    if re.fullmatch(r"\d+\.\d+(?:\.\d+)?", python) and _numbers(python)[:2] < _PROVES_FROM:
        raise ProofdeckError(f"Python {python} is too old to prove code with; name 3.11 or newer.")
    return NeededPackages(tuple(sorted(found)), python)


def missing_here(requirements: Collection[str], python: str) -> NeededPackages | None:
    """Return what is needed; None where nothing is, or this interpreter has it all.

    Raises ProofdeckError for what is no requirement or no such Python.
    """
    if not (requirements or python):
        return None
    needed = needed_packages(requirements, python)
    return None if is_met_here(needed) else needed


def is_met_here(needed: NeededPackages) -> bool:
    """Tell whether this interpreter has all that is needed."""
    from packaging.specifiers import SpecifierSet

    python = needed.python
    if python:
        wanted = f"=={python}.*" if python[0].isdigit() and not python.endswith("*") else python
        if re.fullmatch(r"\d+\.\d+\.\d+", python):
            wanted = f"=={python}"
        if not SpecifierSet(wanted).contains(".".join(map(str, sys.version_info[:3]))):
            return False
    return all(map(_is_installed, needed.packages))


def _is_installed(text: str) -> bool:
    from packaging.requirements import Requirement

    requirement = Requirement(text)
    if requirement.marker is not None and not requirement.marker.evaluate():
        return True
    if requirement.url or requirement.extras:
        # Whether these are met is known to installers only.
        return False
    try:
        return requirement.specifier.contains(version(requirement.name), prereleases=True)
    except PackageNotFoundError:
        return False


def own_python() -> str:
    """Return the version of this interpreter: `3.11`."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _numbers(python: str) -> tuple[int, ...]:
    return tuple(map(int, python.split(".")))

"""The versions that code runs under."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cards.program.release import is_part_of, minor, release

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class VersionOrder(NamedTuple):
    """How runtimes are ordered: by TensorFlow, then Keras, then Python."""

    tensorflow: tuple[int, ...]
    keras: tuple[int, ...]
    python: tuple[int, ...]
    words: tuple[str, ...]
    """All versions as they are written, so that no two runtimes are equal that differ."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """The versions a proof was made with."""

    python: str
    """Major and minor: 3.11."""
    tensorflow: str = ""
    """Empty where the code does not use it."""
    keras: str = ""
    packages: tuple[tuple[str, str], ...] = ()
    """What else the code imports, by name, with its version; an empty version where it is missing."""

    @property
    def order(self) -> VersionOrder:
        """Its place among runtimes, the oldest TensorFlow first."""
        packages = (f"{name}=={version}" for name, version in self.packages)
        return VersionOrder(
            release(self.tensorflow),
            release(self.keras),
            release(self.python),
            (self.tensorflow, self.keras, self.python, *packages),
        )

    @property
    def without_packages(self) -> Runtime:
        """The runtime as it is listed: what else each piece of code imports is left out."""
        return replace(self, packages=())

    @property
    def words(self) -> str:
        """It in words, as reports name it: `TensorFlow 2.21.0 · Keras 3.15.1 · Python 3.11`.

        Without TensorFlow the packages are named: `Python 3.11 · NumPy 2.3.1`.
        """
        if not self.tensorflow:
            return " · ".join([f"Python {self.python}", *package_words(self.packages)])
        named = (("TensorFlow", self.tensorflow), ("Keras", self.keras), ("Python", self.python))
        return " · ".join(f"{name} {version}" for name, version in named if version)

    def is_named(self, name: str) -> bool:
        """Tell whether a person's name for runtimes means it: `3.13`, `tensorflow==2.18`, or its words.

        Each part must fit: a bare version is Python's or TensorFlow's, and 2.18 is any version of that line.
        """
        parts = [part.strip() for part in re.split("[·,]", name) if part.strip()]
        return bool(parts) and all(map(self._has, parts))

    def _has(self, part: str) -> bool:
        """Tell whether it has a version: `3.13`, `keras==3.8`, `TensorFlow 2.18.0`."""
        known = dict(self.packages) | {
            "python": self.python,
            "tensorflow": self.tensorflow,
            "keras": self.keras,
        }
        package, _, wanted = re.sub(r"\s*(==|\s)\s*", "=", part, count=1).rpartition("=")
        if package:
            return is_part_of(wanted, known.get(package.lower(), ""))
        return wanted == self.python or is_part_of(wanted, self.tensorflow)


_PROPER_NAMES = {"numpy": "NumPy", "scipy": "SciPy", "sklearn": "scikit-learn", "torch": "PyTorch"}


def package_words(packages: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield each package that has a version of its own, in words."""
    for name, version in packages:
        if release(version):
            yield f"{_PROPER_NAMES.get(name, name)} {version}"


def versions_in_short(runtimes: Iterable[Runtime]) -> str:
    """Return the versions that runtimes have, newest first: `TensorFlow 2.21, 2.18 · Python 3.13`.

    Keras, of which each TensorFlow has its own, is left out.
    """
    seen = [(("TensorFlow", each.tensorflow), ("Python", each.python), *each.packages) for each in runtimes]
    found: dict[str, set[str]] = {}
    for name, version in (pair for pairs in seen for pair in pairs):
        if release(version):
            found.setdefault(_PROPER_NAMES.get(name, name), set()).add(minor(version))
    return " · ".join(
        f"{name} {', '.join(sorted(versions, key=release, reverse=True))}" for name, versions in found.items()
    )


def all_in_words(runtimes: Iterable[Runtime]) -> list[str]:
    """Return what some verdicts were made with, in words, in order; packages of one Python together."""
    packages: dict[Runtime, dict[str, str]] = {}
    for runtime in runtimes:
        packages.setdefault(runtime.without_packages, {}).update(runtime.packages)
    return sorted(replace(each, packages=tuple(sorted(of.items()))).words for each, of in packages.items())

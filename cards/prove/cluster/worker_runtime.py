"""The versions that a worker runs code with, compared with those that a command asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import cards
from cards.prove.client.installed_versions import keras_2_version, package_versions, runtime_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.program.runtime import Runtime


@dataclass(frozen=True, slots=True)
class WorkerRuntime:
    """All versions that a verdict may depend on."""

    runtime: Runtime
    """With the packages that any of the programs needs."""
    keras_2: str
    """The version of tf_keras; empty where it is not installed."""
    engine: str
    """A digest of the code that proves."""
    python: str | None = None
    """The interpreter that runs code; None for the worker's own."""
    unconfined: bool = False
    """Code may run where nothing confines it."""

    @property
    def resource(self) -> str:
        """The name under which Dask knows the workers that have this runtime."""
        return f"proofdeck-{sha256(repr(self).encode()).hexdigest()[:16]}"

    @property
    def packages(self) -> frozenset[str]:
        """The names of the packages that any of the programs needs."""
        return frozenset(name for name, _ in self.runtime.packages)


def runtime_here(packages: frozenset[str], python: str | None, *, unconfined: bool = False) -> WorkerRuntime:
    """Return the versions that code would run with on this machine."""
    runtime = runtime_of(python)
    versions = tuple(sorted(package_versions(packages, python).items()))
    return WorkerRuntime(
        runtime=replace(runtime, packages=versions),
        keras_2=keras_2_version(python),
        engine=_engine_digest(),
        python=python,
        unconfined=unconfined,
    )


def differences(found: WorkerRuntime, asked: WorkerRuntime) -> str:
    """Return in words what a worker has other than is asked; empty where they agree."""
    return ", ".join(
        _difference(name, have, want) for name, have, want in _pairs(found, asked) if have != want
    )


def _difference(name: str, have: str, want: str) -> str:
    if not have:
        return f"{name} {want} is missing"
    return f"{name} {have} instead of {want}" if want else f"{name} {have}, which is not asked for"


def _pairs(found: WorkerRuntime, asked: WorkerRuntime) -> Iterator[tuple[str, str, str]]:
    """Yield each version's name, the version found and the one asked for."""
    yield "Python", found.runtime.python, asked.runtime.python
    yield "TensorFlow", found.runtime.tensorflow, asked.runtime.tensorflow
    yield "Keras", found.runtime.keras, asked.runtime.keras
    yield "tf_keras", found.keras_2, asked.keras_2
    have = dict(found.runtime.packages)
    for name, version in asked.runtime.packages:
        yield name, have.get(name, ""), version
    yield "proofdeck", found.engine, asked.engine


@cache
def _engine_digest() -> str:
    """Return a digest of this package's code: another version may decide other verdicts."""
    folder = Path(cards.__file__).parent
    digest = sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:8]

"""Finds the versions of TensorFlow, Keras and packages that code would run with, importing none of them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from cards.errors import ProofError
from cards.program.runtime import Runtime
from cards.prove.client import package_lookup
from cards.python.distribution import distribution_of, module_of

_TENSORFLOW = ("tensorflow", "tensorflow-cpu", "tf-nightly")
_OTHER_BUILDS = frozenset(
    {"tensorflow-cpu", "tensorflow-gpu", "tensorflow-intel", "tensorflow-macos", "tf-nightly"}
)
"""Distributions that bring the module `tensorflow` under other names."""
_KERAS = ("keras", "keras-nightly")
_KERAS_2 = ("tf-keras", "tf-keras-nightly")


def runtime_of(python: str | None = None) -> Runtime:
    """Return the versions that code would run with, empty ones for TensorFlow and Keras where missing."""
    found = _ask(python, versions=(_TENSORFLOW, _KERAS))
    return Runtime(found["python"], *found["versions"])


def installed_runtime(python: str | None = None) -> Runtime | None:
    """Return the versions that code would run with; None without TensorFlow."""
    runtime = runtime_of(python)
    return runtime if runtime.tensorflow else None


def keras_2_version(python: str | None = None) -> str:
    """Return the version of tf_keras; empty where it is not installed."""
    found: str = _ask(python, versions=(_KERAS_2,))["versions"][0]
    return found


def package_versions(names: frozenset[str], python: str | None = None) -> dict[str, str]:
    """Return the versions of packages, by import name or distribution; empty ones for those that are missing.

    They are those of the interpreter at `python`, where one is named.
    """
    if not names:
        return {}
    found: dict[str, str] = _ask(python, packages={name: _other_names(name) for name in sorted(names)})[
        "packages"
    ]
    return found


def _other_names(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the distributions and the modules that a package may be, by the name that code or pip knows."""
    distributions = tuple(dict.fromkeys((name, name.replace("_", "-"), distribution_of(name))))
    first, dot, _ = name.partition(".")
    if name.lower() in _OTHER_BUILDS:
        return distributions, ("tensorflow",)
    # Whether a part of a package is there would be known only by importing the package.
    modules = (first,) if dot else (name.replace("-", "_"), module_of(name).partition(".")[0])
    known = modules if not dot or first in sys.stdlib_module_names else ()
    return distributions, tuple(dict.fromkeys(known))


def _ask(
    python: str | None,
    versions: tuple[tuple[str, ...], ...] = (),
    packages: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] | None = None,
) -> dict[str, Any]:
    """Return what an interpreter, this one or another, has installed."""
    question = {"versions": versions, "packages": packages or {}}
    if python is None or python == sys.executable:
        return package_lookup.answer_question(question)
    try:
        asked = subprocess.run(
            [python, "-P", package_lookup.__file__, json.dumps(question)],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        answer: dict[str, Any] = json.loads(asked.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ProofError(f"{python} is no working interpreter. Name one of Python 3.11 or newer.") from error
    return answer

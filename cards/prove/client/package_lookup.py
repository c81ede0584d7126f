"""Look up versions of packages without importing them; also a script for another interpreter.

As a script it is given a question as JSON and prints the answer. It imports the standard library only.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PRESENT = "present"
"""The version of what can be imported and belongs to no distribution: Python's own modules."""


def first_version(names: Iterable[str]) -> str:
    """Return the version of the first distribution that is installed; empty where none is."""
    for name in names:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return ""


def package_version(name: str, modules: Iterable[str]) -> str:
    """Return a package's version by distribution, else by a module that it brings; empty where it is missing.

    A module that another distribution brings has the version of that one: so an update of it is noticed.
    """
    if found := first_version((name, name.replace("_", "-"))):
        return found
    for module in modules:
        if _can_be_imported(module):
            return _versions_behind(module) or PRESENT
    return ""


def _can_be_imported(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _versions_behind(module: str) -> str:
    """Return the version of the distribution that brings a module; of several, their names as well."""
    names = sorted(set(_distributions().get(module, ())))
    if len(names) == 1:
        return first_version(names)
    return ", ".join(f"{name} {first_version([name])}" for name in names)


@cache
def _distributions() -> Mapping[str, list[str]]:
    return packages_distributions()


def answer_question(question: dict[str, Any]) -> dict[str, Any]:
    """Return the versions of what is asked for: groups of distributions, packages with their modules."""
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "versions": [first_version(names) for names in question["versions"]],
        "packages": {name: package_version(name, modules) for name, modules in question["packages"].items()},
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer_question(json.loads(sys.argv[1]))))

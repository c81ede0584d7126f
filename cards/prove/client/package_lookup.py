"""Look up versions of packages without importing them; also a script for another interpreter.

As a script it is given a question as JSON and prints the answer. It imports the standard library only.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageNotFoundError, distributions, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import Distribution

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


def package_version(distributions: Iterable[str], modules: Iterable[str]) -> str:
    """Return a package's version by distribution, else by a module that it brings; empty where it is missing.

    A module that another distribution brings has the version of that one: so an update of it is noticed.
    """
    if found := first_version(distributions):
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
    behind = {each.name: each.version for each in distributions() if _brings(each, module)}
    if len(behind) == 1:
        return next(iter(behind.values()))
    return ", ".join(f"{name} {found}" for name, found in sorted(behind.items()))


def _brings(distribution: Distribution, module: str) -> bool:
    """Tell whether a distribution lists a module; `packages_distributions` says it too, but slowly."""
    if module in (distribution.read_text("top_level.txt") or "").split():
        return True
    files = f"\n{distribution.read_text('RECORD') or ''}"
    return f"\n{module}/" in files or f"\n{module}." in files


def answer_question(question: dict[str, Any]) -> dict[str, Any]:
    """Return the versions of what is asked for: groups of distributions, and packages by all names."""
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "versions": [first_version(names) for names in question["versions"]],
        "packages": {name: package_version(*names) for name, names in question["packages"].items()},
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer_question(json.loads(sys.argv[1]))))

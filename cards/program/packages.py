"""The packages that code needs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cards.program.requirement import required_packages
from cards.python.imports import imported_packages
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.program.snippet import Snippet


def packages_of(snippets: Iterable[Snippet]) -> tuple[str, ...]:
    """Return the packages that the code imports or asks for, in order; not what every proof names anyway."""
    names: set[str] = set()
    for snippet in snippets:
        names |= required_packages((snippet,))
        tree = tree_of(snippet.source)
        names |= imported_packages(tree) if tree else set()
    return tuple(sorted(names - sys.stdlib_module_names - {"tensorflow", "keras", "tf_keras"}))

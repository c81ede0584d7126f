"""The packages that code needs."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.program.snippet import Snippet


def packages_of(snippets: Iterable[Snippet]) -> tuple[str, ...]:
    """Return the packages that the code imports or asks for, in order; not what every proof names anyway."""
    names: set[str] = set()
    for snippet in snippets:
        asked = (want.partition(":") for want in snippet.directives.requires)
        names |= {name for kind, _, name in asked if kind == "package"}
        tree = tree_of(snippet.source)
        for node in ast.walk(tree) if tree else ():
            match node:
                case ast.Import(names=aliases):
                    names |= {alias.name.partition(".")[0] for alias in aliases}
                case ast.ImportFrom(module=str(module), level=0):
                    names.add(module.partition(".")[0])
                case _:
                    pass
    return tuple(sorted(names - sys.stdlib_module_names - {"tensorflow", "keras", "tf_keras"}))

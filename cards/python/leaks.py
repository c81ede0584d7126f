"""What earlier code of one namespace may do to code that reads as if it stood alone."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from cards.python.bindings import names_bound_in
from cards.python.reads import BUILTIN_NAMES, free_names
from cards.python.syntax import DEFINITIONS, tree_of
from cards.python.undefined import global_names
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHADOWED_BY_STARS = frozenset(
    {
        *("abs", "all", "any", "bin", "bool", "bytes", "compile", "complex", "divmod", "eval", "exec"),
        *("filter", "float", "format", "hash", "hex", "id", "input", "map", "max", "min", "next", "object"),
        *("open", "pow", "reversed", "round", "set", "slice", "sorted", "sum"),
    }
)
"""Built-in names that star imports of common modules bind: NumPy's, PyTorch's, `os`'s, `io`'s."""
_ANOTHER_WAY = regex(
    r"^\s*#+\s*(?:(?:method|option|approach|way|solution|version|variant)\s*(?:[2-9]|[B-Z]\b|II)|alternative)",
    re.IGNORECASE | re.MULTILINE,
)
"""`# Method 2`, `# Option B`, `# Alternatively`."""


def leaked_builtins(earlier: Sequence[str], source: str) -> frozenset[str]:
    """Return the built-in names that code reads and that earlier code binds, or a star import may bind."""
    names = global_names(source)
    if names is None:
        return frozenset()
    read = (names.read - names.bound) & BUILTIN_NAMES
    bound = frozenset[str]().union(*map(names_bound_in, earlier))
    return read & bound | (read & _SHADOWED_BY_STARS if any(map(_has_star_import, earlier)) else frozenset())


def borrowed_names(earlier: Sequence[str], source: str) -> frozenset[str]:
    """Return the names that code takes from earlier code although it defines again what that defines.

    Two blocks with a function or class of the same name are alternatives, of which each should stand alone,
    and so is one that a comment calls another way.
    """
    tree = tree_of(source)
    defined = _definitions(source)
    is_another_way = bool(_ANOTHER_WAY.search(source))
    rivals = [each for each in earlier if is_another_way or defined & _definitions(each)]
    if tree is None or not rivals:
        return frozenset()
    return free_names(tree) & frozenset[str]().union(*map(names_bound_in, rivals)) - defined


def _definitions(source: str) -> frozenset[str]:
    tree = tree_of(source)
    return frozenset(node.name for node in (tree.body if tree else ()) if isinstance(node, DEFINITIONS))


def _has_star_import(source: str) -> bool:
    tree = tree_of(source)
    return tree is not None and any(
        isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in tree.body
    )

r"""Python code as a tree, without the warnings that reading it may give.

The prover tells the author of an odd escape (`"\d"`); whoever only reads the code says nothing.
"""

from __future__ import annotations

import ast
import symtable
import warnings


def tree_of(source: str) -> ast.Module | None:
    """Return the syntax tree of the code, or None where it is no Python."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def symbols_of(source: str) -> symtable.SymbolTable | None:
    """Return the code's table of names, or None where it is no Python."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return symtable.symtable(source, "guide", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

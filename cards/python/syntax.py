r"""Python code as a tree, without the warnings that reading it may give.

The prover tells the author of an odd escape (`"\d"`); whoever only reads the code says nothing.
"""

from __future__ import annotations

import ast
import symtable
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def tree_of(source: str) -> ast.Module | None:
    """Return the syntax tree of the code, or None where it is no Python."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def symbol_table_of(source: str) -> symtable.SymbolTable | None:
    """Return the code's table of names, or None where it is no Python."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return symtable.symtable(source, "guide", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def called_name(func: ast.expr) -> str:
    """Return the last name of what is called: `constant` of `tf.constant`; empty where it has none."""
    match func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of one line replaced; its columns are UTF-8 offsets, as `ast` has them."""

    line: int
    start: int
    end: int
    text: str


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """Return the source with the edits made, which must not overlap; its lines stay where they are."""
    lines = [line.encode() for line in source.split("\n")]
    for edit in sorted(set(edits), key=lambda edit: (edit.line, -edit.start)):
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.start] + edit.text.encode() + line[edit.end :]
    return b"\n".join(lines).decode()

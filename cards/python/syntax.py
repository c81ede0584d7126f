r"""Python code as a syntax tree, without the warnings that parsing may give; edits of code.

The prover tells the author of an odd escape (`"\d"`); whoever only reads the code says nothing.
"""

from __future__ import annotations

import ast
import symtable
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
"""The statements that define a function or a class, for `isinstance`."""


Node = TypeVar("Node", bound=ast.AST)
Found = TypeVar("Found")

_MOST_NODES = 8192
"""The statements of some hundred programs."""


def remembered_of_tree(function: Callable[[Node], Found]) -> Callable[[Node], Found]:
    """Return a pure function of a syntax tree that is worked out once for each node of a tree.

    A node is hashed as the object that it is. So no tree is changed once something was asked of it.
    """
    return lru_cache(maxsize=_MOST_NODES)(function)


@remembered_of_tree
def nodes_in(node: ast.AST) -> tuple[ast.AST, ...]:
    """Return a node and all nodes below it, in the order of `ast.walk`."""
    return tuple(ast.walk(node))


@lru_cache(maxsize=2048)  # a program is looked at again for each of its snippets and cards
def tree_of(source: str) -> ast.Module | None:
    """Return the syntax tree of the code, or None where it does not parse; to change it, copy it."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def expression_of(text: str) -> ast.expr | None:
    """Return the syntax tree of one expression, or None where it is none."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return ast.parse(text.lstrip(" \t"), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def symbol_table_of(source: str) -> symtable.SymbolTable | None:
    """Return the compiler's symbol table of the code, or None where it does not compile."""
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


def access_chain(node: ast.expr) -> Iterator[ast.expr]:
    """Yield an expression and what each of its accesses starts from: `a.b[0].c()`, `a.b[0].c`, ..., `a`."""
    while True:
        yield node
        match node:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Call(func=inner):
                node = inner
            case _:
                return


def root_name(node: ast.expr) -> str:
    """Return the name at the start of `name.attribute[0].method()`; empty where it starts with no name."""
    *_, root = access_chain(node)
    return root.id if isinstance(root, ast.Name) else ""


def stored_root_name(node: ast.expr) -> str:
    """Return the name at the start of `name.attribute[0]`; empty where a call comes between."""
    return "" if any(isinstance(step, ast.Call) for step in access_chain(node)) else root_name(node)


def dotted_root_name(node: ast.expr) -> str:
    """Return the name at the start of `name.module.function`; empty for anything but attributes of a name."""
    *attributes, _ = access_chain(node)
    return root_name(node) if all(isinstance(step, ast.Attribute) for step in attributes) else ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of part of one line; its columns are UTF-8 offsets, as in `ast`."""

    line: int
    start: int
    end: int
    text: str


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """Return the source with the edits applied, which must not overlap; no line number changes."""
    lines = [line.encode() for line in source.split("\n")]
    for edit in sorted(set(edits), key=lambda edit: (edit.line, -edit.start)):
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.start] + edit.text.encode() + line[edit.end :]
    return b"\n".join(lines).decode()

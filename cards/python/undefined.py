"""Names that nothing binds, and definitions that nothing calls."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from cards.python.reads import BUILTIN_NAMES, CONVENTIONAL_NAMES, names_read
from cards.python.syntax import DEFINITIONS, Definition, nodes_in, symbol_table_of, tree_of

if TYPE_CHECKING:
    import symtable
    from collections.abc import Iterator, Mapping

_MODULE_NAMES = frozenset({"__name__", "__file__", "__doc__"})
"""Names that every module has."""


def undefined_names(source: str) -> tuple[tuple[int, str], ...]:
    """Return (line, name) of every use of a name that nothing binds, also inside functions never called.

    `unresolved_names` is the coarser question for a program to be read: no lines, conventional names allowed.
    """
    tree = tree_of(source)
    if tree is None:
        return ()
    from pyflakes.checker import Checker
    from pyflakes.messages import UndefinedName

    try:
        messages = Checker(tree).messages
    except RecursionError:
        return ()
    found = [(m.lineno, m.message_args[0]) for m in messages if isinstance(m, UndefinedName)]
    return tuple(sorted(dict.fromkeys(found)))


@cache
def load_pyflakes() -> None:
    """Import pyflakes while the first program runs, so that the first check need not wait for it."""
    undefined_names("prepared = True")


def unresolved_names(source: str) -> frozenset[str]:
    """Return the names that a whole program reads and never binds, but for built-in and conventional ones.

    None are known where it does not parse or has a star import, which may bind anything.
    """
    names = global_names(source)
    if names is None or _has_star_import(source):
        return frozenset()
    return names.read - names.bound - BUILTIN_NAMES - CONVENTIONAL_NAMES - _MODULE_NAMES


@dataclass(frozen=True, slots=True)
class GlobalNames:
    """The names of a module's own scope that its code reads and binds, in whatever order."""

    read: frozenset[str]
    bound: frozenset[str]


@lru_cache(maxsize=4096)
def global_names(source: str) -> GlobalNames | None:
    """Return the names that code reads and binds in its module's scope, inside its functions too.

    None where it does not parse; what a star import binds is not known.
    """
    top = symbol_table_of(source)
    if top is None:
        return None
    bound: set[str] = set()
    read: set[str] = set()
    for table in _tables(top):
        for symbol in table.get_symbols():
            is_at_top = table is top or symbol.is_global()
            if is_at_top and (symbol.is_assigned() or symbol.is_imported()):
                bound.add(symbol.get_name())
            if is_at_top and symbol.is_referenced():
                read.add(symbol.get_name())
    return GlobalNames(frozenset(read), frozenset(bound))


def uncalled_definitions(sources: tuple[str, ...], position: int) -> tuple[str, ...]:
    """Return the functions and classes that a snippet defines and no statement of the program reaches."""
    trees = [tree_of(source) for source in sources]
    own = trees[position]
    if own is None:
        return ()
    bodies: dict[str, set[str]] = {}
    reached: set[str] = set()
    for statement in (statement for tree in trees if tree for statement in tree.body):
        if isinstance(statement, DEFINITIONS):
            bodies.setdefault(statement.name, set()).update(names_read(statement) - {statement.name})
            reached |= _names_read_at_definition(statement)
        else:
            reached |= names_read(statement)
    reached = _with_names_read_inside(reached, bodies)
    names = [statement.name for statement in own.body if isinstance(statement, DEFINITIONS)]
    return tuple(name for name in dict.fromkeys(names) if name not in reached)


def _names_read_at_definition(definition: Definition) -> set[str]:
    """Return the names in decorators, bases and defaults: they are evaluated when the definition runs."""
    if isinstance(definition, ast.ClassDef):
        around = [*definition.bases, *(keyword.value for keyword in definition.keywords)]
    else:
        arguments = definition.args
        around = [default for default in (*arguments.defaults, *arguments.kw_defaults) if default]
    return {name for node in (*definition.decorator_list, *around) for name in names_read(node)}


def _with_names_read_inside(reached: set[str], bodies: Mapping[str, set[str]]) -> set[str]:
    """Return the names reached through the bodies of the definitions that are reached, those included."""
    pending = list(reached)
    while pending:
        new = bodies.get(pending.pop(), set()) - reached
        reached = reached | new
        pending += new
    return reached


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _has_star_import(source: str) -> bool:
    tree = tree_of(source)
    return tree is not None and any(
        isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes_in(tree)
    )

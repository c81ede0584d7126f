"""What code changes besides what it binds: the objects behind names, and what it prints."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.python.names import BUILTIN_NAMES, CONVENTIONAL_NAMES, called_names, names_bound_within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cards.python.names import Definition

_READING_METHODS = frozenset(
    {"as_list", "as_numpy_iterator", "compute_output_shape", "count_params", "evaluate", "export", "numpy"}
    | {"predict", "predict_on_batch", "result", "save", "scope", "summary", "tolist"}
    | {"batch", "map", "prefetch", "take", "with_options"}  # of a data set: each returns another one
    | {"copy", "count", "format", "index", "items", "join", "keys", "lower", "split", "upper", "values"}
)
"""Methods that leave their object and their arguments as they were, as every `get_...` does."""
_SELF_CHANGING_METHODS = frozenset(
    {"add", "append", "assign", "assign_add", "assign_sub", "build", "compile", "extend", "fit", "insert"}
    | {"update", "update_state"}
)
"""Methods that change their object and leave their arguments as they were."""
_MUTATING_BUILTINS = frozenset({"next", "setattr", "delattr", "exec"})
"""Built-in functions that change what they are given."""
_MUTATING_FUNCTIONS = frozenset(
    {"shuffle", "copyto", "fill_diagonal", "put", "heappush", "heappop", "heapify"}
)
"""Functions of modules known to compute that change what they are given."""
_PURE_MODULES = frozenset(
    {"tensorflow", "keras", "numpy", "math", "itertools", "functools", "collections", "heapq", "json", "time"}
)
"""Modules whose functions leave what they are given as it was."""


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What the statements of a program say about the names that they call."""

    definitions: Mapping[str, Definition]
    stateful: frozenset[str]
    """Functions that behave otherwise when called again, as a traced one that prints does."""
    pure: frozenset[str]
    """Imported names that leave what they are given as it was."""
    imported: frozenset[str]


def name_facts(statements: Sequence[ast.stmt], looked_into: set[str]) -> NameFacts:
    """Return what the statements define and import.

    `attribute_owners` are the names whose attributes are read: a function that counts its traces, say.
    """
    definitions: dict[str, Definition] = {}
    wrapped: set[str] = set()
    origins: dict[str, str] = {}
    for node in statements:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                definitions[node.name] = node
                wrapped |= {node.name} if node.decorator_list else set()
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(attr="function"), args=[ast.Name(id=inner), *_]),
            ) if inner in definitions:  # compiled = tf.function(plain)
                definitions[name] = definitions[inner]
                wrapped.add(name)
            case ast.Import(names=aliases):
                origins |= {(alias.asname or alias.name).split(".")[0]: alias.name for alias in aliases}
            case ast.ImportFrom(module=str(module), names=aliases):
                origins |= {alias.asname or alias.name: module for alias in aliases}
            case _:
                pass
    known = NameFacts(
        definitions,
        frozenset(),
        CONVENTIONAL_NAMES
        | {name for name, module in origins.items() if module.split(".")[0] in _PURE_MODULES},
        frozenset(origins),
    )
    remembering = {
        name
        for name in wrapped
        if name in looked_into
        or "print" in called_names(definitions[name])
        or _changed_outside(definitions[name], known, frozenset({name}))
    }
    return NameFacts(definitions, frozenset(remembering), known.pure, known.imported)


def changed_names(node: ast.AST, known: NameFacts) -> set[str]:
    """Return the names whose objects a statement may leave different; a definition changes none."""
    return (
        set()
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        else _changed_within(node, known, frozenset())
    )


def alias_of(node: ast.stmt) -> tuple[str, str]:
    """Return the name that a statement makes another name of (`a = b.c[0]`: a and b), or two empty ones."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() | ast.Subscript()):
            return name, _root_name(node.value)
        case _:
            return "", ""


def attribute_owners(tree: ast.AST) -> set[str]:
    """Return the names whose attributes are read."""
    return {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def printing_names(statements: Sequence[ast.stmt]) -> set[str]:
    """Return the names whose call prints: `print`, and the functions and classes that call it."""
    return {"print"} | {
        node.name
        for node in statements
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and "print" in called_names(node)
    }


def _changed_within(node: ast.AST, known: NameFacts, within: frozenset[str]) -> set[str]:
    """Return the changed names; `within` are the functions that are being looked into already."""
    changed: set[str] = set()
    for inner in ast.walk(node):
        match inner:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                changed.add(_root_name(inner))
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                changed |= set(names)
            case ast.Call():
                changed |= _changed_by_call(inner, known, within)
            case _:
                pass
    for loop in ast.walk(node):  # for weight in model.weights: weight.assign(...)
        if isinstance(loop, ast.For | ast.comprehension) and names_bound_within(loop.target) & changed:
            changed |= set(_root_names([loop.iter]))
    return changed


def _changed_by_call(call: ast.Call, known: NameFacts, within: frozenset[str]) -> set[str]:
    given = set(_root_names([*call.args, *(keyword.value for keyword in call.keywords)]))
    match call.func:
        case ast.Attribute(attr=method) if method in _READING_METHODS or method.startswith("get_"):
            return set()
        case ast.Attribute(value=ast.Name(id=name), attr=method) if name in known.definitions:
            return given | {name}
        case ast.Attribute(attr=method) as called if (root := _root_name(called)) in known.pure | {""}:
            return given if method in _MUTATING_FUNCTIONS else set()
        case ast.Attribute(attr=method) as called if method in _SELF_CHANGING_METHODS:
            return {_root_name(called)}
        case ast.Name(id=name) if name in known.definitions:
            return _changed_by_function(name, given, known, within)
        case ast.Name(id=name) if name in known.pure:
            return given if name in _MUTATING_FUNCTIONS else set()
        case ast.Name(id=name) if name in BUILTIN_NAMES:
            return given if name in _MUTATING_BUILTINS else set()
        case called:
            root = _root_name(called)
            return given | ({root} - known.imported)


def _changed_by_function(name: str, given: set[str], known: NameFacts, within: frozenset[str]) -> set[str]:
    if name in within:
        return set()
    function = known.definitions[name]
    changed = _changed_outside(function, known, within | {name})
    parameters = {inner.arg for inner in ast.walk(function) if isinstance(inner, ast.arg)} - {"self"}
    if parameters & _changed_within(function, known, within | {name}):
        changed |= given
    return changed | ({name} & known.stateful)


def _changed_outside(function: Definition, known: NameFacts, within: frozenset[str]) -> set[str]:
    """Return the names outside a function whose objects its call may change."""
    told = {
        name
        for node in ast.walk(function)
        if isinstance(node, ast.Global | ast.Nonlocal)
        for name in node.names
    }
    return _changed_within(function, known, within) - (names_bound_within(function) - told)


def _root_names(nodes: Sequence[ast.expr]) -> Iterator[str]:
    """Yield the names whose objects an expression hands on: not those only read for a computation."""
    for node in nodes:
        match node:
            case ast.Call(args=args, keywords=keywords):  # zip(gradients, model.weights)
                yield from _root_names([*args, *(keyword.value for keyword in keywords)])
            case ast.Tuple(elts=entries) | ast.List(elts=entries):
                yield from _root_names(entries)
            case ast.Starred(value=inner) | ast.keyword(value=inner):
                yield from _root_names([inner])
            case _:
                yield _root_name(node)


def _root_name(node: ast.expr) -> str:
    """Return the name at the start of `name.attribute[0].method`."""
    while not isinstance(node, ast.Name):
        match node:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Call(func=inner):
                node = inner
            case _:
                return ""
    return node.id

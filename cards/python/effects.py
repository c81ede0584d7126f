"""Find the effects of code besides its bindings: the objects it changes, and whether it prints."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.python.bindings import names_bound_within
from cards.python.imports import import_origins
from cards.python.reads import BUILTIN_NAMES, CONVENTIONAL_NAMES, called_names
from cards.python.syntax import DEFINITIONS, nodes_in, root_name, stored_root_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cards.python.syntax import Definition

_READING_METHODS = frozenset(
    {"as_list", "as_numpy_iterator", "compute_output_shape", "count_params", "evaluate", "export", "numpy"}
    | {"predict", "predict_on_batch", "result", "save", "scope", "summary", "tolist"}
    | {"batch", "map", "prefetch", "take", "with_options"}  # of a data set: each returns another one
    | {
        "all",
        "any",
        "argmax",
        "argmin",
        "argsort",
        "astype",
        "cumsum",
        "dot",
        "flatten",
        "item",
        "max",
        "mean",
    }
    | {"min", "most_common", "prod", "ravel", "repeat", "reshape", "round", "squeeze", "std", "sum"}
    | {"transpose", "var"}  # of an array
    | {"decode", "encode", "endswith", "replace", "splitlines", "startswith", "strip", "title"}  # of a text
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
    """What a program's statements tell about the names it calls: what they define, import and change."""

    definitions: Mapping[str, Definition]
    stateful: frozenset[str]
    """Functions that behave otherwise when called again, as a traced one that prints does."""
    pure: frozenset[str]
    """Imported names that leave what they are given as it was."""
    imported: frozenset[str]


def name_facts(statements: Sequence[ast.stmt], owners: frozenset[str]) -> NameFacts:
    """Return what the statements define and import, and which of it is pure or stateful.

    `owners` are the names whose attributes are read: a function that counts its traces, say.
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
            case _:
                origins |= import_origins(node)
    known = NameFacts(
        definitions,
        frozenset(),
        CONVENTIONAL_NAMES
        | {name for name, module in origins.items() if module.split(".")[0] in _PURE_MODULES},
        frozenset(origins),
    )
    stateful = {
        name
        for name in wrapped
        if name in owners
        or "print" in called_names(definitions[name])
        or _changed_outside(definitions[name], known, frozenset({name}))
    }
    return NameFacts(definitions, frozenset(stateful), known.pure, known.imported)


def changed_names(node: ast.AST, known: NameFacts) -> set[str]:
    """Return the names whose objects a statement may change, judging calls by what is known of them."""
    return set() if isinstance(node, DEFINITIONS) else _changed_within(node, known, frozenset())


def touched_names(node: ast.AST) -> frozenset[str]:
    """Return the names whose objects a statement may change: by any method, an attribute or an item.

    `changed_names` knows which methods only read; here nothing is known of what is called.
    """
    roots: set[str] = set()
    for inner in nodes_in(node):
        match inner:
            case ast.Call(func=ast.Attribute(value=owner)):
                roots.add(stored_root_name(owner))
            case (
                ast.Attribute(value=owner, ctx=ast.Store() | ast.Del())
                | ast.Subscript(value=owner, ctx=ast.Store() | ast.Del())
            ):
                roots.add(stored_root_name(owner))
            case _:
                pass
    return frozenset(roots - {""})


def alias_of(node: ast.stmt) -> tuple[str, str]:
    """Return the name that a statement makes another name of (`a = b.c[0]`: a and b), or two empty ones."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() | ast.Subscript()):
            return name, root_name(node.value)
        case _:
            return "", ""


def printing_names(statements: Sequence[ast.stmt]) -> set[str]:
    """Return the names whose call prints: `print`, and the functions and classes that call it."""
    return {"print"} | {
        node.name for node in statements if isinstance(node, DEFINITIONS) and "print" in called_names(node)
    }


def _changed_within(node: ast.AST, known: NameFacts, visiting: frozenset[str]) -> set[str]:
    """Return the names whose objects a node may change; `visiting` holds the functions entered already."""
    changed: set[str] = set()
    for inner in nodes_in(node):
        match inner:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                changed.add(root_name(inner))
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                changed |= set(names)
            case ast.Call():
                changed |= _changed_by_call(inner, known, visiting)
            case _:
                pass
    for loop in nodes_in(node):  # for weight in model.weights: weight.assign(...)
        if (
            isinstance(loop, ast.For | ast.AsyncFor | ast.comprehension)
            and names_bound_within(loop.target) & changed
        ):
            changed |= set(_root_names([loop.iter]))
    return changed


def _changed_by_call(call: ast.Call, known: NameFacts, visiting: frozenset[str]) -> set[str]:
    """Return the names whose objects a call may change; the cases go from the best known on."""
    arguments = set(_root_names([*call.args, *(keyword.value for keyword in call.keywords)]))
    match call.func:
        case ast.Attribute(attr=method) if method in _READING_METHODS or method.startswith("get_"):
            return set()
        case ast.Attribute(value=ast.Name(id=name), attr=method) if name in known.definitions:
            return arguments | {name}
        case ast.Attribute(attr=method) as function if (root := root_name(function)) in known.pure | {""}:
            return arguments if method in _MUTATING_FUNCTIONS else set()
        case ast.Attribute(attr=method) as function if method in _SELF_CHANGING_METHODS:
            return {root_name(function)}
        case ast.Name(id=name) if name in known.definitions:
            return _changed_by_function(name, arguments, known, visiting)
        case ast.Name(id=name) if name in known.pure:
            return arguments if name in _MUTATING_FUNCTIONS else set()
        case ast.Name(id=name) if name in BUILTIN_NAMES:
            return arguments if name in _MUTATING_BUILTINS else set()
        case function if _is_result_of_function(function, known):  # example("cat").serialize()
            return arguments
        case function:
            root = root_name(function)
            return arguments | ({root} - known.imported)


def _is_result_of_function(called: ast.expr, known: NameFacts) -> bool:
    """Tell whether what is called is a method of what a known function returned."""
    root = root_name(called)
    is_function = isinstance(known.definitions.get(root), ast.FunctionDef) and root not in known.stateful
    return is_function and not stored_root_name(called)


def _changed_by_function(
    name: str, arguments: set[str], known: NameFacts, visiting: frozenset[str]
) -> set[str]:
    if name in visiting:
        return set()
    function = known.definitions[name]
    changed = _changed_outside(function, known, visiting | {name})
    parameters = {inner.arg for inner in nodes_in(function) if isinstance(inner, ast.arg)} - {"self"}
    if parameters & _changed_within(function, known, visiting | {name}):
        changed |= arguments
    return changed | ({name} & known.stateful)


def _changed_outside(function: Definition, known: NameFacts, visiting: frozenset[str]) -> set[str]:
    """Return the names outside a function whose objects a call of it may change."""
    return _changed_within(function, known, visiting) - names_bound_within(function)


def _root_names(nodes: Sequence[ast.expr]) -> Iterator[str]:
    """Yield the names of the objects that expressions pass on: `a` of `a.b` and of `zip(a, c)`."""
    for node in nodes:
        match node:
            case ast.Call(args=args, keywords=keywords):  # zip(gradients, model.weights)
                yield from _root_names([*args, *(keyword.value for keyword in keywords)])
            case ast.Tuple(elts=entries) | ast.List(elts=entries):
                yield from _root_names(entries)
            case ast.Starred(value=inner) | ast.keyword(value=inner):
                yield from _root_names([inner])
            case _:
                yield root_name(node)

"""Refuses answers that use Python's internals, with which any check could be made to pass."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING, NamedTuple

from cards.errors import parse_error_sentence
from cards.python.imports import imported_names, imported_packages
from cards.python.internals import INTERNAL_MODULES, INTERNAL_NAMES
from cards.python.syntax import access_chain, root_name, symbol_table_of

if TYPE_CHECKING:
    from cards.answer.task import Task

ALLOWED_IMPORTS = frozenset({
    "__future__", "abc", "collections", "contextlib", "copy", "dataclasses", "enum", "functools", "heapq",
    "itertools", "json", "keras", "math", "numbers", "numpy", "operator", "os", "pathlib", "random", "re",
    "statistics", "string", "sys", "tempfile", "tensorflow", "time", "typing",
})  # fmt: skip
"""What an answer may import, besides what the reference imports."""

_FORBIDDEN_NAMES = frozenset({
    "__builtins__", "__file__", "__import__", "__loader__", "__spec__", "breakpoint", "compile", "delattr",
    "eval", "exec", "getattr", "globals", "input", "locals", "setattr", "vars",
})  # fmt: skip
_FORBIDDEN_ATTRIBUTES = frozenset({
    *INTERNAL_NAMES, *INTERNAL_MODULES,
    "__bases__", "__closure__", "__code__", "__defaults__", "__delattr__", "__dict__", "__func__",
    "__getattribute__", "__globals__", "__import__", "__kwdefaults__", "__mro__", "__self__",
    "__setattr__", "__subclasses__", "__traceback__", "__wrapped__", "_os", "_sys", "attrgetter", "bltns",
    "builtins", "exec", "gc", "get_field", "get_type_hints", "globals", "importlib", "inspect", "locals",
    "methodcaller", "modules", "setattr", "traceback", "vars",
    # A check inside a traced function would run eagerly, and show nothing.
    "enable_debug_mode", "run_functions_eagerly",
})  # fmt: skip
"""More than what is flagged in a guide: an answer needs none of it, and somebody else's guide may."""


class Refusal(NamedTuple):
    """Why an answer is not run."""

    line: int
    """The answer's line, from 1; 0 for the whole of it."""
    sentence: str


def find_refusal(source: str, task: Task) -> Refusal | None:
    """Return why an answer to a task is not run; None for one that is."""
    return (
        _syntax_refusal(source)
        or _forbidden_use(source, task.reference.source)
        or _missing_definitions(source, task)
    )


def _syntax_refusal(source: str) -> Refusal | None:
    """Return where and why an answer does not parse; None where it does."""
    with warnings.catch_warnings(action="ignore"):
        try:
            compile(source, "answer", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        except SyntaxError as error:
            return Refusal(error.lineno or 0, parse_error_sentence(error.msg))
        except (ValueError, RecursionError, MemoryError) as error:
            return Refusal(0, f"It cannot be read: {error}.")
    return None


def _forbidden_use(source: str, reference: str) -> Refusal | None:
    """Return the first forbidden import, name or attribute in an answer; both sources must parse."""
    with warnings.catch_warnings(action="ignore"):
        tree, reference_tree = ast.parse(source), ast.parse(reference)
    may_import = ALLOWED_IMPORTS | imported_packages(reference_tree)
    libraries = _library_names(tree)
    plain = {
        id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_harmless_call(node)
    }
    found = [
        Refusal(getattr(node, "lineno", 0), f"{what}: that is out of bounds for an answer.")
        for node in ast.walk(tree)
        if id(node) not in plain and (what := _forbidden_in(node, may_import, libraries))
    ]
    return min(found, default=None)


def _missing_definitions(source: str, task: Task) -> Refusal | None:
    table = symbol_table_of(source)
    bound = {each.get_name() for each in table.get_symbols() if each.is_assigned()} if table else set()
    missing = [name for name in task.defines if name not in bound]
    return Refusal(0, f"It does not define {' and '.join(missing)}.") if missing else None


def _is_harmless_call(call: ast.Call) -> bool:
    """Tell whether a `getattr` or `setattr` call names an allowed attribute, and sets only `self`'s."""
    match call:
        case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=str(name)), *_]):
            return name not in _FORBIDDEN_ATTRIBUTES
        case ast.Call(
            func=ast.Name(id="setattr"), args=[ast.Name(id="self"), ast.Constant(value=str(name)), _]
        ):
            return name not in _FORBIDDEN_ATTRIBUTES
        case _:
            return False


def _forbidden_in(node: ast.AST, may_import: frozenset[str], libraries: frozenset[str]) -> str:
    """Return the forbidden use that a node is, in words; empty where it is none."""
    match node:
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            parts = {part for alias in aliases for part in alias.name.split(".")}
            strange = [*imported_packages(node) - may_import, *parts & _FORBIDDEN_ATTRIBUTES]
            return f"It imports {min(strange)}" if strange else ""
        case ast.Name(id=name) if name in _FORBIDDEN_NAMES:
            return f"It uses `{name}`"
        case ast.Attribute(attr=name) if name in _FORBIDDEN_ATTRIBUTES:
            return f"It uses `{name}`"
        case ast.Attribute(ctx=ast.Store() | ast.Del(), attr=name) if _owner_name(node) in libraries:
            return f"It sets `{name}` of what is not its own"
        case ast.MatchClass(kwd_attrs=names) if inside := _FORBIDDEN_ATTRIBUTES & set(names):
            return f"It uses `{min(inside)}`"
        case _:
            return ""


def _library_names(tree: ast.Module) -> frozenset[str]:
    """Return the names that stand for a library or a part of one: imports, and what is set to one of them."""
    known = set(imported_names(tree))
    copies = [
        (target.id, _owner_name(node.value))
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Attribute)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    while more := {name for name, root in copies if root in known} - known:
        known |= more
    return frozenset({"", "object", "super", "type", *known})


def _owner_name(node: ast.expr) -> str:
    """Return the name at the start of `a.b[0].c().d`; empty where there is none, or the way is by a class."""
    by_class = any(
        isinstance(step, ast.Attribute) and step.attr == "__class__" for step in access_chain(node)
    )
    return "" if by_class else root_name(node)

"""What expressions spell out: the texts that can be known without running code, and the modules they name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.python.internals import INTERNAL_NAMES, INTERPRETER_MODULES
from cards.python.syntax import called_name, nodes_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ANYTHING = "*"
"""Stands in a text for a part that is not known."""
_DEPTH = 12


class SpelledNames:
    """The texts and modules that the expressions of one piece of code stand for."""

    def __init__(self, tree: ast.Module) -> None:
        self._modules = dict(_imported_modules(tree))
        self._values: dict[str, list[ast.expr]] = {}
        for name, value in _assignments(tree):
            self._values.setdefault(name, []).append(value)
        self.internal_texts = sorted(
            node.value
            for node in nodes_in(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in INTERNAL_NAMES
        )
        """The texts anywhere in the code that are names of the interpreter's inside."""

    def module(self, node: ast.expr, depth: int = _DEPTH) -> str:
        """Return the module that an expression stands for; empty where it is none that can be known."""
        if not depth:
            return ""
        match node:
            case ast.Name(id=name) if name in self._modules:
                return self._modules[name]
            case ast.Name(id=name):
                found = [self.module(value, depth - 1) for value in self._values.get(name, ())]
                return next(filter(None, found), "")
            case ast.Call(func=func, args=[argument, *_]) if called_name(func) in _IMPORTERS:
                return next(iter(self.texts(argument, depth - 1) or ()), "")
            case ast.Subscript(value=ast.Attribute(attr="modules"), slice=key):
                return next(iter(self.texts(key, depth - 1) or ()), "")
            case ast.Attribute(attr=name) if name.lstrip("_") in INTERPRETER_MODULES:
                return name.lstrip("_")
            case _:
                return ""

    def texts(self, node: ast.expr, depth: int = _DEPTH) -> tuple[str, ...] | None:
        """Return the texts that an expression may have; None where they cannot be known."""
        if not depth:
            return None
        match node:
            case ast.Constant(value=str(text)):
                return (text,)
            case ast.Constant(value=bytes(raw)):
                return (raw.decode("latin-1"),)
            case ast.Name(id=name) if name in self._values:
                return self._any_of(self._values[name], depth)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._joined("", [left, right], depth)
            case ast.JoinedStr(values=parts):
                return ("".join(self._part_text(part, depth) for part in parts),)
            case ast.Call(
                func=ast.Attribute(value=separator, attr="join"), args=[ast.List() | ast.Tuple() as parts]
            ):
                between = self.texts(separator, depth - 1)
                return self._joined(between[0], parts.elts, depth) if between else None
            case ast.Call(func=ast.Attribute(value=inner, attr="decode" | "strip" | "lower")):
                return self.texts(inner, depth - 1)
            case ast.Subscript(value=inner, slice=ast.Slice(lower=None, upper=None, step=ast.UnaryOp())):
                found = self.texts(inner, depth - 1)
                return None if found is None else tuple(text[::-1] for text in found)
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                return self._any_of(elements, depth)
            case _:
                return None

    def functions(self, node: ast.expr, depth: int = 3) -> Iterator[str]:
        """Yield the names that an expression calls or passes on, also by way of its variables."""
        for part in nodes_in(node):
            if isinstance(part, ast.Call):
                yield called_name(part.func)
            elif isinstance(part, ast.Name):
                yield part.id
                for value in self._values.get(part.id, ()) if depth else ():
                    yield from self.functions(value, depth - 1)

    def _any_of(self, nodes: Sequence[ast.expr], depth: int) -> tuple[str, ...] | None:
        found = [self.texts(node, depth - 1) for node in nodes[:_MOST_VALUES]]
        if not found or None in found:
            return None
        return tuple(dict.fromkeys(text for texts in found for text in texts or ()))[:_MOST_VALUES]

    def _joined(self, between: str, nodes: Sequence[ast.expr], depth: int) -> tuple[str, ...] | None:
        parts = [self.texts(node, depth - 1) for node in nodes]
        return None if None in parts else (between.join(texts[0] if texts else "" for texts in parts),)

    def _part_text(self, part: ast.expr, depth: int) -> str:
        inner = part.value if isinstance(part, ast.FormattedValue) else part
        return next(iter(self.texts(inner, depth - 1) or ()), _ANYTHING)


_IMPORTERS = frozenset({"__import__", "import_module"})
_MOST_VALUES = 64


def _imported_modules(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that imports bind to modules, with the module; `from a import b` binds `a.b`."""
    for node in nodes_in(tree):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    first = alias.name.partition(".")[0]
                    yield (alias.asname, alias.name) if alias.asname else (first, first)
            case ast.ImportFrom(module=str(), names=aliases):
                for alias in aliases:
                    if alias.name in INTERPRETER_MODULES:
                        yield alias.asname or alias.name, alias.name
            case _:
                pass


def _assignments(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that are given a value, with it; a loop's variable with each of what it goes over."""
    for node in nodes_in(tree):
        match node:
            case ast.Assign(targets=targets, value=value):
                yield from ((target.id, value) for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                yield name, value
            case (
                ast.For(target=ast.Name(id=name), iter=value)
                | ast.comprehension(target=ast.Name(id=name), iter=value)
            ):
                yield name, value
            case _:
                pass

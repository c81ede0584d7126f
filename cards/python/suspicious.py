"""Find in code what could imitate a pass: what reaches the interpreter's inside, openly or by a made-up name.

Judged on the syntax tree: a word in a comment or a variable of such a name is nothing. `vars(model)`,
`getattr(model, name)`, `globals()`, `inspect.signature` and `gc.collect()` are ordinary code.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from cards.python.internals import (
    INTERNAL_MODULES,
    INTERNAL_NAMES,
    INTERPRETER_MODULES,
    MODULE_NAMES,
)
from cards.python.spelled import SpelledNames
from cards.python.syntax import DEFINITIONS, called_name, nodes_in, root_name, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEMORY_FILE = regex(r"/proc/[^/]+/(?:task/[^/]+/)?mem$")
_NAMED_ATTRIBUTE_CALLS = {
    "attrgetter": 0,
    "getattr": 1,
    "__getattribute__": 0,
    "methodcaller": 0,
    "setattr": 1,
}
"""What reads or sets an attribute of a name that is a value, and which argument that is."""
_CODE_CALLS = frozenset({"compile", "eval", "exec"})
_DEPTH = 3
"""How deep code is looked for in the texts that code runs."""


@lru_cache(maxsize=256)
def suspicious_names(source: str) -> tuple[str, ...]:
    """Return the names in code with which it could fake a pass, each with what it does, in order."""
    return tuple(dict.fromkeys(_suspicious_in(source, _DEPTH)))


def _suspicious_in(source: str, depth: int) -> Iterator[str]:
    tree = tree_of(source)
    if tree is None:
        return
    reader = _Reader(tree)
    nodes = [node for node in nodes_in(tree) if isinstance(node, ast.expr | ast.stmt | ast.pattern)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        for name, what in reader.uses(node):
            yield f"{name} {what}"
        for text in reader.code_texts(node) if depth else ():
            yield from _suspicious_in(text, depth - 1)


class _Reader:
    """Reads the nodes of one tree, knowing what its names stand for."""

    def __init__(self, tree: ast.Module) -> None:
        self.spelled = SpelledNames(tree)
        self._own = {node.name for node in nodes_in(tree) if isinstance(node, DEFINITIONS)}
        """What the code defines itself: its insides are its own."""

    def uses(self, node: ast.AST) -> Iterator[tuple[str, str]]:
        """Yield each suspicious name that a node uses by itself, with what it does."""
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    yield from self._imported(alias.name)
            case ast.ImportFrom(module=str(module), names=aliases, level=0):
                yield from self._imported(module)
                for alias in aliases:
                    yield from self._imported(f"{module}.{alias.name}")
                    yield from self._attribute(module, alias.name)
            case ast.Attribute(value=owner, attr=name):
                yield from self._attribute(self.spelled.module(owner), name)
                yield from self._foreign_inside(owner, name)
            case ast.Name(id="__builtins__"):
                yield "__builtins__", INTERNAL_NAMES["__builtins__"]
            case ast.MatchClass(kwd_attrs=names):
                for name in names:
                    yield from self._attribute("", name)
            case ast.Subscript(slice=key):
                for name in self.spelled.texts(key) or ():
                    yield from self._attribute("", name)
            case ast.Call():
                yield from self._call(node)
            case ast.Constant() | ast.JoinedStr() | ast.BinOp():
                if any(_MEMORY_FILE.search(text) for text in self.spelled.texts(node) or ()):
                    yield "/proc/self/mem", "reads the interpreter's memory"
            case _:
                pass

    def _imported(self, module: str) -> Iterator[tuple[str, str]]:
        for name, what in INTERNAL_MODULES.items():
            if f"{module}.".startswith(f"{name}."):
                yield name, what

    def _attribute(self, module: str, name: str) -> Iterator[tuple[str, str]]:
        what = INTERNAL_NAMES.get(name) or MODULE_NAMES.get((module, name))
        if what:
            yield name, what

    def _foreign_inside(self, owner: ast.expr, name: str) -> Iterator[tuple[str, str]]:
        """Yield the inside of something that the code did not make: a module's names, a library's globals."""
        module = self.spelled.module(owner)
        if name == "__dict__" and module in INTERPRETER_MODULES:
            yield f"{module}.__dict__", "reads names of the interpreter by text"
        elif name == "__globals__" and root_name(owner) not in self._own:
            yield "__globals__", "reads another module's names"
        elif name == "__subclasses__" and (root_name(owner) in {"object", "type", ""} or _climbs(owner)):
            yield "__subclasses__", "searches the interpreter's classes"

    def _call(self, call: ast.Call) -> Iterator[tuple[str, str]]:
        called = called_name(call.func)
        arguments = call.args
        if called in {"__import__", "import_module"} and arguments:
            for module in self.spelled.texts(arguments[0]) or ():
                yield from self._imported(module)
        elif called == "vars" and arguments:
            module = self.spelled.module(arguments[0])
            if module in INTERPRETER_MODULES:
                yield f"vars({module})", "reads names of the interpreter by text"
        elif self._runs_code(call) and self._is_hidden_code(arguments[0]):
            yield called, "runs code that cannot be read beforehand"
        elif called in _NAMED_ATTRIBUTE_CALLS and len(arguments) > _NAMED_ATTRIBUTE_CALLS[called]:
            owner = call.func.value if isinstance(call.func, ast.Attribute) else arguments[0]
            yield from self._named_attribute(called, owner, arguments[_NAMED_ATTRIBUTE_CALLS[called]])

    def code_texts(self, node: ast.AST) -> tuple[str, ...]:
        """Return the texts that a node runs as code, as far as they can be known."""
        if isinstance(node, ast.Call) and self._runs_code(node):
            return self.spelled.texts(node.args[0]) or ()
        return ()

    def _runs_code(self, call: ast.Call) -> bool:
        """Tell whether a call is one of `exec`, `eval` and `compile`, not a method of such a name."""
        func = call.func
        is_own = isinstance(func, ast.Attribute) and self.spelled.module(func.value) != "builtins"
        return bool(call.args) and not is_own and called_name(func) in _CODE_CALLS

    def _named_attribute(self, called: str, owner: ast.expr, argument: ast.expr) -> Iterator[tuple[str, str]]:
        """Yield the attribute that `getattr` or its like is given as a text, also where it is computed."""
        module = self.spelled.module(owner)
        names = self.spelled.texts(argument)
        if names is None and module in INTERPRETER_MODULES:
            yield f"{called}({module}, ...)", "computes a name of the interpreter"
        elif names is None and not _CIPHERS.isdisjoint(self.spelled.functions(argument)):
            yield called, "takes a name that cannot be read beforehand"
        for name in names or (self.spelled.internal_texts if names is None else ()):
            for part in name.split("."):
                yield from self._attribute(module, part)

    def _is_hidden_code(self, argument: ast.expr) -> bool:
        """Tell whether code to be run is decoded or joined, so that no reader sees it."""
        is_known = self.spelled.texts(argument) is not None
        return not is_known and not _DECODERS.isdisjoint(self.spelled.functions(argument))


_CIPHERS = frozenset({"b64decode", "chr", "decode", "decompress", "fromhex", "unhexlify"})
"""What makes text of what is none to a reader."""
_DECODERS = _CIPHERS | {"join", "replace"}


def _climbs(owner: ast.expr) -> bool:
    """Tell whether a way leads up to `object`: `().__class__.__base__`."""
    return any(
        isinstance(node, ast.Attribute) and node.attr in {"__base__", "__bases__", "__mro__"}
        for node in nodes_in(owner)
    )

"""What can be known of code without running it: names nobody binds, definitions nobody calls, tricks."""

from __future__ import annotations

import ast
import re
from functools import cache

from cards.prove.process.describe import bound_names
from cards.python.syntax import tree_of

_TRICKS = {
    "_getframe": "walks the interpreter's frames",
    "f_back": "walks the interpreter's frames",
    "gc": "searches the interpreter's objects",
    "ctypes": "calls C directly",
    "_exit": "ends the process behind Python's back",
    "settrace": "traces the interpreter",
    "setprofile": "traces the interpreter",
}
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def undefined(source: str) -> tuple[tuple[int, str], ...]:
    """Return (line, name) of every use of a name that nothing binds, also inside functions never called."""
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
def prepare() -> None:
    """Load what the first look at a source would load, while the first program runs."""
    undefined("prepared = True")


def bound(source: str) -> frozenset[str]:
    """Return the names that a snippet's top-level statements bind."""
    tree = tree_of(source)
    return (
        frozenset(name for statement in tree.body for name in bound_names(statement)) if tree else frozenset()
    )


def bound_by(statement: ast.stmt) -> frozenset[str]:
    """Return the names that one statement binds."""
    return frozenset(bound_names(statement))


def used_by(statement: ast.stmt) -> frozenset[str]:
    """Return all names that one statement reads, anywhere in it."""
    return _loads(statement)


def used(source: str) -> frozenset[str]:
    """Return all names that a snippet reads, anywhere in it."""
    tree = tree_of(source)
    return _loads(tree) if tree else frozenset()


def never_called(sources: tuple[str, ...], position: int) -> tuple[str, ...]:
    """Return the functions and classes that a snippet defines and no statement of the program reaches."""
    trees = [tree_of(source) for source in sources]
    mine = trees[position]
    if mine is None:
        return ()
    bodies: dict[str, set[str]] = {}
    reached: set[str] = set()
    for statement in (statement for tree in trees if tree for statement in tree.body):
        if isinstance(statement, _DEFINITIONS):
            bodies.setdefault(statement.name, set()).update(_loads(statement) - {statement.name})
            # A decorator, a base class or a default is evaluated at the definition.
            outside = [*statement.decorator_list]
            if isinstance(statement, ast.ClassDef):
                outside += statement.bases
            else:
                outside += [d for d in (*statement.args.defaults, *statement.args.kw_defaults) if d]
            reached |= {name for node in outside for name in _loads(node)}
        else:
            reached |= _loads(statement)
    pending = list(reached)
    while pending:
        for name in bodies.get(pending.pop(), ()):
            if name not in reached:
                reached.add(name)
                pending.append(name)
    names = [statement.name for statement in mine.body if isinstance(statement, _DEFINITIONS)]
    return tuple(name for name in dict.fromkeys(names) if name not in reached)


def tricks(source: str) -> tuple[str, ...]:
    """Return what in a snippet could imitate a pass: `gc searches the interpreter's objects`."""
    words = set(re.findall(r"\w+", source))
    return tuple(f"{word} {what}" for word, what in _TRICKS.items() if word in words)


def _loads(tree: ast.AST) -> frozenset[str]:
    return frozenset(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


_COMMANDS = (
    "apt|apt-get|bazel|cd|conda|curl|docker|export|gcloud|git|kubectl|ls|npm|pip|pip3|python|python3|"
    "saved_model_cli|sudo|tensorboard|uv|wget"
)
_LANGUAGES = (
    ("a shell session", re.compile(rf"^\s*(?:[$#%]\s+)?(?:{_COMMANDS})\s+[\w./-]", re.MULTILINE)),
    ("an interpreter session", re.compile(r"^\s*>>> ", re.MULTILINE)),
    ("a notebook cell", re.compile(r"^\s*[!%]{1,2}\w", re.MULTILINE)),
    ("JSON", re.compile(r"^\s*[{\[]\s*\n?\s*\"[^\"]*\"\s*:", re.MULTILINE)),
    ("C++", re.compile(r"^\s*#include\b|std::", re.MULTILINE)),
    ("YAML", re.compile(r"^\s*(?:apiVersion|kind|metadata):\s", re.MULTILINE)),
    ("a protocol buffer", re.compile(r"^\s*(?:syntax\s*=\s*\"proto|message \w+ \{|\w+ \{$)", re.MULTILINE)),
    ("a drawing", re.compile(r"[┌┐└┘├┤│─▼▲→←]{2}|^\s*[-+|]{3,}", re.MULTILINE)),
)


def another_language(source: str) -> str:
    """Return what code that does not parse seems to be; empty where it seems to be Python."""
    return next((language for language, pattern in _LANGUAGES if pattern.search(source)), "")

"""What can be known of code without running it: names nobody binds, definitions nobody calls, tricks."""

from __future__ import annotations

import ast
import re
from functools import cache

from cards.prove.process.describe import bound_names
from cards.python.syntax import tree_of

_SUSPICIOUS_NAMES = {
    "_getframe": "walks the interpreter's frames",
    "f_back": "walks the interpreter's frames",
    "gc": "searches the interpreter's objects",
    "ctypes": "calls C directly",
    "_exit": "ends the process behind Python's back",
    "settrace": "traces the interpreter",
    "setprofile": "traces the interpreter",
}
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def undefined_names(source: str) -> tuple[tuple[int, str], ...]:
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
def load_pyflakes() -> None:
    """Load what the first look at a source would load, while the first program runs."""
    undefined_names("prepared = True")


def names_bound_in(source: str) -> frozenset[str]:
    """Return the names that a snippet's top-level statements bind."""
    tree = tree_of(source)
    return (
        frozenset(name for statement in tree.body for name in bound_names(statement)) if tree else frozenset()
    )


def names_bound_by(statement: ast.stmt) -> frozenset[str]:
    """Return the names that one statement binds."""
    return frozenset(bound_names(statement))


def names_read_by(statement: ast.stmt) -> frozenset[str]:
    """Return all names that one statement reads, anywhere in it."""
    return _names_read(statement)


def names_read_in(source: str) -> frozenset[str]:
    """Return all names that a snippet reads, anywhere in it."""
    tree = tree_of(source)
    return _names_read(tree) if tree else frozenset()


def uncalled_definitions(sources: tuple[str, ...], position: int) -> tuple[str, ...]:
    """Return the functions and classes that a snippet defines and no statement of the program reaches."""
    trees = [tree_of(source) for source in sources]
    mine = trees[position]
    if mine is None:
        return ()
    bodies: dict[str, set[str]] = {}
    reached: set[str] = set()
    for statement in (statement for tree in trees if tree for statement in tree.body):
        if isinstance(statement, _DEFINITIONS):
            bodies.setdefault(statement.name, set()).update(_names_read(statement) - {statement.name})
            # A decorator, a base class or a default is evaluated at the definition.
            outside = [*statement.decorator_list]
            if isinstance(statement, ast.ClassDef):
                outside += statement.bases
            else:
                outside += [d for d in (*statement.args.defaults, *statement.args.kw_defaults) if d]
            reached |= {name for node in outside for name in _names_read(node)}
        else:
            reached |= _names_read(statement)
    pending = list(reached)
    while pending:
        for name in bodies.get(pending.pop(), ()):
            if name not in reached:
                reached.add(name)
                pending.append(name)
    names = [statement.name for statement in mine.body if isinstance(statement, _DEFINITIONS)]
    return tuple(name for name in dict.fromkeys(names) if name not in reached)


def suspicious_names(source: str) -> tuple[str, ...]:
    """Return what in a snippet could imitate a pass: `gc searches the interpreter's objects`."""
    words = set(re.findall(r"\w+", source))
    return tuple(f"{word} {what}" for word, what in _SUSPICIOUS_NAMES.items() if word in words)


def _names_read(tree: ast.AST) -> frozenset[str]:
    return frozenset(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


_SHELL_COMMANDS = (
    "apt|apt-get|bazel|cd|conda|curl|docker|export|gcloud|git|kubectl|ls|npm|pip|pip3|python|python3|"
    "saved_model_cli|sudo|tensorboard|uv|wget"
)
_LANGUAGES = (
    ("a shell session", re.compile(rf"^\s*(?:[$#%]\s+)?(?:{_SHELL_COMMANDS})\s+[\w./-]", re.MULTILINE)),
    ("an interpreter session", re.compile(r"^\s*>>> ", re.MULTILINE)),
    ("a notebook cell", re.compile(r"^\s*[!%]{1,2}\w", re.MULTILINE)),
    ("JSON", re.compile(r"^\s*[{\[]\s*\n?\s*\"[^\"]*\"\s*:", re.MULTILINE)),
    ("C++", re.compile(r"^\s*#include\b|std::", re.MULTILINE)),
    ("YAML", re.compile(r"^\s*(?:apiVersion|kind|metadata):\s", re.MULTILINE)),
    ("a protocol buffer", re.compile(r"^\s*(?:syntax\s*=\s*\"proto|message \w+ \{|\w+ \{$)", re.MULTILINE)),
    ("a drawing", re.compile(r"[┌┐└┘├┤│─▼▲→←]{2}|^\s*[-+|]{3,}", re.MULTILINE)),
)


def guess_language(source: str) -> str:
    """Return what code that does not parse seems to be; empty where it seems to be Python."""
    return next((language for language, pattern in _LANGUAGES if pattern.search(source)), "")

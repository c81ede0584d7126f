"""Finds the name that an author meant where a program has none like the one that it misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.python.bindings import names_bound_in
from cards.python.foreign.odd_character import describe_character
from cards.python.near_name import foreign_letters, near_name
from cards.python.reads import BUILTIN_NAMES

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.prove.client.transcript import ExceptionInfo


_MODULES = frozenset(
    {"collections", "datetime", "functools", "itertools", "keras", "matplotlib", "multiprocessing", "numpy"}
    | {"pandas", "pathlib", "random", "requests", "scipy", "seaborn", "sklearn", "subprocess", "tensorflow"}
    | {"threading", "torch", "typing"}
)
"""Modules that guides import often; a slip of one is no package to install."""


def meant_name(program: Program, error: ExceptionInfo) -> str:
    """Return advice for a name or a module that is a slip; empty where it is like no other."""
    if "ModuleNotFoundError" in error.class_names:
        module = near_name(error.name.partition(".")[0], _MODULES)
        return f"Did you mean `{module}`?" if module else ""
    if "NameError" not in error.class_names or not error.name:
        return ""
    bound = {name for snippet in program.snippets for name in names_bound_in(snippet.source)}
    known = bound | BUILTIN_NAMES
    if looks_like := foreign_letters(error.name, sorted(known)):
        name, letter = looks_like
        return f"Did you mean `{name}`? One of the two is written with {describe_character(letter)}."
    name = near_name(error.name, known)
    return f"Did you mean `{name}`?" if name else ""

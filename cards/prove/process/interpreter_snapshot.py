"""Snapshots names, builtins and libraries before an answer runs, for the checks that run after it.

A check runs in a namespace of its own, with the names and the builtins there were before the answer ran and
of the answer only what it was asked to define. What the libraries hold is compared with what they held
before. This keeps a learner honest; `cards.answer.forbidden` refuses what could get around it.
"""

from __future__ import annotations

import builtins
import re
import sys
from types import ModuleType
from typing import TYPE_CHECKING

# Functions defined below see these builtins, whatever guide code does to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_LIBRARIES = re.compile(
    r"(?:builtins|functools|itertools|math|operator|numpy(?:\.(?!_|f2py|tests).*)?|"
    r"keras(?:\.(?!src|_tf_keras|applications).*)?|tensorflow(?:\._api\.v2(?:\.(?!compat).*)?)?|"
    r"tensorflow\.python\.framework\.ops)\Z"
)
"""What code calls by its public names. Looking through all that is loaded takes a quarter of a second."""


class InterpreterSnapshot:
    """The names, builtins and library members that there were before an answer ran."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = dict(names)
        self._builtins = dict(vars(builtins))
        self._modules = {
            name: module
            for name, module in list(sys.modules.items())
            if _LIBRARIES.match(name) and isinstance(module, ModuleType)
        }
        owners: dict[int, object] = {}
        for module in self._modules.values():
            owners[id(module)] = module
            owners |= {id(each): each for each in vars(module).values() if isinstance(each, type)}
        self._held = [(owner, _stable_members(owner)) for owner in owners.values()]
        self._sizes = {id(owner): len(vars(owner)) for owner in owners.values()}

    def namespace(self, answer: Mapping[str, Any], handed: Sequence[str]) -> dict[str, Any]:
        """Return a new namespace for one check: the names from before, and those the answer had to define."""
        defined = {name: answer[name] for name in handed if name in answer}
        return {**self._names, **defined, "__builtins__": dict(self._builtins)}

    def changed(self) -> str:
        """Return the first library function, class or module that was replaced since; empty for none."""
        for name, module in self._modules.items():
            if sys.modules.get(name) is not module:
                return name
        for owner, held in self._held:
            now = vars(owner)
            for name, value in held.items():
                if now.get(name) is not value:
                    return f"{_owner_name(owner)}.{name}"
            # A class that gains a method no longer uses the one of its base.
            if isinstance(owner, type) and len(now) != self._sizes[id(owner)]:
                for name in _stable_members(owner).keys() - held.keys():
                    return f"{_owner_name(owner)}.{name}"
        return ""


def _stable_members(owner: object) -> dict[str, object]:
    return {name: value for name, value in vars(owner).items() if _is_stable(value)}


def _is_stable(value: object) -> bool:
    """Tell whether no library replaces such a value by itself; a lazily loaded module is replaced."""
    return hasattr(type(value), "__get__") or callable(value) or type(value) is ModuleType


def _owner_name(owner: object) -> str:
    return str(getattr(owner, "__name__", "a library"))

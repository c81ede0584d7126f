"""A made-up account for code that asks who runs it: the same name for every person and machine.

The sandbox hides the list of users, and their names are nobody's business. So `pwd`, `grp` and `os.getlogin`
know one user, whose home is the run's own folder.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

USER_NAME = "learner"


def install() -> None:
    """Let `pwd`, `grp` and `os.getlogin` of this process know the made-up account and no other.

    Under the second conditions its name is another one, as the environment says.
    """
    user_name = os.environ.get("LOGNAME", USER_NAME)
    for name in ("os", "posix"):
        _replace(name, {"getlogin": lambda: user_name})
    try:
        pwd, grp = import_module("pwd"), import_module("grp")
    except ImportError:
        # Windows has no such list.
        return
    uid, gid = os.getuid(), os.getgid()
    user = pwd.struct_passwd((user_name, "x", uid, gid, user_name, os.environ["HOME"], "/bin/sh"))
    group = grp.struct_group((user_name, "x", gid, []))
    _replace("pwd", _lookups("pw", "uid", user, uid))
    _replace("grp", _lookups("gr", "gid", group, gid))


def _replace(module: str, functions: dict[str, Callable[..., Any]]) -> None:
    try:
        vars(import_module(module)).update(functions)
    except ImportError:
        return


def _lookups(kind: str, number_name: str, entry: Sequence[Any], number: int) -> dict[str, Callable[..., Any]]:
    """Return the functions of `pwd` or `grp` for a list with one entry; they raise as the real ones do."""
    by_number, by_name = f"get{kind}{number_name}", f"get{kind}nam"

    def find_by_number(wanted: int, /) -> Sequence[Any]:
        if wanted != number:
            raise KeyError(f"{by_number}(): {number_name} not found: {wanted}")
        return entry

    def find_by_name(name: str, /) -> Sequence[Any]:
        if name != entry[0]:
            raise KeyError(f"{by_name}(): name not found: {name!r}")
        return entry

    return {by_number: find_by_number, by_name: find_by_name, f"get{kind}all": lambda: [entry]}

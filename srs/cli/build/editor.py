"""The guide opened at a card's line, and the edit taken up at once."""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cards.errors import GuideError, ProofdeckError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from srs.cli.context import Setting
    from srs.sitting.shown_card import Shown
    from srs.store import Store

# Editors that take `file:line`; all others are given vi's `+line file`.
_COLON = {"hx", "helix", "subl", "zed"}
_GOTO = {"code", "code-insiders", "codium", "cursor"}


def editor_command(editor: str, path: str, line: int) -> list[str]:
    """Return the command that opens a file at a line in an editor, and waits for it."""
    program, *options = shlex.split(editor)
    name = Path(program).name
    if name in _GOTO:
        return [program, *options, "--wait", "--goto", f"{path}:{line}"]
    if name in _COLON:
        return [program, *options, f"{path}:{line}"]
    return [program, *options, f"+{line}", path]


def edit_file(path: str, line: int) -> int:
    """Have a person edit a file from a line on in VISUAL or EDITOR, and return the editor's exit code."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        return subprocess.run(editor_command(chosen, path, max(1, line)), check=False).returncode
    except OSError as error:
        raise ProofdeckError(f"{chosen} cannot be started ({error.strerror}); set EDITOR.") from error


def guide_editor(
    setting: Setting, store: Store, lent: Callable[[], AbstractContextManager[None]]
) -> Callable[[Shown], str]:
    """Return a function that lets a person edit a card's guide and says in a line what came of it."""

    def edit(shown: Shown) -> str:
        path = store.guide_path(shown.guide)
        if path is None or not Path(path).exists():
            return f"The guide {shown.source_path} is not where it was built; build it again to edit it here."
        if Path(path).parent.name == "_guides":
            return "This guide came with proofdeck: copy it, build the copy, and edit that."
        before = Path(path).read_bytes()
        with lent():
            try:
                edit_file(path, shown.source_line)
            except ProofdeckError as error:
                return str(error)
            if Path(path).read_bytes() == before:
                return "The guide was not changed."
            try:
                return _taken_up(setting, store, shown, path)
            except GuideError as error:
                return f"Not taken up: {error.problems[0]}" if error.problems else f"Not taken up: {error}"
            except ProofdeckError as error:
                return f"Not taken up: {error}"

    return edit


def _taken_up(setting: Setting, store: Store, shown: Shown, path: str) -> str:
    from cards.build.cache import Memory
    from srs.cli.build.guide_file import guide_file
    from srs.cli.build.rebuild import remake, take_up
    from srs.cli.build.workshop import Workshop

    bundled = guide_file(setting, None)
    file = bundled if bundled.path.resolve() == Path(path) else guide_file(setting, path)
    file = replace(file, shown=shown.source_path)
    with Workshop(setting) as workshop:
        remade = remake(file, workshop, setting, Memory())
    synced = take_up(file, remade, store)
    parts = [
        f"{number} {name}"
        for name, number in (
            ("new", synced.added),
            ("changed", synced.changed),
            ("retired", synced.retired),
            ("revived", synced.revived),
            ("held back", len(remade.revised.held)),
        )
        if number
    ]
    return f"Taken up: {', '.join(parts)}." if parts else "Taken up; no card is different."

"""Open a guide in the person's editor at a card's line, and rebuild it after the edit."""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cards.errors import GuideError, ProofdeckError
from srs.cli.build.card_line import card_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from srs.cli.context import CommandContext
    from srs.review.shown_card import ShownCard
    from srs.store.store import Store

# Editors that take `file:line`; all others are given vi's `+line file`.
_COLON_EDITORS = {"hx", "helix", "subl", "zed"}
_GOTO_EDITORS = {"code", "code-insiders", "codium", "cursor"}


def editor_command(editor: str, path: str, line: int) -> list[str]:
    """Return the command that opens a file at a line in an editor, and waits for it."""
    program, *options = shlex.split(editor)
    name = Path(program).name
    if name in _GOTO_EDITORS:
        return [program, *options, "--wait", "--goto", f"{path}:{line}"]
    if name in _COLON_EDITORS:
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
    context: CommandContext, store: Store, lent: Callable[[], AbstractContextManager[None]]
) -> Callable[[ShownCard], str]:
    """Return a function that opens a card's guide in the editor, rebuilds it, and reports in a line."""

    def edit(shown: ShownCard) -> str:
        path = store.decks.guide_path(shown.guide)
        if path is None or not Path(path).exists():
            return f"The guide {shown.source_path} is not where it was built; build it again to edit it here."
        if Path(path).parent.name == "_guides":
            return "This guide came with proofdeck: copy it, build the copy, and edit that."
        before = Path(path).read_bytes()
        with lent():
            try:
                edit_file(path, card_line(before.decode(errors="replace").splitlines(), shown))
            except ProofdeckError as error:
                return str(error)
            if Path(path).read_bytes() == before:
                return "The guide was not changed."
            try:
                return _rebuild(context, store, shown, path)
            except GuideError as error:
                return f"Not taken up: {error.problems[0]}" if error.problems else f"Not taken up: {error}"
            except ProofdeckError as error:
                return f"Not taken up: {error}"

    return edit


def _rebuild(context: CommandContext, store: Store, shown: ShownCard, path: str) -> str:
    from cards.build.pipeline import finish_build
    from srs.cli.build.cache_file import read_parts
    from srs.cli.build.guide_file import find_guide, plan_of_other
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.build.save_build import save_build
    from srs.cli.guard.loss_guard import LossGuard
    from srs.cli.identity.move_question import MoveQuestion
    from srs.cli.identity.settle import GuideIdentity

    bundled = find_guide(context, None)
    file = bundled if bundled.path.resolve() == Path(path) else find_guide(context, path)
    file = replace(file, shown=shown.source_path)
    identity = GuideIdentity(
        file.path,
        file.shown,
        file.written_lock(),
        context,
        partial(plan_of_other, context),
        MoveQuestion(may_ask=False),
    )
    now = context.now()
    with PlanRunner(context) as runner:
        source = file.source()
        plan = file.plan(
            source,
            identity.lock,
            runner.runtimes,
            runner.version_of,
            keep_answers=False,
            parts=read_parts(file, context),
        )
        plan = (settled := identity.settle(plan, source.text)).plan
        seconds = int(now.timestamp())
        guard = LossGuard(may_ask=False)
        guard.require_assent(plan, finish_build(plan, (), seconds), source.text, source.path)
        ran, measured, displayed = runner.run(file, plan)
        result = finish_build(plan, ran, seconds, measured, displayed)
        guard.require_assent(plan, result, source.text, source.path)
    synced = save_build(file, result, store, settled.short_name, store.preferences.day(now)).report
    parts = [
        f"{number} {name}"
        for name, number in (
            ("new", synced.added),
            ("changed", synced.changed),
            ("retired", synced.retired),
            ("revived", synced.revived),
            ("held back", len(result.held)),
        )
        if number
    ]
    return f"Taken up: {', '.join(parts)}." if parts else "Taken up; no card is different."

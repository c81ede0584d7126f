"""`proofdeck build --watch`: build again whenever the guide is saved."""

from __future__ import annotations

import gc
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import click

from cards.errors import ProofdeckError
from srs.cli.build.failure_report import print_failing_blocks
from srs.screen.shown_console import ShownConsole
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cards.check.failing_block import FailingBlock
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext

POLL_SECONDS = 0.1


def watch_guide(
    file: GuideFile,
    build: Callable[[], tuple[Sequence[FailingBlock], dict[str, Any]]],
    context: CommandContext,
) -> None:
    """Build at once and after every save until Ctrl-C; a bad guide is reported and waited for."""
    click.echo(f"Watching {file.shown}; Ctrl-C ends it.")
    seen: tuple[int, int] | None = None
    try:
        while True:
            stamp = _file_state(file)
            if stamp is not None and stamp != seen:
                seen = stamp
                _build_once(build, context, file.shown)
                gc.collect()  # the runner keeps collection off while it builds
            sleep(POLL_SECONDS)
    except KeyboardInterrupt:
        click.echo()


def _file_state(file: GuideFile) -> tuple[int, int] | None:
    """Return a value that changes when the file is saved; None while an editor is replacing the file."""
    try:
        status = file.path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _build_once(
    build: Callable[[], tuple[Sequence[FailingBlock], dict[str, Any]]], context: CommandContext, named: str
) -> None:
    moment = context.now().strftime("%H:%M:%S")
    started = monotonic()
    try:
        failing, report = build()
    except ProofdeckError as error:
        click.echo(f"{moment}  {click.style('not built', fg='red')}\n{error}")
        return
    changes = report["changes"]
    words = [
        f"{len(changes[name])} {name}" for name in ("new", "changed", "retired", "revived") if changes[name]
    ]
    held_back = [one for one in report["held_back"] if not one["excused"]]
    if held_back:
        words.append(click.style(f"{len(held_back)} held", fg="red"))
    ran = report["proofs"]["ran_now"]
    if ran:
        words.append(f"{count(ran, 'block')} run")
    done = " · ".join(words) or "nothing changed"
    click.echo(f"{moment}  {count(report['cards'], 'card')}: {done}  ({monotonic() - started:.1f} s)")
    print_failing_blocks(ShownConsole(highlight=False), failing, named)

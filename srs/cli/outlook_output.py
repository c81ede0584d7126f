"""Print what is foretold of interviews, and sentences in the width of a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from srs.plan.outlook import Outlook

_LEAST_COLUMNS = 20
_PIPE_COLUMNS = 100


def print_outlooks(outlooks: Sequence[tuple[str, Outlook]], *, as_json: bool) -> None:
    """Print what is foretold of each plan, given with the names of its decks."""
    from srs.stats.outlook_lines import outlook_json, outlook_lines

    if as_json:
        import json

        click.echo(json.dumps([outlook_json(name, outlook) for name, outlook in outlooks], indent=2))
        return
    width = _terminal_columns() or _PIPE_COLUMNS
    for number, (name, outlook) in enumerate(outlooks):
        lines = outlook_lines(name if len(outlooks) > 1 else "", outlook, width)
        print_wrapped([*[""] * (number > 0), *lines])


def print_wrapped(lines: Iterable[str]) -> None:
    """Print lines, broken between words where a terminal is narrower; a pipe gets them whole."""
    width = _terminal_columns()
    for line in lines:
        click.echo("\n".join(wrapped_lines(line, width)) if width and len(line) > width else line)


def wrapped_lines(line: str, width: int) -> list[str]:
    """Return a line broken between words."""
    from textwrap import wrap

    return wrap(line, width, break_on_hyphens=False) or [line]


def _terminal_columns() -> int | None:
    """Return how wide the terminal is; None where the output is no terminal."""
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return max(_LEAST_COLUMNS, get_terminal_size().columns)

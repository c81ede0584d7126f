"""A list that is longer than the screen goes to a pager."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from srs.cli.shown_output import shown

if TYPE_CHECKING:
    from collections.abc import Iterable


def print_paged(lines: Iterable[str]) -> None:
    """Print lines; on a terminal that is not high enough through the person's pager."""
    found = list(lines)
    text = "\n".join(found)
    if _is_paged() and len(found) >= _terminal_lines():
        # The pager reads past our own stream.
        click.echo_via_pager(shown(text))
    elif found:
        click.echo(text)


def _is_paged() -> bool:
    """Tell whether somebody looks who can page: at a terminal that can move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _terminal_lines() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().lines

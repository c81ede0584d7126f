"""Print what is foretold of interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srs.cli.output import wrapped_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srs.plan.outlook import Outlook

_PIPE_COLUMNS = 100


def print_outlooks(outlooks: Sequence[tuple[str, Outlook]], *, as_json: bool) -> None:
    """Print what is foretold of each plan, given with the names of its decks."""
    from srs.stats.outlook_lines import outlook_json, outlook_lines

    if as_json:
        import json

        click.echo(json.dumps([outlook_json(name, outlook) for name, outlook in outlooks], indent=2))
        return
    width = wrapped_lines.terminal_columns() or _PIPE_COLUMNS
    for number, (name, outlook) in enumerate(outlooks):
        lines = outlook_lines(name if len(outlooks) > 1 else "", outlook, width)
        wrapped_lines.print_wrapped([*[""] * (number > 0), *lines])

"""`proofdeck man`: manual pages, made from the help texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from srs.cli.volume import only_reports
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator


@only_reports()
@click.command(name="man")
@click.argument("folder", type=click.Path(file_okay=False))
@click.pass_context
def command(ctx: click.Context, folder: str) -> None:
    """Write a manual page for every command into FOLDER, made from the help texts.

    Where `man` looks by itself: `proofdeck man ~/.local/share/man/man1`, then `man proofdeck-review`.
    """
    from cards.errors import ExportError
    from cards.files import write_atomically
    from srs.cli.manual.roff import manual_page
    from srs.version import __version__

    root = ctx.find_root().command
    pages = list(contexts_below(click.Context(root, info_name="proofdeck", **root.context_settings)))
    for each in pages:
        target = Path(folder) / f"{each.command_path.replace(' ', '-')}.1"
        try:
            write_atomically(target, manual_page(each, __version__).encode())
        except OSError as error:
            raise ExportError(f"{target} cannot be written: {error.strerror or error}.") from error
    click.echo(f"{count(len(pages), 'manual page')} written to {folder}.")


def contexts_below(ctx: click.Context) -> Iterator[click.Context]:
    """Yield the context of a command and those of all commands below it, in their order."""
    yield ctx
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            found = ctx.command.get_command(ctx, name)
            if found is not None:
                yield from contexts_below(click.Context(found, info_name=name, parent=ctx))

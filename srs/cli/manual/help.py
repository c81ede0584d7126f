"""`proofdeck help`: the help of a command."""

from __future__ import annotations

import click


@click.command(name="help")
@click.argument("words", nargs=-1, metavar="[COMMAND]...")
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Explain COMMAND, such as `review` or `decks rename`; without one, list all commands."""
    from srs.cli.typed.near_command import no_such_command

    root = ctx.find_root()
    meant, at = root.command, root
    for word in words:
        found = meant.get_command(at, word) if isinstance(meant, click.Group) else None
        if found is None:
            names = meant.list_commands(at) if isinstance(meant, click.Group) else []
            raise click.UsageError(no_such_command(word, names), at)
        meant, at = found, click.Context(found, info_name=word, parent=at)
    click.echo(meant.get_help(at))

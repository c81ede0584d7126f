"""`proofdeck completion`: let a shell complete commands, options, decks, tags, kinds and settings."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cards.errors import ExportError, ProofdeckError
from srs.cli.volume import only_reports

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


class Shell(StrEnum):
    """The shells that know how to ask what may follow."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


_STARTS_COMPLETION = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"
"""Without this, zsh knows of no completion where the person's own file does not begin with it."""


@only_reports(lambda given: bool(given["install"]))
@click.command(name="completion")
@click.argument("shell", required=False, type=click.Choice([each.value for each in Shell]))
@click.option("--install", is_flag=True, help="Put it where the shell reads it; once is enough.")
@click.pass_context
def command(ctx: click.Context, shell: str | None, *, install: bool) -> None:
    """Print what lets SHELL complete commands, options, decks, tags, kinds and settings, or install it.

    Without SHELL it is the one that you use. For bash and zsh, --install adds one line to ~/.bashrc or
    ~/.zshrc; fish needs none.
    """
    context: CommandContext = ctx.obj
    chosen = Shell(shell) if shell else _own_shell(context)
    script = completion_script(ctx.find_root().command, chosen)
    if not install:
        click.echo(script, nl=False)
        return
    for line in _install(chosen, script, context):
        click.echo(line)


def completion_script(root: click.Command, shell: Shell) -> str:
    """Return what a shell has to read."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell.value)
    if kind is None:  # pragma: no cover - click knows all three
        raise ProofdeckError(f"{shell.value}: this shell is not known.")
    script = kind(root, {}, "proofdeck", "_PROOFDECK_COMPLETE").source().strip() + "\n"
    first, _, rest = script.partition("\n")
    return f"{first}\n{_STARTS_COMPLETION}{rest}" if shell is Shell.ZSH else script


def _own_shell(context: CommandContext) -> Shell:
    name = Path(context.environment.get("SHELL", "")).name
    if name not in set(Shell):
        raise click.UsageError(f"Say which shell it is: {', '.join(Shell)}.")
    return Shell(name)


def _install(shell: Shell, script: str, context: CommandContext) -> list[str]:
    """Write the script, and the line that reads it; return what to say."""
    from cards.files import write_atomically

    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - an unknown home stays a name
    if shell is Shell.FISH:
        base = Path(context.environment.get("XDG_CONFIG_HOME") or home / ".config")
        target, starts = base / "fish" / "completions" / "proofdeck.fish", None
    else:
        target, starts = context.home / f"completion.{shell.value}", home / f".{shell.value}rc"
    try:
        write_atomically(target, script.encode())
        added = starts is not None and _add_line(starts, f'[ -r "{target}" ] && . "{target}"')
    except OSError as error:
        raise ExportError(f"{error.filename or target} cannot be written: {error.strerror}.") from error
    said = [f"Completion for {shell.value} is in {target}."]
    if added:
        said.append(f"{starts} reads it from the next shell on.")
    elif starts is not None:
        said.append(f"{starts} reads it already.")
    return said


def _add_line(path: Path, line: str) -> bool:
    """Add a line to a file unless it is there; return whether it was added."""
    from cards.files import write_atomically

    text = path.read_text("utf-8", "surrogateescape") if path.exists() else ""
    if line in text.splitlines():
        return False
    ends = "" if not text or text.endswith("\n") else "\n"
    write_atomically(path, f"{text}{ends}{line}\n".encode("utf-8", "surrogateescape"))
    return True

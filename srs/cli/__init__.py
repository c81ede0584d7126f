"""The command line: the one place that knows the clock, the environment, the paths and exit codes.

Exit codes: 0 fine, 1 problems found, 2 wrong usage, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

# Starting up makes thousands of objects and next to no garbage; looking for some is a twentieth of `due`.
gc.set_threshold(50_000)

import click  # noqa: E402 - what it makes is what the line above is about

from srs.cli.volume import add_volume, volume_options  # noqa: E402
from srs.version import __version__  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

# Every command's folder and its line in the overview; a module loads only when its command is meant.
COMMANDS = {
    "build": ("author", "Turn a guide into proved cards, the review store and an Anki deck."),
    "new": ("author", "Write a small guide to begin with."),
    "export": ("author", "Write the cards as CSV, JSON or one page."),
    "check": ("author", "Say everything that is wrong with a guide, its code or its cards."),
    "recover": ("author", "Turn a page that was copied into a guide."),
    "prove": ("author", "Run a guide's code answers and show what happened."),
    "relink": ("author", "Say which card is which after a rewrite."),
    "review": ("learner", "Review today's cards."),
    "practice": ("learner", "Write code for a task, and have it run against hidden checks."),
    "plan": ("learner", "Plan the days until an interview."),
    "interview": ("learner", "Hold a mock interview, and see what you left out."),
    "due": ("learner", "Say how many cards are due."),
    "cards": ("learner", "List the cards, or those that hold some words."),
    "show": ("learner", "Print a card, its proof and its schedule."),
    "history": ("learner", "List what was done with a card."),
    "mark": ("learner", "Suspend, resume, bury or flag a card."),
    "undo": ("learner", "Take back the last answer."),
    "stats": ("learner", "Show how the reviews go."),
    "simulate": ("learner", "Show what a year of reviews would cost."),
    "settings": ("learner", "Show what is set, or set it."),
    "backup": ("keeper", "Copy the store to a file."),
    "restore": ("keeper", "Put a backup in the store's place."),
    "decks": ("keeper", "List the decks; rename, remove or forget one."),
    "anki": ("keeper", "Bring what was learnt in Anki into this store."),
    "merge": ("keeper", "Bring another machine's reviews into this store."),
    "doctor": ("keeper", "Verify the store, and mend its schedules from the log."),
    "help": ("manual", "Explain a command."),
    "completion": ("manual", "Complete commands, decks, tags and settings in your shell."),
    "man": ("manual", "Write a manual page for every command."),
}
_NOT_ON_WINDOWS = frozenset({"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"})
"""Modules of the standard library; each imports nothing else that could be missing."""


class LazyGroup(click.Group):
    """A group of commands that prints its overview without loading any of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, and load its module; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"srs.cli.{COMMANDS[cmd_name][0]}.{cmd_name}").command
        if ctx.resilient_parsing:
            from srs.cli.typed.stored_word import add_completion

            add_completion(command, _store_file)
        return add_volume(command)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; raises StoreError for what only a damaged value of the store can have led to."""
        from cards.errors import ERRORS_OF_DAMAGE

        try:
            return super().invoke(ctx)
        except ERRORS_OF_DAMAGE as error:
            from srs.cli.last_resort import tell_damage

            if ctx.obj is not None:
                tell_damage(error, ctx.obj.store_file)
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant; raises a usage error with the nearest where there is none."""
        if args[0] in COMMANDS or args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from srs.cli.typed.near_command import no_such_command

        raise click.UsageError(no_such_command(args[0], COMMANDS), ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _store_file(ctx: click.Context) -> str:
    """Return the store's file where no command runs, for a shell that completes."""
    from srs.cli.context import CommandContext

    return CommandContext(home=ctx.find_root().params.get("home"), environment=os.environ).store_file


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    if wanted and not ctx.resilient_parsing:
        click.echo(f"proofdeck {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--home", type=click.Path(file_okay=False), help="Folder of the review store.", envvar="PROOFDECK_HOME"
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
@click.pass_context
def command(ctx: click.Context, home: str | None) -> None:
    """Flashcards from a question-and-answer guide, every code answer run before a card may show it."""
    from srs.cli.context import CommandContext

    ctx.obj = CommandContext(home=home, environment=os.environ)
    if ctx.invoked_subcommand is None:
        from srs.cli.today import print_today

        print_today(ctx.obj)


command.params += volume_options()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; no traceback reaches a person for what they can mend."""
    from srs.cli.ending import endings_as_interrupts
    from srs.cli.shown_output import shown_outputs

    if "_PROOFDECK_COMPLETE" in os.environ:
        # A shell reads this, in bytes; the words for it are cleared where they are made.
        command.main(args=arguments, prog_name="proofdeck")
    if None in (sys.stdin, sys.stdout, sys.stderr):
        from srs.cli.last_resort import open_missing_streams

        open_missing_streams()
    with shown_outputs(), endings_as_interrupts():
        code = _run(arguments)
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    """Run the command line and return its exit code, its errors said."""
    from cards.errors import ProofdeckError
    from srs.cli.shown_output import shown

    code: object
    try:
        code = command.main(args=arguments, prog_name="proofdeck", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        code = 2
    except click.ClickException as error:
        _say_usage_error(error)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = 130
    except BrokenPipeError:
        # The reader went away (`| head`): not our problem, and no traceback at exit either.
        from srs.cli.last_resort import silence_output

        silence_output()
        code = 0
    except ProofdeckError as error:
        from srs.cli.output.program_name import as_called
        from srs.cli.output.wrapped_lines import wrapped_error

        click.echo(wrapped_error(shown(as_called(str(error)), may_look=False)), err=True)
        code = error.exit_code
    except ImportError as error:
        if error.name not in _NOT_ON_WINDOWS:
            raise
        click.echo(
            f"This needs Python's module `{error.name}`, which Windows does not have: run proofdeck inside "
            "WSL, the Linux that comes with Windows.",
            err=True,
        )
        code = 1
    except Exception as error:  # noqa: BLE001 - what is a bug is raised again
        code = _say_last(error)
    return code if isinstance(code, int) else 0


def _say_usage_error(error: click.ClickException) -> None:
    """Say how a command was called wrongly."""
    from io import StringIO

    from srs.cli.output.wrapped_lines import wrapped_error

    said = StringIO()
    error.show(said)
    click.echo(wrapped_error(said.getvalue()), err=True, nl=False)


def _say_last(error: Exception) -> int:
    """Say what nobody foresaw and the system is the reason of; raise what is a bug of this program."""
    from srs.cli.last_resort import last_sentence, silence_output
    from srs.cli.output.wrapped_lines import wrapped_error
    from srs.cli.shown_output import shown

    sentence = last_sentence(error)
    if sentence is None:
        raise error
    with suppress(OSError):
        click.echo(wrapped_error(shown(sentence, may_look=False)), err=True)
    if isinstance(error, OSError):
        silence_output()
    return 1

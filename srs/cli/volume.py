"""How much a command says: nothing where all is well, the usual, or every step."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager, redirect_stdout
from enum import Enum, auto
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_KEY = "srs.cli.volume"
"""Under which a command and its subcommands share what was asked for."""


class Volume(Enum):
    """How much a command says."""

    QUIET = auto()
    """Nothing, where all is well; what was asked for (a list, JSON, a file) all the same."""
    NORMAL = auto()
    VERBOSE = auto()
    """Also what is read and written where, with what, and how long it takes, on standard error."""


_AnyCommand = TypeVar("_AnyCommand", bound=click.Command)

_REPORTS: WeakKeyDictionary[click.Command, Callable[[Mapping[str, Any]], bool]] = WeakKeyDictionary()
"""The commands that act, and so only report; whether they do with the words that they are given."""


def only_reports(
    when: Callable[[Mapping[str, Any]], bool] = lambda _: True,
) -> Callable[[_AnyCommand], _AnyCommand]:
    """Declare that a command acts and only reports what it did: `--quiet` holds that back.

    `when` tells for the words that it is given, where it also lists or prints things.
    """

    def declare(command: _AnyCommand) -> _AnyCommand:
        _REPORTS[command] = when
        return command

    return declare


def volume_of(ctx: click.Context) -> Volume:
    """Return how much the command of a context is to say."""
    volume: Volume = ctx.meta.get(_KEY, Volume.NORMAL)
    return volume


def tell_step(sentence: str) -> None:
    """Print what is being done, where every step is asked for."""
    ctx = click.get_current_context(silent=True)
    if ctx is not None and volume_of(ctx) is Volume.VERBOSE:
        click.echo(click.style(f"· {sentence}", dim=True), err=True)


def is_quiet() -> bool:
    """Tell whether the command that runs is to say nothing where all is well."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and volume_of(ctx) is Volume.QUIET


def volume_options() -> list[click.Option]:
    """Return the options that every command has."""

    def chosen(volume: Volume) -> Callable[[click.Context, click.Parameter, bool], None]:
        def choose(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's
            if wanted:
                ctx.meta[_KEY] = volume

        return choose

    quiet, verbose = chosen(Volume.QUIET), chosen(Volume.VERBOSE)
    return [
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=quiet,
            help="Say nothing where all is well.",
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            expose_value=False,
            callback=verbose,
            help="Say what is read, written and run.",
        ),
    ]


def add_volume(command: click.Command) -> click.Command:
    """Return the command, which now knows both options and obeys them, as all of its subcommands do."""
    if any("--quiet" in each.opts for each in command.params):
        return command
    command.params += volume_options()
    if isinstance(command, click.Group):
        for each in command.commands.values():
            add_volume(each)
    work = command.callback
    if work is not None:
        command.callback = update_wrapper(_obeying(work), work)
    return command


def _obeying(work: Callable[..., Any]) -> Callable[..., Any]:
    def obey(*args: object, **kwargs: object) -> object:
        ctx = click.get_current_context()
        volume = volume_of(ctx)
        if volume is Volume.QUIET and _is_report_held(ctx):
            with _held_output():
                return work(*args, **kwargs)
        if volume is Volume.VERBOSE and ctx.invoked_subcommand is None:
            with _told_work(ctx):
                return work(*args, **kwargs)
        return work(*args, **kwargs)

    return obey


def _is_report_held(ctx: click.Context) -> bool:
    reports = _REPORTS.get(ctx.command)
    is_watching = ctx.params.get("watch") or ctx.params.get("as_json")
    return reports is not None and not is_watching and reports(ctx.params)


@contextmanager
def _held_output() -> Iterator[None]:
    """Keep back what is printed within the block, and print it if that ends with a problem."""
    held = io.StringIO()
    try:
        with redirect_stdout(held):
            yield
    except click.exceptions.Exit as ending:
        if ending.exit_code:
            sys.stdout.write(held.getvalue())
        raise
    except BaseException:
        sys.stdout.write(held.getvalue())
        raise


@contextmanager
def _told_work(ctx: click.Context) -> Iterator[None]:
    """Say on standard error what works, where its store is, how long it took, and the cause of an error."""
    from time import monotonic

    from srs.version import __version__

    started = monotonic()
    tell_step(f"proofdeck {__version__} on Python {sys.version.split()[0]}: {ctx.command_path}")
    if (home := getattr(ctx.obj, "store_file", None)) is not None:
        tell_step(f"the store is {home}")
    try:
        yield
    except click.exceptions.Exit:
        raise
    except Exception as error:
        cause = error.__cause__
        while cause is not None:
            tell_step(f"because of {type(cause).__name__}: {cause}")
            cause = cause.__cause__
        raise
    finally:
        tell_step(f"it took {monotonic() - started:.2f} s")

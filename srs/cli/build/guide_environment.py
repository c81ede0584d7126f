"""Choose the interpreter that a guide's code runs in: one named, the environment it asks for, or this one."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

from cards.errors import Problem, ProofdeckError
from cards.guide.front.front_matter import read_front_matter
from cards.span import place_of
from srs.cli.build.guide_file import display_path
from srs.cli.project.named_interpreter import NamedInterpreter
from srs.cli.project.project_settings import ProjectSettingsError

if TYPE_CHECKING:
    from cards.environment.needed_packages import NeededPackages
    from cards.guide.front.front_matter import FrontMatter
    from srs.cli.build.guide_file import GuideFile


def interpreter_for(file: GuideFile, python: str | None, *, yes: bool) -> str | None:
    """Return the interpreter that a guide's code runs in; None for the one that runs proofdeck.

    One that a project's file names is used after a question, asked once. An environment that the guide's
    front matter asks for is made once, after a question. Raises ProofdeckError where it may not or cannot be
    made.
    """
    if python is not None:
        return interpreter_at(python)
    if file.settings.python is not None:
        return _interpreter_of_project(file, file.settings.python, yes=yes)
    front_matter = read_front_matter(file.text(), file.shown).front_matter
    needed = _missing_here(front_matter, file.shown)
    if needed is None:
        return None
    from cards.environment.uv_environment import environments_folder, find_environment

    found = find_environment(needed, environments_folder())
    return found or _make(needed, front_matter, file.shown, yes=yes)


def known_interpreter(file: GuideFile, python: str | None) -> str | None:
    """Return the interpreter that a guide's code runs in, without a question or a new environment."""
    if python is not None:
        return interpreter_at(python)
    if file.settings.python is not None:
        found = _found_for_project(file, file.settings.python)
        named = _named_interpreter(file, found)
        return found if named is None or named.is_agreed else None
    needed = _missing_here(read_front_matter(file.text(), file.shown).front_matter, file.shown)
    if needed is None:
        return None
    from cards.environment.uv_environment import environments_folder, find_environment

    return find_environment(needed, environments_folder())


def _interpreter_of_project(file: GuideFile, python: str, *, yes: bool) -> str:
    """Return the interpreter that a project's file or a variable names; asks once for that of a file."""
    found = _found_for_project(file, python)
    named = _named_interpreter(file, found)
    if named is None or yes or named.is_agreed:
        return found
    place = place_of(file.settings.path, file.settings.python_line)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ProofdeckError(
            f"{place}: the project's file names the interpreter {found}; say --yes to use it, or name one "
            "with --python."
        )
    click.echo(
        f"{place} has the code of {file.shown} run with {found}.\n"
        "That program starts as your own: go on only if you trust it. You are asked this once.",
        err=True,
    )
    if not click.confirm("Use it?", default=False, err=True):
        raise ProofdeckError("Nothing ran. Name an interpreter with --python instead.")
    named.agree()
    return found


def _found_for_project(file: GuideFile, python: str) -> str:
    """Return the whole path of a project's interpreter; raises ProjectSettingsError where it is not there."""
    found = shutil.which(python)
    if found is not None:
        return os.path.abspath(found)  # noqa: PTH100 - as below
    line = file.settings.python_line
    where = place_of(file.settings.path, line) if line else "PROOFDECK_PYTHON"
    raise ProjectSettingsError(f"{where}: {python}: no such interpreter; name one of Python 3.11 or newer.")


def _named_interpreter(file: GuideFile, found: str) -> NamedInterpreter | None:
    """Return the interpreter that a project's file names; None where a variable of the environment does."""
    if not file.settings.python_line or file.home is None:
        return None
    said_in = os.path.realpath(file.settings.path)
    return NamedInterpreter(found, said_in, file.home / "interpreters.json")


def _missing_here(front_matter: FrontMatter, path: str) -> NeededPackages | None:
    """Return what the front matter asks for; None where this interpreter has it all.

    Raises ProofdeckError with its line for what nobody can have.
    """
    from cards.environment.needed_packages import missing_here

    try:
        return missing_here(front_matter.requires, front_matter.python)
    except ProofdeckError as error:
        raise ProofdeckError(str(_problem(front_matter, path, str(error)))) from None


def interpreter_at(python: str) -> str:
    """Return the whole path of a named interpreter; raises ProofdeckError where there is none."""
    found = shutil.which(python)
    if found is None:
        raise ProofdeckError(
            f"{python}: no such interpreter; name one of Python 3.11 or newer with --python."
        )
    # Of a link in an environment, not of the interpreter that it leads to.
    return os.path.abspath(found)  # noqa: PTH100


def _make(needed: NeededPackages, front_matter: FrontMatter, path: str, *, yes: bool) -> str:
    from cards.environment.uv_environment import UvError, environments_folder

    folder = environments_folder()
    if not yes:
        _ask(needed, front_matter, path)
    try:
        return make_with_progress(needed, path)
    except UvError as error:
        sentence = f"no environment for {needed}: {error} Or name an interpreter with --python."
        raise ProofdeckError(str(_problem(front_matter, path, sentence))) from None
    except OSError as error:
        raise ProofdeckError(
            f"{display_path(folder)}: no environment can be made there ({error.strerror})."
        ) from None


def make_with_progress(needed: NeededPackages, for_what: str) -> str:
    """Make an environment and show on standard error how it comes along; return its interpreter."""
    from cards.environment.uv_environment import environments_folder, make_environment

    click.echo(f"Making the environment for {for_what}: {needed} ...", err=True)
    return make_environment(
        needed, environments_folder(), lambda line: click.echo(click.style(f"  {line}", dim=True), err=True)
    )


def _ask(needed: NeededPackages, front_matter: FrontMatter, path: str) -> None:
    """Ask whether an environment may be made; raises ProofdeckError where nobody can answer or wants it."""
    from cards.environment.uv_environment import environments_folder

    where = display_path(environments_folder())
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        sentence = (
            f"this guide's code needs {needed}; say --yes to let uv make an environment with it in {where}, "
            "or name an interpreter that has it with --python."
        )
        raise ProofdeckError(str(_problem(front_matter, path, sentence)))
    click.echo(
        f"{path} needs {needed}. uv can make an environment with it, kept in {where}.\n"
        "Packages that a guide names run as your own programs do: go on only if you trust it.",
        err=True,
    )
    if not click.confirm("Make it?", default=True, err=True):
        raise ProofdeckError("Nothing was made. Name an interpreter with --python instead.")


def _problem(front_matter: FrontMatter, path: str, sentence: str) -> Problem:
    line = front_matter.line_of("requires") or front_matter.line_of("python")
    return Problem(path, line, sentence)

"""Sentences in the width of a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

import click

from srs.cli.output.program_name import as_called

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_COLUMNS = 20


def print_wrapped(lines: Iterable[str]) -> None:
    """Print lines, broken between words where a terminal is narrower; a pipe gets them whole.

    Commands in them are named as they are called here.
    """
    width = terminal_columns()
    for line in map(as_called, lines):
        click.echo("\n".join(wrapped_lines(line, width)) if width and len(line) > width else line)


def wrapped_error(text: str) -> str:
    """Return a text for standard error, its lines broken between words where a terminal is narrower."""
    width = terminal_columns(sys.stderr)
    if not width or max(map(len, text.split("\n"))) <= width:
        return text
    return "\n".join(part for line in text.split("\n") for part in wrapped_lines(line, width))


def wrapped_lines(line: str, width: int) -> list[str]:
    """Return a line broken between words; a word that is longer, such as a path, stays whole."""
    from textwrap import wrap

    return wrap(line, width, break_on_hyphens=False, break_long_words=False) or [line]


def terminal_columns(stream: TextIO | None = None) -> int | None:
    """Return how wide the terminal is; None where the stream, standard output by default, is none."""
    if not (stream or sys.stdout).isatty():
        return None
    from shutil import get_terminal_size

    return max(_LEAST_COLUMNS, get_terminal_size().columns)

"""A command's help as a manual page, in the language of `man`."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import click

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = regex(r"`([^`]+)`")


def manual_page(ctx: click.Context, version: str) -> str:
    """Return the manual page of a context's command; the same for the same help."""
    command, title = ctx.command, ctx.command_path.replace(" ", "-")
    lines = [f'.TH "{title.upper()}" "1" "" "proofdeck {version}" "proofdeck"', ".SH NAME"]
    paragraphs = _paragraphs(command.help or "")
    summary = next((each for each in paragraphs if not each.startswith("\b")), "")
    first = re.split(r"(?<=[.:;]) ", summary)[0].rstrip(".:;")
    lines += [f"{title} \\- {_text(first[:1].lower() + first[1:])}", ".SH SYNOPSIS"]
    usage = " ".join(command.collect_usage_pieces(ctx))
    lines += [f"\\fB{ctx.command_path}\\fR {_text(usage)}", ".SH DESCRIPTION"]
    for number, paragraph in enumerate(paragraphs):
        lines += [".PP"] if number else []
        if paragraph.startswith("\b"):
            lines += [".nf", *map(_text, paragraph.lstrip("\b\n").split("\n")), ".fi"]
        else:
            lines.append(_text(paragraph))
    lines += [*_options(ctx), *_subcommands(ctx), *_see_also(ctx)]
    lines += [
        ".SH EXIT STATUS",
        "0 fine, 1 problems found, 2 wrong usage, 130 stopped with Ctrl\\-C.",
        ".SH ENVIRONMENT",
        ".TP",
        "\\fBPROOFDECK_HOME\\fR",
        "The folder of the review store.",
        ".TP",
        "\\fBPROOFDECK_NOW\\fR",
        "Stands in for the clock, for scripts: 2026\\-11\\-22T09:00.",
    ]
    return "\n".join(lines) + "\n"


def _paragraphs(help_text: str) -> list[str]:
    """Return the paragraphs of a help text: each on one line but those that keep their lines."""
    parts = [part for part in re.split(r"\n\s*\n", inspect.cleandoc(help_text)) if part.strip()]
    return [part if part.startswith("\b") else " ".join(part.split()) for part in parts]


def _options(ctx: click.Context) -> Iterator[str]:
    given = [each for each in ctx.command.get_params(ctx) if isinstance(each, click.Option)]
    records = [record for each in given if (record := each.get_help_record(ctx))]
    if records:
        yield ".SH OPTIONS"
    for names, words in records:
        yield from (".TP", f"\\fB{_text(names)}\\fR", _text(words))


def _subcommands(ctx: click.Context) -> Iterator[str]:
    names = _names_below(ctx)
    if names:
        yield ".SH COMMANDS"
    for name in names:
        found = ctx.command.get_command(ctx, name)  # type: ignore[attr-defined]
        yield from (".TP", f"\\fB{_text(name)}\\fR", _text(found.get_short_help_str(200)))


def _see_also(ctx: click.Context) -> Iterator[str]:
    above = ctx.parent.command_path.replace(" ", "-") if ctx.parent else ""
    own = ctx.command_path.replace(" ", "-")
    pages = [*([above] if above else []), *(f"{own}-{name}" for name in _names_below(ctx))]
    if pages:
        yield ".SH SEE ALSO"
        yield ", ".join(f"\\fB{_text(page)}\\fR(1)" for page in pages)


def _names_below(ctx: click.Context) -> list[str]:
    names: list[str] = getattr(ctx.command, "list_commands", lambda _: [])(ctx)
    return names


def _text(words: str) -> str:
    """Return words as `man` prints them: no sign of them is a command."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    bold = _CODE.sub(r"\\fB\1\\fR", escaped)
    return f"\\&{bold}" if bold.startswith((".", "'")) else bold

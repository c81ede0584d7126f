"""Ask the person to choose an indentation for each doubtful block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.code.code_block import CodeBlock

_MAX_CHOICES = 5
"""Choices that are offered."""
_CONTEXT_LINES = 2
"""Lines shown around those in question."""


def ask_choices(blocks: Sequence[CodeBlock], file: str) -> list[tuple[CodeBlock, int]]:
    """Return the blocks that a person decided, each with the number of the choice, from 0."""
    decided: list[tuple[CodeBlock, int]] = []
    for position, block in enumerate(blocks, start=1):
        click.echo(f"\n[{position} of {len(blocks)}] {file}:{block.number}")
        choices = block.choices[:_MAX_CHOICES]
        for number, choice in enumerate(choices, start=1):
            click.echo(f"({number})")
            click.echo(_excerpt(block, choice))
        click.echo(f"1 to {len(choices)} chooses, w shows the whole block, s leaves it, q stops.")
        while True:
            key = _read_key()
            if key.isdigit() and 1 <= int(key) <= len(choices):
                decided.append((block, int(key) - 1))
                break
            if key == "w":
                click.echo(choices[0])
            elif key == "s":
                break
            elif key in {"q", ""}:
                return decided
    return decided


def _read_key() -> str:
    try:
        return click.getchar()
    except (EOFError, OSError):
        return ""


def _excerpt(block: CodeBlock, choice: str) -> str:
    """Return the lines in which the choice differs from the likeliest one, with some around."""
    lines = choice.split("\n")
    likeliest = block.choices[0].split("\n")
    marked = {place for place, line in enumerate(lines) if line != likeliest[place]} or set(
        block.uncertain_lines
    )
    shown = sorted(
        {
            place
            for mark in marked
            for place in range(mark - _CONTEXT_LINES, mark + _CONTEXT_LINES + 1)
            if 0 <= place < len(lines)
        }
    )
    excerpt = []
    for before, place in zip([shown[0], *shown] if shown else [], shown, strict=False):
        if place > before + 1:
            excerpt.append("      ...")
        excerpt.append(f"{'>' if place in marked else ' '}{place + 1:4} {lines[place]}")
    return "\n".join(excerpt)

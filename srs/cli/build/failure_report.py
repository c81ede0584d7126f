"""Print which blocks of a guide do not hold: by cause, with the line, the reason and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cards.check.failing_block import failure_causes
from cards.span import NotebookPath, lines_name, place_of
from srs.cli.output.program_name import called
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from cards.check.failing_block import FailingBlock, FailureCause

_MAX_CAUSES = 8
_MAX_LINES = 4


def print_failing_blocks(console: Console, failing: Sequence[FailingBlock], named: str | None) -> None:
    """Print the blocks that do not hold, those of one cause together; nothing where all hold."""
    if not failing:
        return
    causes = failure_causes(failing)
    console.print(Text(f"{count(len(failing), 'block does', 'blocks do')} not hold:", "bold red"))
    for cause in causes[:_MAX_CAUSES]:
        _print_cause(console, cause)
    prove = called("prove", named)
    if left := sum(len((*cause.blocks, *cause.following)) for cause in causes[_MAX_CAUSES:]):
        console.print(Text(f"  and {left} more: `{prove}` shows all."), soft_wrap=True)
    console.print(
        Text(f'  `{prove}` shows each with its question; `no-run="why"` excuses a block.\n', "dim"),
        soft_wrap=True,
    )


def _print_cause(console: Console, cause: FailureCause) -> None:
    first = cause.first
    where = place_of(first.path, first.line)
    console.print(
        Text.assemble("  ", (where, "bold"), f": {first.outcome.value}: {first.sentence}"), soft_wrap=True
    )
    if first.advice:
        console.print(Text(f"      {first.advice}", "dim"), soft_wrap=True)
    if others := cause.blocks[1:]:
        console.print(Text(f"      The same in {_lines_of(others)}.", "dim"), soft_wrap=True)
    if cause.following:
        console.print(Text(f"      Follows from it: {_lines_of(cause.following)}.", "dim"), soft_wrap=True)


def _lines_of(blocks: Sequence[FailingBlock]) -> str:
    """Return the lines of some blocks in words, the first few only."""
    path = blocks[0].path
    lines = [str(block.line) for block in blocks[:_MAX_LINES]]
    if more := len(blocks) - len(lines):
        return f"{lines_name(path, [block.line for block in blocks[:_MAX_LINES]])} and {more} more"
    if isinstance(path, NotebookPath):
        return lines_name(path, [block.line for block in blocks])
    if len(lines) == 1:
        return f"line {lines[0]}"
    return f"lines {', '.join(lines[:-1])} and {lines[-1]}"

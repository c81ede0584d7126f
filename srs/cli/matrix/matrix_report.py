"""Print on which versions each block of a guide holds, or say it as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from srs.screen.shown_console import ShownConsole
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.check.matrix import MatrixRow, TriedVersion

_MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("·", "dim")}


def print_matrix(rows: Sequence[MatrixRow], tried: Sequence[TriedVersion], titles: Mapping[str, str]) -> None:
    """Print a line for each block that is not the same on all versions, then what all versions say."""
    console = ShownConsole(highlight=False)
    there = [each for each in tried if each.verdicts is not None]
    changing = [row for row in rows if not row.is_steady]
    if changing and there:
        console.print(_table(changing, [each.name for each in there], titles))
    for each in there:
        holding = sum(row.holds[there.index(each)] is True for row in rows)
        run = sum(row.holds[there.index(each)] is not None for row in rows)
        console.print(
            Text.assemble((each.name, "bold"), f": {holding} of {run} blocks hold ", (each.runtime, "dim"))
        )
    for each in tried:
        if each.problem:
            console.print(Text.assemble((each.name, "bold"), (f": not proved. {each.problem}", "yellow")))
    steady = len(rows) - len(changing)
    if there:
        console.print(f"{count(steady, 'block holds', 'blocks hold')} and do the same on all of them.")


def _table(rows: Sequence[MatrixRow], names: Sequence[str], titles: Mapping[str, str]) -> Table:
    table = Table(box=None, padding=(0, 1), show_edge=False)
    table.add_column("block", overflow="fold")
    for name in names:
        table.add_column(name, justify="center", no_wrap=True)
    table.add_column("holds on", no_wrap=True)
    table.add_column("what changed", overflow="fold", ratio=1)
    for row in rows:
        block = Text.assemble(
            f"{row.span.path}:{row.span.first}", (f"\n{titles.get(row.question, '')}", "dim")
        )
        marks = [Text(*_MARKS[each]) for each in row.holds]
        table.add_row(block, *marks, _span(row), Text("\n".join(_sentences(row))))
    return table


def _span(row: MatrixRow) -> str:
    if not row.first:
        return "none" if any(each is not None for each in row.holds) else "not run"
    return row.first if row.first == row.last else f"{row.first} to {row.last}"


def _sentences(row: MatrixRow) -> list[str]:
    if row.changes:
        return [f"since {each.since}: {each.sentence}" for each in row.changes]
    return [row.reason] if row.reason else []


def matrix_json(rows: Sequence[MatrixRow], tried: Sequence[TriedVersion]) -> dict[str, Any]:
    """Return the matrix as JSON has it."""
    names = [each.name for each in tried if each.verdicts is not None]
    return {
        "versions": [
            {
                "name": each.name,
                "runtime": each.runtime,
                "proved": each.verdicts is not None,
                "problem": each.problem,
            }
            for each in tried
        ],
        "blocks": [
            {
                "snippet": row.snippet,
                "at": str(row.span),
                "question": row.question,
                "holds": dict(zip(names, row.holds, strict=True)),
                "first": row.first,
                "last": row.last,
                "changes": [asdict(each) for each in row.changes],
                "reason": row.reason,
            }
            for row in rows
        ],
    }

"""Time a table of many rows against one of a third of them: `python tests/bench/bench_table.py [ROWS]`."""

# ruff: noqa: T201 - it prints what it measured

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.row import Row, build_seconds
from tests.builders.place import ROOT

ROUNDS = 3


def table(rows: int) -> str:
    """Return a guide that is one table."""
    head = (
        "# Guide\n\n## Q1. Which banks hold what?\n\n| Bank | Held in | Cost | Since |\n|---|---|---|---|\n"
    )
    return head + "".join(
        f"| bank {row} | cabinet {row * 7 % rows} of hall {row} | {row * 3} coins | day {row} |\n"
        for row in range(rows)
    )


def table_seconds(rows: int) -> float:
    """Return the processor time of a build of a table, the shortest of some."""

    def seconds() -> float:
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "guide.md").write_text(table(rows))
            return build_seconds(Path(name), ROOT)

    return min(seconds() for _ in range(ROUNDS))


def rows_of(count: int) -> list[Row]:
    """Return the row of a wide table: what is above the build of a single row, for three times the rows."""
    least, few, many = (table_seconds(rows) for rows in (1, count // 3, count))
    return [
        Row(
            f"a table of {count} rows",
            f"one of {count // 3} rows, both without the build of one row",
            3.5,
            (many - least) / (few - least),
            f"{many:.1f} s",
        )
    ]


if __name__ == "__main__":
    for row in rows_of(int(sys.argv[1]) if len(sys.argv) > 1 else 900):
        print(row.line)

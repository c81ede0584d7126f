"""Measure waits and write `docs/performance.md`: `python tests/bench/performance.py [QUESTIONS]`.

QUESTIONS (10,000) is the length of the long guide. A bench that measures another wait offers rows too, and
is named in `SECTIONS`.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tests.bench import (
    bench_answers,
    bench_edit,
    bench_export,
    bench_first_deck,
    bench_prove,
    bench_srs,
    bench_table,
)
from tests.bench.row import TABLE_HEAD
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.row import Row

PAGE = ROOT / "docs" / "performance.md"
SECTIONS: dict[str, Callable[[int], list[Row]]] = {
    "Long guides": bench_edit.rows_of,
    "The bundled guide": lambda _: [*bench_first_deck.cold_rows(), *bench_edit.bundled_rows()],
    "Proofs": lambda _: bench_prove.rows(),
    "Nothing changed": lambda _: bench_first_deck.bundled_rows(),
    "Learning": lambda _: [*bench_srs.waiting_rows(), *bench_answers.rows()],
    "Packages": bench_export.rows_of,
    "Tables": lambda _: bench_table.rows_of(900),
}
BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->"


def main(questions: int) -> None:
    """Measure all sections and put their tables into the page."""
    load, cores = os.getloadavg()[0], os.cpu_count()
    parts = [f"Measured on {cores} cores under a load of {load:.1f} at the start.\n"]
    for title, rows_of in SECTIONS.items():
        lines = [row.line for row in rows_of(questions)]
        if not lines:
            continue
        parts.append("\n".join([f"## {title}\n", TABLE_HEAD, *lines]) + "\n")
        sys.stdout.write(parts[-1])
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    tables = "\n".join(parts)
    PAGE.write_text(f"{before}{BEGIN}{tables}{END}{after}", "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

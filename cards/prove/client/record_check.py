"""Holds what a snippet recorded of its run against the statements that its source has.

A child says how many statements there were and that each was passed; code that got hold of the record could
say so too. So the statements are counted here, from the source.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence


@lru_cache(maxsize=512)
def expected_lines(source: str, first_line: int) -> tuple[tuple[int, int], ...] | None:
    """Return the first and last line of each top-level statement; None for code that does not parse here.

    The lines are those of the file that holds the whole program, in which the source begins at `first_line`.
    """
    tree = tree_of(source)
    if tree is None:
        return None
    before = first_line - 1
    return tuple((before + each.lineno, before + (each.end_lineno or each.lineno)) for each in tree.body)


def is_record_whole(records: Sequence[dict[str, Any]], expected: Sequence[tuple[int, int]] | None) -> bool:
    """Tell whether the records are those of a run of the expected statements, as far as it came.

    They are the count, each statement once and in order, and the end: nothing before, between or twice. A
    run that was stopped lacks the last ones; one that says that it was done lacks none. Without
    expectations (another version of Python runs it) the count has to agree.
    """
    kinds = [kind for record in records if (kind := _kind_of(record))]
    statements = [record for record in records if _kind_of(record) == "statement"]
    if "syntax" in kinds:
        return kinds == ["syntax"]
    is_done = kinds[-1:] == ["done"]
    if kinds != ["count", *["statement"] * len(statements), *["done"] * is_done][: len(kinds)]:
        return False
    count = next((record["count"] for record in records if "count" in record), None)
    lines = [(record.get("line"), record.get("last")) for record in statements]
    if [record["statement"] for record in statements] != list(range(len(statements))):
        return False
    if is_done and len(statements) != count:
        return False
    if expected is None:
        return True
    return count in {None, len(expected)} and lines == list(expected[: len(lines)])


def _kind_of(record: dict[str, Any]) -> str:
    """Return what a record tells of a run; empty for what may stand anywhere."""
    return next((kind for kind in ("count", "syntax", "statement", "done") if kind in record), "")

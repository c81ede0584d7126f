"""Lines of a code block, all of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.recover.page.line_kind import kinds_of
from cards.recover.page.page import Line, LineKind, collapse_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator


def code_lines(source: str, number: int, block: int, kind: LineKind | None, language: str) -> Iterator[Line]:
    """Yield the lines of a code block; where no language is given, the block is classified as a whole."""
    lines = source.rstrip().split("\n")
    if kind is None:
        kinds = [
            kind
            for kind in kinds_of([collapse_blanks(line) for line in lines if line.strip()])
            if kind.is_code
        ]
        kind = max(kinds, key=kinds.count) if kinds else LineKind.PLAIN
    for offset, raw in enumerate(lines):
        yield Line(
            number + offset if number else 0,
            collapse_blanks(raw),
            raw.rstrip(),
            kind,
            block,
            language=language,
        )

"""Cards as lines of a list."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cards.card.kind import CardKind
from srs.words import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from srs.review.card_row import CardRow

_WIDE_COLUMNS = 72
"""Columns from which a card's words have room beside its id, its day and its kind."""
_LEAST_ID_COLUMNS = 6
_KIND_COLUMNS = max(len(kind.noun) for kind in CardKind)
_SIGNS = {CardKind.WHY: "# why?", CardKind.COMPLETE: "____"}
"""What marks the line that a card in code is about."""


def card_lines(rows: Sequence[CardRow], today: date, width: int | None, *, located: bool) -> Iterator[str]:
    """Yield the lines of a list: below each question its cards, cut to the width.

    Without a width a card is one whole line with its question behind it, for other programs; else its id is
    cut as well, to a beginning that names it. `located` adds its place in the guide.
    """
    id_columns = _id_columns(rows) if width is not None else None
    for (_, title), group in groupby(rows, key=lambda row: ((row.guide, row.question), row.title)):
        if width is not None:
            yield shorten(title, width)
        for row in group:
            yield from _lines_of_row(row, today, width, id_columns)
            if row.standing.flag:
                yield f"    flag: {row.standing.flag}"
            if located:
                yield f"    {row.source_path}:{row.source_line}"


def _id_columns(rows: Sequence[CardRow]) -> int:
    """Return how long a beginning of their ids tells these cards apart."""
    ids = {row.id for row in rows}
    longest = max(map(len, ids), default=0)
    return next(
        (
            size
            for size in range(_LEAST_ID_COLUMNS, longest)
            if len({each[:size] for each in ids}) == len(ids)
        ),
        longest,
    )


def _lines_of_row(row: CardRow, today: date, width: int | None, id_columns: int | None) -> Iterator[str]:
    kind = row.known_kind.noun if row.known_kind else row.kind
    what = f"{row.id[:id_columns]}  {card_state(row, today):<10}"
    words = front_words(row)
    if width is None:
        question = "" if words == row.title else f"  ({row.title})"
        yield f"{what}  {kind:<{_KIND_COLUMNS}}  {words}{question}"
    elif width < _WIDE_COLUMNS:
        yield shorten(f"  {what}  {kind}", width)
        yield shorten(f"    {words}", width)
    else:
        yield shorten(f"  {what}  {kind:<{_KIND_COLUMNS}}  {words}", width)


def front_words(row: CardRow) -> str:
    """Return what tells a card from others of its kind: its first line, of code the line that it is about."""
    first, *rest = row.words.split("\n")
    kind = row.known_kind
    if kind is None or not (kind.is_answered_in_code or kind is CardKind.WHY) or kind.asks_alone:
        return first
    sign = _SIGNS.get(kind, "")
    code = (line.strip() for line in rest if sign in line and not line.startswith(("import ", "from ")))
    line = next(filter(None, code), "").removesuffix(sign if kind is CardKind.WHY else "").rstrip()
    return line or first


def card_state(row: CardRow, today: date) -> str:
    """Return when a card is asked next, or why it is not."""
    standing = row.standing
    if row.retired:
        return "held" if row.held else "retired"
    if standing.suspended:
        return "suspended"
    if standing.buried_until is not None and standing.buried_until > today:
        return "buried"
    if standing.schedule is None:
        return "new"
    return "due" if standing.schedule.due <= today else standing.schedule.due.isoformat()

"""The cells of a table's column, counted once for all the cards of the table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.guide.block import Row, Table
from cards.guide.text import StyledText, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cards.guide.text import Inline

_MOST_ROWS_SHOWN = 40
"""Rows of a table that a card shows whole: a screen or two."""
_ROWS_OF_PAGE = 20
"""Rows that the card of a longer table shows, its own among them; else 900 cards show 900 rows each."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of a column say."""

    cells: tuple[Inline, ...]
    words: tuple[str, ...]
    """The plain text of each cell."""
    by_words: Counter[str]
    """How many cells have this plain text."""
    by_tokens: Counter[tuple[str, ...]]
    """How many cells say the same."""

    @classmethod
    def of(cls, cells: tuple[Inline, ...], tokens: Callable[[str], tuple[str, ...]]) -> Column:
        """Return the column of these cells; those whose tokens are equal say the same."""
        words = tuple(map(plain_text, cells))
        return cls(cells, words, Counter(words), Counter(map(tokens, words)))


def columns_of(table: Table, tokens: Callable[[str], tuple[str, ...]]) -> tuple[Column, ...]:
    """Return the columns of a table; cells whose tokens are equal say the same."""
    places = range(len(table.header))
    return tuple(Column.of(tuple(row.cells[place] for row in table.rows), tokens) for place in places)


def tables_shown(table: Table) -> Iterator[Table]:
    """Yield for each row of a table what its cards show of it: all of it, or some rows if it is long."""
    if len(table.rows) <= _MOST_ROWS_SHOWN:
        yield from [table] * len(table.rows)
        return
    more = (Row(((StyledText("…"),),) * len(table.header)),)
    for start in range(0, len(table.rows), _ROWS_OF_PAGE):
        rows = table.rows[start : start + _ROWS_OF_PAGE]
        above, below = more * (start > 0), more * (start + len(rows) < len(table.rows))
        # One table for all rows of the page: what is made of it is made once.
        yield from [Table(table.header, (*above, *rows, *below), table.span)] * len(rows)

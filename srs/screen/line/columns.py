"""How many columns of a terminal a text takes, and what of it has room in some.

Nearly all text has a column a character, which is told here; rich, which knows all of Unicode, takes longer
to load than most of the screen, and is asked about the rest.
"""

from __future__ import annotations

from itertools import chain

_ONE_COLUMN = frozenset(
    map(
        chr,
        chain(
            range(0x20, 0x7F),  # ASCII
            range(0xA0, 0xAD),  # Latin
            range(0xAE, 0x300),
            range(0x370, 0x483),  # Greek, Cyrillic
            range(0x2010, 0x2028),  # dashes, quotation marks, the ellipsis
            range(0x2030, 0x205F),
            range(0x2190, 0x2200),  # arrows
            range(0x2500, 0x25FD),  # lines and boxes
        ),
    )
)
"""Characters that take one column each; not all that do."""


def columns_of(text: str) -> int:
    """Return the columns that a text takes."""
    if _ONE_COLUMN.issuperset(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut_to(text: str, columns: int) -> str:
    """Return as much of a text as has room, with blanks behind it so that it takes just so many columns."""
    if _ONE_COLUMN.issuperset(text):
        return text[:columns].ljust(columns)
    from rich.cells import set_cell_size

    return set_cell_size(text, columns)


def chop(text: str, columns: int) -> list[str]:
    """Return a text in pieces, of which each has room in so many columns."""
    if _ONE_COLUMN.issuperset(text):
        return [text[start : start + columns] for start in range(0, len(text), columns)]
    from rich.cells import chop_cells

    return chop_cells(text, columns)

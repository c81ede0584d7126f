"""Which sections a person means by some words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srs.review.card_row import CardRow


def rows_of_section(rows: list[CardRow], section: str | None) -> list[CardRow]:
    """Return the cards of the sections with these words in their names, of all where none are given."""
    from srs.sitting import interview_draw

    if section is None:
        return rows
    found = interview_draw.rows_of_section(rows, section)
    if not found:
        names = "; ".join(dict.fromkeys(row.section for row in rows if row.section)) or "none yet"
        raise click.BadParameter(
            f"no section has {section!r} in its name; there are: {names}.", param_hint="--section"
        )
    return found

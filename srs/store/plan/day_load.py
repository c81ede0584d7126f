"""Read what is due on the Days around the one that a card is put off to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from srs.schedule.even_load import DayLoad

if TYPE_CHECKING:
    from cards.card.card import CardId
    from srs.store.store_file import StoreFile


def read_day_loads(file: StoreFile, card: CardId, first: date, last: date) -> dict[date, DayLoad]:
    """Return what is due on the Days from the first to the last beside a card."""
    rows = file.rows(
        """
        SELECT other.due, count(*),
            max(ifnull(other.block = own.block, 0) AND other.question = own.question
                AND other.guide = own.guide),
            max(other.question = own.question AND other.guide = own.guide)
        FROM card AS own JOIN card AS other ON other.id <> own.id
        WHERE own.id = ? AND other.due BETWEEN ? AND ? AND other.due IS date(other.due)
            AND other.retired = 0 AND other.suspended = 0
        GROUP BY other.due
        """,
        (card, first.isoformat(), last.isoformat()),
    )
    return {
        date.fromisoformat(day): DayLoad(cards, bool(block_sibling), bool(sibling))
        for day, cards, block_sibling, sibling in rows
    }

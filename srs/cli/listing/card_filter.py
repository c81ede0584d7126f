"""Which cards a list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from srs.schedule.sm2 import is_leech

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cards.card.kind import CardKind
    from srs.review.card_row import CardRow


class CardFilter(NamedTuple):
    """What all of a list's cards have in common."""

    words: tuple[str, ...] = ()
    """Each stands in the question, the front, the back, a tag, the kind or the id."""
    kind: CardKind | None = None
    tag: str | None = None
    """This one, or one below it."""
    due: bool = False
    new: bool = False
    leech: bool = False
    flagged: bool = False
    suspended: bool = False

    def chosen(self, rows: Iterable[CardRow], today: date) -> list[CardRow]:
        """Return the cards that fit, in their order."""
        return [row for row in rows if self._fits(row, today)]

    def _fits(self, row: CardRow, today: date) -> bool:
        standing = row.standing
        schedule = standing.schedule
        wanted = (
            (self.kind is not None, row.kind == self.kind),
            (self.tag is not None, any(_is_below(tag, self.tag or "") for tag in row.tags)),
            (self.due, is_due(row, today)),
            (self.new, is_new(row, today)),
            (self.leech, schedule is not None and is_leech(schedule.lapses)),
            (self.flagged, standing.flag is not None),
            (self.suspended, standing.suspended),
            (bool(self.words), holds_words(row, self.words)),
        )
        return all(has for is_wanted, has in wanted if is_wanted)


def is_due(row: CardRow, today: date) -> bool:
    """Tell whether a card is to be asked today, if the limits of the Day let it."""
    schedule = row.standing.schedule
    return schedule is not None and schedule.due <= today and _is_active(row, today)


def is_new(row: CardRow, today: date) -> bool:
    """Tell whether a card waits to be begun."""
    return row.standing.schedule is None and _is_active(row, today)


def _is_active(row: CardRow, today: date) -> bool:
    standing = row.standing
    is_buried = standing.buried_until is not None and standing.buried_until > today
    return not (row.retired or standing.suspended or is_buried)


def holds_words(row: CardRow, words: Iterable[str]) -> bool:
    """Tell whether a card holds every one of some words, whatever their case."""
    kind = row.known_kind
    named = (kind.noun, kind.plural) if kind else ()
    text = "\n".join((row.id, row.question, row.title, row.words, row.kind, *named, *row.tags)).casefold()
    return all(word.casefold() in text for word in words)


def _is_below(tag: str, wanted: str) -> bool:
    return tag == wanted or tag.startswith(f"{wanted}::")

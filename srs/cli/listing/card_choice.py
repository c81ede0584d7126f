"""Which one card a person means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.errors import ProofdeckError, StoreError
from srs.cli.listing.card_filter import holds_words
from srs.cli.listing.card_lines import front_words
from srs.words import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.card.card import CardId
    from srs.review.card_row import CardRow
    from srs.store.store import Store

_MOST_NAMED = 6
_FRONT_COLUMNS = 60


def find_card(store: Store, named: Sequence[str]) -> CardId:
    """Return the one card with this id, a beginning of it, or these words; raises ProofdeckError.

    Of several with the words it is the one that has all of them on the first line of its front.
    """
    words = [word for each in named for word in each.split()]
    if len(words) == 1:
        try:
            return store.cards.find_id(words[0])
        except StoreError:
            if store.cards.begins_an_id(words[0]):
                raise
    rows = [row for row in store.cards.rows(retired=None) if holds_words(row, words)]
    rows = [row for row in rows if not row.retired] or rows
    asked = [row for row in rows if _asks(row, words)]
    if len(asked or rows) == 1:
        return (asked or rows)[0].id
    said = " ".join(words)
    if not rows:
        raise ProofdeckError(f"There is no card {said!r}, by id or by words. `proofdeck cards` lists them.")
    lines = [f"  {row.id}  {shorten(front_words(row), _FRONT_COLUMNS)}" for row in (asked or rows)]
    if len(lines) > _MOST_NAMED:
        lines[_MOST_NAMED:] = [f"  and {len(lines) - _MOST_NAMED} more: `proofdeck cards {said}` lists all."]
    raise ProofdeckError("\n".join([f"More than one card holds {said!r}; name one by its id:", *lines]))


def _asks(row: CardRow, words: Sequence[str]) -> bool:
    front = "\n".join((row.words.partition("\n")[0], front_words(row))).casefold()
    return all(word.casefold() in front for word in words)

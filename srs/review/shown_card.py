"""Cards as a sitting shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.value import NamedTuple

if TYPE_CHECKING:
    from cards.card.card import CardId
    from cards.card.kind import CardKind
    from cards.card.proof_stamp import Stamp
    from cards.card.sides import Side
    from srs.review.log import Standing

ColouredCode = tuple[tuple[str, str], ...]
"""Code as (short Pygments class, text) pairs; the class is empty for plain text."""


class ShownCard(NamedTuple):
    """Everything that a person sees of a card, and what an answer must be compared with."""

    id: CardId
    guide: str
    deck: str
    """The guide's title."""
    kind: CardKind
    question: str
    """The question's slug, which siblings share."""
    breadcrumb: tuple[str, ...]
    tags: tuple[str, ...]
    front: Side
    back: Side
    context: Side
    paint: dict[str, ColouredCode]
    """For each piece of code on the card, how it is coloured."""
    source_path: str
    source_line: int
    stamp: Stamp | None
    failing: str
    """Why its code does not hold; empty for a card that is shown as true."""
    exercise: str | None
    """The exercise behind its gap, as JSON; None for a card without a typed answer."""
    retired: bool
    """It is no longer in its guide."""
    standing: Standing
    revision: int
    """Goes up with every change of the standing; an answer holds only for the revision it was given to."""

"""Cards as lists and statistics show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cards.card.card import CardId
    from cards.card.kind import CardKind
    from cards.guide.importance import Importance
    from srs.review.log import Standing


class CardRow(NamedTuple):
    """A card in a list."""

    id: CardId
    guide: str
    kind: str
    """The word of its kind, also of one that only a newer proofdeck knows."""
    question: str
    words: str
    """The front and the back, a line a block."""
    tags: tuple[str, ...]
    source_path: str
    source_line: int
    retired: bool
    """It is out of use: no longer in its guide, or held."""
    held: bool
    """It is in its guide still, and waits for the code to hold again."""
    optional: bool
    """An interview question itself, asked only where that is set."""
    standing: Standing
    importance: Importance
    """How much it matters to know it on the day of an interview."""
    section: str
    """Its section as the guide has it; empty for none."""
    title: str
    """Its question as the guide has it."""

    @property
    def known_kind(self) -> CardKind | None:
        """Its kind; None for one that only a newer proofdeck knows."""
        from cards.card.kind import CardKind

        try:
            return CardKind(self.kind)
        except ValueError:
            return None

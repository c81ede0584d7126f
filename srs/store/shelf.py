"""The cards that the store holds."""

# ruff: noqa: S608 - statements are put together from fixed texts only
from __future__ import annotations

from typing import TYPE_CHECKING

from srs.store.connection import told
from srs.store.file import StoreFile
from srs.store.row import STANDING, CardRow, standing_of

if TYPE_CHECKING:
    from cards.card import CardId, ProvedDeck
    from srs.shown import Shown
    from srs.store.row import SyncReport


class Shelf(StoreFile):
    """Cards as they are shown and listed, and how a build brings them in."""

    def shown(self, card: CardId) -> Shown | None:
        """Return a card as a sitting shows it; None where there is no such card."""
        import json

        from cards.card import Kind, Stamp
        from cards.face import decode
        from srs.shown import Shown

        rows = self._rows(
            f"""
            SELECT card.guide, guide.title, card.kind, card.question, face.breadcrumb, face.tags,
                face.front, face.back, face.context, face.paint, card.source_path, card.source_line,
                face.tensorflow, face.keras, face.proved_on, card.revision, {STANDING}
            FROM card JOIN face ON face.card = card.id JOIN guide ON guide.slug = card.guide
            WHERE card.id = ?
            """,
            (card,),
        )
        if not rows:
            return None
        (row,) = rows
        slug, deck, kind, question, breadcrumb, tags, front, back, context, paint, path, line, *rest = row
        tensorflow, keras, proved_on, revision, *standing = rest
        return Shown(
            id=card,
            guide=slug,
            deck=deck,
            kind=Kind(kind),
            question=question,
            breadcrumb=tuple(json.loads(breadcrumb)),
            tags=tuple(json.loads(tags)),
            front=decode(json.loads(front)),
            back=decode(json.loads(back)),
            context=decode(json.loads(context)),
            paint={
                source: tuple((css, text) for css, text in pairs)
                for source, pairs in json.loads(paint).items()
            },
            source_path=path,
            source_line=line,
            stamp=Stamp(tensorflow, keras, proved_on) if proved_on else None,
            standing=standing_of(tuple(standing)),
            revision=revision,
        )

    def cards(self, guide: str | None = None, *, retired: bool | None = False) -> list[CardRow]:
        """Return the cards in the guide's order; `retired=None` for both those in use and those retired."""
        import json

        from cards.card import Kind

        rows = self._rows(
            f"""
            SELECT card.id, card.guide, card.kind, card.question, face.words, face.tags, card.source_path,
                card.source_line, card.retired, {STANDING}
            FROM card JOIN face ON face.card = card.id
            WHERE (:guide IS NULL OR card.guide = :guide) AND (:retired IS NULL OR card.retired = :retired)
            ORDER BY card.guide, card.retired, card.position, card.id
            """,
            {"guide": guide, "retired": retired},
        )
        return [
            CardRow(
                card, slug, Kind(kind), question, words, tuple(json.loads(tags)), path, line,
                bool(gone), standing_of(tuple(standing)),
            )
            for card, slug, kind, question, words, tags, path, line, gone, *standing in rows
        ]  # fmt: skip

    def sync(self, deck: ProvedDeck) -> SyncReport:
        """Make the store show exactly the deck's cards of its guide; no history is ever touched."""
        from srs.store.sync import sync

        with told(self.path):
            return sync(self.connection, deck)

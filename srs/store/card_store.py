"""The cards that the store holds."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.errors import StoreError
from srs.store.connection import translate_errors
from srs.store.row import STANDING_COLUMNS, CardRow, standing_from_row
from srs.store.store_file import StoreFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.card.card import CardId
    from cards.card.deck import ProvedDeck
    from srs.review.shown_card import ShownCard
    from srs.store.row import SyncReport


class CardStore(StoreFile):
    """Cards as they are shown and listed, and how a build brings them in."""

    def shown(self, card: CardId) -> ShownCard | None:
        """Return a card as a sitting shows it; None where there is no such card."""
        import json

        from cards.card.card import Stamp
        from cards.card.kind import CardKind
        from cards.card.sides import decode
        from srs.review.shown_card import ShownCard

        rows = self._rows(
            f"""
            SELECT card.guide, guide.title, card.kind, card.question, face.breadcrumb, face.tags,
                face.front, face.back, face.context, face.paint, card.source_path, card.source_line,
                face.tensorflow, face.keras, face.proved_on, face.failing, face.exercise,
                card.retired, card.revision, {STANDING_COLUMNS}
            FROM card JOIN face ON face.card = card.id JOIN guide ON guide.slug = card.guide
            WHERE card.id = ?
            """,
            (card,),
        )
        if not rows:
            return None
        (row,) = rows
        slug, deck, kind, question, breadcrumb, tags, front, back, context, paint, path, line, *rest = row
        tensorflow, keras, proved_on, failing, exercise, retired, revision, *standing = rest
        return ShownCard(
            id=card,
            guide=slug,
            deck=deck,
            kind=CardKind(kind),
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
            failing=failing or "",
            exercise=exercise,
            retired=bool(retired),
            standing=standing_from_row(tuple(standing)),
            revision=revision,
        )

    def has_exercises(self, cards: Sequence[CardId]) -> bool:
        """Tell whether an answer can be typed to any of the cards."""
        import json

        among = "SELECT value FROM json_each (?)"
        rows = self._rows(
            f"SELECT 1 FROM face WHERE exercise IS NOT NULL AND card IN ({among}) LIMIT 1",
            (json.dumps(cards),),
        )
        return bool(rows)

    def cards(self, guide: str | None = None, *, retired: bool | None = False) -> list[CardRow]:
        """Return the cards in the guide's order; `retired=None` for both those in use and those retired."""
        import json

        from cards.card.kind import CardKind

        rows = self._rows(
            f"""
            SELECT card.id, card.guide, card.kind, card.question, face.words, face.tags, card.source_path,
                card.source_line, card.retired, card.optional, {STANDING_COLUMNS}
            FROM card JOIN face ON face.card = card.id
            WHERE (:guide IS NULL OR card.guide = :guide) AND (:retired IS NULL OR card.retired = :retired)
            ORDER BY card.guide, card.retired, card.position, card.id
            """,
            {"guide": guide, "retired": retired},
        )
        return [
            CardRow(
                card, slug, CardKind(kind), question, words, tuple(json.loads(tags)), path, line,
                bool(gone), bool(optional), standing_from_row(tuple(standing)),
            )
            for card, slug, kind, question, words, tags, path, line, gone, optional, *standing in rows
        ]  # fmt: skip

    def sync(self, deck: ProvedDeck, path: str | None = None, built: str | None = None) -> SyncReport:
        """Make the store show exactly the deck's cards of its guide; no history is ever touched.

        `path` is where the guide lies, absolute; without one the store keeps the path it has. `built` names
        the build that made the deck, for `srs.store.last_built`. Raises StaleCacheError for a deck whose
        unchanged cards are not there.
        """
        from srs.store.sync import sync

        with translate_errors(self.path):
            return sync(self.connection, deck, path, built)

    def guide_path(self, guide: str) -> str | None:
        """Return where a guide lay at its last build."""
        rows = self._rows("SELECT path FROM guide WHERE slug = ?", (guide,))
        return rows[0][0] if rows else None

    def find(self, beginning: str) -> CardId:
        """Return the one card whose id begins so; raises StoreError where there is none, or more than one."""
        rows = self._rows(
            "SELECT id FROM card WHERE id >= ? AND id < ? ORDER BY id LIMIT 4",
            (beginning, beginning + "\N{REPLACEMENT CHARACTER}"),
        )
        found = [row[0] for row in rows if row[0] == beginning] or [row[0] for row in rows]
        if not found:
            raise StoreError(f"There is no card {beginning!r}. `proofdeck cards WORDS` finds its id.")
        if len(found) > 1:
            raise StoreError(f"More than one card begins with {beginning!r}: {', '.join(found)}.")
        card: CardId = found[0]
        return card

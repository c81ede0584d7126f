"""Read, list and find the cards of a store, and copy a build's cards into it."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.errors import ERRORS_OF_DAMAGE, StoreError
from srs.store.connection import told_damage, translate_errors
from srs.store.row import (
    STANDING_COLUMNS,
    UNKNOWN_SOURCE,
    DamagedCard,
    UnknownKind,
    listed_words,
    standing_from_row,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.card.card import CardId
    from cards.card.deck import ProvedDeck
    from srs.review.card_row import CardRow
    from srs.review.shown_card import ShownCard
    from srs.store.row import BuildSource
    from srs.store.store_file import StoreFile
    from srs.store.sync import SyncedDeck, SyncReport


_BREADCRUMB = 12
"""Where the breadcrumb of a card stands in a row of `CardStore.rows`."""


class CardStore:
    """Reads cards, and copies a build's cards into the store."""

    def __init__(self, file: StoreFile) -> None:
        """Read an open store's file."""
        self._file = file

    def show(self, card: CardId) -> ShownCard | None:
        """Return a card as a sitting shows it; None where there is no such card.

        Raises DamagedCard where the store's text of it cannot be shown.
        """
        try:
            with told_damage(self._file.path):
                shown = self._read_card(card)
        except StoreError as error:
            if error.__cause__ is None or _is_of_the_file(error.__cause__):
                raise
            self._require_known_kind(card)
            raise DamagedCard(card) from error
        if shown is not None and not shown.front:
            raise DamagedCard(card)
        return shown

    def _require_known_kind(self, card: CardId) -> None:
        """Raise UnknownKind where a card is of a kind that this version does not know."""
        for (kind,) in self._file.rows("SELECT kind FROM card WHERE id = ?", (card,)):
            if not _is_known(kind):
                raise UnknownKind(card, kind)

    def _read_card(self, card: CardId) -> ShownCard | None:
        import json

        from cards.card.kind import CardKind
        from cards.card.proof_stamp import Stamp
        from cards.card.sides import decode
        from srs.review.shown_card import ShownCard

        rows = self._file.rows(
            f"""
            SELECT card.guide, ifnull(guide.name, guide.title), card.kind, card.question,
                face.breadcrumb, face.tags, face.front, face.back, face.context, face.paint,
                card.source_path, card.source_line,
                face.tensorflow, face.keras, face.proved_on, face.since, face.ran_with,
                face.failing, face.exercise,
                card.retired, card.revision, {STANDING_COLUMNS}
            FROM card JOIN face ON face.card = card.id JOIN guide ON guide.id = card.guide
            WHERE card.id = ?
            """,
            (card,),
        )
        if not rows:
            return None
        ((
            guide, deck, kind, question, breadcrumb, tags,
            front, back, context, paint, source_path, source_line,
            tensorflow, keras, proved_on, since, ran_with, failing, exercise,
            retired, revision, *standing,
        ),) = rows  # fmt: skip
        return ShownCard(
            id=card,
            guide=guide,
            deck=deck,
            kind=CardKind(kind),
            question=question,
            breadcrumb=listed_words(breadcrumb),
            tags=listed_words(tags),
            front=decode(json.loads(front)),
            back=decode(json.loads(back)),
            context=decode(json.loads(context)),
            paint=_paint(paint),
            source_path=source_path,
            source_line=source_line,
            stamp=Stamp(tensorflow, keras, proved_on, since or "", ran_with or "") if proved_on else None,
            failing=failing or "",
            exercise=exercise,
            retired=bool(retired),
            standing=standing_from_row(standing),
            revision=revision,
        )

    def front_line(self, card: CardId) -> str:
        """Return the first line of what a card asks; its id where there is no such card."""
        rows = self._file.rows("SELECT words FROM face WHERE card = ?", (card,))
        return str(rows[0][0]).partition("\n")[0] if rows else str(card)

    def first_exercise(self, cards: Sequence[CardId]) -> str | None:
        """Return the exercise of the first card to which an answer can be typed; None where there is none."""
        import json

        rows = self._file.rows(
            """
            SELECT face.exercise FROM json_each(?) AS wanted JOIN face ON face.card = wanted.value
            WHERE face.exercise IS NOT NULL ORDER BY wanted.key LIMIT 1
            """,
            (json.dumps(cards),),
        )
        return str(rows[0][0]) if rows else None

    def tags(self, guide: str | None = None) -> list[str]:
        """Return the tags of the cards that are in use, sorted."""
        rows = self._file.rows(
            """
            SELECT DISTINCT tag.value FROM face JOIN card ON card.id = face.card, json_each(face.tags) AS tag
            WHERE card.retired = 0 AND (:guide IS NULL OR card.guide = :guide) ORDER BY tag.value
            """,
            {"guide": guide},
        )
        return [tag for (tag,) in rows]

    def rows(
        self, guide: str | None = None, *, retired: bool | None = False, held: bool = False
    ) -> list[CardRow]:
        """Return the cards in the guide's order: active, retired, held, or with `retired=None` all."""
        with told_damage(self._file.path):
            return self._read_rows(guide, retired=retired, held=held)

    def _read_rows(self, guide: str | None, *, retired: bool | None, held: bool) -> list[CardRow]:
        from cards.guide.importance import Importance
        from srs.review.card_row import CardRow
        from srs.review.card_titles import FiledCard, card_titles, section_of

        rows = self._file.rows(
            f"""
            SELECT card.id, card.guide, card.kind, card.question, face.words, face.tags, card.source_path,
                card.source_line, card.retired, card.held, card.optional, card.importance, face.breadcrumb,
                {STANDING_COLUMNS}
            FROM card JOIN face ON face.card = card.id JOIN guide ON guide.id = card.guide
            WHERE (:guide IS NULL OR card.guide = :guide) AND (card.held OR NOT :held)
                AND (:held OR :retired IS NULL OR (card.retired = :retired AND NOT card.held))
            ORDER BY guide.short_name, card.retired, card.position, card.id
            """,
            {"guide": guide, "retired": retired, "held": held},
        )
        filed = [
            FiledCard(row[1], row[3], section_of(listed_words(row[5])), listed_words(row[_BREADCRUMB]))
            for row in rows
        ]
        told = self._file.rows("SELECT id, questions FROM guide")
        titles = card_titles(
            filed,
            {(name, slug): title for name, said in told for slug, title in _questions(said).items()},
        )
        return [
            CardRow(
                card, slug, _word_of(kind), question, words, listed_words(tags), path, line,
                bool(gone), bool(waits), bool(optional), standing_from_row(standing), Importance(importance),
                titles.section(slug, place.section), titles.question(slug, question),
            )
            for place, (card, slug, kind, question, words, tags, path, line, gone, waits, optional,
                importance, _, *standing) in zip(filed, rows, strict=True)
        ]  # fmt: skip

    def sync(self, deck: ProvedDeck, source: BuildSource = UNKNOWN_SOURCE) -> SyncReport:
        """Make the store show exactly the deck's cards of its guide, and return how many changed."""
        return self.sync_deck(deck, source).report

    def sync_deck(self, deck: ProvedDeck, source: BuildSource = UNKNOWN_SOURCE) -> SyncedDeck:
        """Make the store show exactly the deck's cards of its guide; no history is ever touched.

        Raises StaleCacheError for a deck whose unchanged cards are not there.
        """
        from srs.store.sync import sync

        self._file.check_place()
        with translate_errors(self._file.path):
            return sync(self._file.connection, deck, source)

    def find_id(self, beginning: str) -> CardId:
        """Return the one card whose id begins so; raises StoreError where there is none, or more than one."""
        rows = self._file.rows(
            "SELECT id FROM card WHERE id >= ? AND id < ? ORDER BY id LIMIT 4",
            (beginning, beginning + "\N{REPLACEMENT CHARACTER}"),
        )
        ids: list[CardId] = [identity for (identity,) in rows]
        found = [identity for identity in ids if identity == beginning] or ids
        if not found:
            raise StoreError(f"There is no card {beginning!r}. `proofdeck cards WORDS` finds its id.")
        if len(found) > 1:
            raise StoreError(f"More than one card begins with {beginning!r}: {', '.join(found)}.")
        return found[0]

    def begins_an_id(self, beginning: str) -> bool:
        """Tell whether the id of a card begins so."""
        rows = self._file.rows(
            "SELECT 1 FROM card WHERE substr(id, 1, ?) = ? LIMIT 1", (len(beginning), beginning)
        )
        return bool(rows)


def _paint(column: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the colours of code by its source; damaged ones colour nothing, and stop nobody."""
    import json

    try:
        return {
            source: tuple((str(css), text) for css, text in pairs)
            for source, pairs in json.loads(column).items()
            if "".join(text for _, text in pairs) == source
        }
    except ERRORS_OF_DAMAGE:
        return {}


def _questions(column: str) -> dict[str, str]:
    """Return what a guide's questions are called, by slug; damaged words are none, and stop nobody."""
    import json

    try:
        return {slug: title for slug, title in json.loads(column).items() if isinstance(title, str)}
    except ERRORS_OF_DAMAGE:
        return {}


def _is_known(kind: str) -> bool:
    from cards.card.kind import CardKind

    try:
        CardKind(kind)
    except ValueError:
        return False
    return True


def _word_of(kind: str) -> str:
    """Return the word of a kind today, or its own where this version knows none."""
    from cards.card.kind import CardKind

    return CardKind(kind).value if _is_known(kind) else kind


def _is_of_the_file(cause: BaseException) -> bool:
    """Tell whether an error is about more than one card's values or page."""
    import sqlite3

    if not isinstance(cause, sqlite3.Error) or "decode to UTF-8" in str(cause):
        return False
    return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) != sqlite3.SQLITE_CORRUPT

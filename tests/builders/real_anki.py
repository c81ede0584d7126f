"""The real Anki, to import packages into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

if TYPE_CHECKING:
    from pathlib import Path

    from anki.cards import Card as AnkiCard
    from anki.notes import Note as AnkiNote

    from cards.card.card import Card


class Anki:
    """A collection of the real Anki, with its import dialog's default options."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.col = Collection(str(folder / "collection.anki2"))

    def take(self, package: Path, *, progress: bool = False) -> dict[str, int]:
        """Import the package and return how many notes were new, updated, already present, refused."""
        options = ImportAnkiPackageOptions(with_scheduling=progress)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        log = self.col.import_anki_package(request).log
        counts = {
            "new": len(log.new),
            "updated": len(log.updated),
            "already present": len(log.duplicate),
            "refused": len(log.conflicting),
        }
        return {name: count for name, count in counts.items() if count}

    def rows(self, sql: str, *values: str | float | None) -> list[list[Any]]:
        """Return the rows of a query over the collection."""
        assert self.col.db is not None
        return [list(row) for row in self.col.db.all(sql, *values)]

    def note(self, wanted: Card) -> AnkiNote:
        """Return the note of a card of ours."""
        return self.col.get_note(self.rows("SELECT id FROM notes WHERE guid = ?", wanted.id)[0][0])

    def card(self, wanted: Card) -> AnkiCard:
        """Return Anki's card of a card of ours."""
        (only,) = self.note(wanted).cards()
        return only

    def shown(self, wanted: Card) -> tuple[str, str]:
        """Return both sides as Anki renders them."""
        output = self.card(wanted).render_output()
        return output.question_text, output.answer_text

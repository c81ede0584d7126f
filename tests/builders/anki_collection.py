"""The real Anki, to import packages into. It is imported where it is opened, for most tests need none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from anki.cards import Card as AnkiCard
    from anki.decks import DeckId
    from anki.notes import Note as AnkiNote

    from cards.card.card import Card


class Anki:
    """A collection of the real Anki, with its import dialog's default options."""

    def __init__(self, folder: Path) -> None:
        from anki.collection import Collection

        self.folder = folder
        self.col = Collection(str(folder / "collection.anki2"))

    def take(self, package: Path, *, progress: bool = False) -> dict[str, int]:
        """Import the package and return how many notes were new, updated, already present, refused."""
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

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

    def saved(self, target: Path, *, old: bool = False, scheduling: bool = True) -> Path:
        """Export as Anki's dialog does: the collection or the notes, by the target's ending."""
        from anki.collection import ExportAnkiPackageOptions

        if target.suffix == ".colpkg":
            self.col.export_collection_package(str(target), include_media=False, legacy=old)
            self.col.reopen(after_full_sync=False)
        else:
            options = ExportAnkiPackageOptions(with_scheduling=scheduling, legacy=old)
            self.col.export_anki_package(out_path=str(target), options=options, limit=None)
        return target

    def deck(self, name: str) -> DeckId:
        """Return the deck of a name, made where it is not there yet."""
        found = self.col.decks.id(name, create=True)
        assert found is not None
        return found

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

    def study(self, deck: str, buttons: Iterable[Literal[1, 2, 3, 4]]) -> None:
        """Answer the deck's cards in the real scheduler, a button each."""
        self.col.decks.select(self.deck(deck))
        for button in buttons:
            waiting = self.col.sched.getCard()
            assert waiting is not None
            waiting.start_timer()
            self.col.sched.answerCard(waiting, button)

    def shown(self, wanted: Card) -> tuple[str, str]:
        """Return both sides as Anki renders them."""
        output = self.card(wanted).render_output()
        return output.question_text, output.answer_text

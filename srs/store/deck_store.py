"""The decks of a store, one for each guide that was built: names, places, daily limits, and their end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srs.review.agenda import DayLimits
    from srs.review.deck_row import DeckName, DeckRow
    from srs.store.store_file import StoreFile


class DeckStore:
    """Reads the decks, keeps their names and daily limits, and removes them."""

    def __init__(self, file: StoreFile) -> None:
        """Read an open store's file."""
        self._file = file

    def names(self) -> list[DeckName]:
        """Return the names of all decks, sorted by their short names."""
        from srs.review.deck_row import DeckName

        rows = self._file.rows("SELECT id, short_name, ifnull(name, title) FROM guide ORDER BY short_name")
        return [DeckName(*row) for row in rows]

    def titles(self) -> dict[str, str]:
        """Return what each deck is called, by its guide."""
        return {deck.guide: deck.name for deck in self.names()}

    def rows(self, today: date) -> list[DeckRow]:
        """Return all decks with the numbers of their cards."""
        from srs.review.deck_row import DeckRow

        rows = self._file.rows(
            """
            SELECT guide.id, short_name, ifnull(name, title), nullif(path, ''), built_on, removed,
                count(card.id) FILTER (WHERE NOT card.retired),
                count(card.id) FILTER (WHERE NOT card.retired AND card.due IS NULL AND NOT card.suspended),
                count(card.id) FILTER (WHERE NOT card.retired AND card.due <= :today AND NOT card.suspended
                    AND (card.buried_until IS NULL OR card.buried_until <= :today)),
                count(card.id) FILTER (WHERE card.retired)
            FROM guide LEFT JOIN card ON card.guide = guide.id GROUP BY guide.id ORDER BY short_name
            """,
            {"today": today.isoformat()},
        )
        return [
            DeckRow(
                guide,
                short_name,
                name,
                path,
                date.fromisoformat(built) if built else None,
                bool(gone),
                *counts,
            )
            for guide, short_name, name, path, built, gone, *counts in rows
        ]

    def guide_path(self, guide: str) -> str | None:
        """Return where a guide lay at its last build."""
        rows = self._file.rows("SELECT nullif(path, '') FROM guide WHERE id = ?", (guide,))
        return rows[0][0] if rows else None

    def guide_paths(self) -> dict[str, str]:
        """Return where each guide lay at its last build; removed decks and unbuilt ones left out."""
        return dict(
            self._file.rows("SELECT id, path FROM guide WHERE path <> '' AND NOT removed ORDER BY short_name")
        )

    def limits(self) -> dict[str, DayLimits]:
        """Return each guide's own limits."""
        from srs.review.agenda import DayLimits

        rows = self._file.rows("SELECT id, new_a_day, reviews_a_day FROM guide")
        return {guide: DayLimits(new, reviews) for guide, new, reviews in rows}

    def has_interview(self) -> bool:
        """Tell whether anything is learnt for a day, past or to come."""
        rows = self._file.rows("SELECT 1 FROM guide WHERE interview IS NOT NULL AND NOT removed LIMIT 1")
        return self._file.preferences.interview is not None or bool(rows)

    def has_plan(self) -> bool:
        """Tell whether anything is learnt for a day, or has minutes a Day."""
        rows = self._file.rows(
            "SELECT 1 FROM guide WHERE NOT removed AND (interview IS NOT NULL OR minutes_a_day IS NOT NULL) "
            "LIMIT 1"
        )
        preferences = self._file.preferences
        return bool(rows or preferences.interview or preferences.minutes_a_day)

    def has_limits(self) -> bool:
        """Tell whether a deck has limits of its own."""
        return bool(
            self._file.rows(
                "SELECT 1 FROM guide WHERE new_a_day IS NOT NULL OR reviews_a_day IS NOT NULL LIMIT 1"
            )
        )

    def save_limit(self, guide: str, name: str, most: int | None) -> None:
        """Set one of a guide's own limits, `new_a_day` or `reviews_a_day`; None takes it away."""
        column = {"new_a_day": "new_a_day", "reviews_a_day": "reviews_a_day"}[name]
        with self._file.write_transaction() as connection:
            connection.execute(f"UPDATE guide SET {column} = ? WHERE id = ?", (most, guide))  # noqa: S608

    def rename(self, guide: str, name: str) -> None:
        """Give a deck a name of its own; the next build puts it into the package."""
        with self._file.write_transaction() as connection:
            # Without the name of the last build, the next one does not take over what that one wrote.
            connection.execute("UPDATE guide SET name = ?, built = NULL WHERE id = ?", (name, guide))

    def remove(self, guide: str) -> int:
        """Retire all cards of a deck, with their log; return how many there were.

        The next build of its guide revives what is in the guide then.
        """
        with self._file.write_transaction() as connection:
            connection.execute("UPDATE guide SET removed = 1, built = NULL WHERE id = ?", (guide,))
            retired = connection.execute(
                "UPDATE card SET retired = 1 WHERE guide = ? AND retired = 0", (guide,)
            )
        return retired.rowcount

    def forget(self, guide: str) -> tuple[int, int]:
        """Delete a deck with its cards and their log; return how many cards and entries that were.

        The one thing that shortens the log: whoever calls it has made a backup and asked.
        """
        of_deck = "SELECT id FROM card WHERE guide = ?"
        with self._file.write_transaction() as connection:
            ((trigger,),) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'log_is_kept'"
            )
            connection.execute("DROP TRIGGER log_is_kept")
            entries = connection.execute(f"DELETE FROM log WHERE card IN ({of_deck})", (guide,))  # noqa: S608
            connection.execute(trigger)
            connection.execute(f"DELETE FROM face WHERE card IN ({of_deck})", (guide,))  # noqa: S608
            cards = connection.execute("DELETE FROM card WHERE guide = ?", (guide,))
            connection.execute("DELETE FROM attempt WHERE guide = ?", (guide,))
            connection.execute("DELETE FROM guide WHERE id = ?", (guide,))
        return cards.rowcount, entries.rowcount

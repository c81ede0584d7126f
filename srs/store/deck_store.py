"""The decks of a store, one for each guide that was built: titles, places and daily limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srs.review.agenda import DayLimits
    from srs.store.store_file import StoreFile


class DeckStore:
    """Reads the decks, and keeps their own daily limits."""

    def __init__(self, file: StoreFile) -> None:
        """Read an open store's file."""
        self._file = file

    def titles(self) -> dict[str, str]:
        """Return the title of each guide by its slug."""
        return dict(self._file.rows("SELECT slug, title FROM guide ORDER BY slug"))

    def guide_path(self, guide: str) -> str | None:
        """Return where a guide lay at its last build."""
        rows = self._file.rows("SELECT path FROM guide WHERE slug = ?", (guide,))
        return rows[0][0] if rows else None

    def limits(self) -> dict[str, DayLimits]:
        """Return each guide's own limits."""
        from srs.review.agenda import DayLimits

        rows = self._file.rows("SELECT slug, new_a_day, reviews_a_day FROM guide")
        return {slug: DayLimits(new, reviews) for slug, new, reviews in rows}

    def save_limit(self, guide: str, name: str, most: int | None) -> None:
        """Set one of a guide's own limits, `new_a_day` or `reviews_a_day`; None takes it away."""
        column = {"new_a_day": "new_a_day", "reviews_a_day": "reviews_a_day"}[name]
        with self._file.write_transaction() as connection:
            connection.execute(f"UPDATE guide SET {column} = ? WHERE slug = ?", (most, guide))  # noqa: S608

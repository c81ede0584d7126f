"""The section of a guide that questions stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cards.guide.importance import Importance


class Section(NamedTuple):
    """A section: its words, and how much its author says it matters."""

    words: str
    importance: Importance | None = None


NO_SECTION = Section("")
"""Where questions stand below no section."""

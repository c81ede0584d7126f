"""The snippets that run together in one process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.program.snippet import SnippetRole

if TYPE_CHECKING:
    from cards.program.snippet import Snippet

PREAMBLE_NAME = "(preamble)"
"""The name of the program of the blocks before the first question; no slug has brackets."""


@dataclass(frozen=True, slots=True)
class Program:
    """The snippets of one question, fixtures first: they run in this order in one fresh process."""

    name: str
    """The question's slug."""
    snippets: tuple[Snippet, ...]
    files: tuple[tuple[str, str], ...] = ()
    """(relative path, text) to write before the first snippet."""
    answer: int | None = None
    """The place of a learner's answer: the checks behind it run apart from it, each in its own namespace."""
    handed: tuple[str, ...] = ()
    """The names that those checks take over from the answer."""
    requires: tuple[str, ...] = ()
    """The packages that the guide says its code needs, as installers take them."""
    python: str = ""
    """The Python that the guide says its code needs; empty for any."""

    def __hash__(self) -> int:
        # Programs are the keys of many memories; a text's hash is worked out once, and texts tell them apart.
        return hash((self.name, *(snippet.source for snippet in self.snippets)))

    @property
    def shown(self) -> tuple[Snippet, ...]:
        """The snippets that a reader of the question sees: none that is hidden or borrowed from another."""
        borrowed = f"{self.name}:"
        return tuple(
            snippet
            for snippet in self.snippets
            if snippet.role is SnippetRole.SHOWN and not snippet.name.startswith(borrowed)
        )

"""The hidden checks behind a snippet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.program.snippet import SnippetRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.program.snippet import Snippet


def check_positions(snippets: Sequence[Snippet], position: int) -> tuple[int, ...]:
    """Return where the hidden checks between the snippet at `position` and the next shown one stand.

    Fixtures between them are passed over: they stand right before the first check that asks for them.
    """
    found = []
    for behind in range(position + 1, len(snippets)):
        if snippets[behind].role is SnippetRole.SHOWN:
            break
        if snippets[behind].role is SnippetRole.CHECK:
            found.append(behind)
    return tuple(found)


def end_of_checks(snippets: Sequence[Snippet], position: int) -> int:
    """Return the position after the snippet at `position`, its hidden checks and their fixtures."""
    return max(check_positions(snippets, position), default=position) + 1

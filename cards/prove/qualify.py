"""What a verdict is worth: the qualifiers that stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.prove import names
from cards.prove.errand import shortenings

if TYPE_CHECKING:
    from cards.prove.evidence import Evidence
    from cards.snippet import Outcome


def notes(evidence: Evidence, position: int, outcome: Outcome) -> tuple[str, ...]:
    """Return a verdict's qualifiers, most important first."""
    snippet = evidence.program.snippets[position]
    found = [f"shortened: {change}" for change in shortenings(snippet)]
    if snippet.directives.shrink and not found:
        found.append("shrink changed nothing: no such keyword with a larger number")
    found += [f"needs a look: {trick}" for trick in names.tricks(snippet.source)]
    sources = tuple(each.source for each in evidence.program.snippets)
    if outcome.holds:
        found += [f"never called: {name}" for name in names.never_called(sources, position)]
    return tuple(found)

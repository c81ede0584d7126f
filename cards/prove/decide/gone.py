"""Finds the calls of a snippet that are gone and that no run reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.program.snippet import KerasFlavour, SnippetRole
from cards.stale.code_search import gone_calls
from cards.stale.said_gone import speaks_of_old

if TYPE_CHECKING:
    from cards.prove.decide.evidence import Evidence
    from cards.stale.code_search import GoneCall


def gone_calls_of(evidence: Evidence, position: int) -> tuple[GoneCall, ...]:
    """Return the calls that are gone in code that a reader sees, but for those that are shown as such.

    Code that is meant to fail, or is not run because it is old, shows them on purpose.
    """
    snippet = evidence.program.snippets[position]
    directives = snippet.directives
    is_on_purpose = (
        snippet.is_old
        or directives.raises is not None
        or speaks_of_old(f"{directives.no_run} {directives.skip}")
    )
    if snippet.role is not SnippetRole.SHOWN or is_on_purpose:
        return ()
    return gone_calls(
        snippet.source,
        tuple(each.source for each in evidence.program.snippets),
        with_keras=evidence.keras is KerasFlavour.KERAS_3 and directives.keras is KerasFlavour.KERAS_3,
        has_run=evidence.snippet_run(position).done,
    )

"""Which blocks of a question are run once more without the others, and what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.program.qualifier import Qualifier, QualifierKind
from cards.program.snippet import SnippetRole
from cards.prove.output.claims import first_unmet_claim
from cards.python.leaks import borrowed_names, leaked_builtins

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.prove.decide.evidence import Evidence


def blocks_above(program: Program, position: int) -> tuple[int, ...]:
    """Return the positions of the shown blocks of the same question above a block."""
    return tuple(
        place
        for place, snippet in enumerate(program.snippets[:position])
        if snippet.role is SnippetRole.SHOWN and not snippet.name.startswith(f"{program.name}:")
    )


def doubtful_blocks(evidence: Evidence) -> dict[int, frozenset[int]]:
    """Return the blocks that those above them may change, each with the positions to leave out."""
    snippets = evidence.program.snippets
    shown = {place for place in range(len(snippets)) if snippets[place].role is SnippetRole.SHOWN}
    found = {}
    for position in sorted(shown - evidence.not_run.keys() - evidence.stopped.keys()):
        directives = snippets[position].directives
        if not (directives.raises or directives.syntax_error) and _shared_names(evidence, position):
            checks = {place for place, each in enumerate(snippets) if each.role is SnippetRole.CHECK}
            later = {place for place in shown if place > position}
            found[position] = frozenset({*blocks_above(evidence.program, position), *later, *checks})
    return found


def alone_qualifiers(evidence: Evidence, position: int) -> list[Qualifier]:
    """Return what a block does otherwise when it runs without the blocks above it."""
    if position not in evidence.alone:
        return []
    snippet = evidence.program.snippets[position]
    run, alone = evidence.snippet_run(position), evidence.alone[position].snippet_runs[position]
    names = ", ".join(f"`{name}`" for name in sorted(_shared_names(evidence, position)))
    holds = alone.done and first_unmet_claim(snippet, alone) is None
    if not run.done or first_unmet_claim(snippet, run) is not None:
        return [Qualifier(QualifierKind.HOLDS_ALONE, names)] if holds else []
    if alone.done and alone.printed != run.printed:
        return [Qualifier(QualifierKind.PRINTS_OTHERWISE_ALONE, names)]
    borrowed = _borrowed(evidence, position)
    if alone.error is not None and alone.error.name in borrowed:
        return [Qualifier(QualifierKind.NEEDS_BLOCK_ABOVE, f"`{alone.error.name}`")]
    return []


def _shared_names(evidence: Evidence, position: int) -> frozenset[str]:
    source = evidence.program.snippets[position].source
    return leaked_builtins(_sources_above(evidence, position), source) | _borrowed(evidence, position)


def _borrowed(evidence: Evidence, position: int) -> frozenset[str]:
    source = evidence.program.snippets[position].source
    return borrowed_names(_sources_above(evidence, position), source)


def _sources_above(evidence: Evidence, position: int) -> list[str]:
    program = evidence.program
    return [program.snippets[place].source for place in blocks_above(program, position)]

"""On which versions each block holds: what was seen of a guide's code under several, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.check.upgrade import changes_between
from cards.program.verdict import Outcome, is_excused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cards.program.program import Program
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict
    from cards.span import Span


@dataclass(frozen=True, slots=True)
class TriedVersion:
    """A version that a guide was proved on, or why it could not be."""

    name: str
    """As it was asked for: `2.16`, `numpy==1.26`."""
    runtime: str = ""
    """What its environment has, in words."""
    verdicts: Mapping[SnippetName, Verdict] | None = None
    """Of each snippet; None where there is no such environment."""
    problem: str = ""
    """Why there is none."""


@dataclass(frozen=True, slots=True)
class MatrixChange:
    """What a block does differently from a version on."""

    since: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A block on each version that was tried."""

    snippet: SnippetName
    span: Span
    question: str
    """The question's slug."""
    holds: tuple[bool | None, ...]
    """On each version, the oldest first; None where it was not run."""
    first: str
    """The first version that it holds on; empty for none."""
    last: str
    changes: tuple[MatrixChange, ...] = ()
    reason: str = ""
    """Why it does not hold on the last version that it was run on, or was not run; empty where it holds."""

    @property
    def is_steady(self) -> bool:
        """Whether it holds on all versions and does the same on each."""
        return all(self.holds) and not self.changes


def matrix_rows(programs: Sequence[Program], tried: Sequence[TriedVersion]) -> tuple[MatrixRow, ...]:
    """Return a row for each shown block, in the guide's order; `tried` has the oldest version first."""
    there = [(each.name, each.verdicts) for each in tried if each.verdicts is not None]
    return tuple(
        _row(program, snippet, [(name, verdicts.get(snippet.name)) for name, verdicts in there])
        for program in programs
        for snippet in program.shown
    )


def _row(program: Program, snippet: Snippet, seen: Sequence[tuple[str, Verdict | None]]) -> MatrixRow:
    ran = [(name, verdict) for name, verdict in seen if verdict is not None and _was_run(snippet, verdict)]
    holding = [name for name, verdict in ran if verdict.outcome.holds]
    told = ran or [(name, verdict) for name, verdict in seen if verdict is not None]
    newest = told[-1][1] if told else None
    return MatrixRow(
        snippet.name,
        snippet.span,
        program.name,
        tuple(
            verdict.outcome.holds if verdict is not None and _was_run(snippet, verdict) else None
            for _, verdict in seen
        ),
        holding[0] if holding else "",
        holding[-1] if holding else "",
        tuple(_changes(ran)),
        "" if newest is None or newest.outcome.holds else newest.error or newest.outcome.value,
    )


def _was_run(snippet: Snippet, verdict: Verdict) -> bool:
    return verdict.outcome is not Outcome.NOT_RUN and not is_excused(snippet, verdict)


def _changes(ran: Sequence[tuple[str, Verdict]]) -> Iterator[MatrixChange]:
    """Yield what changes from one version to the next."""
    for (_, old), (name, new) in pairwise(ran):
        for sentence in changes_between(old, new):
            yield MatrixChange(name, sentence)

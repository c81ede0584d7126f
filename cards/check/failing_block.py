"""The blocks of a guide that do not hold, each with its line, the reason and what to do, and their causes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cards.program.snippet import SnippetRole
from cards.program.verdict import Outcome, is_excused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cards.program.program import Program
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict

_USUAL_ADVICE = {
    Outcome.OUTPUT_MISMATCH: "Mend the code, or let `proofdeck prove --update` write what was printed.",
    Outcome.FAILED: "Mend the code, or say `raises=` if it is meant to fail.",
    Outcome.SYNTAX_ERROR: "Mend the code, or say `syntax-error` if it is meant not to parse.",
    Outcome.NOT_PYTHON: "Name its language in the fence.",
    Outcome.NEEDS: "Give it what it needs, or say `requires=`.",
    Outcome.STALE_API: "Write it as today's TensorFlow has it.",
    Outcome.CRASHED: 'Mend the code, or say `no-run="why"`.',
}
"""What to do where the verdict itself has no advice."""


@dataclass(frozen=True, slots=True)
class FailingBlock:
    """A block that does not hold, and that its author did not excuse."""

    path: str
    line: int
    """The guide's line that failed, else the block's first."""
    snippet: SnippetName
    outcome: Outcome
    sentence: str
    """What happened."""
    advice: str
    """What to do about it."""
    cards_held: int = 0
    """How many cards are kept out of the deck because of it."""
    follows: SnippetName | None = None
    """The snippet whose failure is the cause of this one; None where it fails by itself."""


@dataclass(frozen=True, slots=True)
class FailureCause:
    """Blocks that fail in the same way, in the guide's order, and those that fail because they do."""

    blocks: tuple[FailingBlock, ...]
    following: tuple[FailingBlock, ...] = ()

    @property
    def first(self) -> FailingBlock:
        """The block that stands for all of them."""
        return self.blocks[0]


def failing_blocks(
    programs: Iterable[Program], verdicts: Mapping[SnippetName, Verdict], held: Iterable[SnippetName] = ()
) -> tuple[FailingBlock, ...]:
    """Return every block that does not hold, in the guide's order; each place once.

    A hidden block stands in it only where no shown one fails at its line. `held` names the snippet that
    holds each card back.
    """
    cards_held = Counter(held)
    by_place: dict[tuple[str, int], FailingBlock] = {}
    for snippet, verdict in sorted(_failures(programs, verdicts), key=lambda each: not _is_shown(each[0])):
        block = _failing_block(snippet, verdict, cards_held[snippet.name])
        place = (block.path, block.line)
        told = by_place.setdefault(place, block)
        if told is not block:
            by_place[place] = replace(told, cards_held=told.cards_held + block.cards_held)
    return tuple(sorted(by_place.values(), key=lambda block: (block.path, block.line)))


def failure_causes(failing: Sequence[FailingBlock]) -> tuple[FailureCause, ...]:
    """Return the blocks by cause: what makes most of them fail first, then in the guide's order."""
    by_cause: dict[tuple[Outcome, str], list[FailingBlock]] = defaultdict(list)
    following: dict[tuple[Outcome, str], list[FailingBlock]] = defaultdict(list)
    by_name = {block.snippet: block for block in failing}
    for block in failing:
        first = _first_cause(block, by_name)
        (by_cause if first is block else following)[first.outcome, first.sentence].append(block)
    causes = [FailureCause(tuple(blocks), tuple(following[key])) for key, blocks in by_cause.items()]
    return tuple(sorted(causes, key=lambda cause: -len(cause.blocks)))


def _first_cause(block: FailingBlock, by_name: Mapping[SnippetName, FailingBlock]) -> FailingBlock:
    """Return the failing block that a block follows from in the end; itself where it follows from none."""
    for _ in by_name:
        cause = by_name.get(block.follows) if block.follows else None
        if cause is None:
            break
        block = cause
    return block


class ExcusedBlock(NamedTuple):
    """A block that is not run because the guide says so."""

    path: str
    line: int
    """The block's first."""
    reason: str


def excused_blocks(
    programs: Iterable[Program], verdicts: Mapping[SnippetName, Verdict]
) -> tuple[ExcusedBlock, ...]:
    """Return the shown blocks that do not run because the guide says so, each with its reason."""
    return tuple(
        ExcusedBlock(snippet.span.path, snippet.span.first, _reason(verdict))
        for program in programs
        for snippet in program.snippets
        if _is_shown(snippet)
        and not snippet.directives.is_misread
        and (verdict := verdicts.get(snippet.name))
        and not verdict.outcome.holds
        and is_excused(snippet, verdict)
    )


def _reason(verdict: Verdict) -> str:
    """Return the author's own words, where there are some, for why a block is not run."""
    return verdict.error.removeprefix("Not run: ").rstrip(".")


def misread_blocks(programs: Iterable[Program]) -> int:
    """Return how many shown blocks do not run because nobody knows what their directives ask for."""
    return sum(
        _is_shown(snippet) and snippet.directives.is_misread
        for program in programs
        for snippet in program.snippets
    )


def _failures(
    programs: Iterable[Program], verdicts: Mapping[SnippetName, Verdict]
) -> Iterator[tuple[Snippet, Verdict]]:
    for program in programs:
        for snippet in program.snippets:
            verdict = verdicts.get(snippet.name)
            if verdict and not (verdict.outcome.holds or is_excused(snippet, verdict)):
                yield snippet, verdict


def _failing_block(snippet: Snippet, verdict: Verdict, cards_held: int) -> FailingBlock:
    return FailingBlock(
        snippet.span.path,
        verdict.line or snippet.span.first,
        snippet.name,
        verdict.outcome,
        verdict.error,
        verdict.advice or ("" if verdict.follows else _USUAL_ADVICE.get(verdict.outcome, "")),
        cards_held,
        verdict.follows,
    )


def _is_shown(snippet: Snippet) -> bool:
    return snippet.role is SnippetRole.SHOWN

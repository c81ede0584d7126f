"""What was seen of a snippet under a runtime."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from cards.program.confinement import Confinement
from cards.program.qualifier import QualifierKind
from cards.program.snippet import SnippetName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.program.proof_key import ProofKey
    from cards.program.qualifier import Qualifier
    from cards.program.runtime import Runtime
    from cards.program.snippet import Snippet


class Outcome(StrEnum):
    """The outcome of running a snippet."""

    PASSED = "passed"
    PASSED_WITH_FIXTURES = "passed with fixtures"
    PASSED_SHORTENED = "passed shortened"
    RAISED_AS_EXPECTED = "raised as expected"
    OUTPUT_MISMATCH = "output mismatch"
    FAILED = "failed"
    STALE_API = "stale API"
    NEEDS = "needs something"
    NOT_PYTHON = "not Python"
    SYNTAX_ERROR = "syntax error"
    EARLY_EXIT = "early exit"
    DID_NOT_FINISH = "did not finish"
    TIMED_OUT = "timed out"
    MEMORY_LIMIT = "memory limit"
    OUTPUT_LIMIT = "output limit"
    DISK_LIMIT = "disk limit"
    CRASHED = "crashed"
    NOT_RUN = "not run"

    @property
    def holds(self) -> bool:
        """Whether a card may show the code."""
        return self in _HOLDS

    @property
    def is_repeatable(self) -> bool:
        """Whether another run of the same code under the same versions would end in the same way.

        Limits are met on a busy machine and not on an idle one.
        """
        return self not in _DEPENDS_ON_MACHINE


_HOLDS = frozenset(
    {Outcome.PASSED, Outcome.PASSED_WITH_FIXTURES, Outcome.PASSED_SHORTENED, Outcome.RAISED_AS_EXPECTED}
)


_DEPENDS_ON_MACHINE = frozenset(
    {
        Outcome.TIMED_OUT,
        Outcome.DID_NOT_FINISH,
        Outcome.MEMORY_LIMIT,
        Outcome.DISK_LIMIT,
        Outcome.CRASHED,
    }
)


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """Where a verdict's lines are counted from."""

    own: int
    """The line in which its snippet begins."""
    failed: int
    """The line in which the snippet of the failed line begins."""
    failed_in: SnippetName
    """The snippet of the failed line: mostly its own, else a check or what it called."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was seen of a snippet under a runtime, and what qualifies it."""

    snippet: SnippetName
    key: ProofKey
    outcome: Outcome
    runtime: Runtime
    sentence: str = ""
    """For a person: the last line of the error in plain words and what to do; empty for a clean pass."""
    advice: str = ""
    """The end of that sentence: what to do about it."""
    line: int = 0
    """The guide's line that failed; 0 where none did."""
    output: str = ""
    """What it printed (standard output and tf.print, in order), without a trailing newline."""
    correction: str = ""
    """What the comment at `line` should say; empty where no comment is wrong, or it takes several lines."""
    seconds: float = 0.0
    proved_on: str = ""
    """The local date of the run, ISO."""
    confinement: Confinement = Confinement.FULL
    qualifiers: tuple[Qualifier, ...] = ()
    """What weighs most first."""
    origin: LineOrigin | None = None
    """Where its lines are counted from; None for those of an old lock, which does not say where its code
    stood."""

    @property
    def names_a_line(self) -> bool:
        """Whether it or what qualifies it names a line of the guide."""
        return bool(self.line) or any(each.names_a_line for each in self.qualifiers)

    @property
    def from_snippet(self) -> Verdict:
        """The verdict with its lines counted within snippets, from 1; that of an old lock as it is."""
        if self.origin is None:
            return self
        return self._counted_from(LineOrigin(1, 1, self.origin.failed_in), self.origin)

    def placed(self, snippets: Mapping[SnippetName, Snippet]) -> Verdict:
        """Return the verdict with its lines where they stand in the guide now, given its program's snippets.

        What an old lock says of lines, and of a snippet that is gone, is said of the block's first line.
        """
        own = snippets[self.snippet].span.first or 1
        if self.origin is None:
            moved = tuple(each.with_lines(lambda _: own) for each in self.qualifiers)
            return replace(self, line=own if self.line else 0, qualifiers=moved)
        there = snippets.get(self.origin.failed_in)
        if there is None:
            lost = replace(
                self, line=1 if self.line else 0, origin=LineOrigin(self.origin.own, 1, self.snippet)
            )
            return lost.placed(snippets)
        return self._counted_from(LineOrigin(own, there.span.first or 1, self.origin.failed_in), self.origin)

    def _counted_from(self, new: LineOrigin, old: LineOrigin) -> Verdict:
        if new == old:
            return self
        moved = tuple(each.with_lines(lambda line: line + new.own - old.own) for each in self.qualifiers)
        line = self.line + new.failed - old.failed if self.line else 0
        return replace(self, line=line, qualifiers=moved, origin=new)

    @property
    def hangs_on_chance(self) -> bool:
        """Whether it states an output that another run makes another one."""
        return any(each.kind is QualifierKind.CHANCE_DECIDES_OUTPUT for each in self.qualifiers)

    @property
    def error(self) -> str:
        """The verdict's sentence without its advice."""
        return self.sentence.removesuffix(self.advice).rstrip()

    @property
    def follows(self) -> SnippetName | None:
        """The snippet whose failure makes this one fail; None where it fails by itself."""
        names = (each.text for each in self.qualifiers if each.kind is QualifierKind.CONSEQUENCE)
        return next(map(SnippetName, names), None)


def is_excused(snippet: Snippet, verdict: Verdict) -> bool:
    """Tell whether the author gave a reason (`no-run`, `skip`, `requires`) why the code did not run.

    Code that ran until a line of it failed is not excused by what it requires.
    """
    match verdict.outcome:
        case Outcome.NOT_RUN:
            return True
        case Outcome.NEEDS:
            return bool(snippet.directives.requires) and not verdict.line
        case _:
            return False

"""Decides what hangs on chance: on a seed, the order of hashes, the clock, the host.

Every program runs twice, with two seeds and under two sorts of conditions. What a snippet prints in both runs
is what a reader sees; what fails in one of them does not hold.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from cards.program.qualifier import Qualifier, QualifierKind
from cards.program.verdict import Outcome
from cards.prove.client.run_request import guide_line, locate_line
from cards.prove.decide.classify import Diagnosis
from cards.prove.decide.error_text import error_sentence
from cards.prove.output.claims import claims_output, first_unmet_claim, reads_clock
from cards.prove.output.compare import prints_alike
from cards.prove.process.protocol import RunEnding

if TYPE_CHECKING:
    from cards.program.snippet import Snippet
    from cards.prove.client.transcript import SnippetRun
    from cards.prove.decide.evidence import Evidence

_OTHER_CONDITIONS = "in a second run, with another seed, hash seed, clock and host name"


def second_failure(evidence: Evidence, position: int) -> Diagnosis | None:
    """Return why a snippet that held in the first run does not hold in the second; None where it does."""
    if evidence.second is None:
        return None
    snippet = evidence.program.snippets[position]
    first, second = evidence.snippet_run(position), evidence.second.snippet_runs[position]
    if first.error is not None:
        return _other_exception(snippet, first, second)
    if second.error is not None:
        line = locate_line(evidence.program, second.error.line)[1]
        sentence = f"It ran once, and failed {_OTHER_CONDITIONS}: {error_sentence(second.error)}"
        return Diagnosis(Outcome.FAILED, sentence, "Seed it in the code.", line)
    if second.done or first.syntax is not None:
        return None
    if evidence.second.blamed == position and evidence.second.ending is RunEnding.TIMED_OUT:
        return Diagnosis(Outcome.TIMED_OUT, "It ran once, and a second time was still running at its limit.")
    return Diagnosis(Outcome.DID_NOT_FINISH, "It ran once, and did not end a second time.", "Prove it again.")


def _other_exception(snippet: Snippet, first: SnippetRun, second: SnippetRun) -> Diagnosis | None:
    if first.error is None or (second.error is not None and second.error.type == first.error.type):
        return None
    ended = f"ended in {error_sentence(second.error)}" if second.error else "did not."
    sentence = f"It ended in {first.error.type} once, and {_OTHER_CONDITIONS} {ended}"
    return Diagnosis(Outcome.FAILED, sentence, "Seed it in the code.", snippet.span.last)


def chance_qualifiers(evidence: Evidence, position: int) -> list[Qualifier]:
    """Return the remark on an output that differs between the runs, unless both agree with what is stated."""
    snippet = evidence.program.snippets[position]
    if evidence.second is None or snippet.directives.no_output:
        return []
    first, second = evidence.snippet_run(position), evidence.second.snippet_runs[position]
    if prints_alike(first.printed, second.printed):
        return _chance_of_values(snippet, first, second)
    is_stated = claims_output(snippet, first)
    if is_stated and first_unmet_claim(snippet, second) is None and not reads_clock(snippet.source):
        return []
    kind = QualifierKind.CHANCE_DECIDES_OUTPUT if is_stated else QualifierKind.OUTPUT_VARIES
    return [Qualifier(kind, line=guide_line(snippet, _first_difference(first, second)))]


def _chance_of_values(snippet: Snippet, first: SnippetRun, second: SnippetRun) -> list[Qualifier]:
    """Return the remark on a comment about a value that is another in each run and that nothing prints."""
    if not (first.done and second.done):
        return []
    unmet = [claim for run in (first, second) if (claim := first_unmet_claim(snippet, run))]
    if not unmet or (len(unmet) > 1 and unmet[0] == unmet[1]):
        return []
    return [Qualifier(QualifierKind.CHANCE_DECIDES_OUTPUT, line=guide_line(snippet, unmet[0].line or 1))]


def _first_difference(first: SnippetRun, second: SnippetRun) -> int:
    """Return the line of the first statement that prints something else; 1 where none is known."""
    for one, other in zip_longest(first.statements, second.statements):
        if one is not None and (other is None or not prints_alike(one.printed, other.printed)):
            return one.first
    return 1

"""The status of each code block of a guide, grouped so that a person can act on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from cards.program.qualifier import QualifierKind
from cards.program.snippet import SnippetRole
from cards.program.verdict import Outcome
from cards.prove.decide.taint import stand_in_names, taints_of
from cards.regex import regex
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cards.guide.guide import Guide
    from cards.program.program import Program
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict

_OF_NO_USE_BESIDE_AN_ERROR = frozenset(
    {QualifierKind.FOLLOWING_FAILURE, QualifierKind.SHORTENED, QualifierKind.CONSEQUENCE}
)
_RECOVERY_REMARK = regex(r"<!-- recovered: (?P<kind>\w+); (?P<said>.*?) -->")


class BlockStatus(StrEnum):
    """The status of a block, in the order of a report."""

    RUNS = "still runs"
    USUAL_IMPORTS = "runs with the usual imports"
    """It leaves out imports that every reader knows."""
    STAND_INS = "runs with stand-ins"
    STALE = "stale"
    """It was right once: what it calls is gone from Keras 3 or today's TensorFlow."""
    FAILS = "fails here"
    """It was run, on these versions only, and does not do what the guide says."""
    WRONG = "wrong on any version"
    """No Python parses it."""
    NOT_PYTHON = "not Python"
    NEEDS = "needs something"
    LEFT = "left alone"
    """The guide itself says why it does not run."""


@dataclass(frozen=True, slots=True)
class BlockReport:
    """The report on one block: its status, first error, advice and remarks."""

    condition: BlockStatus
    question: str
    """The title of its question."""
    span: Span
    line: int
    """The guide's line to look at: the one that failed, else the block's first."""
    snippet: SnippetName | None = None
    """None for code that did not parse as Python in the recovered page."""
    error: str = ""
    """The first error, in one line."""
    advice: str = ""
    """What to do about it; for a stale call, what replaced it."""
    stand_ins: tuple[str, ...] = ()
    follows: SnippetName | None = None
    """The block whose failure makes this one fail; None where it fails by itself, or holds."""
    remarks: tuple[str, ...] = ()
    """What else a person should know: further failures, uncertain indentation, definitions never called."""


def report_blocks(
    text: str, guide: Guide, programs: Sequence[Program], verdicts: Mapping[SnippetName, Verdict]
) -> tuple[BlockReport, ...]:
    """Return the report on each proved block of a guide, in the guide's order, given the guide's text."""
    said = _recovery_remarks(text)
    titles: dict[str, str] = {question.slug: question.title for question in guide.questions}
    found = [
        _broken_block_report(guide, line, sentence)
        for line, (kind, sentence) in said.items()
        if kind == "broken" and any(question.span.first <= line for question in guide.questions)
    ]
    for program in programs:
        for position in _reported_positions(program, verdicts):
            snippet = program.snippets[position]
            doubt = said.get(snippet.span.first - 1)
            leaning = stand_in_names(taints_of(program)[position])
            verdict = verdicts[snippet.name]
            title = titles.get(program.name, program.name)
            found.append(_block_report(title, snippet, verdict, leaning, doubt[1] if doubt else ""))
    return _with_first_causes(sorted(found, key=lambda one: one.span.first))


def _with_first_causes(reports: Sequence[BlockReport]) -> tuple[BlockReport, ...]:
    """Return the reports, each consequence with the reported block that is the first cause of it."""
    by_name = {one.snippet: one for one in reports if one.snippet is not None}

    def first_cause(one: BlockReport) -> SnippetName | None:
        cause = by_name.get(one.follows) if one.follows else None
        # Every cause stands before what follows from it.
        return (first_cause(cause) or cause.snippet) if cause else None

    return tuple(replace(one, follows=first_cause(one)) for one in reports)


def block_status(outcome: Outcome, *, with_stand_ins: bool, with_imports: bool = False) -> BlockStatus:
    """Return the status of a block, given the outcome of its run.

    The outcome is that of one runtime. Only what fails under several could be called wrong on any version;
    code that no Python parses is so under one already.
    """
    match outcome:
        case (
            Outcome.PASSED
            | Outcome.PASSED_WITH_FIXTURES
            | Outcome.PASSED_SHORTENED
            | Outcome.RAISED_AS_EXPECTED
        ):
            if with_stand_ins:
                return BlockStatus.STAND_INS
            return BlockStatus.USUAL_IMPORTS if with_imports else BlockStatus.RUNS
        case Outcome.STALE_API:
            return BlockStatus.STALE
        case Outcome.NOT_RUN:
            return BlockStatus.LEFT
        case (
            Outcome.NEEDS
            | Outcome.TIMED_OUT
            | Outcome.MEMORY_LIMIT
            | Outcome.OUTPUT_LIMIT
            | Outcome.DISK_LIMIT
            | Outcome.DID_NOT_FINISH
        ):
            return BlockStatus.NEEDS
        case Outcome.FAILED | Outcome.OUTPUT_MISMATCH | Outcome.EARLY_EXIT | Outcome.CRASHED:
            return BlockStatus.FAILS
        case Outcome.SYNTAX_ERROR:
            return BlockStatus.WRONG
        case Outcome.NOT_PYTHON:
            return BlockStatus.NOT_PYTHON
        case _:
            assert_never(outcome)


def _reported_positions(program: Program, verdicts: Mapping[SnippetName, Verdict]) -> Iterator[int]:
    """Yield the positions of shown snippets, and of hidden ones that fail where no shown snippet says so."""
    known = [verdicts.get(snippet.name) for snippet in program.snippets]
    shown = [snippet.role is SnippetRole.SHOWN for snippet in program.snippets]
    told = any(seen and one and not one.outcome.holds for seen, one in zip(shown, known, strict=True))
    for position, (snippet, verdict) in enumerate(zip(program.snippets, known, strict=True)):
        is_borrowed = snippet.name.startswith(f"{program.name}:") and not snippet.role.is_setup
        is_borrowed |= snippet.role.is_told_elsewhere
        is_told = shown[position] or (verdict is not None and not told and not verdict.outcome.holds)
        if verdict is not None and is_told and not is_borrowed:
            yield position


def _block_report(
    title: str, snippet: Snippet, verdict: Verdict, leaning: tuple[str, ...], doubt: str
) -> BlockReport:
    with_imports = any(each.kind is QualifierKind.USUAL_IMPORTS for each in verdict.qualifiers)
    condition = block_status(verdict.outcome, with_stand_ins=bool(leaning), with_imports=with_imports)
    remarks = [
        qualifier.words_for(snippet.span.path)
        for qualifier in verdict.qualifiers
        if verdict.outcome.holds or qualifier.kind not in _OF_NO_USE_BESIDE_AN_ERROR
    ]
    if doubt and condition in {BlockStatus.FAILS, BlockStatus.WRONG}:
        remarks.append(f"recovered, and {doubt.rstrip('.')}: that may be why")
    return BlockReport(
        condition=condition,
        question=title,
        span=snippet.span,
        line=verdict.line or snippet.span.first,
        snippet=snippet.name,
        error=verdict.error,
        advice=verdict.advice,
        stand_ins=leaning,
        follows=verdict.follows,
        remarks=tuple(remarks),
    )


def _recovery_remarks(text: str) -> dict[int, tuple[str, str]]:
    """Return the (kind, sentence) that `recover` wrote above each block, by the line of the block's fence."""
    lines = text.split("\n")
    found = {}
    for place, line in enumerate(lines):
        if match := _RECOVERY_REMARK.match(line):
            fence = next(
                (below for below in range(place, len(lines)) if lines[below].startswith("```")), None
            )
            if fence is not None:
                found[fence + 1] = (match["kind"], match["said"])
    return found


def _broken_block_report(guide: Guide, line: int, sentence: str) -> BlockReport:
    """Return the report on code that is set as text because no indentation makes it Python."""
    question = next(each for each in reversed(guide.questions) if each.span.first <= line)
    error, _, advice = sentence.partition(". ")
    return BlockReport(
        condition=BlockStatus.WRONG,
        question=question.title,
        span=Span(question.span.path, line, line),
        line=line,
        error=f"{error[:1].upper()}{error[1:]}.",
        advice=advice,
    )

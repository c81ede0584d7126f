"""What each block of a guide is worth today, grouped so that a person can act on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from cards.program.snippet import Role
from cards.program.verdict import Outcome
from cards.prove.decide.taint import leanings, stand_ins
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cards.guide.guide import Guide
    from cards.program.program import Program
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict

_REMARK = re.compile(r"<!-- recovered: (?P<kind>\w+); (?P<said>.*?) -->")


class Condition(StrEnum):
    """What a block is worth, in the order of a report."""

    RUNS = "still runs"
    STAND_INS = "runs with stand-ins"
    STALE = "stale"
    """It was right once: what it calls is gone from Keras 3 or today's TensorFlow."""
    WRONG = "wrong on any version"
    NEEDS = "needs something"
    LEFT = "left alone"
    """The guide itself says why it does not run."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is said of one block."""

    condition: Condition
    question: str
    """The title of its question."""
    span: Span
    line: int
    """The guide's line to look at: the one that failed, else the block's first."""
    snippet: SnippetName | None = None
    """None for code that is no Python in the page itself."""
    error: str = ""
    """The first error, in one line."""
    advice: str = ""
    """What to do about it; for a stale call, what replaced it."""
    stand_ins: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """What else a person should know: further failures, uncertain indentation, definitions never called."""


def assessed(
    text: str, guide: Guide, programs: Sequence[Program], verdicts: Mapping[SnippetName, Verdict]
) -> tuple[Assessment, ...]:
    """Return what is said of each proved block of a guide with this text, in its order."""
    said = _remarks(text)
    titles: dict[str, str] = {question.slug: question.title for question in guide.questions}
    found = [
        _broken(guide, line, sentence)
        for line, (kind, sentence) in said.items()
        if kind == "broken" and any(question.span.first <= line for question in guide.questions)
    ]
    for program in programs:
        for position in _reported(program, verdicts):
            snippet = program.snippets[position]
            doubt = said.get(snippet.span.first - 1)
            leaning = stand_ins(leanings(program)[position])
            verdict = verdicts[snippet.name]
            title = titles.get(program.name, program.name)
            found.append(_assessment(title, snippet, verdict, leaning, doubt[1] if doubt else ""))
    return tuple(sorted(found, key=lambda one: one.span.first))


def condition_of(outcome: Outcome, *, with_stand_ins: bool) -> Condition:
    """Return what an outcome means for the person who wants the code to hold."""
    match outcome:
        case (
            Outcome.PASSED
            | Outcome.PASSED_WITH_FIXTURES
            | Outcome.PASSED_SHORTENED
            | Outcome.RAISED_AS_EXPECTED
        ):
            return Condition.STAND_INS if with_stand_ins else Condition.RUNS
        case Outcome.STALE_API:
            return Condition.STALE
        case Outcome.NOT_RUN:
            return Condition.LEFT
        case (
            Outcome.NEEDS
            | Outcome.TIMED_OUT
            | Outcome.MEMORY_LIMIT
            | Outcome.OUTPUT_LIMIT
            | Outcome.DISK_LIMIT
            | Outcome.DID_NOT_FINISH
        ):
            return Condition.NEEDS
        case (
            Outcome.FAILED
            | Outcome.OUTPUT_MISMATCH
            | Outcome.NOT_PYTHON
            | Outcome.SYNTAX_ERROR
            | Outcome.EARLY_EXIT
            | Outcome.CRASHED
        ):
            return Condition.WRONG
        case _:
            assert_never(outcome)


def _reported(program: Program, verdicts: Mapping[SnippetName, Verdict]) -> Iterator[int]:
    """Yield what a reader sees, and hidden code only where it fails and nothing shown says so."""
    known = [verdicts.get(snippet.name) for snippet in program.snippets]
    shown = [snippet.role is Role.SHOWN for snippet in program.snippets]
    told = any(seen and one and not one.outcome.holds for seen, one in zip(shown, known, strict=True))
    for position, (snippet, verdict) in enumerate(zip(program.snippets, known, strict=True)):
        is_borrowed = snippet.name.startswith(f"{program.name}:") and not snippet.role.prepares
        is_told = shown[position] or (verdict is not None and not told and not verdict.outcome.holds)
        if verdict is not None and is_told and not is_borrowed:
            yield position


def _assessment(
    title: str, snippet: Snippet, verdict: Verdict, leaning: tuple[str, ...], doubt: str
) -> Assessment:
    condition = condition_of(verdict.outcome, with_stand_ins=bool(leaning))
    of_no_use = () if verdict.outcome.holds else ("follows from it", "shortened")
    remarks = [note for note in verdict.notes if not note.startswith(of_no_use)]
    if doubt and condition is Condition.WRONG:
        remarks.append(f"recovered, and {doubt.rstrip('.')}: that may be why")
    return Assessment(
        condition=condition,
        question=title,
        span=snippet.span,
        line=verdict.line or snippet.span.first,
        snippet=snippet.name,
        error=verdict.error,
        advice=verdict.advice,
        stand_ins=leaning,
        remarks=tuple(remarks),
    )


def _remarks(text: str) -> dict[int, tuple[str, str]]:
    """Return what `recover` wrote above blocks: (its kind, the sentence) by the line of the block's fence."""
    lines = text.split("\n")
    found = {}
    for place, line in enumerate(lines):
        if match := _REMARK.match(line):
            fence = next(
                (below for below in range(place, len(lines)) if lines[below].startswith("```")), None
            )
            if fence is not None:
                found[fence + 1] = (match["kind"], match["said"])
    return found


def _broken(guide: Guide, line: int, sentence: str) -> Assessment:
    """Return what is said of code that is set as text because no indentation makes it Python."""
    question = next(each for each in reversed(guide.questions) if each.span.first <= line)
    error, _, advice = sentence.partition(". ")
    return Assessment(
        condition=Condition.WRONG,
        question=question.title,
        span=Span(question.span.path, line, line),
        line=line,
        error=f"{error[:1].upper()}{error[1:]}.",
        advice=advice,
    )

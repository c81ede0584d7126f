"""What hidden checks say of a learner's answer, in words for the learner."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cards.errors import ProofError
from cards.prove.decide.judge import left_alone
from cards.prove.decide.words import in_words
from cards.prove.examine import read_report
from cards.prove.process.protocol import Report
from cards.prove.request import Errand, keras_of, place

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.prove.request import Surroundings
    from cards.prove.transcript import Flaw, Transcript

_IN_GRAPH = re.compile(r'File ".*?answer\.py", line (\d+)')
_ENDED = "It ended the process."
_STOPPED = {
    "memory": "It took more memory than it may have.",
    "output": "It printed more than it may.",
    "disk": "It wrote more than it may.",
    "tasks": "It started more threads than it may have.",
    "signal": "It crashed Python itself.",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of the answer itself, or of one check on it."""

    passed: bool
    sentence: str = ""
    """What went wrong; empty where it passed or was never reached."""
    line: int = 0
    """The answer's own line that it went wrong in, from 1; 0 for none."""
    ran: bool = True
    """Whether it was reached at all."""
    printed: str = ""
    """What was printed meanwhile."""


NOT_RUN = Mark(passed=False, ran=False)


@dataclass(frozen=True, slots=True)
class Marks:
    """What became of an answer."""

    answer: Mark
    checks: tuple[Mark, ...]
    """One a check, in order; where the answer itself fails, none of them passes."""

    @property
    def right(self) -> bool:
        """Whether the answer and every check passed."""
        return self.answer.passed and all(check.passed for check in self.checks)


Grading: TypeAlias = Generator[Errand, Report, Marks]


def grade(program: Program, surroundings: Surroundings) -> Grading:
    """Run a program with an answer in it once; raises ProofError where it cannot be run here at all."""
    for snippet in program.snippets:
        if (why := left_alone(snippet, surroundings)) is not None:
            raise ProofError(f"This cannot be graded here. {why[1]}")
    errand = Errand(program, keras_of(program.snippets), "prove", frozenset())
    transcript = read_report((yield errand), errand)
    answer = program.answer or 0
    for position in range(answer):
        if transcript.pieces[position].error is not None:
            name = program.snippets[position].name
            raise ProofError(
                f"What stands before the answer fails ({name}). Prove the guide, then try again."
            )
    own = _mark(program, transcript, answer, surroundings)
    behind = range(answer + 1, len(program.snippets))
    checks = tuple(
        _mark(program, transcript, position, surroundings) if own.passed else NOT_RUN for position in behind
    )
    return Marks(own, checks)


def _mark(program: Program, transcript: Transcript, position: int, surroundings: Surroundings) -> Mark:
    """Judge one piece: only one that was passed, in a run that came to its end, counts."""
    piece = transcript.pieces[position]
    flaw = piece.syntax or piece.error
    if piece.changed:
        sentence, line = f"It changes {piece.changed}, which the checks rely on.", 0
    elif flaw is not None:
        sentence, line = _told(flaw), _line(program, flaw)
    elif transcript.finished or position < transcript.blamed:
        return Mark(passed=True, printed=piece.printed) if piece.done else NOT_RUN
    elif position > transcript.blamed:
        return NOT_RUN
    else:
        own = program.snippets[position].directives.timeout_seconds
        late = f"It was still running after {own or surroundings.options.timeout_seconds:g} seconds."
        return Mark(passed=False, sentence=(_STOPPED | {"timed out": late}).get(transcript.ending, _ENDED))
    return Mark(passed=False, sentence=sentence, line=line, printed=piece.printed)


def _told(flaw: Flaw) -> str:
    """Return the error in one sentence; a check's own message needs no name of an exception."""
    if "SyntaxError" in flaw.lineage:
        return f"It does not parse: {flaw.text.split(' (answer.py')[0]}."
    if flaw.type == "SystemExit":
        return "It ends the interpreter: take the exit out."
    if flaw.type == "AssertionError":
        return _sentence(in_words(flaw).removeprefix("AssertionError: ")) if flaw.text.strip() else ""
    return in_words(flaw)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _line(program: Program, flaw: Flaw) -> int:
    """Return the answer's own line; an error in a traced function names its lines in its text."""
    lines = [flaw.line, *(int(line) for line in reversed(_IN_GRAPH.findall(flaw.text)))]
    for line in lines:
        snippet, own = place(program, line)
        if snippet is not None and snippet is program.snippets[program.answer or 0]:
            return own
    return 0

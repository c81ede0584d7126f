"""Judges an answer to a coding task by its hidden checks, in words for the learner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.errors import ProofError, parse_error_sentence
from cards.prove.client.run_request import RunRequest, keras_of, locate_line
from cards.prove.client.transcript import read_report
from cards.prove.decide.error_text import error_sentence
from cards.prove.decide.not_run import reason_not_run
from cards.prove.process.protocol import RunEnding, RunMode
from cards.regex import regex

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import ExceptionInfo, Transcript

_ANSWER_LINE_IN_TRACE = regex(r'File ".*?answer\.py", line (\d+)')
_ENDED_SENTENCE = "It ended the process."
_STOPPED_SENTENCES = {
    RunEnding.MEMORY: "It took more memory than it may have.",
    RunEnding.OUTPUT: "It printed more than it may.",
    RunEnding.DISK: "It wrote more than it may.",
    RunEnding.TASKS: "It started more threads than it may have.",
    RunEnding.SIGNAL: "It crashed Python itself.",
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether the answer itself, or one check on it, passed, and what went wrong."""

    passed: bool
    sentence: str = ""
    """What went wrong; empty where it passed or was never reached."""
    line: int = 0
    """The answer's own line that it went wrong in, from 1; 0 for none."""
    ran: bool = True
    """Whether it was reached at all."""
    printed: str = ""
    """What was printed meanwhile."""


NOT_REACHED = CheckResult(passed=False, ran=False)


@dataclass(frozen=True, slots=True)
class TaskResult:
    """The results of an answer to a coding task: its own and its checks'."""

    answer: CheckResult
    checks: tuple[CheckResult, ...]
    """One a check, in order; where the answer itself fails, none of them passes."""

    @property
    def right(self) -> bool:
        """Whether the answer and every check passed."""
        return self.answer.passed and all(check.passed for check in self.checks)


def judge_task(program: Program, context: ProverContext) -> Runs[TaskResult]:
    """Run a program with an answer in it once and judge it; raises ProofError where it cannot run here."""
    for snippet in program.snippets:
        if (reason := reason_not_run(snippet, context)) is not None:
            raise ProofError(f"This cannot be graded here. {reason.sentence}")
    request = RunRequest(program, keras_of(program), RunMode.STOP_AT_ERROR, frozenset())
    transcript = read_report((yield request), request)
    answer = program.answer or 0
    for position in range(answer):
        if transcript.snippet_runs[position].error is not None:
            name = program.snippets[position].name
            raise ProofError(
                f"What stands before the answer fails ({name}). Prove the guide, then try again."
            )
    own = _check_result(program, transcript, answer, context)
    check_positions = range(answer + 1, len(program.snippets))
    checks = tuple(
        _check_result(program, transcript, position, context) if own.passed else NOT_REACHED
        for position in check_positions
    )
    return TaskResult(own, checks)


def _check_result(
    program: Program, transcript: Transcript, position: int, context: ProverContext
) -> CheckResult:
    """Return a snippet's result: passed if it ran to its end without an error and changed no library."""
    snippet_run = transcript.snippet_runs[position]
    error = snippet_run.syntax or snippet_run.error
    if snippet_run.changed:
        sentence, line = f"It changes {snippet_run.changed}, which the checks rely on.", 0
    elif error is not None:
        sentence, line = _failure_sentence(error), _answer_line(program, error)
    elif transcript.finished or position < transcript.blamed:
        return CheckResult(passed=True, printed=snippet_run.printed) if snippet_run.done else NOT_REACHED
    elif position > transcript.blamed:
        return NOT_REACHED
    else:
        own = program.snippets[position].directives.timeout_seconds
        late = f"It was still running after {own or context.options.timeout_seconds:g} seconds."
        sentences = _STOPPED_SENTENCES | {RunEnding.TIMED_OUT: late}
        return CheckResult(passed=False, sentence=sentences.get(transcript.ending, _ENDED_SENTENCE))
    return CheckResult(passed=False, sentence=sentence, line=line, printed=snippet_run.printed)


def _failure_sentence(error: ExceptionInfo) -> str:
    """Return an error in one sentence; of a failed assertion only the check's own message."""
    if "SyntaxError" in error.class_names:
        return parse_error_sentence(error.text.split(" (answer.py")[0])
    if error.type == "SystemExit":
        return "It ends the interpreter: take the exit out."
    if error.type == "AssertionError":
        return (
            _capitalised(error_sentence(error).removeprefix("AssertionError: ")) if error.text.strip() else ""
        )
    return error_sentence(error)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _answer_line(program: Program, error: ExceptionInfo) -> int:
    """Return the answer's line that an error passed, or that its text names (in a traced function)."""
    lines = [error.line, *(int(line) for line in reversed(_ANSWER_LINE_IN_TRACE.findall(error.text)))]
    for line in lines:
        snippet, own = locate_line(program, line)
        if snippet is not None and snippet is program.snippets[program.answer or 0]:
            return own
    return 0

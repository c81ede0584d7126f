"""Runs code as cards display it, each in a process of its own, and says where a card is not borne out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from cards.program.displayed_code import DisplayedVerdict, Expectation
from cards.program.snippet import ExpectedException
from cards.prove.client.run_request import RunRequest, keras_of
from cards.prove.client.transcript import read_report
from cards.prove.decide.error_text import error_sentence
from cards.prove.decide.expected_exception import is_expected
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.output.compare import agree
from cards.prove.process.protocol import RunEnding, RunMode
from cards.prove.sandbox.refusal import NO_PRIVATE_NETWORK

if TYPE_CHECKING:
    from cards.program.displayed_code import DisplayedCode, DisplayKey
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import Snippet
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import ExceptionInfo, ObservedValue, SnippetRun, Transcript

_SHOWN_LENGTH = 60
"""The characters of an output that a sentence quotes."""


@dataclass(frozen=True, slots=True)
class DisplayedProgram:
    """A program that ends in a card's displayed code, with what the card says of it."""

    card: str
    """The card's key."""
    key: DisplayKey
    program: Program
    code: DisplayedCode
    runtime: Runtime | None = None
    """What the key is made for."""


@dataclass(frozen=True, slots=True)
class DisplayRequest:
    """The cards of one question whose displayed code is to be run."""

    name: str
    """The question's slug."""
    cards: tuple[DisplayedProgram, ...]

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The snippets of all their programs."""
        return tuple(snippet for card in self.cards for snippet in card.program.snippets)


def run_displayed(request: DisplayRequest, context: ProverContext) -> Runs[tuple[DisplayedVerdict, ...]]:
    """Run each card's displayed code alone; return a verdict for each that can run here."""
    verdicts = []
    for card in request.cards:
        verdict = yield from _run_card(card, context)
        if verdict is not None:
            verdicts.append(verdict)
    return tuple(verdicts)


def _run_card(card: DisplayedProgram, context: ProverContext) -> Runs[DisplayedVerdict | None]:
    program = card.program
    not_run = frozenset(reasons_not_run(program, context))
    last = len(program.snippets) - 1
    if last in not_run:
        return None
    request = RunRequest(
        program,
        keras_of(program, not_run),
        RunMode.STOP_AT_ERROR,
        not_run,
        seed=_seed(program),
        captures=card.code.expects in {Expectation.SHAPE, Expectation.DTYPE},
    )
    report = yield request
    if NO_PRIVATE_NETWORK in report["trouble"]:
        return None
    transcript = read_report(report, request)
    fault = _fault(card.code, program, transcript)
    is_repeatable = transcript.ending is RunEnding.EXITED
    return DisplayedVerdict(card.card, card.key, fault, is_repeatable, card.runtime)


def _seed(program: Program) -> int:
    """Return another seed than proofs run with, unless the author asks for one.

    So a card whose seed was left off does not print the right thing by chance.
    """
    return 0 if any(snippet.directives.seed is not None for snippet in program.snippets) else 1


def _fault(code: DisplayedCode, program: Program, transcript: Transcript) -> str:
    """Return why the card is not borne out by the run of its code, or an empty text."""
    *given, shown = transcript.snippet_runs
    if not transcript.finished:
        return "the code on the card does not come to its end"
    for setup in given:
        if setup.error is not None or not setup.done:
            return "what is given for the code on the card does not run"
    if shown.syntax is not None:
        return "the code on the card does not parse"
    tolerance = program.snippets[-1].directives.tolerance
    match code.expects:
        case Expectation.RAISES:
            return _exception_fault(code, shown.error)
        case _ if shown.error is not None:
            return _error_fault(shown.error)
        case Expectation.PRINTS:
            if agree(code.text, shown.printed, tolerance):
                return ""
            return (
                f"the code on the card prints {_quote(shown.printed)}, but its answer is {_quote(code.text)}"
            )
        case Expectation.SHAPE | Expectation.DTYPE:
            return _value_fault(code, shown)
        case _:
            assert_never(code.expects)


def _exception_fault(code: DisplayedCode, error: ExceptionInfo | None) -> str:
    if error is None:
        return f"the code on the card raises nothing, but its answer is {code.name}"
    if not is_expected(ExpectedException(code.name, code.text), error):
        return f"the code on the card ends in {_quote(error_sentence(error))}, but its answer is {code.name}"
    return ""


def _error_fault(error: ExceptionInfo) -> str:
    if "NameError" in error.class_names and error.name:
        return f"no line on the card binds `{error.name}`"
    return f"the code on the card fails: {_quote(error_sentence(error))}"


def _value_fault(code: DisplayedCode, shown: SnippetRun) -> str:
    value: ObservedValue | None = dict(shown.statements[-1].bound).get(code.name)
    found = "" if value is None else value.shape if code.expects is Expectation.SHAPE else value.dtype
    if found == code.text:
        return ""
    return (
        f"the code on the card gives `{code.name}` the {code.expects} {found}, but its answer is {code.text}"
    )


def _quote(text: str) -> str:
    """Return a text as a sentence quotes it: on one line, and not long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN_LENGTH else line[: _SHOWN_LENGTH - 1] + '…'}”"

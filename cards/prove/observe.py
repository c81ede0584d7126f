"""What each statement of a program shows: values, shapes, printed text, exceptions. Cards ask for these."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

from cards.prove.decide.judge import left_alone
from cards.prove.examine import read_report
from cards.prove.process.protocol import Report
from cards.prove.request import Errand, keras_of
from cards.prove.transcript import PieceRun, Statement, Transcript

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.prove.request import Surroundings
    from cards.prove.transcript import Value

Observation: TypeAlias = Generator[Errand, Report, Transcript]

_Named: TypeAlias = "tuple[tuple[str, Value], ...]"

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b")


def observe(program: Program, surroundings: Surroundings) -> Observation:
    """Run a program twice, with two seeds, and return what both runs agree on.

    The first error of a snippet ends it. Snippets that may not run here have an empty PieceRun.
    """
    if len(left_out_of(program, surroundings)) == len(program.snippets):
        nothing = tuple(PieceRun() for _ in program.snippets)
        return Transcript(nothing, "exited", 0, True, 0, 0, False, (), 0.0)  # noqa: FBT003 - an empty run
    first = yield from attempt(Trial(program, 0), surroundings)
    second = yield from attempt(Trial(program, 1), surroundings)
    return steady(first, second)


def left_out_of(program: Program, surroundings: Surroundings) -> frozenset[int]:
    """Return the positions of the snippets that may not run here."""
    return frozenset(
        position for position, snippet in enumerate(program.snippets) if left_alone(snippet, surroundings)
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """A program to be run once, its values looked at."""

    program: Program
    seed: int = 0

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name


def attempt(trial: Trial, surroundings: Surroundings) -> Observation:
    """Run a program once and return all that it showed; the first error of a snippet ends it."""
    program = trial.program
    left_out = left_out_of(program, surroundings)
    keras = keras_of(snippet for place, snippet in enumerate(program.snippets) if place not in left_out)
    errand = Errand(program, keras, "prove", left_out, seed=trial.seed, captures=True)
    return read_report((yield errand), errand)


def steady(first: Transcript, second: Transcript) -> Transcript:
    """Return the first run without the texts and values that the second one did not show too."""
    pieces = tuple(_steady_piece(one, other) for one, other in zip(first.pieces, second.pieces, strict=True))
    return replace(first, pieces=pieces, finished=first.finished and second.finished)


def _steady_piece(one: PieceRun, other: PieceRun) -> PieceRun:
    statements = tuple(
        _steady_statement(statement, again)
        for statement, again in zip_longest(one.statements, other.statements[: len(one.statements)])
    )
    is_alike = one.printed == other.printed and not _ADDRESS.search(one.printed)
    return replace(
        one,
        statements=statements,
        printed=one.printed if is_alike else "",
        done=one.done and other.done,
        left=_steady_names(one.left, other.left),
    )


def _steady_statement(one: Statement, other: Statement | None) -> Statement:
    if other is None:
        return replace(one, printed="", value=None, bound=())
    is_alike = one.printed == other.printed and not _ADDRESS.search(one.printed)
    return replace(
        one,
        printed=one.printed if is_alike else "",
        value=_steady_value(one.value, other.value),
        bound=_steady_names(one.bound, other.bound),
    )


def _steady_names(one: _Named, other: _Named) -> _Named:
    again = dict(other)
    found = ((name, _steady_value(value, again.get(name))) for name, value in one)
    return tuple((name, value) for name, value in found if value is not None)


def _steady_value(one: Value | None, other: Value | None) -> Value | None:
    """Return a value with the parts that stay: random numbers keep their shape and dtype."""
    if one is None or other is None or one.type != other.type:
        return None
    stays = one.text is not None and one.text == other.text and not _ADDRESS.search(one.text)
    return replace(
        one,
        text=one.text if stays else None,
        shape=one.shape if one.shape == other.shape else "",
        dtype=one.dtype if one.dtype == other.dtype else "",
        numbers=one.numbers if one.numbers == other.numbers else (),
        build=one.build if one.build == other.build else "",
    )

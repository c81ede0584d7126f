"""What a proof key digests: what somebody wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest

from cards.exercise.measurement import measure_key
from cards.program.program import Program
from cards.program.proof_key import program_facts, proof_key
from cards.program.runtime import Runtime
from cards.program.snippet import ExpectedException, KerasFlavour, RunDirectives, Snippet, SnippetRole
from tests.builders.program import program, snippet
from tests.builders.verdict import HERE


@dataclass(frozen=True, slots=True)
class LaterDirectives(RunDirectives):
    """The directives of a later version, which knows one more."""

    precision: str = ""


@dataclass(frozen=True, slots=True)
class LaterSnippet(Snippet):
    """A snippet of a later version."""

    caption: str | None = None


@dataclass(frozen=True, slots=True)
class LaterProgram(Program):
    """A program of a later version."""

    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaterRuntime(Runtime):
    """The versions of a later version."""

    cuda: str = ""


def later_program(old: Program, directives: LaterDirectives) -> LaterProgram:
    """Return a later version's program of the same code, its last snippet with these directives."""
    snippets = tuple(
        LaterSnippet(part.name, part.source, part.role, LaterDirectives(), part.stated, part.span)
        for part in old.snippets
    )
    last = replace(snippets[-1], directives=directives)
    return LaterProgram(old.name, (*snippets[:-1], last), old.files)


PROGRAM = program("x = 1", snippet("print(x)", RunDirectives(seed=1), stated="1"), files=(("a.txt", "text"),))
LATER_HERE = LaterRuntime(HERE.python, HERE.tensorflow, HERE.keras, HERE.packages)


def test_a_directive_that_nobody_wrote_changes_no_key() -> None:
    later = later_program(PROGRAM, LaterDirectives(seed=1))
    assert proof_key(later, 1, LATER_HERE) == proof_key(PROGRAM, 1, HERE)
    assert measure_key(later, 1, LATER_HERE) == measure_key(PROGRAM, 1, HERE)


def test_a_directive_that_somebody_wrote_changes_the_key() -> None:
    later = later_program(PROGRAM, LaterDirectives(seed=1, precision="mixed"))
    assert proof_key(later, 1, LATER_HERE) != proof_key(PROGRAM, 1, HERE)
    assert measure_key(later, 1, LATER_HERE) != measure_key(PROGRAM, 1, HERE)


def test_only_what_was_written_is_digested() -> None:
    bare = snippet("x = 1", name="question#1")
    full = snippet(
        "print(x)", RunDirectives(raises=ExpectedException("KeyError")), role=SnippetRole.CHECK, stated=""
    )
    assert json.loads(program_facts(program(bare), 0)) == [[{"source": "x = 1"}], {}]
    assert json.loads(program_facts(replace(PROGRAM, snippets=(bare, full)), 1, 7)) == [
        [
            {"source": "x = 1"},
            {
                "source": "print(x)",
                "role": "check",
                "directives": {"raises": {"exception": "KeyError"}},
                "stated": "",
            },
        ],
        {"files": [["a.txt", "text"]]},
        7,
    ]


WRITTEN: dict[str, Any] = {
    "no_run": "slow",
    "skip": "old",
    "fixtures": ("a",),
    "files": (("a.txt", "a"),),
    "continues": True,
    "raises": ExpectedException("KeyError"),
    "syntax_error": True,
    "tolerance": 0.0,
    "no_output": True,
    "timeout_seconds": 0.0,
    "shrink": (("epochs", 2),),
    "keras": KerasFlavour.KERAS_2,
    "env": (("A", "b"),),
    "seed": 0,
    "requires": ("gpu",),
    "loopback": True,
}


@pytest.mark.parametrize("name", [field.name for field in fields(RunDirectives)])
def test_every_directive_counts(name: str) -> None:
    said = program(snippet("print(x)", replace(RunDirectives(), **{name: WRITTEN[name]})))
    assert proof_key(said, 0, HERE) != proof_key(program(snippet("print(x)")), 0, HERE)


def test_keys_are_the_same_in_every_version() -> None:
    assert proof_key(PROGRAM, 1, HERE) == "cd4658fe341bdc3eabec3a07"

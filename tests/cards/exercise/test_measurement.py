"""When code is measured again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cards.exercise.measurement import measure_key
from cards.program.snippet import RunDirectives, SnippetRole
from tests.builders.program import program, snippet
from tests.builders.verdict import HERE

if TYPE_CHECKING:
    from cards.program.runtime import Runtime

PROGRAM = program("x = 1", "print(x)", files=(("a.txt", "text"),))
KEY = measure_key(PROGRAM, 1, HERE)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(program("x = 2", "print(x)", files=PROGRAM.files), id="code before it"),
        pytest.param(program("x = 1", "print( x)", files=PROGRAM.files), id="its code"),
        pytest.param(replace(PROGRAM, files=(("a.txt", "words"),)), id="a file"),
        pytest.param(
            replace(PROGRAM, snippets=(PROGRAM.snippets[0], snippet("print(x)", RunDirectives(seed=1)))),
            id="a directive",
        ),
        pytest.param(
            replace(PROGRAM, snippets=(PROGRAM.snippets[0], snippet("print(x)", stated="1"))),
            id="what it is said to print",
        ),
    ],
)
def test_it_is_measured_again_after_a_change_of(other: object) -> None:
    assert measure_key(other, 1, HERE) != KEY  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("runtime", "is_same"),
    [
        (replace(HERE, python="3.13"), True),
        (replace(HERE, packages=(("numpy", "3.0"),)), True),
        (replace(HERE, tensorflow="2.22.0"), False),
        (replace(HERE, keras="3.16.0"), False),
    ],
)
def test_another_python_changes_nothing_but_another_tensorflow_does(
    runtime: Runtime, *, is_same: bool
) -> None:
    assert (measure_key(PROGRAM, 1, runtime) == KEY) == is_same


def test_what_comes_after_it_and_what_stands_in_other_lines_changes_nothing() -> None:
    check = snippet("assert x", role=SnippetRole.CHECK)
    longer = replace(PROGRAM, snippets=(*PROGRAM.snippets, check))
    moved = replace(PROGRAM, snippets=(PROGRAM.snippets[0], snippet("print(x)", first=7, name="question#2")))
    assert measure_key(longer, 1, HERE) == measure_key(moved, 1, HERE) == KEY

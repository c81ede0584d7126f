"""When code is measured again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cards.exercise.measurement import SnippetMeasurement, lacks_gaps_for, measure_key, valid_keys
from cards.exercise.worth_asking import GapWords, gaps_to_look_for
from cards.program.snippet import RunDirectives, SnippetName, SnippetRole
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


@pytest.mark.parametrize(
    ("first", "edited", "is_same"),
    [
        pytest.param("y = [1]\nprint(y)", "y = [2]\nprint(y)", True, id="other names alone"),
        pytest.param(
            "def f():\n    return 1", "def f():\n    return 2", True, id="a function that it never calls"
        ),
        pytest.param("x = 1", "x = 2", False, id="a name that it reads"),
        pytest.param("z = 1\nx = z", "z = 2\nx = z", False, id="a name that another name is made of"),
        pytest.param("import numpy as np", "import jax.numpy as np", False, id="an import that it uses"),
        pytest.param(
            "import numpy\nnumpy.set_printoptions(2)",
            "import numpy\nnumpy.set_printoptions(3)",
            False,
            id="a setting of a library",
        ),
        pytest.param(
            "import os\nos.environ['A'] = '1'",
            "import os\nos.environ['A'] = '2'",
            False,
            id="the environment",
        ),
        pytest.param("open('a', 'w').write('1')", "open('a', 'w').write('2')", False, id="a file"),
        pytest.param("%time y = 1", "%time y = 2", False, id="what is no Python"),
    ],
)
def test_it_hangs_on_the_blocks_that_can_change_it(first: str, edited: str, *, is_same: bool) -> None:
    last = "import numpy as np\nprint(np.sum(x))"
    programs = [program(each, "x = 7" if "x =" not in each else "w = 1", last) for each in (first, edited)]
    one, other = [measure_key(each, 2, HERE) for each in programs]
    assert (one == other) is is_same


def test_locks_are_known_by_the_keys_that_they_had_for_whole_programs() -> None:
    given = program("y = [1]", "x = 2", "print(x)")
    assert valid_keys(given, 2, HERE)[0] == measure_key(given, 2, HERE)
    assert len(valid_keys(given, 2, HERE)) == 2
    assert valid_keys(PROGRAM, 1, HERE) == (KEY,)


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        pytest.param(GapWords(is_predicted=True), False, id="the same words"),
        pytest.param(GapWords(("x",), is_predicted=True), False, id="a name that is no gap"),
        pytest.param(GapWords(("pad",), is_predicted=True), True, id="a call that the words name now"),
        pytest.param(GapWords(), True, id="no card that asks what it prints"),
        pytest.param(GapWords(("pad",), is_unasked=True), False, id="no card that asks for a gap"),
    ],
)
def test_gaps_are_looked_for_again_where_other_words_ask_for_others(words: GapWords, *, lacks: bool) -> None:
    source = "print(tf.pad(x, paddings))"
    before = GapWords(is_predicted=True)
    measured = SnippetMeasurement(SnippetName("q#1"), KEY, printed="[0 1 0]", words=before)
    assert lacks_gaps_for(measured, source, words) == lacks
    assert lacks_gaps_for(replace(measured, lacks_gaps=True), source, before)
    assert not lacks_gaps_for(replace(measured, words=None), source, words), "an old lock"
    assert not lacks_gaps_for(replace(measured, printed=""), source, words)


def test_no_gap_is_looked_for_where_no_card_asks_for_one_until_a_card_does() -> None:
    source = "print(tf.sort(x, axis=0))"
    unasked = GapWords(is_unasked=True)
    measured = SnippetMeasurement(SnippetName("q#1"), KEY, printed="[0 1]", words=unasked)
    assert gaps_to_look_for(source, unasked, "[0 1]") == ()
    assert not lacks_gaps_for(replace(measured, lacks_gaps=True), source, unasked)
    assert not lacks_gaps_for(replace(measured, words=GapWords()), source, unasked), "an older lock"
    assert lacks_gaps_for(measured, source, GapWords())

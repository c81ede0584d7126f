"""What a store keeps of a gap: all that is needed to run it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cards.exercise.exercise import Exercise, exercise_from_json, exercise_of, exercise_to_json
from cards.exercise.gap import Gap, GapKind
from cards.program.program import Program
from cards.program.snippet import (
    ExpectedException,
    KerasFlavour,
    RunDirectives,
    Snippet,
    SnippetName,
    SnippetRole,
)
from tests.builders.program import program, snippet

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple)
DIRECTIVES = st.builds(
    RunDirectives,
    no_run=TEXTS,
    skip=TEXTS,
    fixtures=st.lists(TEXTS, max_size=2).map(tuple),
    files=PAIRS,
    continues=st.booleans(),
    raises=st.none() | st.builds(ExpectedException, TEXTS, TEXTS),
    tolerance=st.none() | st.floats(0, 1),
    timeout_seconds=st.none() | st.floats(1, 60),
    shrink=st.lists(st.tuples(TEXTS, st.integers(0, 9)), max_size=2).map(tuple),
    keras=st.sampled_from(KerasFlavour),
    env=PAIRS,
    seed=st.none() | st.integers(0, 9),
    requires=st.lists(TEXTS, max_size=2).map(tuple),
    loopback=st.booleans(),
)
SNIPPETS = st.builds(
    Snippet,
    name=TEXTS.map(SnippetName),
    source=TEXTS,
    role=st.sampled_from(SnippetRole),
    directives=DIRECTIVES,
    stated=st.none() | TEXTS,
)
GAPS = st.builds(
    Gap,
    st.sampled_from(GapKind),
    st.integers(1, 9),
    st.integers(0, 9),
    st.integers(9, 20),
    TEXTS,
)
EXERCISES = st.builds(
    Exercise,
    st.builds(
        Program,
        TEXTS,
        st.lists(SNIPPETS, min_size=1, max_size=3).map(tuple),
        PAIRS,
        requires=st.lists(TEXTS, max_size=2).map(tuple),
        python=TEXTS,
    ),
    st.just(0),
    GAPS,
)
GAP = Gap(GapKind.ARGUMENT, 1, 0, 1, "x")


@given(EXERCISES)
def test_an_exercise_that_is_written_and_read_is_the_same(exercise: Exercise) -> None:
    text = exercise_to_json(exercise)
    assert exercise_from_json(text) == exercise
    assert "\n" not in text


def test_an_exercise_ends_with_the_checks_of_its_block() -> None:
    check = snippet("assert x", role=SnippetRole.CHECK, name="q#2")
    whole = program(
        "x = 1", check, "y = 2", snippet("assert y", role=SnippetRole.CHECK, name="q#4"), name="q"
    )
    first, last = exercise_of(SnippetName("q#1"), GAP, [whole]), exercise_of(SnippetName("q#3"), GAP, [whole])
    assert first is not None
    assert last is not None
    assert (first.program, first.position, first.source) == (
        replace(whole, snippets=whole.snippets[:2]),
        0,
        "x = 1",
    )
    assert (last.program, last.position) == (whole, 2)
    assert exercise_of(SnippetName("q#9"), GAP, [whole]) is None


def test_an_exercise_takes_along_a_check_behind_a_fixture() -> None:
    fixture = snippet("expected = 1", role=SnippetRole.FIXTURE, name="q:fixture:values")
    check = snippet("assert x == expected", role=SnippetRole.CHECK, name="q#2")
    later = snippet("z = 1", role=SnippetRole.FIXTURE, name="q:fixture:later")
    whole = program("x = 1", fixture, check, later, "y = z", name="q")
    exercise = exercise_of(SnippetName("q#1"), GAP, [whole])
    assert exercise is not None
    assert exercise.program.snippets == whole.snippets[:3]

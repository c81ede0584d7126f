"""The same program over other data."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import pytest
from hypothesis import given

from cards.exercise.candidates import gap_candidates
from cards.exercise.variant import program_variants, with_named_values
from cards.program.snippet import SnippetRole
from tests.builders.exercise import gap_of
from tests.builders.program import program, snippet
from tests.cards.exercise.test_gap import CODE


def sources(source: str, piece: str) -> list[str]:
    """Return the program's code over other data."""
    given = program(source)
    return [other.snippets[0].source for other in program_variants(given, 0, gap_of(source, piece))]


@pytest.mark.parametrize(
    ("data", "others"),
    [
        ("x = tf.constant([1.0, 2.0])", ["x = tf.constant([3.0, 6.0])"]),
        ("x = tf.constant([[1], [-2]], tf.int32)", ["x = tf.constant([[3], [-6]], tf.int32)"]),
        ("x = tf.Variable(3)", ["x = tf.Variable(7)"]),
        ("größe, x = 'äöü', np.array([5])", ["größe, x = 'äöü', np.array([11])"]),
        ("x = tf.range(10)", ["x = tf.range(11)"]),
        ("x = ops.zeros((2, 3))", ["x = ops.ones((2, 3))"]),
        ("x = tf.constant([1]) + tf.range(4)", ["x = tf.constant([3]) + tf.range(4)", "x = tf.constant([1]) + tf.range(5)", "x = tf.constant([3]) + tf.range(5)"]),
        ("x = tf.constant([True, 'a'])", []),
        ("x = tf.constant(\n    [1.0,\n     2.0])", ["x = tf.constant(\n    [3.0,\n     6.0])"]),
        ("x = random.normal((2, 3))", []),
    ],
)  # fmt: skip
def test_the_numbers_of_the_example_are_others(data: str, others: list[str]) -> None:
    line = "y = tf.sort(x, axis=0)"
    assert sources(f"{data}\n{line}", "axis=0") == [f"{other}\n{line}" for other in others]


def test_the_line_with_the_gap_stays_as_it_is() -> None:
    assert sources("y = tf.reduce_sum(tf.constant([1, 2]), axis=0)", "axis=0") == []


def test_blocks_above_are_changed_too_but_no_check() -> None:
    given = program(
        "x = tf.constant(1)",
        snippet("y = tf.sort(x, axis=0)", name="q#2"),
        snippet("z = tf.constant(1)", role=SnippetRole.CHECK, name="q#3"),
    )
    (other,) = program_variants(given, 1, gap_of("y = tf.sort(x, axis=0)", "axis=0"))
    assert [each.source for each in other.snippets] == [
        "x = tf.constant(3)",
        "y = tf.sort(x, axis=0)",
        "z = tf.constant(1)",
    ]


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("print(f(x).shape)", "print((_seen_0 := f(x)).shape)"),
        (
            "print(f(x).dtype.name, f(y).shape)",
            "print((_seen_0 := f(x)).dtype.name, (_seen_1 := f(y)).shape)",
        ),
        ("print(len(f(x)))", "print(len((_seen_0 := f(x))))"),
        ("print(f(x).shape.as_list())", "print((_seen_0 := f(x)).shape.as_list())"),
        ("print('é', m.f(x)(y).shape)", "print('é', (_seen_0 := m.f(x)(y)).shape)"),
        ("print(f(\n    x,\n).shape)", "print((_seen_0 := f(\n    x,\n)).shape)"),
        ("print(f(x).numpy())", "print(f(x).numpy())"),
        ("print(x.shape)", "print(x.shape)"),
        ("print([f(x).shape for x in y])", "print([f(x).shape for x in y])"),
        ("for x in y: print(f(x).shape)", "for x in y: print(f(x).shape)"),
    ],
)
def test_what_is_only_described_in_print_gets_a_name(line: str, other: str) -> None:
    head = "y = tf.sort(x, axis=0)"
    given = program(f"{head}\n{line}")
    found = with_named_values(given, 0, gap_of(head, "axis=0"))
    assert found.snippets[0].source == f"{head}\n{other}"


def test_a_gap_in_a_line_of_print_is_left_alone() -> None:
    source = "print(tf.sort(x, axis=0).shape)"
    given = program(source)
    assert with_named_values(given, 0, gap_of(source, "axis=0")) == given


@given(CODE)
def test_no_line_moves(source: str) -> None:
    given = program(f"x = tf.constant([1, 2])\n{source}\nz = tf.zeros(3)")
    whole = given.snippets[0].source
    for gap in gap_candidates(whole):
        for other in program_variants(given, 0, gap):
            lines = other.snippets[0].source.split("\n")
            assert len(lines) == len(whole.split("\n"))
            assert lines[gap.line - 1] == whole.split("\n")[gap.line - 1]

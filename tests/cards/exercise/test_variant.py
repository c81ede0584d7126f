"""The same program over other data."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from cards.exercise.candidates import gap_candidates
from cards.exercise.data_edit import (
    Editor,
    filled_changes,
    listed_changes,
    real_value_changes,
    row_changes,
    size_changes,
    swapped_changes,
    value_changes,
)
from cards.exercise.variant import program_variants, with_named_values
from cards.program.snippet import SnippetRole
from cards.python.syntax import apply_edits, tree_of
from tests.builders.exercise import gap_of
from tests.builders.program import program, snippet
from tests.cards.exercise.test_gap import CODE


def sources(source: str, piece: str) -> list[str]:
    """Return the program's code over other data."""
    given = program(source)
    return [other.snippets[0].source for other in program_variants(given, 0, gap_of(source, piece))]


def edited(source: str, *editors: Editor) -> str:
    """Return code with its data changed, and what adds numbers to an expression as `more(...)`."""
    tree = tree_of(source)
    assert tree is not None
    text = apply_edits(source, [edit for editor in editors for change in editor(tree) for edit in change])
    return re.sub(r"\(lambda t: .*?\.tolist\(\)\)\(", "more(", text)


@pytest.mark.parametrize(
    ("editor", "data", "other"),
    [
        (value_changes, "x = tf.constant([1.0, 2.0, 3.0])", "x = tf.constant([5.0, 12.0, 7.0])"),
        (value_changes, "x = tf.constant([0, 0, 0, 0])", "x = tf.constant([3, 8, 1, 10])"),
        (value_changes, "x = tf.constant([6, 1, 5])", "x = tf.constant([15, 10, 11])"),
        (value_changes, "x = tf.constant([0, -1, 1])", "x = tf.constant([3, -10, 4])"),
        (value_changes, "x = tf.constant([[1], [-2]], tf.int32)", "x = tf.constant([[5], [-12]], tf.int32)"),
        (value_changes, "x = tf.Variable(3)", "x = tf.Variable(9)"),
        (value_changes, "größe, x = 'äöü', np.array([5])", "größe, x = 'äöü', np.array([13])"),
        (value_changes, "x = tf.constant([True, 'a'])", "x = tf.constant([True, 'a'])"),
        (value_changes, "x = tf.constant(\n    [1.0,\n     2.0])", "x = tf.constant(\n    [5.0,\n     12.0])"),
        (value_changes, "x = random.normal((2, 3))", "x = random.normal((2, 3))"),
        (real_value_changes, "x = tf.constant([1.0, 2])", "x = tf.constant([5.0, 2])"),
        (listed_changes, "rows = [[1, 2]]\nrate = 0.5\nsize = 2", "rows = [[5, 12]]\nrate = 6.0\nsize = 2"),
        (listed_changes, "metric.update_state([2.0, 4.0])", "metric.update_state([7.0, 16.0])"),
        (listed_changes, "tf.reshape([2, 3])", "tf.reshape([2, 3])"),
        (swapped_changes, "y = tf.constant([0, 1, 2])", "y = tf.constant([1, 2, 0])"),
        (filled_changes, "x = ops.zeros((2, 3))", "x = more(ops.zeros((2, 3)))"),
        (filled_changes, "x = tf.ones(\n    (2, 3),\n)", "x = more(tf.ones(\n    (2, 3),\n))"),
        (size_changes, "x = tf.range(10)", "x = tf.range(11)"),
        (size_changes, "x = tf.ones((2, 2)) + tf.ones((2,))", "x = tf.ones((3, 2)) + tf.ones((2,))"),
        (row_changes, "x = tf.constant([[1, 2], [3, 4]])", "x = tf.constant([[1, 2], [3, 4], [3, 4]])"),
    ],
)  # fmt: skip
def test_the_data_of_the_example_is_other_data(editor: Editor, data: str, other: str) -> None:
    assert edited(data, editor) == other


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (3, 3), (1, 4, 2)])
def test_no_two_rows_and_columns_of_what_was_filled_are_alike(shape: tuple[int, ...]) -> None:
    source = f"x = np.zeros({shape})"
    tree = tree_of(source)
    assert tree is not None
    text = apply_edits(source, [edit for change in filled_changes(tree) for edit in change])
    space: dict[str, Any] = {"np": np}
    exec(text, space)  # noqa: S102 - our own code
    assert space["x"].shape == shape
    assert len({*space["x"].reshape(-1).tolist()}) == space["x"].size


def test_the_line_with_the_gap_stays_as_it_is() -> None:
    assert sources("y = tf.reduce_sum(tf.constant([1, 2]), axis=0)", "axis=0") == []


def test_blocks_above_are_changed_too_but_no_check() -> None:
    given = program(
        "x = tf.constant(1)",
        snippet("y = tf.sort(x, axis=0)", name="q#2"),
        snippet("z = tf.constant(1)", role=SnippetRole.CHECK, name="q#3"),
    )
    other, *_ = program_variants(given, 1, gap_of("y = tf.sort(x, axis=0)", "axis=0"))
    assert [each.source for each in other.snippets] == [
        "x = tf.constant(5)",
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

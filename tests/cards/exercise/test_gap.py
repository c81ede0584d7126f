"""Gaps in code: where there may be one, how a program is mutated there, what a typed answer may mean."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.exercise.candidates import MOST_CHARACTERS, gap_candidates
from cards.exercise.everyday import computed_names
from cards.exercise.filling import fill_gap, possible_sources
from cards.exercise.gap import GapKind
from cards.exercise.mutants import mutants
from cards.guide.text import BLANK
from cards.python.syntax import tree_of
from tests.builders.exercise import gap_of


def found(source: str) -> list[tuple[str, str]]:
    return [(gap.sort.value, gap.text) for gap in gap_candidates(source)]


@pytest.mark.parametrize(
    ("source", "gaps"),
    [
        pytest.param("y = tf.reduce_sum(x, axis=0)", [("argument", "axis=0"), ("call", "tf.reduce_sum(x, axis=0)")], id="an argument and its call"),
        pytest.param("y = tape.gradient(z, x)", [("call", "gradient(z, x)")], id="of a method what follows the dot"),
        pytest.param("@tf.function\ndef f(x):\n    return x", [("decorator", "tf.function")], id="a decorator"),
        pytest.param("@tf.function(jit_compile=True)\ndef f(x):\n    return x", [("argument", "jit_compile=True"), ("decorator", "tf.function(jit_compile=True)")], id="a decorator with arguments is no call"),
        pytest.param("c = a @ b", [("operator", "a @ b")], id="a product"),
        pytest.param("with tf.GradientTape() as tape:\n    y = x", [("context", "tf.GradientTape()")], id="the call of a with statement is no other call"),
        pytest.param("with open('x') as file:\n    pass", [], id="everyday calls"),
        pytest.param("größe = 'äöü', tf.reduce_sum(größe, axis=0)", [("argument", "axis=0"), ("call", "tf.reduce_sum(größe, axis=0)")], id="letters of two bytes before it"),
        pytest.param("print(f'{tf.reduce_sum(x, axis=0)}')", [], id="formatted strings"),
        pytest.param("import tensorflow as tf\nfrom keras import layers", [], id="imports"),
        pytest.param("assert tf.reduce_all(x)", [], id="assertions"),
        pytest.param("def own(a, rate=1):\n    return a\n\ny = own(x, rate=tf.nn.relu(1))", [("call", "tf.nn.relu(1)")], id="own functions, not what they are given"),
        pytest.param("class Own:\n    pass\n\ny = Own(rate=3)", [], id="own classes"),
        pytest.param("y = tf.nn.conv2d(\n    x,\n    strides=2,\n)", [("argument", "strides=2")], id="a call of several lines has no gap itself"),
        pytest.param("y = (\n    ds.map(f)\n    .prefetch(2)\n)", [("call", "prefetch(2)"), ("call", "map(f)")], id="a chain, the later one first"),
        pytest.param("self.add_weight(shape=(3,))", [("call", "add_weight(shape=(3,))")], id="the one method of a layer's own"),
        pytest.param("self.call(x)", [], id="a method of one's own"),
        pytest.param("y = x.numpy()", [], id="a method without arguments"),
        pytest.param("y = tf.reduce_sum(x)\nz = tf.reduce_sum(x)", [], id="what stands on the card twice"),
        pytest.param("y = layers.LSTM(4, name='a', units=3)", [("call", "layers.LSTM(4, name='a', units=3)")], id="arguments that are set at will"),
        pytest.param(f"y = tf.{'x' * MOST_CHARACTERS}(1)", [], id="too long to recall"),
        pytest.param(f"y = tf.nn.relu(x)\nz = {BLANK}", [], id="code with a gap already"),
        pytest.param("y = tf.nn.relu(", [], id="no Python"),
    ],
)  # fmt: skip
def test_a_piece_may_be_hidden_where_there_is_something_to_recall(
    source: str, gaps: list[tuple[str, str]]
) -> None:
    assert found(source) == gaps


@pytest.mark.parametrize(
    ("source", "piece", "others"),
    [
        ("tf.reduce_sum(x, axis=0)", "axis=0", ["tf.reduce_sum(x)"]),
        ("tf.sort(values=x, axis=0)", "axis=0", ["tf.sort(values=x)"]),
        ("tf.eye(rows=2, cols=3)", "rows=2", ["tf.eye( cols=3)"]),
        ("f.call(rate=0.5)", "rate=0.5", ["f.call()"]),
        ("f.call(training=True)", "training=True", ["f.call()"]),
        ("f.call(mode='max')", "mode='max'", ["f.call()"]),
        ("@tf.function\ndef f(): pass", "tf.function", ["def f(): pass"]),
        ("c = a @ b", "a @ b", ["c = a", "c = a * b"]),
        ("y = tf.nn.relu(x)", "tf.nn.relu(x)", ["y = (x)", "y = None"]),
        ("y = layers.ReLU()(x)", "layers.ReLU()", ["y = None(x)", "y = (lambda *given, **_: given[0])(x)"]),
        ("y = tape.gradient(z, x)", "gradient(z, x)", ["y = tape"]),
        ("with tf.name_scope('a'):\n    pass", "tf.name_scope('a')", ["with __import__('contextlib').nullcontext():\n    pass"]),
    ],
)  # fmt: skip
def test_a_program_is_mutated_by_leaving_the_piece_out_and_by_its_opposite(
    source: str, piece: str, others: list[str]
) -> None:
    made = mutants(source, gap_of(source, piece))
    assert [other for other in made if "None(" not in other] == [o for o in others if "None(" not in o]


PRODUCT = "def f(a, b):\n    c = a @ b  # the product\n    return c"


@pytest.mark.parametrize(
    ("source", "piece", "typed", "line"),
    [
        ("c = a @ b", "a @ b", "tf.matmul(a, b)", "c = tf.matmul(a, b)"),
        ("c = a @ b", "a @ b", "\n  a@b \n", "c = a@b"),
        ("c = a @ b", "a @ b", "c = tf.matmul(a, b)", "c = tf.matmul(a, b)"),
        ("c = a @ b", "a @ b", "c=tf.matmul(a, b)", "c=tf.matmul(a, b)"),
        (PRODUCT, "a @ b", "c = tf.matmul(a, b)", "    c = tf.matmul(a, b)"),
        (PRODUCT, "a @ b", "tf.matmul(\n    a, b\n)", "    c = tf.matmul(\n        a, b\n    )  # the product"),
        ("y = tape.gradient(z, x)", "gradient(z, x)", ".gradient(z, x)", "y = tape.gradient(z, x)"),
        ("y = tape.gradient(z, x)", "gradient(z, x)", "tape.gradient(z, [x])", "y = tape.gradient(z, [x])"),
        ("y = tape.gradient(z, x)", "gradient(z, x)", "y = tape.gradient(z, [x])", "y = tape.gradient(z, [x])"),
        ("print(tape.gradient(z, x).numpy())", "gradient(z, x)", "tape.jacobian(z, x)", "print(tape.jacobian(z, x).numpy())"),
        ("@tf.function\ndef f(): pass", "tf.function", "@tf.function()", "@tf.function()"),
        ("y = tf.sort(x, axis=0)", "axis=0", "axis = 1", "y = tf.sort(x, axis = 1)"),
        ("y = tf.sort(x, axis=0)", "axis=0", "y = tf.argsort(x, 0)", "y = tf.argsort(x, 0)"),
        ("with tf.device('CPU:0') as d:\n    pass", "tf.device('CPU:0')", "with tf.device('GPU:0') as d:", "with tf.device('GPU:0') as d:"),
    ],
)  # fmt: skip
def test_a_typed_answer_may_repeat_what_stands_around_the_gap(
    source: str, piece: str, typed: str, line: str
) -> None:
    gap = gap_of(source, piece)
    meant = [source.split("\n") for source in possible_sources(source, gap, typed)]
    lines = source.split("\n")
    wanted = [*lines[: gap.line - 1], *line.split("\n"), *lines[gap.line :]]
    assert next(each for each in meant if tree_of("\n".join(each))) == wanted


def test_an_argument_may_be_typed_without_its_name() -> None:
    source = "y = tf.sort(x, axis=0)"
    assert possible_sources(source, gap_of(source, "axis=0"), "1") == (
        "y = tf.sort(x, 1)",
        "y = tf.sort(x, axis=1)",
    )


def test_names_are_computed_unless_their_value_is_written_down() -> None:
    source = (
        "a = tf.constant([1])\nb = a + 1\nc, d = f(b)\ne = np.ones(3).astype('int8')\nb += 1\ng = [1, (2, a)]"
    )
    assert computed_names(source) == {(2, "b"), (3, "c"), (3, "d")}


NAMES = st.sampled_from(["x", "größe", "数", "tape", "model", "self"])
CALLS = st.sampled_from(
    ["tf.nn.relu", "tf.reduce_sum", "tape.gradient", "keras.ops.matmul", "own", "model.fit"]
)
VALUES = st.one_of(
    st.integers(0, 9).map(str),
    st.booleans().map(str),
    st.sampled_from(["'é'", "-1", "None", "0.5", "(1, 2)"]),
)
CALL = st.builds(
    lambda name, given, keywords, gap: f"{name}({gap}{', '.join([*given, *(f'{k}={v}' for k, v in keywords.items())])}{gap})",
    CALLS,
    st.lists(NAMES, max_size=2),
    st.dictionaries(st.sampled_from(["axis", "training", "rate", "größe"]), VALUES, max_size=2),
    st.sampled_from(["", " ", "\n        "]),
)  # fmt: skip
LINE = st.one_of(
    st.builds("{} = {}".format, NAMES, CALL),
    st.builds("print({!r}, {})".format, st.sampled_from(["é", "🙂", "a"]), CALL),
    st.builds("{} = {} @ {}".format, NAMES, NAMES, NAMES),
    st.builds("with {} as {}:\n    y = {}".format, CALL, NAMES, CALL),
    st.builds("@{}\ndef own(x):\n    return {}".format, CALL, CALL),
)
CODE = st.lists(LINE, min_size=1, max_size=5).map("\n".join)


@given(CODE)
def test_a_gap_holds_the_text_of_its_place_and_the_rest_stays(source: str) -> None:
    for gap in gap_candidates(source):
        line = source.split("\n")[gap.line - 1]
        assert line[gap.start : gap.end] == gap.text
        assert fill_gap(source, gap, gap.text) == source
        assert tree_of(fill_gap(source, gap, BLANK)) is not None or gap.sort is GapKind.ARGUMENT


@given(CODE)
def test_mutants_are_other_programs_that_parse(source: str) -> None:
    for gap in gap_candidates(source):
        for other in mutants(source, gap):
            assert ast.dump(ast.parse(other)) != ast.dump(ast.parse(source)) or other != source
            assert other != source


@given(CODE, st.text(max_size=30))
def test_whatever_is_typed_has_a_reading(source: str, typed: str) -> None:
    for gap in gap_candidates(source):
        assert possible_sources(source, gap, typed)

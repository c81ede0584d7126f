"""Which shapes and dtypes have to be worked out, and which their code shows."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import pytest

from cards.exercise.measurement import Aspect
from cards.exercise.worked_out import must_be_worked_out


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a = np.ones((3, 1))\nb = np.ones(4)\ny = a + b", "(3, 4)"),
        ("x = tf.constant([[1], [2]])\ny = x * tf.constant([1, 2, 3])", "(2, 3)"),
        ("x = tf.ones((2, 3))\ny = tf.reduce_sum(x, axis=1, keepdims=True)", "(2, 1)"),
        ("y = np.zeros((4, 5)).mean(axis=0)", "(5,)"),
        ("x = tf.ones((2, 3))\ny = x @ tf.transpose(x)", "(2, 2)"),
        ("y = layers.Conv2D(4, 3, strides=2)(keras.Input((8, 8, 1)))", "(None, 3, 3, 4)"),
        ("cell = layers.GRU(4)\nfirst, y = cell(a), cell(b)", "(2, 4)"),
        ("x = np.array([3, 1, 2])\ny = x[x > 1]", "(2,)"),
        ("keep = scores > 0.5\ny = boxes[keep]", "(1, 4)"),
        ("y = x[:, None, :]", "(2, 1, 3)"),
        ("y = np.arange(12).reshape(3, -1)", "(3, 4)"),
        ("y = df.groupby('team').sum()", "(2, 3)"),
        ("i = np.arange(3)\ny = i[:, np.newaxis] == np.arange(4)", "(3, 4)"),
        ("y = tf.sequence_mask([1, 3])", "(2, 3)"),
    ],
)
def test_a_shape_that_follows_by_a_rule_is_asked(source: str, text: str) -> None:
    assert must_be_worked_out(source, "y", Aspect.SHAPE, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("y = tf.constant([[1], [2]])", "(2, 1)", id="a literal"),
        pytest.param("y = tf.constant([[1], [2]]) + 1", "(2, 1)", id="a number beside a literal"),
        pytest.param("a = np.ones((2, 3))\nb = np.zeros((2, 3))\ny = a * b", "(2, 3)", id="equal shapes"),
        pytest.param("y = layers.Dense(3)(keras.Input((4,)))", "(None, 3)", id="the units of a layer"),
        pytest.param("bn = layers.BatchNormalization()\ny = bn(tf.constant([[2.0]]))", "(1, 1)", id="the shape that came in"),
        pytest.param("p = tf.io.serialize_tensor([[1.5]])\ny = tf.io.parse_tensor(p, tf.float32)", "(1, 1)", id="there and back"),
        pytest.param("def f(x):\n    return tf.reduce_sum(x)\ny = f(w)", "()", id="what a function of the guide does"),
        pytest.param("y = x[0]", "(3,)", id="an entry"),
        pytest.param("y = (", "(3,)", id="no Python"),
        pytest.param("z = x.T", "(3,)", id="another name"),
    ],
)  # fmt: skip
def test_a_shape_that_the_code_shows_is_not_asked(source: str, text: str) -> None:
    assert not must_be_worked_out(source, "y", Aspect.SHAPE, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("y = np.array([1, 2]) / 2", "float64"),
        ("a = np.array([1, 2], dtype='int8')\ny = a + np.ones(2)", "float64"),
        ("a = np.ones(3, np.int8)\nb = np.ones(3, np.int32)\ny = a * b", "int32"),
        ("y = np.array([True, False]).sum()", "int64"),
        ("y = tf.argmax(scores, axis=-1)", "int64"),
        ("y = np.concatenate([np.array([1]), np.array([0.5])])", "float64"),
        ("keras.mixed_precision.set_global_policy('mixed_float16')\ny = layers.Dense(3)(x)", "float16"),
    ],
)
def test_a_dtype_that_follows_by_promotion_is_asked(source: str, text: str) -> None:
    assert must_be_worked_out(source, "y", Aspect.DTYPE, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("y = np.array([1.0, 2.0])", "float64", id="the default of NumPy"),
        pytest.param("x = np.array([1.0])\ny = np.round(x / 0.5) - 3", "float64", id="the default, worked with"),
        pytest.param("a = np.array([0.5])\nb = np.array([0.2])\ny = 0.5 * np.abs(a - b).sum()", "float64", id="equal dtypes"),
        pytest.param("y = tf.ones((3, 3)) > 0", "bool", id="a comparison"),
        pytest.param("y = tf.io.encode_jpeg(tf.zeros((2, 3, 3), tf.uint8))", "string", id="no rule"),
        pytest.param("y = tf.cast(x, tf.int32) + 1", "int32", id="said in the code"),
    ],
)  # fmt: skip
def test_a_dtype_that_follows_by_no_rule_is_not_asked(source: str, text: str) -> None:
    assert not must_be_worked_out(source, "y", Aspect.DTYPE, text)

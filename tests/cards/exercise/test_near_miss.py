"""The wrong answers that a person may give to a gap, and which of them may pass."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import pytest

from cards.exercise.near_miss import MOST_NEAR_MISSES, NearMiss, Surroundings, can_be_judged, near_misses
from tests.builders.exercise import gap_of

NUMBERS = {"x": "numbers", "y": "numbers", "z": "numbers", "model": "Sequential"}
HEAD = "x = 1\ny = 2\n"


def missed(source: str, piece: str, printed: str = "", value: str = "") -> list[str]:
    """Return the lines of the near misses that stand where the gap does."""
    gap = gap_of(source, piece)
    found = near_misses(source, gap, Surroundings(NUMBERS, printed, value))
    return [each.source.split("\n")[gap.line - 1] for each in found]


@pytest.mark.parametrize(
    ("source", "piece", "others"),
    [
        pytest.param("tf.sum_up(x, axis=-1)", "axis=-1", ["tf.sum_up(x, axis=0)", "tf.sum_up(x, axis=1)", "tf.sum_up(x, axis=-2)", "tf.sum_up(x, axis=2)", "tf.sum_up(x)"], id="another axis, of either sign"),
        pytest.param("tf.sum_up(x, axis=(1, 2))", "axis=(1, 2)", ["tf.sum_up(x, axis=1)", "tf.sum_up(x, axis=2)", "tf.sum_up(x, axis=None)"], id="one axis of several"),
        pytest.param("tf.sum_up(x, axis=None)", "axis=None", ["tf.sum_up(x, axis=0)", "tf.sum_up(x, axis=-1)"], id="an axis for none"),
        pytest.param("tf.pool(x, strides=4)", "strides=4", ["tf.pool(x, strides=5)", "tf.pool(x, strides=3)", "tf.pool(x, strides=8)"], id="neighbouring numbers"),
        pytest.param("layer(x, momentum=0.9)", "momentum=0.9", ["layer(x, momentum=0.45)", "layer(x, momentum=1.0)", "layer(x, momentum=-0.9)"], id="other shares"),
        pytest.param("layer(x, training=True)", "training=True", ["layer(x, training=False)"], id="the opposite"),
        pytest.param("tf.pool(x, padding='same')", "padding='same'", ["tf.pool(x, padding='valid')"], id="another word of the family"),
        pytest.param("tf.pool(x, other='own')\nlayer('name')", "other='own'", ["tf.pool(x, other='name')"], id="another word in the code"),
        pytest.param("tf.pool(x, like=tf.float16)", "like=tf.float16", ["tf.pool(x, like=tf.bfloat16)", "tf.pool(x, like=tf.float32)"], id="another type"),
        pytest.param("model.fit(q, callbacks=[Spy()])", "callbacks=[Spy()]", ["model.fit(q, callbacks=[])"], id="nothing in a list"),
        pytest.param("tf.pool(q, sizes=(2, 3))", "sizes=(2, 3)", ["tf.pool(q, sizes=(3, 2))", "tf.pool(q, sizes=(3, 3))"], id="sizes in another order"),
        pytest.param(HEAD + "tf.pool(x, mask=y)", "mask=y", ["tf.pool(x, mask=x)"], id="another name of the same kind"),
        pytest.param("tf.pick(x, y, k=2)", "tf.pick(x, y, k=2)", ["tf.pick(y, k=2)", "tf.pick(x, k=2)", "tf.pick(x, y)", "tf.pick(y, x, k=2)", "tf.pick(x, y, k=3)"], id="a call without each argument, and permuted"),
        pytest.param("g = tape.gradient(x, y)", "gradient(x, y)", ["g = tape.gradient(y, x)", "g = tape.gradient(y, y)", "g = tape.gradient(x, z)"], id="other names in scope"),
        pytest.param("g = tf.reduce_sum(x, axis=1)", "tf.reduce_sum(x, axis=1)", ["g = tf.reduce_mean(x, axis=1)", "g = tf.reduce_max(x, axis=1)", "g = tf.reduce_sum(x, axis=0)"], id="functions that are taken for it"),
        pytest.param("g = np.percentile(x, 99)\nh = np.percentile(x, 50)", "np.percentile(x, 99)", ["g = x.max()", "g = np.max(x)", "g = np.median(x)", "g = np.percentile(x, 50)"], id="the largest for a percentile"),
        pytest.param("g = tf.stack([x, y])", "tf.stack([x, y])", ["g = tf.concat([x, y])"], id="one of two that are taken for each other"),
        pytest.param("g = tf.matmul(tf.softmax(x, axis=-1), y)", "tf.matmul(tf.softmax(x, axis=-1), y)", ["g = tf.matmul(tf.softmax(x, axis=1), y)", "g = tf.matmul(tf.softmax(x), y)"], id="inside a call too"),
        pytest.param("@tf.function(jit_compile=True)\ndef f(): pass", "tf.function(jit_compile=True)", ["@tf.function", "@tf.function()", "@tf.function(jit_compile=False)", "def f(): pass"], id="a decorator without its arguments"),
        pytest.param("c = x @ y", "x @ y", ["c = x * y", "c = x + y", "c = y @ x", "c = x", "c = y"], id="another operator, and operands swapped"),
        pytest.param("with tf.GradientTape(persistent=True) as tape:\n    pass", "tf.GradientTape(persistent=True)", ["with tf.GradientTape() as tape:", "with tf.GradientTape(persistent=False) as tape:"], id="a context without its argument"),
        pytest.param("w = tf.top_k(x, k=2)\nv = tf.top_k(x, k=9)", "k=2", ["w = tf.top_k(x, k=9)"], id="what the twin line has"),
        pytest.param("def f(a, b):\n    c = a\n    return tf.pick(c, a)", "tf.pick(c, a)", ["    return tf.pick(c, b)", "    return tf.pick(b, a)"], id="names within a function"),
    ],
)  # fmt: skip
def test_a_near_miss_is_what_a_person_types(source: str, piece: str, others: list[str]) -> None:
    assert [other for other in others if other not in missed(source, piece)] == []


@pytest.mark.parametrize(
    ("printed", "value", "others"),
    [
        ("14.0", "", ["g = 14.0", "g = __import__('tensorflow').constant(14.0)"]),
        ("[ 6. 15.]", "", ["g = [6., 15.]", "g = __import__('tensorflow').constant([6., 15.])"]),
        ("[[1 2]\n [3 4]]", "", ["g = 1", "g = 2"]),
        ("it is -1e-08", "", ["g = -1e-08"]),
        ("", "known", ["g = known"]),
    ],
)
def test_what_only_knows_the_result_is_a_near_miss(printed: str, value: str, others: list[str]) -> None:
    found = missed("g = tf.reduce_sum(x)", "tf.reduce_sum(x)", printed, value)
    assert [other for other in others if other not in found] == []


def test_there_are_not_too_many_and_each_is_there_once() -> None:
    source = f"g = tf.reduce_sum({', '.join('xyzxyzx')}, axis=1)"
    found = near_misses(source, gap_of(source, source[4:]), Surroundings(NUMBERS, "1 2 3"))
    assert len(found) == MOST_NEAR_MISSES
    assert len({each.source for each in found}) == MOST_NEAR_MISSES


def passing(source: str, piece: str, *typed: str) -> bool:
    """Tell whether the gap can be judged if exactly these lines do the same as the right one."""
    gap = gap_of(source, piece)
    found = near_misses(source, gap, Surroundings(NUMBERS, ""))
    lines = {each.source.split("\n")[gap.line - 1]: each for each in found}
    same: list[NearMiss] = [lines[line] for line in typed]
    return can_be_judged(found, same)


SUM = ("g = tf.reduce_sum(x, axis=-1)", "axis=-1")
CALL = ("g = tf.softmax(x, axis=-1)", "tf.softmax(x, axis=-1)")


@pytest.mark.parametrize(
    ("source", "piece", "typed", "is_judged"),
    [
        pytest.param(*SUM, [], True, id="all are refused"),
        pytest.param(*SUM, ["g = tf.reduce_sum(x, axis=2)"], True, id="the same axis from the other end"),
        pytest.param(*SUM, ["g = tf.reduce_sum(x, axis=-2)"], False, id="another axis from the same end"),
        pytest.param(*SUM, ["g = tf.reduce_sum(x, axis=1)", "g = tf.reduce_sum(x, axis=2)"], False, id="two axes"),
        pytest.param(*SUM, ["g = tf.reduce_sum(x)"], False, id="nothing in the gap"),
        pytest.param(*CALL, ["g = tf.softmax(x)", "g = tf.softmax(x, axis=1)"], True, id="a default, as another axis is noticed"),
        pytest.param(*CALL, ["g = tf.softmax(x)", "g = tf.softmax(x, axis=0)", "g = tf.softmax(x, axis=1)"], False, id="no axis is noticed"),
        pytest.param("y = tf.keep(x, flag=True)", "tf.keep(x, flag=True)", ["y = tf.keep(x)"], True, id="a default, as its opposite is noticed"),
        pytest.param("y = tf.keep(x, flag=True)", "tf.keep(x, flag=True)", ["y = tf.keep(x)", "y = tf.keep(x, flag=False)"], False, id="a flag that does nothing"),
        pytest.param("y = tf.keep(x, flag=None)", "tf.keep(x, flag=None)", ["y = tf.keep(x)"], False, id="a default of which nothing is known"),
        pytest.param("y = tf.reduce_sum(x)", "tf.reduce_sum(x)", ["y = tf.reduce_mean(x)"], False, id="another function"),
    ],
)  # fmt: skip
def test_a_near_miss_may_pass_only_if_it_is_right(
    source: str, piece: str, typed: list[str], *, is_judged: bool
) -> None:
    assert passing(source, piece, *typed) is is_judged

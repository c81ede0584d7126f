"""Which gaps are worth asking, and which are made up or given away by what stands beside them."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import pytest

from cards.exercise.worth_asking import GapWords, name_of_gap, worth_asking
from tests.builders.exercise import gap_of


def kept(source: str, *pieces: str, named: tuple[str, ...] = (), asked: tuple[str, ...] = ()) -> list[str]:
    gaps = [gap_of(source, piece) for piece in pieces]
    return [gap.text for gap in worth_asking(gaps, source, GapWords(named, asked))]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("ds.batch(4)\nds.batch(4, drop_remainder=True)", "drop_remainder=True"),
        ("layers.Conv2D(4, 3, padding='same')(x)", "padding='same'"),
        ("tf.sort(x, axis=-1)", "axis=-1"),
        ("np.diag(x, k=-1)", "k=-1"),
        ("with tf.GradientTape(persistent=True) as tape:\n    y = x * x", "persistent=True"),
        ("model.fit(x, y, callbacks=[prune.UpdatePruningStep()])", "callbacks=[prune.UpdatePruningStep()]"),
        ("y = x + tf.stop_gradient(tf.round(x) - x)", "tf.stop_gradient(tf.round(x) - x)"),
        ("y = x * tf.stop_gradient(x)\ntape.gradient(y, x)", "gradient(y, x)"),
        ("c, n = tf.clip_by_global_norm(g, 1.0)", "tf.clip_by_global_norm(g, 1.0)"),
        ("@tf.custom_gradient\ndef f(x):\n    return x\ntape.gradient(f(v), v)", "tf.custom_gradient"),
        ("print(a @ b)\nprint(b @ c)", "a @ b"),
    ],
)
def test_what_a_learner_can_know_is_asked(source: str, piece: str) -> None:
    assert kept(source, piece) == [piece]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        pytest.param("layers.BatchNormalization(momentum=0.5)", "momentum=0.5", id="a made-up number"),
        pytest.param("x = tf.image.resize(image, (8, 8))", "tf.image.resize(image, (8, 8))", id="made-up numbers of a call"),
        pytest.param("ds = ds.cache().repeat(50)", "repeat(50)", id="a made-up number of a method"),
        pytest.param("counter = Counter()\nmodel.fit(x, callbacks=[counter])", "callbacks=[counter]", id="a name bound above"),
        pytest.param("class Spy:\n    pass\nmodel.fit(x, callbacks=[Spy()])", "callbacks=[Spy()]", id="a class defined above"),
        pytest.param("step = tf.Variable(1)\ntf.train.Checkpoint(step=step)", "step=step", id="a name that is its own keyword"),
        pytest.param("norm(x, training=False)\nnorm(x, training=True)", "training=True", id="the keyword of a twin line"),
        pytest.param("m.update_state(a)\nm.update_state(b)", "update_state(b)", id="the call of a twin line"),
        pytest.param("tf.io.encode_jpeg(image, quality=9)\ntf.io.encode_png(image)", "tf.io.encode_png(image)", id="a twin by name"),
        pytest.param("tf.data.Dataset.from_tensor_slices(d)\ntf.data.Dataset.from_tensors(d)", "tf.data.Dataset.from_tensors(d)", id="a twin over the same"),
        pytest.param("a = keras.losses.BinaryFocalCrossentropy(gamma=2.0)(t, p)\nb = keras.losses.BinaryCrossentropy()(t, p)", "keras.losses.BinaryCrossentropy()", id="a twin without arguments"),
        pytest.param("ds = ds.map(parse)", "map(parse)", id="an everyday call"),
    ],
)  # fmt: skip
def test_what_is_made_up_or_given_away_is_not_asked(source: str, piece: str) -> None:
    assert kept(source, piece) == []


def test_named_gaps_come_first_and_none_hides_what_the_question_names() -> None:
    source = "print(tf.pad(x, y, mode='REFLECT'))\nprint(tf.roll(x, s, axis=0))"
    pieces = ("mode='REFLECT'", "axis=0", "tf.roll(x, s, axis=0)")
    assert kept(source, *pieces) == list(pieces)
    assert kept(source, *pieces, named=("roll",)) == [pieces[2], *pieces[:2]]
    assert kept(source, *pieces, asked=("roll", "mode")) == ["axis=0"]


def test_a_gap_in_code_that_does_not_parse_is_not_asked() -> None:
    assert worth_asking([gap_of("f.g(x)", "g(x)")], "f.g(x") == ()


@pytest.mark.parametrize(
    ("source", "piece", "name"),
    [
        ("tf.sort(x, axis=0)", "axis=0", "axis"),
        ("tf.sort(x)", "tf.sort(x)", "sort"),
        ("x.assign(y)", "assign(y)", "assign"),
        ("@tf.function\ndef f(): ...", "tf.function", "function"),
        ("a @ b", "a @ b", ""),
    ],
)
def test_a_gap_asks_for_a_name(source: str, piece: str, name: str) -> None:
    assert name_of_gap(gap_of(source, piece)) == name


@pytest.mark.parametrize(
    ("source", "piece", "is_kept"),
    [
        pytest.param("print(tf.sort(x, axis=0))", "axis=0", True, id="a setting"),
        pytest.param("@tf.function\ndef f(x):\n    return x", "tf.function", True, id="a decorator"),
        pytest.param("print(tf.pad(x, y))", "tf.pad(x, y)", False, id="a call that nothing names"),
        pytest.param("print(tf.roll(x, 1))", "tf.roll(x, 1)", True, id="a call that the words name"),
        pytest.param("print(a @ b)", "a @ b", False, id="an operation"),
        pytest.param("f(x, mode='CPU')", "mode='CPU'", False, id="a setting that is printed"),
    ],
)  # fmt: skip
def test_beside_an_output_only_what_says_more_is_asked(source: str, piece: str, *, is_kept: bool) -> None:
    words = GapWords(named=("roll",), is_predicted=True)
    found = worth_asking([gap_of(source, piece)], source, words, "mode='CPU'")
    assert [gap.text for gap in found] == [piece] * is_kept

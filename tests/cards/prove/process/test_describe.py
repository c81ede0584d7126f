"""What is said of a value: its numbers, and what layers and datasets are made of."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from cards.prove.process.describe import value_record


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        (3, [3.0]),
        (True, [1.0]),
        (np.float32(0.5), [0.5]),
        (np.array([[1, 2], [3, 4]], "int8"), [1.0, 2.0, 3.0, 4.0]),
        (np.array([True, False]), [1.0, 0.0]),
        (np.array([1.0, np.nan, np.inf, -np.inf]), [1.0, "nan", "inf", "-inf"]),
        (np.array([1 + 2j]), [1.0, 2.0]),
        (np.array(["a"]), None),
        (np.array([]), None),
        ("3", None),
        (np.ndarray, None),
    ],
)
def test_the_numbers_of_a_value_are_told(value: object, numbers: list[object] | None) -> None:
    assert value_record(value).get("numbers") == numbers


def test_small_floats_have_numbers_too() -> None:
    ml_dtypes = pytest.importorskip("ml_dtypes")
    assert value_record(np.array([1.5], ml_dtypes.bfloat16))["numbers"] == [1.5]


def test_a_long_array_is_told_by_some_of_its_numbers_and_sums_over_all() -> None:
    whole = np.arange(6000.0)
    found = value_record(whole)["numbers"]
    assert isinstance(found, list)
    assert (len(found), found[1], found[64], found[66]) == (67, 93.0, whole.sum(), 6000.0)
    others = (whole[::-1], whole.reshape(60, 100).T, np.roll(whole, 1), np.where(whole == 17, 1e6, whole))
    assert [other for other in others if value_record(other)["numbers"] == found] == []


class Layer:
    """As Keras has them."""

    def __init__(self, *shapes: tuple[int, ...], output: object = None) -> None:
        self.weights = [SimpleNamespace(shape=shape) for shape in shapes]
        self._output = output

    def count_params(self) -> int:
        return 0

    @property
    def output_shape(self) -> object:
        if self._output is None:
            raise AttributeError("it was never called")
        return self._output


# What tells a layer stands on the class.
Layer.weights = None  # type: ignore[assignment]


def test_a_layer_is_told_by_its_weights_and_its_output() -> None:
    assert (
        value_record(Layer((4, 8), (8,), output=(None, 8)))["build"]
        == "output (None, 8), weights (4, 8), (8,)"
    )
    assert value_record(Layer())["build"] == "output of no shape yet, weights none"
    assert "build" not in value_record(Layer)


class Dataset:
    """As tf.data has them."""

    element_spec = "TensorSpec(shape=(None,))"

    def cardinality(self) -> int:
        return 3


def test_a_dataset_is_told_by_its_elements_and_not_read() -> None:
    assert value_record(Dataset())["build"] == "elements TensorSpec(shape=(None,))"


class Hostile:
    """Raises wherever it is looked at."""

    def __repr__(self) -> str:
        raise SystemExit

    def __getattr__(self, name: str) -> object:
        raise KeyboardInterrupt


def test_nothing_that_a_value_raises_gets_out() -> None:
    assert value_record(Hostile()) == {"type": "Hostile", "text": None}

"""What a hidden value is, in words."""

from __future__ import annotations

import pytest

from cards.prove.client.transcript import ObservedValue
from cards.prove.measuring.given import words_for


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (ObservedValue("EagerTensor", "<tf...>", "(4, 8)", "float32"), "a float32 tensor of shape (4, 8)"),
        (ObservedValue("ndarray", "array(...)", "(2,)", "int64"), "an int64 array of shape (2,)"),
        (
            ObservedValue("Sequential", "<Sequential>", build="output (None, 1), weights (1, 1), (1,)"),
            "a Sequential with output (None, 1) and weights (1, 1), (1,)",
        ),
        (
            ObservedValue("_BatchDataset", "<...>", build="elements TensorSpec(shape=(None,))"),
            "a dataset of TensorSpec(shape=(None,))",
        ),
        (ObservedValue("int", "50051"), "`50051`"),
        (ObservedValue("int", None), "an int"),
        (ObservedValue("list", "[" + "1, " * 40 + "1]"), "a list"),
        (ObservedValue("str", "'a`b'"), "a str"),
        (ObservedValue("function", None), "a function"),
        (ObservedValue("type", "<class 'A'>"), "a class"),
        (ObservedValue("Interpreter", None), "an Interpreter"),
    ],
)
def test_a_value_is_told_by_what_was_observed_of_it(value: ObservedValue, words: str) -> None:
    assert words_for(value) == words

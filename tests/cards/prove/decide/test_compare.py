from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.prove.decide.compare import agree, agree_when_rounded, differ_only_in_numbers


@pytest.mark.parametrize(
    ("stated", "captured", "expected"),
    [
        pytest.param("a b", "a  b\n", True, id="spacing"),
        pytest.param("[1. 2.]", "[1.0003 1.9995]", True, id="numbers within 0.001"),
        pytest.param("0.5", "0.51", False, id="numbers beyond it"),
        pytest.param("(2, 3)", "(2, 4)", False, id="whole numbers are exact"),
        pytest.param("1000", "1001", False, id="large whole numbers too"),
        pytest.param("3", "3.0", True, id="a whole number against a float"),
        pytest.param("nan", "nan", True, id="not a number"),
        pytest.param("a ... z", "a b c z", True, id="anything between"),
        pytest.param("... z", "z", True, id="anything is also nothing"),
        pytest.param("a ...", "b a", False, id="the beginning counts"),
        pytest.param("a ... c ... e", "a b c d e", True, id="twice"),
        pytest.param("a ... c ... e", "a b d e", False, id="a part is missing"),
        pytest.param("<f at 0x7f12ab34cd>", "<f at 0x55aa00ff11>", True, id="addresses"),
        pytest.param("4/4 - 1s 12ms/step", "4/4 - 0s 3ms/step", True, id="timings"),
        pytest.param("loss: 0.25", "loss: 0.2504", True, id="a number after a word"),
        pytest.param("float32", "float64", False, id="digits inside a word"),
        pytest.param("-1", "1", False, id="the sign"),
        pytest.param("1e-05", "0.00001", True, id="another notation"),
    ],
)
def test_agreement(stated: str, captured: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert agree(stated, captured) is expected


def test_an_author_may_name_a_tolerance() -> None:
    assert agree("0.5", "0.55", tolerance=0.1)
    assert not agree("0.5", "0.5001", tolerance=0.0)


@given(st.text())
def test_every_text_agrees_with_itself(text: str) -> None:
    assert agree(text, text)


@given(st.text(), st.text())
def test_comparing_never_fails(one: str, other: str) -> None:
    assert agree(one, other) in {True, False}
    assert agree_when_rounded(one, other) in {True, False}


def test_a_comment_has_the_form_of_the_output_or_has_not() -> None:
    assert differ_only_in_numbers("tf.Tensor(6.0)", "tf.Tensor(5.5)")
    assert not differ_only_in_numbers("= 29 at x=3", "29")
    assert not differ_only_in_numbers("no numbers", "no numbers")


@pytest.mark.parametrize(
    ("claim", "shown", "expected"), [("0.67", "0.6667", True), ("0.66", "0.6667", False), ("3", "4", False)]
)
def test_numbers_are_as_precise_as_written(claim: str, shown: str, expected: bool) -> None:  # noqa: FBT001
    assert agree_when_rounded(claim, shown) is expected

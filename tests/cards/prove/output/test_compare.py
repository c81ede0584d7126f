from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cards.prove.output.compare import agree, agree_as_runs, differ_only_in_numbers, is_rounding, text_to_show

if TYPE_CHECKING:
    from decimal import Decimal

SOFTMAX = "tf.Tensor([0.09003057 0.24472848 0.66524094], shape=(3,), dtype=float32)"


@pytest.mark.parametrize(
    ("stated", "captured"),
    [
        pytest.param("0.33", "0.3333333333333333", id="rounded"),
        pytest.param("0.67", "0.6666666666666666", id="rounded up"),
        pytest.param("-0.67", "-0.6666666666666666", id="rounded away from zero"),
        pytest.param("1.2 1.3", "1.25 1.25", id="a half goes either way"),
        pytest.param("3.0", "2.9999998", id="the noise of another machine, rounded away"),
        pytest.param("loss: 0.25", "loss: 0.2504", id="a number after a word"),
        pytest.param("12.3%", "12.34%", id="a number before a mark"),
        pytest.param("(0.33+0.5j)", "(0.3333333333333333+0.5j)", id="complex"),
        pytest.param("1.23e-04", "1.2339458e-04", id="with an exponent"),
        pytest.param("1.0e-04", "9.99e-05", id="rounded over to the next exponent"),
        pytest.param("[1.00e+00 1.23e-04]", "[9.9987662e-01 1.2339458e-04]", id="numpy's exponents"),
        pytest.param("1e-05", "0.00001", id="another notation"),
        pytest.param("[0.33 0.5]", "[0.33333334 0.5       ]", id="numpy's padding goes with the digits"),
        pytest.param(
            "[[1. 0.33]\n [0.5 0.25]]",
            "[[1.         0.33333333]\n [0.5        0.25      ]]",
            id="in every row",
        ),
        pytest.param("[ 1.5 10.2]", "[ 1.5  10.25]", id="numbers of two widths"),
        pytest.param("tf.Tensor([0.09 0.24 0.67], shape=(3,), dtype=float32)", SOFTMAX, id="within a tensor"),
        pytest.param("1.00 0.33", "1.000000 0.333333", id="fewer zeros beside a rounded number"),
        pytest.param("nan", "nan", id="not a number"),
        pytest.param("a ... z", "a b c z", id="anything between"),
        pytest.param("... z", "z", id="anything is also nothing"),
        pytest.param("a ... c ... e", "a b c d e", id="twice"),
        pytest.param("a\n...\nz", "a\nb\nc\nz", id="whole lines"),
        pytest.param("a\n...\nz", "a\nz", id="no line"),
        pytest.param("0.666... left", "0.6666666666666666 left", id="the beginning of a number"),
        pytest.param("<f at 0x7f12ab34cd>", "<f at 0x55aa00ff11>", id="addresses"),
        pytest.param("4/4 - 1s 12ms/step", "4/4 - 0s 3ms/step", id="timings"),
        pytest.param("1/1 ━━ 2s 1s/step - loss: 0.5", "1/1 ━━ 0s 53ms/step - loss: 0.5", id="a progress bar"),
        pytest.param("0.3", "0.30000000000000004", id="the noise of a double"),
        pytest.param("a  \nb", "a\nb\n\n", id="what nobody sees at the ends"),
        pytest.param("a       b", "a\tb", id="a tab and what it looks like"),
    ],
)
def test_a_stated_text_is_the_captured_one_rounded(stated: str, captured: str) -> None:
    assert agree(stated, captured)


@pytest.mark.parametrize(
    ("stated", "captured"),
    [
        pytest.param("0.0", "0.0005000000237487257", id="no zero for what is not zero"),
        pytest.param("0.0 0.0005", "0.001 0.00025", id="two rates"),
        pytest.param("[1. 0. 0.]", "[9.9987662e-01 1.2339458e-04 2.0611537e-09]", id="a sharp softmax"),
        pytest.param("0.0\n0.0", "0.0004\n-0.0004", id="no zero for a small number of either sign"),
        pytest.param("0.000", "0.00031622776601683794", id="no zero of any places"),
        pytest.param("0.0", "-1e-08", id="no zero for a tiny negative number"),
        pytest.param("0e+00", "1e-08", id="no zero with an exponent"),
        pytest.param("1.0004", "1.0", id="more digits than were printed"),
        pytest.param("0.33333333333333331", "0.3333333333333333", id="one digit more"),
        pytest.param("2.1", "2.10", id="fewer zeros"),
        pytest.param("2.10", "2.1", id="more zeros"),
        pytest.param("-0.0", "0.0", id="minus zero"),
        pytest.param("0.0", "-0.0", id="zero for minus zero"),
        pytest.param("0.66", "0.6667", id="cut off instead of rounded"),
        pytest.param("0.34", "0.3333", id="another number"),
        pytest.param("0.3334", "0.33331", id="off in the last place"),
        pytest.param("-1", "1", id="the sign"),
        pytest.param("0.5", "-0.5", id="the sign of a float"),
        pytest.param("+0.5", "0.5", id="a sign that was not printed"),
        pytest.param("(2, 3)", "(2, 4)", id="whole numbers"),
        pytest.param("1000", "1001", id="large whole numbers"),
        pytest.param("3", "3.0", id="a whole number for a float"),
        pytest.param("3.0", "3", id="a float for a whole number"),
        pytest.param("1.0", "1.", id="Python's float for numpy's"),
        pytest.param("3", "2.9", id="a float rounded to a whole number"),
        pytest.param("2.2.0", "2.21.0", id="a version is no number"),
        pytest.param("0xfffe", "0xffff", id="nor is a number in another base"),
        pytest.param("float32", "float64", id="digits inside a word"),
        pytest.param("a", "'a'", id="quotes"),
        pytest.param("True", "1", id="a truth for a number"),
        pytest.param("[1, 2]", "(1, 2)", id="brackets"),
        pytest.param("[1, 2]", "[1 2]", id="commas"),
        pytest.param("b a", "a b", id="order"),
        pytest.param("2\n1", "1\n2", id="order of lines"),
        pytest.param("a b", "a  b", id="spaces"),
        pytest.param("ab", "a b", id="no space"),
        pytest.param("5", "  5", id="leading spaces"),
        pytest.param("  5", "5", id="leading spaces that were not printed"),
        pytest.param("a b", "a\nb", id="one line for two"),
        pytest.param("a\nb", "a b", id="two lines for one"),
        pytest.param("a\nb", "a\n\nb", id="an empty line"),
        pytest.param("a", "\na", id="an empty line at the start"),
        pytest.param("a", "a\nb", id="a line is missing"),
        pytest.param("nan", "0.0", id="not a number"),
        pytest.param("a ...", "b a", id="the beginning counts"),
        pytest.param("a ... c ... e", "a b d e", id="a part is missing"),
        pytest.param("0.0 ...", "0.0004 1.0", id="no zero before an ellipsis"),
        pytest.param("took 900ms", "took 5ms", id="a duration that no clock gave"),
        pytest.param("100s", "120s", id="computed seconds"),
    ],
)
def test_what_is_not_the_captured_text_rounded_does_not_agree(stated: str, captured: str) -> None:
    assert not agree(stated, captured)


@pytest.mark.parametrize(
    ("stated", "captured", "tolerance", "expected"),
    [
        ("0.5", "0.55", 0.1, True),
        ("0.0", "0.0004", 0.001, True),
        ("[1.  0.5]", "[1.01 0.49]", 0.1, True),
        ("0.5", "0.6", 0.05, False),
        ("1000", "1001", 0.1, False),
        ("a 0.5", "b 0.5", 0.1, False),
    ],
)
def test_an_author_may_name_a_tolerance(
    stated: str,
    captured: str,
    tolerance: float,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert agree(stated, captured, tolerance) is expected


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.text())
def test_every_text_agrees_with_itself(text: str) -> None:
    assert agree(text, text)
    assert is_rounding(text, text)
    assert text_to_show(text, text) == text


@given(st.text(), st.text())
def test_comparing_never_fails(one: str, other: str) -> None:
    assert agree(one, other) in {True, False}
    assert agree_as_runs(one, other) in {True, False}


@given(st.text("0123456789.-+eEj [],\n…a"), st.text("0123456789.-+eEj [],\n…a"))
def test_comparing_numbers_never_fails(one: str, other: str) -> None:
    assert agree(one, other) in {True, False}


@given(st.decimals(-1000, 1000, places=14).filter(lambda number: number % 1), st.integers(1, 6))
def test_a_rounded_number_agrees_unless_it_is_zero(number: Decimal, places: int) -> None:
    captured, stated = f"{number:.14f}", f"{number:.{places}f}"
    assume(float(stated) != float(captured))
    assert agree(stated, captured) is any(digit in stated for digit in "123456789")


@given(NUMBERS.filter(bool), st.integers(0, 20))
def test_nothing_but_zero_is_stated_as_zero(number: float, places: int) -> None:
    assert not agree(f"{0.0:.{places}f}", repr(number))
    assert not agree(f"{0.0:.{places}e}", repr(number))


@given(NUMBERS, st.integers(1, 15))
def test_a_number_that_is_off_by_one_place_does_not_agree(number: float, places: int) -> None:
    captured = f"{number:.{places + 2}e}"
    mantissa, exponent = f"{number:.{places}e}".split("e")
    off = f"{float(mantissa) + 2 * 10.0**-places:.{places}f}e{exponent}"
    assume(abs(float(mantissa)) < 9)
    assert not agree(off, captured)


def test_what_is_shown_is_the_captured_text_rounded_no_further_than_the_author_did() -> None:
    assert text_to_show("0.33", "0.3333") == "0.33"
    assert text_to_show("[0.33 0.5]", "[0.33333334 0.5       ]") == "[0.33 0.5]"
    assert text_to_show("0.0", "0.0004") == "0.0004"
    assert text_to_show("0.00001", "1e-05") == "1e-05"
    assert text_to_show("a ... c", "a b c") == "a b c"
    assert text_to_show("0.3", "0.30000000000000004") == "0.30000000000000004"
    assert text_to_show("0.1", "0.10000000149011612") == "0.10000000149011612"
    assert text_to_show("0.300", "0.30000000000000004") == "0.300"
    assert text_to_show("2.7182818", "2.718281828459045") == "2.7182818"
    assert text_to_show("3.0", "2.9999998") == "3.0"
    assert text_to_show("<f at 0x7f12ab34cd> 0.33", "<f at 0x55aa00ff11> 0.3333") == (
        "<f at 0x55aa00ff11> 0.3333"
    )


def test_a_text_with_an_open_part_is_a_rounding_and_another_notation_is_not() -> None:
    assert is_rounding("a ... 0.33", "a b 0.3333")
    assert is_rounding("<f at 0x7f12ab34cd>", "<f at 0x55aa00ff11>")
    assert not is_rounding("0.00001", "1e-05")
    assert not is_rounding("0.3", "0.30000000000000004")
    assert not is_rounding("0.4", "0.55")


def test_a_comment_has_the_form_of_the_output_or_has_not() -> None:
    assert differ_only_in_numbers("tf.Tensor(6.0)", "tf.Tensor(5.5)")
    assert differ_only_in_numbers("[1, 2]", "[1,  3]")
    assert not differ_only_in_numbers("= 29 at x=3", "29")
    assert not differ_only_in_numbers("no numbers", "no numbers")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("[0.5 1.]", "[0.5003  1.0005]", True),
        ("0.0", "0.0004", False),
        ("1000.0 0.0", "1000.0 0.0004", True),
        ("1.0", "1.4", False),
        ("3", "3.0", True),
        ("a b", "a\nb", True),
        ("a b", "b a", False),
    ],
)
def test_two_runs_agree_within_a_tolerance(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    assert agree_as_runs(one, other) is expected

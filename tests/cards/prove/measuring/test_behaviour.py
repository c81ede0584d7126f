"""Whether two runs did the same, and the words for what differed."""

# ruff: noqa: E501, FBT003 - a row of a table is a line

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from cards.prove.client.transcript import (
    ExceptionInfo,
    ObservedStatement,
    ObservedValue,
    SnippetRun,
    Transcript,
)
from cards.prove.measuring.behaviour import difference, random_names
from cards.prove.measuring.observe import stable_part
from cards.prove.process.protocol import RunEnding


def run(*snippet_runs: SnippetRun, ending: RunEnding = RunEnding.EXITED, finished: bool = True) -> Transcript:
    return Transcript(snippet_runs, ending, 0, finished, 0, 0, False, (), 0.1)


def snippet_run(printed: str = "", *, done: bool = True, **left: ObservedValue) -> SnippetRun:
    return SnippetRun(count=1, done=done, printed=printed, left=tuple(left.items()))


def tensor(*numbers: float, shape: str = "(2,)", dtype: str = "float32") -> ObservedValue:
    return ObservedValue("EagerTensor", f"<tf.Tensor: {numbers}>", shape, dtype, numbers)


def number(value: float) -> ObservedValue:
    return ObservedValue(type(value).__name__, repr(value), numbers=(float(value),))


def scalar(value: float, dtype: str) -> ObservedValue:
    return ObservedValue(dtype, f"np.{dtype}({value})", "()", dtype, (float(value),))


def other(text: str | None, kind: str = "list") -> ObservedValue:
    return ObservedValue(kind, text)


def layer(build: str, name: str = "lstm") -> ObservedValue:
    return ObservedValue("LSTM", f"<LSTM name={name}, built=True>", dtype="float32", build=build)


FLOAT = tensor(1.0, 2.0)


@pytest.mark.parametrize(
    ("want", "got", "message"),
    [
        (FLOAT, FLOAT, ""),
        (FLOAT, tensor(1.0005, 2.0), ""),
        (FLOAT, tensor(1.01, 2.0), "the values differ"),
        (FLOAT, tensor(1.0, 2.0, shape="(2, 1)"), "yours has shape (2, 1), expected (2,)"),
        (FLOAT, tensor(1.0, 2.0, dtype="float64"), "yours is float64, expected float32"),
        (FLOAT, other("[1.0, 2.0]"), "yours has shape none, expected (2,)"),
        (FLOAT, ObservedValue("KerasTensor", None, "(2,)", "float32"), "the values differ"),
        (FLOAT, ObservedValue("ndarray", "array([1., 2.])", "(2,)", "float32", (1.0, 2.0)), ""),
        (ObservedValue("EagerTensor", None, "(2,)", "float32"), tensor(5.0, 6.0), ""),
        (tensor(math.nan, 1.0), tensor(math.nan, 1.0), ""),
        (tensor(math.nan, 1.0), tensor(1.0, math.nan), "the values differ"),
        (tensor(math.inf, 1.0), tensor(math.inf, 1.0), ""),
        (tensor(math.inf, 1.0), tensor(-math.inf, 1.0), "the values differ"),
        (tensor(1.0, 0.0), tensor(1.0, 1e-8), ""),
        (tensor(0.0, 0.0), tensor(0.0, 1e-8), "the values differ"),
        (ObservedValue("EagerTensor", "<tf.Tensor: [b'a']>", "(1,)", "string"), ObservedValue("EagerTensor", "<tf.Tensor: [b'b']>", "(1,)", "string"), "yours is <tf.Tensor: [b'b']>, expected <tf.Tensor: [b'a']>"),
        (ObservedValue("KerasTensor", "<KerasTensor shape=(3,), name=keras_tensor_1>", "(3,)", "float32"), ObservedValue("KerasTensor", "<KerasTensor shape=(3,), name=keras_tensor_7>", "(3,)", "float32"), ""),
        (number(3), number(3), ""),
        (number(3), number(4), "yours is 4, expected 3"),
        (number(3), number(3.0), "yours is of type float, expected int"),
        (number(3.0), scalar(3.0, "float64"), ""),
        (scalar(3.0, "float32"), number(3.0), ""),
        (number(1), number(True), "yours is of type bool, expected int"),
        (tensor(3.0, shape="()"), number(3.0), "yours has shape none, expected ()"),
        (other("[1, 2]"), other("[1, 2]"), ""),
        (other("[1, 2]"), other("[1, 3]"), "yours is [1, 3], expected [1, 2]"),
        (other("[1, 2]"), other("(1, 2)", "tuple"), "yours is of type tuple, expected list"),
        (other("['" + "a" * 80 + "']"), other("['" + "b" * 80 + "']"), "the values differ"),
        (other(None, "History"), other("<History at 0x7f00>", "History"), ""),
        (layer("output (2, 4), weights (5, 16)"), layer("output (2, 4), weights (5, 16)", "other"), ""),
        (layer("output (2, 4), weights (5, 16)"), layer("output (2, 4), weights (5, 12)"), "yours has output (2, 4), weights (5, 12), expected output (2, 4), weights (5, 16)"),
        (layer("weights none"), other("lambda", "function"), "yours has none of it, expected weights none"),
    ],
)  # fmt: skip
def test_a_value_that_is_left_is_the_same_or_said_to_differ(
    want: ObservedValue, got: ObservedValue, message: str
) -> None:
    found = difference(run(snippet_run(x=want)), run(snippet_run(x=got)), 0)
    assert found == (f"`x`: {message}" if message else "")


ERROR = ObservedStatement(1, 1, "", 0.1, ExceptionInfo("ValueError", ("ValueError",), "no such axis", 1))
BROKEN = ExceptionInfo("SyntaxError", ("SyntaxError",), "invalid syntax", 1)


@pytest.mark.parametrize(
    ("want", "got", "message"),
    [
        (run(snippet_run("6.0")), run(snippet_run("6.0")), ""),
        (run(snippet_run("6.0")), run(snippet_run("6.0004")), ""),
        (run(snippet_run("6.0")), run(snippet_run("7.0")), "yours prints 7.0, expected 6.0"),
        (run(snippet_run("0.0")), run(snippet_run("1e-08")), "yours prints 1e-08, expected 0.0"),
        (run(snippet_run("a\nb")), run(snippet_run("a\nc")), "yours prints c, expected b"),
        (run(snippet_run("a\nb")), run(snippet_run("a")), "yours prints nothing more, expected b"),
        (run(snippet_run("a")), run(snippet_run("a\nb")), "yours prints b, expected nothing more"),
        (run(snippet_run("a")), run(snippet_run()), "yours prints nothing, expected a"),
        (run(snippet_run()), run(snippet_run("seed 1")), ""),
        (run(snippet_run("(3, 4)")), run(snippet_run("[3, 4]")), "yours prints [3, 4], expected (3, 4)"),
        (run(snippet_run("<A at 0x7f0011>")), run(snippet_run("<A at 0x7f2233>")), ""),
        (run(snippet_run(x=FLOAT)), run(snippet_run(y=FLOAT)), "`x` is not defined"),
        (run(snippet_run(x=FLOAT)), run(snippet_run(x=FLOAT, y=FLOAT)), ""),
        (run(snippet_run()), run(replace(snippet_run(done=False), statements=(ERROR,))), "ValueError: no such axis."),
        (run(snippet_run()), run(replace(snippet_run(done=False), syntax=BROKEN)), "SyntaxError: invalid syntax"),
        (run(snippet_run("a")), run(snippet_run("a", done=False), finished=False), "the program ended before its last line"),
        (run(snippet_run("a")), run(snippet_run(done=False), ending=RunEnding.TIMED_OUT, finished=False), "it did not finish in time"),
        (run(snippet_run("a")), run(snippet_run(done=False), ending=RunEnding.MEMORY, finished=False), "the program was stopped: memory"),
        (run(snippet_run("a"), snippet_run("b")), run(snippet_run("a"), snippet_run("c")), "yours prints c, expected b"),
    ],
)  # fmt: skip
def test_a_run_did_the_same_or_is_said_to_differ(want: Transcript, got: Transcript, message: str) -> None:
    assert difference(want, got, 0) == message


def test_what_stands_before_the_gap_is_not_compared() -> None:
    assert (
        difference(run(snippet_run("a"), snippet_run("b")), run(snippet_run("c"), snippet_run("b")), 1) == ""
    )


def test_the_tolerance_of_the_block_counts_for_values_and_text() -> None:
    want, got = run(snippet_run("1.0", x=tensor(1.0))), run(snippet_run("1.3", x=tensor(1.3)))
    assert difference(want, got, 0, 0.5) == ""
    assert difference(want, got, 0, 0.1) == "yours prints 1.3, expected 1.0"


def test_what_differs_between_two_seeds_is_left_open() -> None:
    one = run(snippet_run("0.1", x=tensor(1.0), y=tensor(math.nan, 2.0), n=number(1)))
    two = run(snippet_run("0.2", x=tensor(5.0), y=tensor(math.nan, 2.0), n=number(1)))
    kept = stable_part(one, two)
    assert (
        difference(kept, run(snippet_run("9", x=tensor(7.0), y=tensor(math.nan, 2.0), n=number(1))), 0) == ""
    )
    assert difference(kept, run(snippet_run("9", x=tensor(7.0), y=tensor(3.0, 2.0), n=number(1))), 0) != ""
    assert difference(kept, run(snippet_run("9", x=tensor(7.0, shape="()"), y=FLOAT, n=number(1))), 0) != ""
    assert random_names(one, two, 0) == {"x"}

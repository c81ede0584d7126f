"""What libraries warn of, from their own files and loggers, and what says nothing about the code."""

from __future__ import annotations

import pytest

from cards.prove.client.library_warning import first_sentence, parse_library_warnings

BASE = "/tmp/run"  # noqa: S108 - a name
KERAS = "/lib/keras/src/dense.py:107: UserWarning: Do not pass an `input_shape`. Use Input.\n  super()\n"
RETRACING = (
    "WARNING:tensorflow:5 out of the last 5 calls to <function f at 0x7f12> triggered tf.function retracing. "
    "Tracing is expensive.\n"
)
LITE = (
    "/lib/interpreter.py:457: UserWarning:     Warning: tf.lite.Interpreter is deprecated and goes in\n"
    "    TF 2.20. Please use LiteRT.\n    \n  warnings.warn(text)\n"
)
DEPRECATED = (
    "WARNING:tensorflow:From /tmp/run/code/1/answer.py:8: f (from tensorflow.python.f) is deprecated and "
    "will be removed in a future version.\nInstructions for updating:\nUse `g` instead.\n"
)


def test_each_warning_is_told_of_the_line_whose_statement_ran() -> None:
    own = f"{BASE}/code/1/answer.py:4: DeprecationWarning: old\n"
    errors = KERAS + RETRACING + RETRACING + LITE + own + DEPRECATED
    ends = [(1, 0), (2, len(KERAS)), (3, len(KERAS + RETRACING + RETRACING)), (9, len(errors))]
    assert [tuple(one) for one in parse_library_warnings(errors, ends, BASE)] == [
        (2, "UserWarning: Do not pass an `input_shape`."),
        (3, "tensorflow: N out of the last N calls to <function f> triggered tf.function retracing."),
        (9, "UserWarning: tf.lite.Interpreter is deprecated and goes in TF 2.20. Please use LiteRT."),
        (4, "DeprecationWarning: old"),
        (8, "tensorflow: f is deprecated and will be removed in a future version. Use `g` instead."),
    ]


@pytest.mark.parametrize(
    "errors",
    [
        "WARNING:tensorflow:Could not find cuda drivers on your machine.\n",
        "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n",
        "W0000 00:00:17 123 cpu_feature_guard.cc:12] This binary uses oneDNN\n",
        "WARNING:tensorflow:From /lib/tf_keras/losses.py:9: The name tf.losses.f is deprecated.\n",
        "WARNING:root:my own words\n",
        "careful, this is no warning: UserWarning: not by Python\n",
        "",
    ],
)
def test_noise_of_the_machine_and_words_of_the_code_are_no_warnings(errors: str) -> None:
    assert parse_library_warnings(errors, [(1, 500)], BASE) == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It took 0.123 s at 0x7f3a. Twice.", "It took N s."),
        ("Removed in NumPy 2.0, use `np.x2`. Now.", "Removed in NumPy 2.0, use `np.x2`."),
        ("Reads /home/me/x.h5 now.", "Reads ... now."),
        ("long " * 100, f"{'long ' * 31}long…"),
    ],
)
def test_a_warning_is_kept_short_and_alike_from_run_to_run(text: str, kept: str) -> None:
    assert first_sentence(text) == kept

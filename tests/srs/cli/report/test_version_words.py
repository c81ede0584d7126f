"""With what a guide's code was proved, said so that a learner knows what is usual and what is not."""

from __future__ import annotations

from cards.program.runtime import Runtime
from srs.cli.report.version_words import version_lines

USUAL = Runtime(tensorflow="2.21.0", keras="3.15.1", python="3.11")
KERAS_2 = Runtime(tensorflow="2.21.0", keras="2.21.0", python="3.11")
PLAIN = Runtime(tensorflow="", keras="", python="3.11", packages=(("numpy", "2.3.1"),))


def test_the_usual_versions_come_first_and_keras_2_is_explained() -> None:
    assert version_lines([[USUAL, USUAL], [KERAS_2], [USUAL], [USUAL, KERAS_2], [USUAL], []]) == [
        "TensorFlow 2.21.0 · Keras 3.15.1 · Python 3.11",
        "with Keras 2 through tf-keras for 2 questions",
    ]


def test_other_versions_are_named_whole() -> None:
    assert version_lines([[USUAL], [USUAL], [PLAIN]]) == [
        "TensorFlow 2.21.0 · Keras 3.15.1 · Python 3.11",
        "with Python 3.11 · NumPy 2.3.1 for 1 question",
    ]
    assert version_lines([[], []]) == []

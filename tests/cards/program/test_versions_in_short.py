"""Many runtimes are told in one line."""

from __future__ import annotations

from cards.program.runtime import versions_in_short


def test_versions_stand_once_and_the_newest_first() -> None:
    runtimes = [
        "TensorFlow 2.9.1 · Keras 2.9.0 · Python 3.11",
        "TensorFlow 2.21.0 · Keras 3.15.1 · Python 3.13",
        "TensorFlow 2.21.0 · Keras 2.21.0 · Python 3.11",
    ]
    assert versions_in_short(runtimes) == "TensorFlow 2.21, 2.9 · Python 3.13, 3.11"


def test_packages_of_plain_code_are_named() -> None:
    assert versions_in_short(["Python 3.12 · NumPy 2.3.1"]) == "Python 3.12 · NumPy 2.3"

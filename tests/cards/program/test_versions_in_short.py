"""Many runtimes are told in one line."""

from __future__ import annotations

from cards.program.runtime import Runtime, versions_in_short


def test_versions_stand_once_and_the_newest_first() -> None:
    runtimes = [
        Runtime("3.11", "2.9.1", "2.9.0"),
        Runtime("3.13", "2.21.0", "3.15.1"),
        Runtime("3.11", "2.21.0", "2.21.0"),
    ]
    assert versions_in_short(runtimes) == "TensorFlow 2.21, 2.9 · Python 3.13, 3.11"


def test_packages_of_plain_code_are_named() -> None:
    assert versions_in_short([Runtime("3.12", "", "", (("numpy", "2.3.1"),))]) == "Python 3.12 · NumPy 2.3"

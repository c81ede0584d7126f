"""Time limits do not count what a busy machine keeps from the code."""

from __future__ import annotations

import os
import sys

import pytest

from cards.prove.process.process_tree import is_too_late, longest_run_delay


@pytest.mark.parametrize(
    ("passed", "delay", "late"),
    [
        (30.0, 0.0, False),
        (30.1, 0.0, True),
        (100.0, 75.0, False),
        (100.0, 69.0, True),
        (150.1, 149.0, True),
    ],
    ids=["in time", "late", "kept waiting", "kept waiting and late", "late whatever kept it"],
)
def test_a_limit_counts_the_time_in_which_code_could_run(*, passed: float, delay: float, late: bool) -> None:
    assert is_too_late(30.0, passed, delay) is late


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says it")
def test_a_process_has_waited_no_less_than_before() -> None:
    first = longest_run_delay(os.getpid())
    assert 0.0 <= first <= longest_run_delay(os.getpid())


def test_nothing_is_known_of_a_process_that_is_gone() -> None:
    assert longest_run_delay(2**22 + 1) == 0.0

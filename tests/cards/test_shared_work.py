"""Work that is shared with a copy of the process comes out as if it was not, whatever becomes of the copy."""

from __future__ import annotations

import multiprocessing
import os
import sys
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from cards import shared_work
from cards.shared_work import share_work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="copies are sound on Linux alone"),
    # Whatever runs the tests may have threads.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

ITEMS = range(10)
HERE = os.getpid()


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_work, "_BATCH_SIZE", 2)
    monkeypatch.setattr(shared_work, "_ITEMS_WORTH_A_PROCESS", 10)
    monkeypatch.setattr(shared_work, "cores", lambda: 2)
    monkeypatch.setattr(shared_work, "can_be_copied", lambda: True)


def doubles_and_place(some: Sequence[int]) -> tuple[list[int], bool]:
    return [2 * one for one in some], os.getpid() == HERE


def test_a_copy_does_every_second_batch() -> None:
    assert list(share_work(doubles_and_place, ITEMS)) == [
        ([0, 2], True),
        ([4, 6], False),
        ([8, 10], True),
        ([12, 14], False),
        ([16, 18], True),
    ]


def test_little_work_is_not_shared() -> None:
    assert list(share_work(doubles_and_place, ITEMS[:3])) == [([0, 2], True), ([4], True)]


def test_one_core_does_all_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_work, "cores", lambda: 1)
    assert all(is_here for _, is_here in share_work(doubles_and_place, ITEMS))


def killed_at_the_second(some: Sequence[int]) -> int:
    if os.getpid() != HERE and some[0] > 2:
        os._exit(1)
    return sum(some)


def fails_elsewhere(some: Sequence[int]) -> int:
    if os.getpid() != HERE:
        raise ValueError
    return sum(some)


@pytest.mark.parametrize("work", [killed_at_the_second, fails_elsewhere])
def test_what_the_copy_does_not_deliver_is_made_here(work: Callable[[Sequence[int]], int]) -> None:
    assert list(share_work(work, ITEMS)) == [1, 5, 9, 13, 17]


def refuses(some: Sequence[int]) -> int:
    if 3 in some:
        raise ValueError(f"not {some[0]}")
    return sum(some)


def test_an_error_is_that_of_the_work_wherever_it_was_met() -> None:
    with pytest.raises(ValueError, match="not 2"):
        list(share_work(refuses, ITEMS))
    assert multiprocessing.active_children() == []


def test_no_copy_outlives_work_that_nobody_waits_for() -> None:
    made = share_work(doubles_and_place, ITEMS)
    next(made)
    made.close()
    assert multiprocessing.active_children() == []


def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    ended = Event()
    thread = Thread(target=ended.wait)
    thread.start()
    try:
        assert not shared_work.can_be_copied()
    finally:
        ended.set()
        thread.join()

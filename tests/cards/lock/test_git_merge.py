"""Branches that proved a guide under different runtimes, merged by the real git."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from cards.lock.lock import Lock, lock_text
from cards.lock.proofs import Proofs
from cards.program.displayed_code import DisplayedVerdict, DisplayKey
from cards.program.runtime import Runtime
from tests.builders.lock import locked_card
from tests.builders.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

BASE = Runtime("3.11", "2.21.0", "3.15.1")
OTHERS = [
    Runtime("3.12", "2.21.0", "3.15.1"),
    Runtime("3.13", "2.21.0", "3.15.1"),
    Runtime("3.11", "2.16.2", "3.3.0"),
    Runtime("3.11", "2.20.0", "3.10.0"),
    Runtime("3.12", "2.20.0", "3.10.0"),
    Runtime("3.14", "2.22.0", "3.16.0"),
    Runtime("3.10", "2.15.1", "2.15.0"),
]


def lock_of(runtimes: Iterable[Runtime]) -> Lock:
    """Return the lock of a guide of three blocks that was proved under some runtimes."""
    names = ("a#1", "b#1", "c#1")
    runtimes = tuple(runtimes)
    return Lock(
        "guide",
        tuple(locked_card(f"q/fact/{name}") for name in names),
        Proofs(tuple(verdict(name, runtime=each) for name in names for each in runtimes)),
        (),
        tuple(
            DisplayedVerdict(f"q/predict/{name}", DisplayKey(f"{name}{each.words}"), runtime=each)
            for name in names
            for each in runtimes
        ),
    )


def merge(folder: Path, base: Lock, ours: Lock, theirs: Lock) -> str:
    """Return the lock that git makes of two branches; fail where it finds a conflict."""

    def git(*arguments: str) -> None:
        person = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", *person, *arguments], cwd=folder, check=True, capture_output=True)

    def commit(lock: Lock) -> None:
        (folder / "guide.lock").write_text(lock_text(lock), "utf-8")
        git("add", "guide.lock")
        git("commit", "-qm", "prove")

    git("init", "-q", "-b", "ours")
    commit(base)
    git("checkout", "-qb", "theirs")
    commit(theirs)
    git("checkout", "-q", "ours")
    commit(ours)
    git("merge", "-q", "--no-edit", "theirs")
    return (folder / "guide.lock").read_text("utf-8")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    list(combinations(OTHERS, 2)),
    ids=lambda runtime: f"{runtime.python}-{runtime.tensorflow}",
)
def test_branches_that_proved_under_other_runtimes_merge_by_themselves(
    tmp_path: Path, ours: Runtime, theirs: Runtime
) -> None:
    merged = merge(tmp_path, lock_of([BASE]), lock_of([BASE, ours]), lock_of([BASE, theirs]))
    assert merged == lock_text(lock_of([BASE, ours, theirs]))


def test_a_matrix_on_one_branch_and_another_python_on_the_other_merge(tmp_path: Path) -> None:
    one, *many = OTHERS
    merged = merge(tmp_path, lock_of([BASE]), lock_of([BASE, one]), lock_of([BASE, *many]))
    assert merged == lock_text(lock_of([BASE, *OTHERS]))


def test_a_runtime_is_forgotten_on_one_branch_and_added_on_the_other(tmp_path: Path) -> None:
    old, new = OTHERS[:2]
    merged = merge(tmp_path, lock_of([BASE, old]), lock_of([BASE]), lock_of([BASE, old, new]))
    assert merged == lock_text(lock_of([BASE, new]))


def test_a_block_is_edited_under_one_python_and_another_python_is_added_on_the_other(tmp_path: Path) -> None:
    base = lock_of([BASE])
    first, *rest = base.proofs.verdicts
    edited = replace(base, proofs=Proofs((replace(first, output="2"), *rest)))
    both = lock_of([BASE, OTHERS[1]])
    merged = merge(tmp_path, base, edited, both)
    expected = replace(both, proofs=Proofs((replace(first, output="2"), *both.proofs.verdicts[1:])))
    assert merged == lock_text(expected)

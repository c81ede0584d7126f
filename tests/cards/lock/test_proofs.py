"""Proofs of many runtimes side by side: what is added, what a person's name means, what is dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cards.lock.proofs import Proofs
from cards.program.confinement import Confinement
from cards.program.proof_key import ProofKey
from cards.program.runtime import Runtime
from cards.program.snippet import SnippetName
from cards.program.verdict import Outcome
from tests.builders.program import program
from tests.builders.verdict import ELSEWHERE, HERE, verdict, verdicts_of

if TYPE_CHECKING:
    from cards.program.verdict import Verdict

OLD = verdict("q#1", output="1", seconds=2.0)
PYTHON_312 = replace(HERE, python="3.12")


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        (replace(OLD, seconds=9.0, proved_on="2026-09-09"), (OLD,)),
        (replace(OLD, output="2", proved_on="2026-09-09"), None),
        (replace(OLD, outcome=Outcome.FAILED, proved_on="2026-09-09"), None),
        (
            replace(OLD, key=ProofKey("other"), seconds=9.0, proved_on="2026-09-09"),
            (replace(OLD, key=ProofKey("other"), seconds=9.0),),
        ),
        (
            replace(OLD, confinement=Confinement.PARTIAL, proved_on="2026-09-09"),
            (replace(OLD, confinement=Confinement.PARTIAL),),
        ),
        (
            replace(OLD, runtime=ELSEWHERE, key=ProofKey("other"), proved_on="2026-09-09"),
            (OLD, replace(OLD, runtime=ELSEWHERE, key=ProofKey("other"), proved_on="2026-09-09")),
        ),
        (
            replace(OLD, runtime=PYTHON_312, key=ProofKey("other"), proved_on="2026-09-09"),
            (OLD, replace(OLD, runtime=PYTHON_312, key=ProofKey("other"), proved_on="2026-09-09")),
        ),
    ],
    ids=[
        "the same again changes nothing",
        "other output",
        "other outcome",
        "other code with the same end keeps the date",
        "other confinement keeps the date",
        "another TensorFlow is a line more",
        "another Python is a line more",
    ],
)
def test_a_proof_that_only_repeats_an_old_one_keeps_it(
    new: Verdict, kept: tuple[Verdict, ...] | None
) -> None:
    assert Proofs((OLD,)).add([new]).verdicts == (kept or (new,))


def test_proofs_stand_in_the_order_that_is_given() -> None:
    first, second, other = verdict("a#1"), verdict("b#1"), verdict("gone#1")
    order = [SnippetName("b#1"), SnippetName("a#1")]
    assert Proofs((other, first)).add([second], order).verdicts == (second, first, other)


RUNTIMES = {
    "old": Runtime("3.11", "2.18.1", "3.8.0"),
    "new": Runtime("3.13", "2.21.0", "3.13.0", (("numpy", "2.1.3"),)),
    "newest": Runtime("3.12", "2.21.0", "3.15.1"),
    "plain": Runtime("3.13", "", ""),
}
MANY = Proofs(tuple(verdict("q#1", runtime=each) for each in RUNTIMES.values()))


def test_runtimes_are_listed_by_tensorflow_then_keras_then_python() -> None:
    assert [each.words for each in MANY.runtimes] == [
        "TensorFlow 2.21.0 · Keras 3.15.1 · Python 3.12",
        "TensorFlow 2.21.0 · Keras 3.13.0 · Python 3.13",
        "TensorFlow 2.18.1 · Keras 3.8.0 · Python 3.11",
        "Python 3.13",
    ]
    assert [one.runtime for one in MANY.by_snippet[SnippetName("q#1")]] == [
        RUNTIMES["newest"],
        RUNTIMES["new"],
        RUNTIMES["old"],
        RUNTIMES["plain"],
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("3.13", ["new", "plain"]),
        ("3.1", []),
        ("2.18", ["old"]),
        ("2.18.1", ["old"]),
        ("2.1", []),
        ("2", ["old", "new", "newest"]),
        ("tensorflow==2.21", ["new", "newest"]),
        ("TensorFlow 2.21", ["new", "newest"]),
        ("python==3.13", ["new", "plain"]),
        ("keras == 3.13", ["new"]),
        ("numpy==2.1", ["new"]),
        ("3.13, tensorflow==2.21", ["new"]),
        ("TensorFlow 2.18.1 · Keras 3.8.0 · Python 3.11", ["old"]),
        ("torch==2.1", []),
        ("", []),
        (" · ", []),
        ("latest", []),
    ],
)
def test_a_name_means_the_runtimes_that_all_its_parts_fit(name: str, meant: list[str]) -> None:
    assert [known for known, runtime in RUNTIMES.items() if runtime.is_named(name)] == meant
    left = [runtime for known, runtime in RUNTIMES.items() if known not in meant]
    assert [one.runtime for one in MANY.forget(name).verdicts] == left


def test_proofs_of_code_that_is_no_longer_in_the_guide_are_dropped_whatever_their_runtime() -> None:
    before, now = program("x = 1", "y = 2"), program("x = 1", "y = 3")
    known = Proofs(tuple(verdicts_of((before,)) + verdicts_of((before,), PYTHON_312)))
    valid = known.valid_for([now])
    assert [(one.snippet, one.runtime) for one in valid.verdicts] == [
        (now.snippets[0].name, PYTHON_312),
        (now.snippets[0].name, HERE),
    ]
    assert known.valid_for([]) == Proofs()

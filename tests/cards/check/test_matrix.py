"""On which versions a block holds, and what changed between them."""

from __future__ import annotations

from dataclasses import replace

from cards.check.matrix import MatrixChange, TriedVersion, matrix_rows
from cards.program.program import Program
from cards.program.runtime import Runtime
from cards.program.snippet import RunDirectives, Snippet, SnippetName
from cards.program.verdict import Outcome, Verdict
from tests.builders.verdict import verdicts_of

BLOCK = Snippet(SnippetName("q#1"), "import tensorflow as tf\nprint(1)")
PROGRAM = Program("q", (BLOCK,))


def tried(name: str, outcome: Outcome, output: str = "", error: str = "") -> TriedVersion:
    (verdict,) = verdicts_of((PROGRAM,))
    seen = replace(
        verdict, outcome=outcome, runtime=Runtime("3.11", f"{name}.1", "3.1"), output=output, sentence=error
    )
    return TriedVersion(name, seen.runtime.words, {seen.snippet: seen})


def test_a_block_that_begins_to_fail_says_since_when_and_why() -> None:
    (row,) = matrix_rows(
        [PROGRAM],
        [
            tried("2.16", Outcome.PASSED, "1"),
            tried("2.18", Outcome.STALE_API, error="tf.x is gone."),
            tried("2.20", Outcome.STALE_API, error="tf.x is gone."),
        ],
    )
    assert (row.holds, row.first, row.last) == ((True, False, False), "2.16", "2.16")
    assert row.changes == (MatrixChange("2.18", "stale API: tf.x is gone."),)
    assert row.reason == "tf.x is gone."
    assert not row.is_steady


def test_a_block_that_begins_to_hold_says_what_it_did_before() -> None:
    (row,) = matrix_rows(
        [PROGRAM], [tried("2.16", Outcome.FAILED, error="No tf.y."), tried("2.18", Outcome.PASSED)]
    )
    assert (row.first, row.last, row.reason) == ("2.18", "2.18", "")
    assert row.changes == (MatrixChange("2.18", "holds now; it did not before: No tf.y."),)


def test_another_output_is_a_change_of_a_block_that_holds() -> None:
    (row,) = matrix_rows([PROGRAM], [tried("2.16", Outcome.PASSED, "1"), tried("2.18", Outcome.PASSED, "2")])
    assert (row.first, row.last) == ("2.16", "2.18")
    assert row.changes == (MatrixChange("2.18", "prints something else: '1' became '2'"),)


def test_what_cannot_be_installed_has_no_column() -> None:
    (row,) = matrix_rows([PROGRAM], [TriedVersion("2.99", problem="none"), tried("2.18", Outcome.PASSED)])
    assert row.holds == (True,)
    assert row.is_steady


def test_code_that_its_author_takes_out_of_the_run_is_not_run() -> None:
    excused = replace(BLOCK, directives=RunDirectives(no_run="costs money"))
    program = Program("q", (excused,))
    (verdict,) = verdicts_of((program,))
    seen: Verdict = replace(verdict, outcome=Outcome.NOT_RUN, sentence="Not run: costs money")
    (row,) = matrix_rows([program], [TriedVersion("2.18", "", {seen.snippet: seen})])
    assert (row.holds, row.first, row.reason) == ((None,), "", "Not run: costs money")

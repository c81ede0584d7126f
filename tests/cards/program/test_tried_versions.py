"""On which versions of TensorFlow code holds, of those it was tried on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.program.runtime import Runtime
from cards.program.tried_versions import TriedVersions
from cards.program.verdict import Outcome, Verdict
from tests.builders.verdict import verdict


def tried(*words: str) -> tuple[Verdict, ...]:
    """Return a snippet's verdicts, in any order: `2.16 ok`, `2.18 no`."""
    outcomes = {"ok": Outcome.PASSED, "no": Outcome.FAILED}
    return tuple(
        verdict("q#1", outcomes[how], runtime=Runtime("3.11", version, "3.8.0"))
        for version, how in (each.split() for each in words)
    )


@pytest.mark.parametrize(
    ("snippets", "newest", "since"),
    [
        ([("2.21.0 ok",)], "2.21.0", "2.21.0"),
        ([("2.21.0 ok", "2.9.1 ok", "2.16.0 ok")], "2.21.0", "2.9.1"),
        ([("2.16.0 ok", "2.18.0 no", "2.20.0 ok", "2.21.0 ok")], "2.21.0", "2.20.0"),
        ([("2.16.0 ok", "2.18.0 ok", "2.20.0 no")], "2.18.0", "2.16.0"),
        ([("2.16.0 no",)], "", ""),
        ([], "", ""),
        ([("2.16.0 ok", "2.18.0 ok"), ("2.16.0 no", "2.18.0 ok")], "2.18.0", "2.18.0"),
        ([("2.16.0 ok", "2.18.0 ok"), ("2.18.0 ok",)], "2.18.0", "2.18.0"),
        ([("2.16.0 ok",), ("2.18.0 ok",)], "", ""),
    ],
    ids=[
        "one version",
        "all versions, by their numbers",
        "a gap in the middle",
        "gone in the newest",
        "nowhere",
        "nothing was tried",
        "all snippets must hold",
        "only versions that saw all snippets count",
        "no version saw all snippets",
    ],
)
def test_code_holds_on_a_span_of_versions(snippets: list[tuple[str, ...]], newest: str, since: str) -> None:
    versions = TriedVersions.of([tried(*each) for each in snippets])
    assert (versions.newest_holding, versions.same_since(newest)) == (newest, since)


def test_one_python_on_which_it_holds_is_enough() -> None:
    (fails,) = tried("2.21.0 no")
    holds = replace(fails, outcome=Outcome.PASSED, runtime=replace(fails.runtime, python="3.12"))
    assert TriedVersions.of([(fails, holds)]).holds == (("2.21.0", True),)


def test_a_failure_has_a_version_since_which_it_is_there() -> None:
    versions = TriedVersions.of([tried("2.16.0 ok", "2.18.0 no", "2.20.0 no")])
    assert (versions.same_since("2.20.0"), versions.held_before("2.20.0")) == ("2.18.0", True)
    assert (versions.same_since("2.16.0"), versions.held_before("2.16.0")) == ("2.16.0", False)
    assert (versions.same_since("2.99"), versions.held_before("2.99")) == ("", False)

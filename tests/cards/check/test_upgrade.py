"""What other versions did to code that was proved before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.check.upgrade import version_differences
from cards.program.qualifier import Qualifier, QualifierKind
from cards.program.verdict import Outcome, Verdict
from tests.builders.verdict import ELSEWHERE, verdict

DEPRECATION = Qualifier(QualifierKind.WARNING, "DeprecationWarning", 3)
UNCALLED = Qualifier(QualifierKind.NEVER_CALLED, "learning_rate")
OLD = verdict("q#1", output="a\nb", qualifiers=(DEPRECATION,))
NEW = replace(OLD, runtime=ELSEWHERE)
SINCE = "since TensorFlow 2.21.0, Keras 3.15.0, Python 3.11"


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        (OLD, NEW, []),
        (OLD, replace(OLD, output="c"), []),
        (
            OLD,
            replace(NEW, outcome=Outcome.STALE_API, sentence="`x` is gone."),
            [f"stale API {SINCE}: `x` is gone."],
        ),
        (OLD, replace(NEW, output="a\n c"), [f"prints something else {SINCE}: 'b' became 'c'"]),
        (OLD, replace(NEW, output="a\nb\nc"), [f"prints something else {SINCE}: 2 lines became 3"]),
        (
            OLD,
            replace(
                NEW,
                qualifiers=(DEPRECATION, Qualifier(QualifierKind.WARNING, "UserWarning", 7), UNCALLED),
            ),
            [f"newly warns {SINCE}: warns, line 7: UserWarning"],
        ),
        (
            OLD,
            replace(NEW, qualifiers=(Qualifier(QualifierKind.WARNING, "DeprecationWarning: old", 9),)),
            [],
        ),
        (replace(OLD, outcome=Outcome.FAILED), replace(NEW, outcome=Outcome.FAILED), []),
        (replace(OLD, outcome=Outcome.FAILED), NEW, []),
    ],
    ids=[
        "nothing",
        "the same versions",
        "newly fails",
        "prints other words",
        "prints more",
        "newly warns",
        "warns as before in another line",
        "failed before",
        "holds again",
    ],
)
def test_what_other_versions_did_is_told(before: Verdict, after: Verdict, sentences: list[str]) -> None:
    news = version_differences([before], {after.snippet: after})
    assert [(one.snippet, one.sentence) for one in news] == [("q#1", sentence) for sentence in sentences]


def test_code_that_is_gone_has_no_news() -> None:
    assert version_differences([OLD], {}) == ()

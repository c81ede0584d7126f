"""What other versions did to code that was proved before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.check.upgrade import earlier_verdicts, version_differences
from cards.lock.proofs import Proofs
from cards.program.qualifier import Qualifier, QualifierKind
from cards.program.verdict import Outcome, Verdict
from tests.builders.verdict import ELSEWHERE, HERE, verdict

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
        (OLD, replace(NEW, output="a\n c"), [f"prints something else {SINCE}: 'b' became ' c'"]),
        (OLD, replace(NEW, output="a\nb\nc"), [f"prints something else {SINCE}: 'c' is new"]),
        (OLD, replace(NEW, output="b"), [f"prints something else {SINCE}: 'a' is gone"]),
        (
            replace(OLD, output="1\n2\nsame\n3\n4\n5"),
            replace(NEW, output="6\n7\nsame\n8\n9"),
            [
                (
                    f"prints something else {SINCE}: '1' became '6'; '2' became '7'; '3' became '8'; "
                    "and 2 more lines"
                )
            ],
        ),
        (
            replace(OLD, output=f"{'x' * 80} 1.25"),
            replace(NEW, output=f"{'x' * 80} 1.75"),
            [f"prints something else {SINCE}: '…{'x' * 55} 1.25' became '…{'x' * 55} 1.75'"],
        ),
        (
            replace(OLD, output=f"1.25{'x' * 80}"),
            replace(NEW, output="1.75"),
            [f"prints something else {SINCE}: '1.25{'x' * 56}…' became '1.75'"],
        ),
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
        (
            replace(OLD, outcome=Outcome.FAILED),
            NEW,
            [f"holds now, {SINCE}; it did not before: failed"],
        ),
        (
            replace(OLD, outcome=Outcome.STALE_API, sentence="`x` is gone. Use y.", advice="Use y."),
            NEW,
            [f"holds now, {SINCE}; it did not before: `x` is gone."],
        ),
        (
            replace(OLD, runtime=replace(HERE, packages=(("numpy", "1.26"), ("pandas", "2.2")))),
            replace(
                OLD,
                runtime=replace(HERE, packages=(("numpy", "2.1"), ("pandas", "2.2"))),
                outcome=Outcome.FAILED,
                sentence="no.",
            ),
            ["failed since numpy 1.26: no."],
        ),
    ],
    ids=[
        "nothing",
        "the same versions",
        "newly fails",
        "prints other words",
        "prints more",
        "prints less",
        "prints many other lines",
        "differs at the end of a long line",
        "a long line became a short one",
        "newly warns",
        "warns as before in another line",
        "failed before",
        "holds again",
        "holds again what was stale",
        "another version of what it imports",
    ],
)
def test_what_other_versions_did_is_told(before: Verdict, after: Verdict, sentences: list[str]) -> None:
    news = version_differences([before], {after.snippet: after})
    assert [(one.snippet, one.sentence) for one in news] == [("q#1", sentence) for sentence in sentences]


def test_code_that_is_gone_has_no_news() -> None:
    assert version_differences([OLD], {}) == ()


def test_each_block_is_compared_with_the_newest_other_runtime_or_with_a_named_one() -> None:
    older = replace(OLD, runtime=replace(HERE, tensorflow="2.18.0"))
    proofs = Proofs((older, OLD, NEW))
    after = {NEW.snippet: NEW}
    assert earlier_verdicts(proofs, after) == (OLD,)
    assert earlier_verdicts(proofs, after, "2.18") == (older,)
    assert earlier_verdicts(proofs, after, "2.22") == ()
    assert earlier_verdicts(Proofs((NEW,)), after) == ()

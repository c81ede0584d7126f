"""What a card says of its proofs where several versions of TensorFlow were tried."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.build.stamp import failure_note, proof_stamp
from cards.card.proof_stamp import Stamp
from cards.program.runtime import Runtime
from cards.program.verdict import Outcome, Verdict
from exporters.html.side_html import proof_text
from tests.builders.verdict import verdict

OLD, MIDDLE, NEW = (
    verdict("q#1", runtime=Runtime("3.11", "2.16.2", "3.3.0"), proved_on="2026-01-01"),
    verdict("q#1", runtime=Runtime("3.11", "2.18.0", "3.8.0"), proved_on="2026-01-02"),
    verdict("q#1", runtime=Runtime("3.11", "2.21.0", "3.15.1"), proved_on="2026-01-03"),
)
ON_312 = replace(NEW, runtime=replace(NEW.runtime, python="3.12"), proved_on="2026-01-09")
PATCHED = replace(NEW, runtime=replace(NEW.runtime, tensorflow="2.21.1"), proved_on="2026-01-10")


def failing(one: Verdict) -> Verdict:
    return replace(one, outcome=Outcome.STALE_API, sentence="`x` is gone. Use y.", advice="Use y.")


@pytest.mark.parametrize(
    ("counting", "proofs", "words"),
    [
        (NEW, (NEW,), "ran on TensorFlow 2.21.0 · Keras 3.15.1 · 2026-01-03"),
        (ON_312, (NEW, ON_312), "ran on TensorFlow 2.21.0 · Keras 3.15.1 · 2026-01-03"),
        (PATCHED, (NEW, PATCHED), "ran on TensorFlow 2.21.1 · Keras 3.15.1 · 2026-01-10"),
        (NEW, (NEW, MIDDLE, OLD), "holds on TensorFlow 2.16 to 2.21 · 2026-01-03"),
        (OLD, (NEW, MIDDLE, OLD), "holds on TensorFlow 2.16 to 2.21 · 2026-01-03"),
        (NEW, (NEW, failing(MIDDLE), OLD), "ran on TensorFlow 2.21.0 · Keras 3.15.1 · 2026-01-03"),
        (OLD, (failing(NEW), MIDDLE, OLD), "holds on TensorFlow 2.16 to 2.18 · 2026-01-02"),
    ],
    ids=[
        "one version",
        "two Pythons, the first date",
        "two patches of one version",
        "three versions",
        "the same whatever runs here",
        "not in between",
        "not in the newest",
    ],
)
def test_the_proof_line_names_the_versions_that_the_code_holds_on(
    counting: Verdict, proofs: tuple[Verdict, ...], words: str
) -> None:
    assert proof_text(proof_stamp(counting, [proofs])) == words


def test_a_card_of_several_snippets_holds_where_all_of_them_do() -> None:
    below = tuple(replace(one, snippet=NEW.snippet) for one in (NEW, MIDDLE))
    assert proof_stamp(NEW, [below, (NEW, MIDDLE, OLD)]) == Stamp("2.21.0", "3.15.1", "2026-01-03", "2.18.0")


@pytest.mark.parametrize(
    ("counting", "proofs", "words"),
    [
        (failing(NEW), (), "no longer runs on TensorFlow 2.21.0: `x` is gone."),
        (failing(NEW), (failing(NEW), failing(OLD)), "no longer runs on TensorFlow 2.21.0: `x` is gone."),
        (failing(NEW), (failing(NEW), OLD), "no longer runs since TensorFlow 2.21: `x` is gone."),
        (
            failing(NEW),
            (failing(NEW), failing(MIDDLE), OLD),
            "no longer runs since TensorFlow 2.18: `x` is gone.",
        ),
        (failing(MIDDLE), (NEW, failing(MIDDLE)), "no longer runs on TensorFlow 2.18.0: `x` is gone."),
        (
            replace(NEW, outcome=Outcome.OUTPUT_MISMATCH),
            (replace(NEW, outcome=Outcome.OUTPUT_MISMATCH), OLD),
            "does not hold since TensorFlow 2.21",
        ),
        (replace(NEW, outcome=Outcome.NOT_RUN), (OLD,), ""),
    ],
    ids=[
        "nothing else was tried",
        "it never held",
        "it held before",
        "the first that fails",
        "only a newer one holds",
        "another outcome",
        "it was never run",
    ],
)
def test_a_failing_card_says_since_which_version_it_fails(
    counting: Verdict, proofs: tuple[Verdict, ...], words: str
) -> None:
    assert failure_note(counting, proofs) == words

"""From text and lock to a proved deck and the next lock."""

from __future__ import annotations

import pytest

from cards.build.pipeline import BuildResult, plan_build
from cards.build.runs import add_proofs
from cards.card import sides
from cards.card.card import FAILING_TAG
from cards.card.kind import CardKind
from cards.card.proof_stamp import Stamp
from cards.errors import GuideError
from cards.lock.lock import Lock
from cards.program.runtime import Runtime
from cards.program.verdict import Outcome
from tests.builders.built import built, finished, lock_of
from tests.builders.verdict import ELSEWHERE, HERE, verdicts_of

GUIDE = """# Guide

## Basics

### Q1. What is a tensor?

A **tensor** is an array of numbers of one type.

- **rank**: the number of axes that an array has
- **shape**: how long each of the axes of an array is

### Q2. What is a square?

```python
x = 3
print(x * x)
```

```output
9
```

<!-- proofdeck: check
assert x == 3
-->

```python
print(x + x)  # because it is fast
```

```output
6
```
"""
WITH_TENSORFLOW = frozenset({HERE})
WITHOUT_TENSORFLOW: frozenset[Runtime] = frozenset()


def build(
    text: str = GUIDE,
    before: BuildResult | None = None,
    now: int = 1000,
    *,
    include_failing: bool = False,
    **outcomes: Outcome,
) -> BuildResult:
    """Build where TensorFlow is installed; `n2=` is the outcome of the second snippet."""
    named = {f"what-is-a-square#{name.removeprefix('n')}": outcome for name, outcome in outcomes.items()}
    return built(text, before, now, outcomes=named, include_failing=include_failing)


def shown(built: BuildResult) -> list[tuple[str, str]]:
    return [(card.kind.value, sides.words(card.back)) for card in built.deck.whole_cards]


ALL = [
    ("fact", "An array of numbers of one type"),
    ("term", "The number of axes that an array has"),
    ("name", "rank"),
    ("term", "How long each of the axes of an array is"),
    ("name", "shape"),
    ("predict", "9"),
    ("predict", "6"),
    ("why", "Because it is fast"),
]


def test_a_first_build_runs_everything_and_shows_every_card() -> None:
    plan = plan_build(GUIDE, "guide.md", None, WITH_TENSORFLOW)
    assert [program.name for program in plan.to_run] == ["what-is-a-square"]
    built = finished(plan, verdicts_of(plan.to_run), 1000)
    assert (built.deck.slug, built.deck.title) == ("guide", "Guide")
    assert shown(built) == ALL
    assert built.held == ()
    assert built.changes.new == tuple(card.id for card in built.deck.whole_cards)
    assert {card.changed_at for card in built.deck.whole_cards} == {1000}


def test_cards_that_show_python_carry_the_proof_and_others_none() -> None:
    stamps = {card.kind: card.stamp for card in build().deck.whole_cards}
    proof = Stamp("2.21.0", "3.15.0", "2026-01-02")
    assert stamps == {
        CardKind.FACT: None,
        CardKind.TERM: None,
        CardKind.NAME: None,
        CardKind.PREDICT: proof,
        CardKind.WHY: proof,
    }


def test_every_block_has_an_account() -> None:
    plan = plan_build(GUIDE, "guide.md", None, WITHOUT_TENSORFLOW)
    assert [(account.what, account.span.first) for account in plan.coverage] == [
        ("paragraph", 7),
        ("list", 9),
        ("code", 15),
        ("output", 20),
        ("code", 28),
        ("output", 32),
    ]


def test_an_unchanged_guide_builds_the_same_lock_and_runs_nothing() -> None:
    first = build()
    plan = plan_build(GUIDE, "guide.md", lock_of(first), WITH_TENSORFLOW)
    assert plan.to_run == ()
    again = finished(plan, (), 9999)
    assert again.lock == first.lock
    assert again.deck == first.deck
    assert again.changes.unchanged == tuple(card.id for card in first.deck.whole_cards)


def test_an_edit_changes_only_its_card() -> None:
    first = build()
    after = build(GUIDE.replace("numbers of one type", "numbers of one dtype"), first, now=2000)
    before = {card.id: card.changed_at for card in first.deck.whole_cards}
    moved = [card for card in after.deck.whole_cards if card.changed_at != before[card.id]]
    assert [sides.words(card.back) for card in moved] == ["An array of numbers of one dtype"]
    assert after.changes.changed == (moved[0].id,)
    assert moved[0].changed_at == 2000


def test_a_card_that_vanished_is_retired_and_comes_back_as_itself() -> None:
    first = build()
    without = build(GUIDE.replace("- **rank**: the number of axes that an array has\n", ""), first)
    gone = [
        card.id
        for card in first.deck.whole_cards
        if card.id not in {kept.id for kept in without.deck.whole_cards}
    ]
    assert len(gone) == 2
    assert without.changes.retired == tuple(gone)
    assert [card.id for card in lock_of(without).retired] == gone
    back = build(GUIDE, without)
    assert back.changes.revived == tuple(gone)
    assert lock_of(back).retired == ()
    assert [card.id for card in back.deck.whole_cards] == [card.id for card in first.deck.whole_cards]


def test_proofs_of_other_versions_do_not_count_where_tensorflow_is_installed() -> None:
    first = build()
    plan = plan_build(GUIDE, "guide.md", lock_of(first), frozenset({ELSEWHERE}))
    assert [program.name for program in plan.to_run] == ["what-is-a-square"]
    assert plan.verdicts == {}


def test_without_tensorflow_proofs_of_any_version_count() -> None:
    lock = lock_of(build())
    plan = plan_build(GUIDE, "guide.md", lock, WITHOUT_TENSORFLOW)
    assert plan.to_run == ()
    assert shown(finished(plan, (), 2000)) == ALL


def test_one_of_several_versions_is_enough() -> None:
    plan = plan_build(GUIDE, "guide.md", lock_of(build()), frozenset({ELSEWHERE, HERE}))
    assert plan.to_run == ()


@pytest.mark.parametrize(
    "edit",
    [("x * x", "x ** 2"), ("assert x == 3", "assert x > 2"), ("```output\n9", "```output\n9.0")],
    ids=["the code", "a check", "the stated output"],
)
def test_a_proof_of_other_code_does_not_count(edit: tuple[str, str]) -> None:
    plan = plan_build(GUIDE.replace(*edit), "guide.md", lock_of(build()), WITHOUT_TENSORFLOW)
    assert [program.name for program in plan.to_run] == ["what-is-a-square"]


def test_a_proof_of_code_before_the_edit_still_counts() -> None:
    plan = plan_build(GUIDE.replace("x + x", "2 * x"), "guide.md", lock_of(build()), WITH_TENSORFLOW)
    assert list(plan.verdicts) == ["what-is-a-square#1", "what-is-a-square#2"]


@pytest.mark.parametrize(
    ("outcome", "runs_again"),
    [(Outcome.FAILED, False), (Outcome.TIMED_OUT, True)],
    ids=["lasting", "passing"],
)
def test_an_outcome_that_another_run_may_change_is_run_again(outcome: Outcome, *, runs_again: bool) -> None:
    plan = plan_build(GUIDE, "guide.md", lock_of(build(n1=outcome)), WITH_TENSORFLOW)
    assert bool(plan.to_run) == runs_again


def test_without_any_proof_only_the_cards_without_code_are_shown() -> None:
    built = finished(plan_build(GUIDE, "guide.md", None, WITHOUT_TENSORFLOW), (), 1000)
    assert shown(built) == ALL[:5]
    assert [(held.failing_snippet, held.verdict) for held in built.held] == [
        ("what-is-a-square#1", None),
        ("what-is-a-square#3", None),
        ("what-is-a-square#3", None),
    ]


def test_code_that_fails_is_held_back_with_its_verdict() -> None:
    built = build(n3=Outcome.FAILED)
    assert shown(built) == ALL[:6]
    assert [(held.failing_snippet, held.verdict and held.verdict.outcome) for held in built.held] == [
        ("what-is-a-square#3", Outcome.FAILED),
        ("what-is-a-square#3", Outcome.FAILED),
    ]


def test_code_that_fails_is_shown_with_a_mark_where_that_is_asked_for() -> None:
    built = build(n3=Outcome.FAILED, include_failing=True)
    assert shown(built) == ALL
    assert built.held == ()
    assert [marked.failing_snippet for marked in built.shown_failing] == ["what-is-a-square#3"] * 2
    assert [(card.failing, card.tags[-1], card.stamp) for card in built.deck.whole_cards if card.failing] == [
        ("did not run on TensorFlow 2.21.0", FAILING_TAG, None)
    ] * 2


def test_mark_and_tag_come_and_go_and_the_card_stays_the_same() -> None:
    first = build()
    worse = build(
        GUIDE.replace("print(x + x)", "print(x - x)"), first, 2000, n3=Outcome.FAILED, include_failing=True
    )
    better = build(GUIDE, worse, 3000, include_failing=True)
    ids = [card.id for card in first.deck.whole_cards]
    for later in (worse, better):
        assert [card.id for card in later.deck.whole_cards] == ids
        assert set(later.changes.changed) == set(ids[6:])
    assert [card.changed_at for card in worse.deck.whole_cards] == [1000] * 6 + [2000] * 2
    assert [card.changed_at for card in better.deck.whole_cards] == [1000] * 6 + [3000] * 2
    assert not any(card.failing or FAILING_TAG in card.tags for card in better.deck.whole_cards)


def test_a_marked_card_is_held_back_again_where_nobody_asks_for_it() -> None:
    marked = build(n3=Outcome.FAILED, include_failing=True)
    after = build(GUIDE, marked, 2000)
    assert shown(after) == ALL[:6]
    assert after.lock == marked.lock


def test_a_failing_check_holds_the_block_above_it_back_and_no_other() -> None:
    built = build(n2=Outcome.FAILED)
    assert shown(built) == [*ALL[:5], *ALL[6:]]
    assert [held.failing_snippet for held in built.held] == ["what-is-a-square#2"]


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if not outcome.holds])
def test_no_other_outcome_than_a_pass_lets_a_card_out(outcome: Outcome) -> None:
    assert [
        card.kind
        for card in build(n1=outcome).deck.whole_cards
        if card.snippets[:1] == ("what-is-a-square#1",)
    ] == []


def test_a_held_card_is_remembered_as_it_was_last_shown() -> None:
    first = build()
    held = build(GUIDE.replace("print(x + x)", "print(x - x)"), first, now=2000, n3=Outcome.FAILED)
    kept = {card.id: (card.digest, card.changed_at) for card in lock_of(first).cards}
    assert {card.id: (card.digest, card.changed_at) for card in lock_of(held).cards} == kept
    assert lock_of(held).retired == ()


def test_a_card_that_was_held_and_holds_again_is_unchanged() -> None:
    first = build()
    again = build(GUIDE, build(GUIDE, first, n3=Outcome.TIMED_OUT), now=2000)
    assert again.deck == first.deck
    assert again.lock == first.lock


def test_a_card_never_shown_is_new_when_it_first_holds() -> None:
    held = build(n3=Outcome.TIMED_OUT)
    assert [card.back for card in lock_of(held).cards][-2:] == ["shape", "9"]
    after = build(GUIDE, held, now=2000)
    assert [card.kind.value for card in after.deck.whole_cards if card.id in after.changes.new] == [
        "predict",
        "why",
    ]
    assert {card.changed_at for card in after.deck.whole_cards if card.id in after.changes.new} == {2000}


def test_a_second_proof_of_the_same_code_changes_no_card() -> None:
    first = build()
    plan = plan_build(GUIDE, "guide.md", lock_of(first), WITH_TENSORFLOW)
    again = finished(plan, verdicts_of(plan.programs, on="2026-09-09"), 2000)
    assert again.deck == first.deck
    assert again.lock == first.lock


def test_a_proof_under_other_versions_changes_the_cards_that_show_it() -> None:
    first = build()
    plan = plan_build(GUIDE, "guide.md", lock_of(first), frozenset({ELSEWHERE}))
    after = finished(plan, verdicts_of(plan.to_run, ELSEWHERE, on="2026-09-09"), 2000)
    assert {card.stamp for card in after.deck.whole_cards if card.snippets} == {
        Stamp("2.22.0", "3.16.0", "2026-09-09", since="2.21.0")
    }
    assert after.changes.changed == tuple(card.id for card in after.deck.whole_cards if card.snippets)


def test_proofs_of_code_that_is_gone_are_forgotten() -> None:
    first = build()
    text = GUIDE[: GUIDE.index("```python\nprint(x + x)")]
    assert [proof.snippet for proof in lock_of(build(text, first)).proofs.verdicts] == [
        "what-is-a-square#1",
        "what-is-a-square#2",
    ]


def test_numbers_and_empty_lines_change_nothing() -> None:
    first = build()
    text = GUIDE.replace("Q1. ", "Q7. ").replace("### Q2. ", "\n\n### ")
    assert build(text, first, now=2000).lock == first.lock


def test_a_guide_with_problems_is_not_planned() -> None:
    with pytest.raises(GuideError, match="no question found"):
        plan_build("# Guide", "guide.md", Lock("guide"), WITHOUT_TENSORFLOW)


def test_proofs_count_only_with_the_packages_they_were_made_with() -> None:
    text = GUIDE.replace("x = 3\n", "import numpy\nx = 3\n")

    def to_run(lock: Lock | None, version: str) -> int:
        return len(plan_build(text, "guide.md", lock, WITH_TENSORFLOW, lambda _: version).to_run)

    plan = plan_build(text, "guide.md", None, WITH_TENSORFLOW, lambda _: "2.0")
    proved_with = Runtime(HERE.python, HERE.tensorflow, HERE.keras, (("numpy", "2.0"),))
    lock = lock_of(finished(plan, verdicts_of(plan.to_run, proved_with), 1000))
    assert (to_run(lock, "2.0"), to_run(lock, "2.1")) == (0, 1)


def test_proofs_outlive_a_build_that_comes_to_no_end() -> None:
    first = build()
    plan = plan_build(GUIDE.replace("x + x", "2 * x"), "guide.md", lock_of(first), WITH_TENSORFLOW)
    fresh = verdicts_of(plan.to_run)
    kept = add_proofs(plan.lock, fresh[2:])
    assert kept.cards == lock_of(first).cards
    assert [proof.key for proof in kept.proofs.verdicts] == [
        *(proof.key for proof in lock_of(first).proofs.verdicts[:2]),
        fresh[2].key,
    ]


@pytest.mark.parametrize(
    ("fence", "outcome", "excused"),
    [
        ("```python", Outcome.FAILED, False),
        ("```python", Outcome.NOT_RUN, True),
        ("```python", Outcome.NEEDS, False),
        ("```python requires=gpu", Outcome.NEEDS, True),
    ],
    ids=["failed", "not run", "lacks something", "asks for something"],
)
def test_code_that_did_not_run_for_a_written_reason_is_excused(
    fence: str, outcome: Outcome, *, excused: bool
) -> None:
    built = build(GUIDE.replace("```python\nx = 3", f"{fence}\nx = 3"), n1=outcome)
    assert [held.excused for held in built.held] == [excused]

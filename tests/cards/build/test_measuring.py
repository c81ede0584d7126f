"""What a build has measured, what it makes of it, and whose history a card with a gap has."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import pytest

from cards.build.pipeline import (
    BuildPlan,
    BuildResult,
    measure_requests,
    plan_build,
)
from cards.build.runs import add_proofs
from cards.card import sides
from cards.card.kind import CardKind
from cards.exercise.measurement import SnippetMeasurement, measure_key
from cards.lock.lock import lock_text
from cards.program.verdict import Outcome
from tests.builders.built import finished, lock_of
from tests.builders.exercise import measured
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from cards.program.runtime import Runtime

Pieces: TypeAlias = Mapping[str, tuple[str, ...]]

GUIDE = """# Guide

### Q1. How do you sum?

```python
x = tf.constant([[1, 2], [3, 4]])
print(tf.reduce_sum(x, axis=0))
```

```python
y = tf.sort(x, direction='DESCENDING')
print(y[0])
```

### Q2. How do you fail?

```python raises=ValueError
x = tf.reshape([1], 7)
```

```python no-run="it needs a week"
print(tf.sort([1, 2], axis=0))
```
"""
SUM, SORT = "how-do-you-sum#1", "how-do-you-sum#2"
PIECES: Pieces = {SUM: ("axis=0",), SORT: ("direction='DESCENDING'",)}
NEWER = replace(HERE, tensorflow="2.22.0")


def planned(text: str, before: BuildResult | None, runtime: Runtime = HERE) -> BuildPlan:
    return plan_build(text, "guide.md", lock_of(before) if before else None, frozenset({runtime}))


def all_measured(plan: BuildPlan, runtime: Runtime, pieces: Pieces) -> list[SnippetMeasurement]:
    """Return what measuring the plan's programs would find: the given pieces of each block."""
    return [
        measured(
            snippet,
            *pieces.get(snippet.name, ()),
            key=measure_key(program, position, runtime),
            printed=printed(pieces, snippet.name),
        )
        for program in plan.programs
        for position, snippet in enumerate(program.snippets)
    ]


def printed(pieces: Pieces, name: str) -> str:
    """Return what a block prints: something else with another argument."""
    return str(sum(map(ord, "".join(pieces.get(name, ())))))


def outputs(plan: BuildPlan, pieces: Pieces) -> dict[str, str]:
    return {
        snippet.name: printed(pieces, snippet.name)
        for program in plan.programs
        for snippet in program.snippets
    }


def build(
    text: str = GUIDE,
    before: BuildResult | None = None,
    pieces: Pieces = PIECES,
    runtime: Runtime = HERE,
) -> BuildResult:
    plan = planned(text, before, runtime)
    ran = verdicts_of(plan.to_run, runtime=runtime, outputs=outputs(plan, pieces))
    wanted = {name for request in measure_requests(plan, ran) for name in request.wanted}
    found = [each for each in all_measured(plan, runtime, pieces) if each.snippet in wanted]
    return finished(plan, ran, 1000, found)


def wanted(plan: BuildPlan, **outcomes: Outcome) -> set[str]:
    named = {name.replace("_", "-") + "#1": outcome for name, outcome in outcomes.items()}
    ran = verdicts_of(plan.to_run, outcomes=named, outputs=outputs(plan, PIECES))
    return {str(name) for request in measure_requests(plan, ran) for name in request.wanted}


def asked(built: BuildResult) -> dict[str, str]:
    """Return the identity of each card with a gap by its answer."""
    return {
        sides.words(card.back).split("\n")[0]: card.id
        for card in built.deck.whole_cards
        if card.kind is CardKind.COMPLETE
    }


def test_blocks_that_hold_and_make_cards_are_measured() -> None:
    assert wanted(planned(GUIDE, None)) == {SUM, SORT}


def test_a_block_that_does_not_hold_is_not_measured() -> None:
    assert wanted(planned(GUIDE, None), how_do_you_sum=Outcome.FAILED) == {SORT}


def test_what_was_measured_is_not_measured_again() -> None:
    assert wanted(planned(GUIDE, build())) == set()


def test_an_edited_block_is_measured_again_with_those_that_build_on_it() -> None:
    before = build()
    assert wanted(planned(GUIDE.replace("y[0]", "y[1]"), before)) == {SORT}
    assert wanted(planned(GUIDE.replace("[3, 4]", "[5, 6]"), before)) == {SUM, SORT}


def test_an_edited_block_leaves_those_measured_that_do_not_build_on_it() -> None:
    apart = GUIDE.replace("tf.sort(x,", "tf.sort([3, 1],")
    before = build(apart)
    assert wanted(planned(apart.replace("[3, 4]", "[5, 6]"), before)) == {SUM}


def test_another_tensorflow_measures_everything_again() -> None:
    before = build()
    assert wanted(planned(GUIDE, before, NEWER)) == set()  # proved with the old one: it is not known to hold
    plan = planned(GUIDE, before, NEWER)
    ran = verdicts_of(plan.to_run, runtime=NEWER, outputs=outputs(plan, PIECES))
    assert {name for request in measure_requests(plan, ran) for name in request.wanted} == {SUM, SORT}
    after = build(GUIDE, before, runtime=NEWER)
    assert {each.key for each in lock_of(after).measured}.isdisjoint(
        {each.key for each in lock_of(before).measured}
    )
    assert asked(after) == asked(before)


def test_another_python_measures_nothing_again() -> None:
    plan = planned(GUIDE, build(), replace(HERE, python="3.13"))
    ran = verdicts_of(plan.to_run, replace(HERE, python="3.13"), outputs=outputs(plan, PIECES))
    assert measure_requests(plan, ran) == ()


def test_what_was_measured_is_on_the_cards_and_in_the_lock() -> None:
    built = build()
    assert list(asked(built)) == ["axis=0", "direction='DESCENDING'"]
    cards = [card for card in built.deck.whole_cards if card.kind is CardKind.COMPLETE]
    assert [card.exercise and card.exercise.gap.text for card in cards] == [
        "axis=0",
        "direction='DESCENDING'",
    ]
    # The import of `tf`, which the guide leaves out, runs with them.
    assert [card.exercise and len(card.exercise.program.snippets) for card in cards] == [2, 3]
    assert lock_text(lock_of(built)) == built.lock


def test_a_build_without_tensorflow_keeps_what_was_measured() -> None:
    before = build()
    after = finished(plan_build(GUIDE, "guide.md", lock_of(before), frozenset()), (), 2000)
    assert after.deck == before.deck
    assert after.lock == before.lock


def test_what_was_measured_outlives_a_build_that_comes_to_no_end() -> None:
    plan = planned(GUIDE, None)
    ran = verdicts_of(plan.to_run, outputs=outputs(plan, PIECES))
    some = [each for each in all_measured(plan, HERE, PIECES) if each.snippet == SUM]
    kept = add_proofs(plan.lock, ran, some)
    assert [each.snippet for each in kept.measured] == [SUM]
    later = plan_build(GUIDE, "guide.md", kept, frozenset({HERE}))
    assert {name for request in measure_requests(later, ()) for name in request.wanted} == {SORT}


@pytest.mark.parametrize(
    ("change", "pieces", "kept"),
    [
        pytest.param(("print", "z = 3\nprint"), PIECES, {"axis=0", "direction='DESCENDING'"}, id="code beside them is edited"),
        pytest.param((r"axis=0\)\)", "axis=0) + 1)"), PIECES, {"axis=0", "direction='DESCENDING'"}, id="its line is edited"),
        pytest.param((r"x, axis=0", "x, axis=1"), {SUM: ("axis=1",), SORT: PIECES[SORT]}, {"direction='DESCENDING'"}, id="another answer is another card"),
        pytest.param((r"Q1\. How do you sum", "Q1. How does one sum"), {name.replace("do-you", "does-one"): each for name, each in PIECES.items()}, {"axis=0", "direction='DESCENDING'"}, id="the question is reworded"),
        pytest.param((r"(```python\nx[\s\S]*?```\n\n)(```python\ny[\s\S]*?```\n)", r"\1```python\nw = 1\n```\n\n\2"), {SUM: PIECES[SUM], "how-do-you-sum#3": PIECES[SORT]}, {"axis=0", "direction='DESCENDING'"}, id="a block is put before it"),
    ],
)  # fmt: skip
def test_a_gap_keeps_its_own_history_and_gets_no_other(
    change: tuple[str, str], pieces: Pieces, kept: set[str]
) -> None:
    before = build()
    text, count = re.subn(*change, GUIDE, count=1)
    assert count
    after = build(text, before, pieces)
    old, new = asked(before), asked(after)
    assert {answer for answer in new if new[answer] == old.get(answer)} == kept
    strangers = {answer for answer in new if new[answer] in old.values()} - kept
    assert strangers == set()


def test_another_gap_of_the_same_code_is_a_new_card() -> None:
    first = build(pieces={SUM: ("axis=0",)})
    lock = replace(lock_of(first), measured=())
    plan = plan_build(GUIDE, "guide.md", lock, frozenset({HERE}))
    second = finished(plan, (), 2000, all_measured(plan, HERE, {SUM: ("tf.reduce_sum(x, axis=0)",)}))
    assert set(asked(first).values()).isdisjoint(asked(second).values())
    assert second.changes.rebound == ()


LEFT_OUT = "```python without=complete\n"
MANY = """

```python
z = tf.pad(y, [[1, 1]], mode='REFLECT')
z = tf.roll(z, 1, axis=-1)
print(z)
```
"""


def unasked(
    text: str, outputs: Mapping[str, str] | None = None, before: BuildResult | None = None
) -> set[str]:
    """Return the blocks of which is known, once all are proved, that nobody needs their gaps."""
    plan = planned(text, before)
    ran = verdicts_of(plan.to_run, outputs=outputs or dict.fromkeys((SUM, SORT, "how-do-you-sum#3"), "7"))
    requests = measure_requests(plan, ran)
    return {str(name) for each in requests for name, words in each.words.items() if words.is_unasked}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(GUIDE, set(), id="none where cards ask for all"),
        pytest.param(GUIDE.replace("```python\nx", f"{LEFT_OUT}x"), {SUM}, id="one that leaves room for all others"),
        pytest.param(GUIDE.replace("```python\n", LEFT_OUT), {SUM, SORT}, id="all"),
        pytest.param(GUIDE.replace("```python\ny", "<!-- proofdeck: context -->\n```python\ny"), {SORT}, id="one that is context only"),
        pytest.param(GUIDE.replace("```python\nx", f"{LEFT_OUT}x").replace("\n### Q2", f"{MANY}\n### Q2"), set(), id="none where gaps compete for two places"),
        pytest.param(GUIDE.replace("```python\n", LEFT_OUT).replace("\n### Q2", f"{MANY.replace('```python', LEFT_OUT.strip())}\n### Q2"), {SUM, SORT, "how-do-you-sum#3"}, id="all, however many"),
        pytest.param(GUIDE.replace("```python\nx", f"{LEFT_OUT}x").replace("direction='DESCENDING'", "axis=0"), set(), id="none whose gap another block has too"),
    ],
)  # fmt: skip
def test_gaps_that_no_card_hangs_on_are_not_looked_for(text: str, names: set[str]) -> None:
    assert unasked(text) == names


def test_nothing_is_said_of_a_block_that_has_no_gaps() -> None:
    assert unasked(
        GUIDE.replace("```python\n", LEFT_OUT).replace("print(tf.reduce_sum(x, axis=0))", "print(x)")
    ) == {SORT}


def test_a_block_that_prints_nothing_competes_with_none() -> None:
    text = GUIDE.replace("```python\nx", f"{LEFT_OUT}x").replace("\n### Q2", f"{MANY}\n### Q2")
    assert unasked(text, {SUM: "7", SORT: "7"}) == {SUM}


def test_gaps_are_looked_for_once_the_guide_no_longer_leaves_them_out() -> None:
    left_out = GUIDE.replace("```python\nx", f"{LEFT_OUT}x")
    plan = planned(left_out, None)
    ran = verdicts_of(plan.to_run, outputs=outputs(plan, PIECES))
    words = {name: each for request in measure_requests(plan, ran) for name, each in request.words.items()}
    found = [
        replace(each, words=words[each.snippet], gaps=() if words[each.snippet].is_unasked else each.gaps)
        for each in all_measured(plan, HERE, PIECES)
        if each.snippet in words
    ]
    before = finished(plan, ran, 1000, found)
    assert list(asked(before)) == ["direction='DESCENDING'"]
    assert wanted(planned(left_out, before)) == set()
    assert wanted(planned(GUIDE, before)) == {SUM}


def test_a_lock_of_before_with_gaps_that_nobody_needs_stays_as_it_is() -> None:
    before = build(GUIDE.replace("```python\nx", f"{LEFT_OUT}x"))
    assert [each.snippet for each in lock_of(before).measured if each.gaps] == [SUM, SORT]
    plan = planned(GUIDE.replace("```python\nx", f"{LEFT_OUT}x"), before)
    assert measure_requests(plan, ()) == ()
    assert finished(plan, (), 2000).lock == before.lock

"""A deck that is written before gaps were looked for: what it has, what it holds, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.build.pipeline import awaited_cards, measure_requests, plan_build
from cards.build.runs import add_proofs
from cards.card.kind import CardKind
from cards.exercise.measurement import SnippetMeasurement, measure_key
from cards.lock.lock import lock_text
from tests.builders.built import finished, lock_of
from tests.builders.exercise import measured
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from cards.build.pipeline import BuildPlan, BuildResult

GUIDE = """# Guide

### Q1. How do you sum?

A **sum** is what addition gives.

```python
prices = [3, 4, 5]
print(sum(prices, start=2))
```

### Q2. How do you sort?

```python
print(sorted([3, 1], reverse=True))
```
"""
PIECES = {"sum": "start=2", "sort": "reverse=True"}


def planned(text: str, before: BuildResult | None = None) -> BuildPlan:
    return plan_build(text, "guide.md", lock_of(before) if before else None, frozenset({HERE}))


def all_measured(plan: BuildPlan, *, gaps: bool) -> list[SnippetMeasurement]:
    """Return what is known of each block, with its gap or before one was looked for."""
    found = []
    for program in plan.programs:
        (snippet,) = program.snippets
        pieces = [piece for piece in PIECES.values() if gaps and piece in snippet.source]
        whole = measured(snippet, *pieces, key=measure_key(program, 0, HERE), printed="7\n")
        found.append(replace(whole, lacks_gaps=not gaps))
    return found


def built(text: str, before: BuildResult | None = None, *, gaps: bool = True) -> BuildResult:
    """Build with gaps, or without those that are found soon."""
    plan = planned(text, before)
    ran = verdicts_of(plan.to_run, outputs={each.snippets[0].name: "7\n" for each in plan.programs})
    found = all_measured(plan, gaps=gaps)
    return finished(plan, ran, 1000, found, awaited=awaited_cards(plan, ran, found))


def kinds(result: BuildResult) -> list[str]:
    return [card.kind.value for card in result.deck.whole_cards]


def gap_cards(result: BuildResult) -> set[str]:
    return {card.id for card in result.deck.whole_cards if card.kind is CardKind.COMPLETE}


def test_the_first_deck_has_all_cards_but_the_gaps_and_the_outputs_that_they_may_show() -> None:
    first, whole = built(GUIDE, gaps=False), built(GUIDE)
    assert kinds(whole) == ["fact", "code", "predict", "code", "complete"]
    assert kinds(first) == ["fact", "code", "code"]


def test_an_output_that_no_gap_shows_comes_with_the_second_deck() -> None:
    text = GUIDE.replace("reverse=True", "")
    first, whole = built(text, gaps=False), built(text)
    assert kinds(whole) == ["fact", "code", "predict", "code", "predict"]
    assert kinds(first) == ["fact", "code", "code"]
    assert built(text, first).lock == whole.lock


def test_what_comes_of_a_first_deck_is_what_one_build_makes() -> None:
    assert built(GUIDE, built(GUIDE, gaps=False)).lock == built(GUIDE).lock


def test_the_gaps_of_an_edited_block_are_held_until_they_are_looked_for() -> None:
    before = built(GUIDE)
    edited = GUIDE.replace("[3, 4, 5]", "[3, 4, 6]")
    first = built(edited, before, gaps=False)
    held = gap_cards(before) - gap_cards(first)
    assert held
    assert held <= set(first.deck.held)
    assert first.changes.retired == ()
    assert first.newly_retired == ()
    assert gap_cards(built(edited, first)) == gap_cards(before)


def test_the_card_of_a_whole_question_waits_where_a_gap_may_take_its_place() -> None:
    text = "# Guide\n\n### Q1. Sorting backwards\n\n```python\nprint(sorted([3, 1], reverse=True))\n```\n"
    plan = planned(text)
    ran = verdicts_of(plan.to_run)
    # What it prints is not known, so that it makes no other card.
    found = [replace(each, printed="") for each in all_measured(plan, gaps=False)]
    alone = {
        is_for_now: finished(
            plan, ran, 1000, found, awaited=awaited_cards(plan, ran, found, is_for_now=is_for_now)
        )
        for is_for_now in (True, False)
    }
    assert kinds(alone[True]) == []
    assert kinds(alone[False]) == ["code"]


def test_gaps_that_were_not_looked_for_are_due_and_nothing_else_is() -> None:
    first = built(GUIDE, gaps=False)
    assert lock_text(lock_of(first)) == first.lock
    plan = planned(GUIDE, first)
    assert [each.name for each in measure_requests(plan, ())] == ["how-do-you-sum", "how-do-you-sort"]
    assert measure_requests(plan, (), gaps=False) == ()
    assert set(first.awaited.kinds.values()) == {frozenset({CardKind.COMPLETE})}
    assert not awaited_cards(planned(GUIDE, built(GUIDE))).kinds


def test_a_lock_with_proofs_alone_loses_no_card() -> None:
    before = lock_of(built(GUIDE))
    plan = plan_build(GUIDE, "guide.md", replace(before, measured=()), frozenset({HERE}))
    result = finished(plan, (), 1000, awaited=awaited_cards(plan))
    assert result.newly_retired == ()
    assert set(result.deck.held) | {card.id for card in result.deck.whole_cards} == {
        card.id for card in before.active
    }


def test_gaps_that_were_found_stay_in_a_lock_that_is_looked_at_again() -> None:
    lock, plan = lock_of(built(GUIDE)), planned(GUIDE)
    seen_again = all_measured(plan, gaps=False)
    assert add_proofs(lock, (), seen_again).measured == lock.measured
    otherwise = [replace(each, printed="8\n") for each in seen_again]
    assert add_proofs(lock, (), otherwise).measured == tuple(otherwise)

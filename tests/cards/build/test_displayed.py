"""What a card displays is run once, remembered in the lock, and decides whether the card leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.build.pipeline import display_requests, finish_build, plan_build
from cards.build.runs import add_proofs
from cards.card import sides
from cards.card.kind import CardKind
from cards.lock.lock import lock_text
from cards.program.displayed_code import DisplayedVerdict, DisplayKey
from tests.builders.built import displays_of, finished, lock_of
from tests.builders.lock import parse_lock
from tests.builders.verdict import ELSEWHERE, HERE, verdicts_of

if TYPE_CHECKING:
    from cards.program.runtime import Runtime

GUIDE = """# Guide

### Q1. Why double?

```python
x = 3
print(x + x)  # because it is short
```

```output
6
```

```python
print(x * 2)
```

```output
6
```
"""
FIRST, SECOND = "why-double/predict/x-3-print-x-x", "why-double/predict/print-x-2"
FAULT = "no line on the card binds `x`"
RUNTIMES = frozenset({HERE})


def displayed_sources(text: str, lock: str, runtime: Runtime = HERE) -> list[str]:
    """Return what a build of the guide would run of what its cards display."""
    plan = plan_build(text, "guide.md", parse_lock(lock, "lock"), frozenset({runtime}))
    requests = display_requests(plan, verdicts_of(plan.to_run, runtime), ())
    return [card.code.source for request in requests for card in request.cards]


def test_what_a_first_deck_displayed_is_not_run_again_for_the_second() -> None:
    plan = plan_build(GUIDE, "guide.md", None, RUNTIMES)
    ran = verdicts_of(plan.to_run, HERE)
    first = display_requests(plan, ran, ())
    seen = [DisplayedVerdict(card.card, card.key) for request in first for card in request.cards]
    assert seen
    assert display_requests(plan, ran, (), seen) == ()
    (rest,) = display_requests(plan, ran, (), seen[1:])
    assert [card.key for card in rest.cards] == [seen[0].key]


def without_displayed(lock: str) -> str:
    """Return a lock as it was written before cards' own code was run."""
    return "".join(line for line in lock.splitlines(keepends=True) if '{"displayed": ' not in line)


def test_a_lock_remembers_what_was_seen_of_each_card_and_nothing_runs_again() -> None:
    plan = plan_build(GUIDE, "guide.md", None, RUNTIMES)
    first = finished(plan, verdicts_of(plan.to_run), 1000, faults={SECOND: FAULT})
    lines = [(each.card, each.fault) for each in lock_of(first).displayed]
    assert lines == [(FIRST, ""), (SECOND, FAULT)]
    assert displayed_sources(GUIDE, first.lock) == []
    again = finish_build(plan_build(GUIDE, "guide.md", lock_of(first), RUNTIMES), (), 2000)
    assert (again.lock, again.deck) == (first.lock, first.deck)


def test_a_card_that_is_kept_out_is_told_held_and_keeps_its_identity() -> None:
    plan = plan_build(GUIDE, "guide.md", None, RUNTIMES)
    good = finished(plan, verdicts_of(plan.to_run), 1000)
    bad = finished(plan, verdicts_of(plan.to_run), 1000, faults={SECOND: FAULT})
    assert [card.kind for card in bad.deck.whole_cards] == [CardKind.PREDICT, CardKind.WHY]
    assert [(one.draft.key, one.sentence) for one in bad.kept_out] == [
        (SECOND, "No line on the card binds `x`.")
    ]
    assert (bad.held, bad.changes.retired) == ((), ())
    later = replace(plan, lock=lock_of(good))
    gone = finished(later, verdicts_of(plan.to_run), 2000, faults={SECOND: FAULT})
    assert gone.changes.retired == ()
    assert [card.id for card in lock_of(gone).active] == [card.id for card in lock_of(good).active]


def test_only_the_card_whose_code_changed_runs_again() -> None:
    plan = plan_build(GUIDE, "guide.md", None, RUNTIMES)
    first = finished(plan, verdicts_of(plan.to_run), 1000)
    edited = GUIDE.replace("print(x * 2)", "print(2 * x)")
    assert displayed_sources(edited, first.lock) == ["x = 3\nprint(2 * x)"]
    assert displayed_sources(GUIDE, first.lock, ELSEWHERE) == [
        "x = 3\nprint(x + x)",
        "x = 3\nprint(x * 2)",
    ]


def test_an_old_lock_is_read_and_its_cards_are_run_at_the_next_build() -> None:
    plan = plan_build(GUIDE, "guide.md", None, RUNTIMES)
    first = finished(plan, verdicts_of(plan.to_run), 1000)
    old = without_displayed(first.lock)
    assert displayed_sources(GUIDE, old) == ["x = 3\nprint(x + x)", "x = 3\nprint(x * 2)"]
    again = plan_build(GUIDE, "guide.md", parse_lock(old, "lock"), RUNTIMES)
    assert finished(again, (), 2000).lock == first.lock


def test_without_tensorflow_what_was_seen_counts_and_what_was_not_waits() -> None:
    plan = plan_build(GUIDE, "guide.md", None, RUNTIMES)
    first = finished(plan, verdicts_of(plan.to_run), 1000)
    elsewhere = plan_build(GUIDE, "guide.md", lock_of(first), frozenset())
    assert finish_build(elsewhere, (), 2000).deck == first.deck
    old = plan_build(GUIDE, "guide.md", parse_lock(without_displayed(first.lock), "lock"), frozenset())
    built = finish_build(old, (), 2000)
    assert [sides.words(card.back) for card in built.deck.whole_cards] == ["Because it is short"]
    assert {one.verdict for one in built.held} == {None}


def test_an_interrupted_build_loses_no_run_of_displayed_code() -> None:
    plan = plan_build(GUIDE, "guide.md", None, RUNTIMES)
    ran = verdicts_of(plan.to_run)
    seen = displays_of(plan, ran)[:1]
    lock = add_proofs(plan.lock, ran, (), seen)
    assert displayed_sources(GUIDE, lock_text(lock)) == ["x = 3\nprint(x * 2)"]


def test_what_ended_at_a_limit_keeps_the_card_out_once_and_is_not_remembered() -> None:
    plan = plan_build(GUIDE, "guide.md", None, RUNTIMES)
    ran = verdicts_of(plan.to_run)
    seen = [replace(each, fault="it does not end", is_repeatable=False) for each in displays_of(plan, ran)]
    built = finish_build(plan, ran, 1000, (), seen)
    assert [one.draft.key for one in built.kept_out] == [FIRST, SECOND]
    assert lock_of(built).displayed == ()
    assert add_proofs(plan.lock, ran, (), seen).displayed == ()


def test_a_verdict_on_another_card_counts_for_nothing() -> None:
    plan = plan_build(GUIDE, "guide.md", None, RUNTIMES)
    ran = verdicts_of(plan.to_run)
    built = finish_build(plan, ran, 1000, (), [DisplayedVerdict(FIRST, DisplayKey("another"))])
    assert [card.kind for card in built.deck.whole_cards] == [CardKind.WHY]

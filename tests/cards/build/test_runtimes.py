"""Builds of one guide under many runtimes: what the lock keeps, which proofs count, what the cards say."""

from __future__ import annotations

from dataclasses import replace

from cards.build.pipeline import BuildPlan, BuildResult, measure_requests, plan_build
from cards.build.runs import add_proofs
from cards.exercise.measurement import measure_key
from cards.lock.lock import lock_text
from cards.program.runtime import Runtime
from cards.program.verdict import Outcome
from tests.builders.built import finished, lock_of
from tests.builders.exercise import measured
from tests.builders.lock import parse_lock
from tests.builders.verdict import HERE, verdicts_of

GUIDE = """# Guide

### Q1. How do you sum?

```python
import numpy as np

print(np.array([1, 2]).sum())
```

```output
3
```

```python
x = np.sort([3, 1])
print(x[0])
```

### Q2. Why double?

```python
print(2 * 4)
```

```output
8
```
"""
PYTHON_313 = replace(HERE, python="3.13")
OLDER = Runtime("3.11", "2.18.0", "3.8.0")
SUM, SORT, DOUBLE = "how-do-you-sum#1", "how-do-you-sum#2", "why-double#1"


def planned(text: str, before: BuildResult | None, *runtimes: Runtime, can_run: bool = True) -> BuildPlan:
    return plan_build(
        text,
        "guide.md",
        lock_of(before) if before else None,
        frozenset(runtimes),
        lambda _: "2.1.0",
        can_run=can_run,
    )


def build(
    before: BuildResult | None = None,
    runtime: Runtime = HERE,
    text: str = GUIDE,
    outcomes: dict[str, Outcome] | None = None,
    on: str = "2026-01-02",
) -> BuildResult:
    """Build as the command does where a runtime is installed: all that is due is run and measured."""
    plan = planned(text, before, runtime)
    ran = [
        verdict
        for program in plan.to_run
        for verdict in verdicts_of(
            (program,),
            replace(runtime, packages=(("numpy", "2.1.0"),) if "np" in program.snippets[0].source else ()),
            on,
            outcomes or {},
            {snippet.name: runtime.tensorflow for snippet in program.snippets},
        )
    ]
    wanted = {name for request in measure_requests(plan, ran) for name in request.wanted}
    under = {verdict.snippet: verdict.runtime for verdict in (*plan.verdicts.values(), *ran)}
    found = [
        measured(snippet, key=measure_key(program, position, under[snippet.name]), printed=runtime.tensorflow)
        for program in plan.programs
        for position, snippet in enumerate(program.snippets)
        if snippet.name in wanted
    ]
    return finished(plan, ran, 1000, found)


def added(before: BuildResult, after: BuildResult) -> list[str]:
    """Return the lines that a lock has more; fail if any line was taken away or changed its place."""
    new = [line for line in after.lock.splitlines() if line not in set(before.lock.splitlines())]
    assert [line for line in after.lock.splitlines() if line not in new] == before.lock.splitlines()
    return new


def test_another_python_adds_lines_and_takes_none_away_and_the_cards_are_the_same() -> None:
    first = build()
    second = build(first, PYTHON_313, on="2026-03-04")
    assert all('"python": "3.13"' in line for line in added(first, second))
    assert len(added(first, second)) == len([line for line in first.lock.splitlines() if "3.11" in line])
    assert second.deck == first.deck


def test_two_contributors_never_undo_each_other() -> None:
    both = build(build(), PYTHON_313, on="2026-03-04")
    for runtime in (HERE, PYTHON_313, HERE):
        again = build(both, runtime, on="2026-05-06")
        assert (again.lock, again.deck) == (both.lock, both.deck)


def test_an_older_tensorflow_measures_nothing_that_a_newer_one_measured() -> None:
    first = build()
    second = build(first, OLDER)
    assert lock_of(second).measured == lock_of(first).measured
    third = build(second)
    assert third.lock == second.lock


def test_a_newer_tensorflow_measures_again_and_that_stays() -> None:
    first = build(None, OLDER)
    second = build(first)
    assert {each.printed for each in lock_of(second).measured} == {HERE.tensorflow}
    third = build(second, OLDER)
    # The cards are others now, and run under the older one too.
    assert all('"displayed"' in line for line in added(second, third))
    assert third.deck == second.deck
    assert build(third).lock == third.lock


def test_proofs_of_an_edited_block_are_dropped_whatever_their_runtime() -> None:
    both = build(build(), PYTHON_313)
    edited = build(both, HERE, GUIDE.replace("2 * 4", "4 * 2"))
    known = [(one.snippet, one.runtime.python) for one in lock_of(edited).proofs.verdicts]
    assert sorted(known) == sorted(
        [(SUM, "3.11"), (SORT, "3.11"), (SUM, "3.13"), (SORT, "3.13"), (DOUBLE, "3.11")]
    )


def test_where_nothing_can_run_the_newest_tensorflow_counts() -> None:
    both = build(build(), OLDER, outcomes={DOUBLE: Outcome.FAILED})
    assert {one.runtime.tensorflow for one in planned(GUIDE, both).verdicts.values()} == {HERE.tensorflow}
    assert finished(planned(GUIDE, both), (), 2000).lock == both.lock


def test_where_nothing_can_run_what_is_here_comes_before_what_is_newest() -> None:
    both = build(build(), OLDER)
    here = planned(GUIDE, both, OLDER, can_run=False)
    assert {one.runtime.tensorflow for one in here.verdicts.values()} == {OLDER.tensorflow}
    elsewhere = planned(GUIDE, both, replace(HERE, python="3.12"), can_run=False)
    assert {one.runtime.tensorflow for one in elsewhere.verdicts.values()} == {HERE.tensorflow}
    assert elsewhere.to_run == ()


def test_a_runtime_that_only_a_matrix_proved_does_not_stand_in_for_one_that_built_the_cards() -> None:
    first = build()
    lock = lock_of(first)
    newer = replace(HERE, tensorflow="2.99.0")
    matrix = verdicts_of(planned(GUIDE, None).programs, newer)
    text = lock_text(add_proofs(lock, matrix))
    plan = plan_build(GUIDE, "guide.md", parse_lock(text, "guide.lock"), frozenset())
    assert {one.runtime.tensorflow for one in plan.verdicts.values()} == {HERE.tensorflow}
    assert finished(plan, (), 2000).held == ()


def test_a_question_counts_as_the_newest_runtime_that_saw_all_of_it() -> None:
    both = build(build(), OLDER)
    edited = build(both, OLDER, GUIDE.replace("x[0]", "x[1]"))
    plan = planned(GUIDE.replace("x[0]", "x[1]"), edited)
    assert {name: one.runtime.tensorflow for name, one in plan.verdicts.items()} == {
        SUM: OLDER.tensorflow,
        SORT: OLDER.tensorflow,
        DOUBLE: HERE.tensorflow,
    }


def test_a_card_whose_code_fails_here_is_held_and_its_line_stays() -> None:
    first = build()
    second = build(first, PYTHON_313, outcomes={DOUBLE: Outcome.FAILED})
    assert [one.failing_snippet for one in second.held] == [DOUBLE]
    assert {one.id for one in lock_of(second).active} == {one.id for one in lock_of(first).active}
    third = build(second)
    assert third.deck == first.deck

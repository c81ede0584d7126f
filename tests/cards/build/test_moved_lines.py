"""A verdict of a lock names the lines where its code stands now, not where it stood when it ran."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.build.pipeline import finish_build, plan_build
from cards.lock.lock import parse_lock_lines
from cards.program.qualifier import Qualifier, QualifierKind
from cards.program.snippet import SnippetName
from cards.program.verdict import LineOrigin, Outcome, Verdict
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from cards.lock.lock import Lock

GUIDE = """# Guide

### Q1. What warns?

Something **old** does.

```python
a = 1
b = old(a)
print(b)
```

```python check
assert b == 2
```
"""
MOVED = GUIDE.replace("### Q1", "What follows is of today.\n\nIt is short.\n\n### Q1")
SHOWN = SnippetName("what-warns#1")
CHECK = SnippetName("what-warns#2")
WARNING = Qualifier(QualifierKind.WARNING, "DeprecationWarning: old", 9)
MADE_UP = Qualifier(QualifierKind.STAND_INS_DECIDE_OUTPUT, "lines 9, 10")
OF_SHOWN = LineOrigin(8, 8, SHOWN)


def said_of(seen: Verdict, text: str, *, is_of_old_lock: bool = False) -> tuple[int, list[str]]:
    """Return the failed line and the qualifiers of the shown block in a build of a guide after another one.

    The first build saw the block so; an old lock has the lines of the guide as it was.
    """
    lock = lock_after(seen)
    if is_of_old_lock:
        verdicts = [
            replace(seen, origin=None) if one.snippet == SHOWN else one for one in lock.proofs.verdicts
        ]
        lock = replace(lock, proofs=replace(lock.proofs, verdicts=tuple(verdicts)))
    plan = plan_build(text, "guide.md", lock, frozenset({HERE}), can_run=False)
    result = finish_build(plan, (), 2000)
    verdict = result.verdicts[SHOWN]
    return verdict.line, list(map(str, verdict.qualifiers))


def lock_after(seen: Verdict) -> Lock:
    plan = plan_build(GUIDE, "guide.md", None, frozenset({HERE}))
    ran = [seen if one.snippet == SHOWN else one for one in verdicts_of(plan.programs)]
    return parse_lock_lines(finish_build(plan, ran, 1000).lock.split("\n"), "guide.lock")


def verdict(outcome: Outcome = Outcome.PASSED, line: int = 0, *qualifiers: Qualifier) -> Verdict:
    plan = plan_build(GUIDE, "guide.md", None, frozenset({HERE}))
    first = next(one for one in verdicts_of(plan.programs) if one.snippet == SHOWN)
    return replace(first, outcome=outcome, line=line, qualifiers=qualifiers, origin=OF_SHOWN)


def test_a_warning_moves_with_its_block() -> None:
    seen = verdict(Outcome.PASSED, 0, WARNING, MADE_UP)
    assert said_of(seen, GUIDE) == (
        0,
        ["warns, line 9: DeprecationWarning: old", "stand-ins decide what it prints, lines 9, 10"],
    )
    assert said_of(seen, MOVED) == (
        0,
        ["warns, line 13: DeprecationWarning: old", "stand-ins decide what it prints, lines 13, 14"],
    )


def test_a_failed_line_moves_with_its_block() -> None:
    assert said_of(verdict(Outcome.FAILED, 10), MOVED) == (14, [])


def test_a_failed_line_of_a_check_moves_with_the_check() -> None:
    seen = replace(verdict(Outcome.FAILED, 14), origin=LineOrigin(8, 14, CHECK))
    farther = MOVED.replace("```python check", "And a sentence between the two.\n\n```python check")
    assert said_of(seen, MOVED) == (18, [])
    assert said_of(seen, farther) == (20, [])


def test_an_old_lock_names_the_first_line_of_the_block() -> None:
    seen = verdict(Outcome.FAILED, 10, WARNING, MADE_UP)
    assert said_of(seen, MOVED, is_of_old_lock=True) == (
        12,
        ["warns, line 12: DeprecationWarning: old", "stand-ins decide what it prints, line 12"],
    )


def test_a_failure_of_an_old_lock_runs_again_and_a_pass_does_not() -> None:
    for outcome, line, runs in ((Outcome.FAILED, 10, 1), (Outcome.PASSED, 0, 0)):
        seen = verdict(outcome, line, WARNING)
        new = lock_after(seen)
        old = replace(
            new,
            proofs=replace(
                new.proofs, verdicts=tuple(replace(one, origin=None) for one in new.proofs.verdicts)
            ),
        )
        assert [
            len(plan_build(GUIDE, "guide.md", each, frozenset({HERE})).to_run) for each in (new, old)
        ] == [
            0,
            runs,
        ]


def test_a_build_of_a_moved_block_leaves_its_line_of_the_lock_alone() -> None:
    def proof_line(text: str) -> dict[str, object]:
        plan = plan_build(text, "guide.md", lock_after(seen), frozenset({HERE}))
        lines = map(json.loads, finish_build(plan, (), 2000).lock.splitlines())
        found: dict[str, object] = next(line for line in lines if line.get("proof") == SHOWN)
        return found

    seen = verdict(Outcome.PASSED, 0, WARNING)
    assert proof_line(MOVED) == proof_line(GUIDE)
    assert proof_line(MOVED)["notes"] == ["warns, line 2: DeprecationWarning: old"]

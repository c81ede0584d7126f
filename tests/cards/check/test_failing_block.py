"""The blocks that do not hold: each place once, with what to do, and by cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.check.failing_block import FailingBlock, excused_blocks, failing_blocks, failure_causes
from cards.guide.programs import programs_of
from cards.guide.reading.parse import parse_guide
from cards.program.snippet import SnippetName
from cards.program.verdict import Outcome, Verdict
from tests.builders.verdict import verdict

if TYPE_CHECKING:
    from cards.program.program import Program

GUIDE = """\
# Guide

### Q1. How do you sort?

```python fixture=rows
print(sorted(rows))
```

<!-- proofdeck: check
assert rows
-->

```python no-run="it takes a week"
print(rows)
```

### Q2. How do you draw?

```python fixture=rows requires=gpu
print(rows[0])
```

<!-- proofdeck: define=rows
rows = [1]
-->
"""
SORT, CHECK, WEEK, DRAW = "how-do-you-sort#1", "how-do-you-sort#2", "how-do-you-sort#3", "how-do-you-draw#1"
ROWS = [f"{slug}:fixture:rows" for slug in ("how-do-you-sort", "how-do-you-draw")]


def programs() -> tuple[Program, ...]:
    return programs_of(parse_guide(GUIDE, "guide.md"))


def verdicts(**failures: tuple[str, Outcome, int]) -> dict[SnippetName, Verdict]:
    """Return the verdicts of a run: all pass but those that are named; `no-run` is not run."""
    known = {name: verdict(name) for name in (SORT, CHECK, DRAW, *ROWS)} | {
        WEEK: verdict(WEEK, Outcome.NOT_RUN, sentence="Not run: it takes a week")
    }
    for name, outcome, line in failures.values():
        known[name] = verdict(name, outcome, sentence="It broke. Mend it.", advice="Mend it.", line=line)
    return {SnippetName(name): one for name, one in known.items()}


def places(*held: str, **failures: tuple[str, Outcome, int]) -> list[tuple[int, str, int]]:
    found = failing_blocks(programs(), verdicts(**failures), map(SnippetName, held))
    return [(block.line, block.snippet, block.cards_held) for block in found]


def test_a_block_that_fails_has_its_line_the_reason_and_what_to_do() -> None:
    found = failing_blocks(
        programs(), verdicts(sort=(SORT, Outcome.FAILED, 6)), map(SnippetName, [SORT, SORT, DRAW])
    )
    assert found == (
        FailingBlock("guide.md", 6, SnippetName(SORT), Outcome.FAILED, "It broke.", "Mend it.", 2),
    )


def test_a_block_without_a_failing_line_is_named_by_its_first() -> None:
    assert places(sort=(SORT, Outcome.TIMED_OUT, 0)) == [(6, SORT, 0)]


def test_where_all_holds_or_is_excused_nothing_is_listed() -> None:
    assert places() == places(gpu=(DRAW, Outcome.NEEDS, 0)) == []
    (week,) = excused_blocks(programs(), verdicts())
    assert week.reason == "it takes a week"
    both = excused_blocks(programs(), verdicts(gpu=(DRAW, Outcome.NEEDS, 0)))
    assert [block.reason for block in both if block != week] == ["It broke"]


def test_a_typo_in_a_block_that_requires_something_is_not_excused_by_it() -> None:
    assert places(gpu=(DRAW, Outcome.NEEDS, 20)) == [(20, DRAW, 0)]


def test_a_block_that_fails_for_its_hidden_check_is_listed_once_and_not_the_check() -> None:
    both = {"sort": (SORT, Outcome.FAILED, 10), "check": (CHECK, Outcome.FAILED, 10)}
    assert places(SORT, CHECK, **both) == [(10, SORT, 2)]


def test_a_fixture_that_fails_for_several_questions_is_listed_once() -> None:
    failing = {str(place): (name, Outcome.NEEDS, 24) for place, name in enumerate(ROWS)}
    assert places(*ROWS, **failing) == [(24, ROWS[0], 2)]


@pytest.mark.parametrize("outcome", [each for each in Outcome if not each.holds])
def test_every_outcome_that_does_not_hold_comes_with_what_to_do(outcome: Outcome) -> None:
    known = verdicts() | {SnippetName(SORT): verdict(SORT, outcome, line=6, advice="")}
    found = failing_blocks(programs(), known)
    is_told_by_the_verdict = {
        Outcome.EARLY_EXIT,
        Outcome.DID_NOT_FINISH,
        Outcome.TIMED_OUT,
        Outcome.MEMORY_LIMIT,
        Outcome.OUTPUT_LIMIT,
        Outcome.DISK_LIMIT,
    }
    assert [bool(one.advice) for one in found] == (
        [] if outcome is Outcome.NOT_RUN else [outcome not in is_told_by_the_verdict]
    )


def test_blocks_of_one_cause_are_one_entry_and_the_commonest_cause_comes_first() -> None:
    def failing(line: int, sentence: str, outcome: Outcome = Outcome.NEEDS) -> FailingBlock:
        return FailingBlock("guide.md", line, SnippetName(f"q#{line}"), outcome, sentence, "")

    blocks = [
        failing(1, "A."),
        failing(2, "B."),
        failing(3, "B.", Outcome.FAILED),
        failing(4, "B."),
        failing(5, "C."),
    ]
    causes = [[block.line for block in cause.blocks] for cause in failure_causes(blocks)]
    assert causes == [[2, 4], [1], [3], [5]]


def test_what_only_follows_from_an_earlier_block_stands_with_its_cause() -> None:
    def block(line: int, sentence: str, follows: str | None = None) -> FailingBlock:
        cause = SnippetName(follows) if follows else None
        return FailingBlock("g.md", line, SnippetName(f"q#{line}"), Outcome.FAILED, sentence, "", 0, cause)

    first, other = block(1, "It broke."), block(4, "It broke.")
    second, third = block(2, "No `a`.", "q#1"), block(3, "No `b`.", "q#2")
    orphan = block(5, "No `c`.", "nowhere#1")
    causes = failure_causes([first, second, third, other, orphan])
    assert [(cause.blocks, cause.following) for cause in causes] == [
        ((first, other), (second, third)),
        ((orphan,), ()),
    ]

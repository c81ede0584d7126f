"""A snippet that only its name changed of keeps what was seen of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cards.build.pipeline import BuildPlan, BuildResult, measure_requests, plan_build
from cards.build.renamed import take_over_renamed
from cards.card.kind import CardKind
from cards.exercise.measurement import measure_key
from cards.guide.programs import programs_of
from cards.guide.reading.parse import parse_guide
from cards.lock.lock import Lock, UnparsedLock
from cards.lock.proofs import Proofs
from cards.program.qualifier import parse_qualifier
from cards.program.snippet import SnippetName
from cards.program.verdict import Outcome
from tests.builders.built import displays_of, finished, lock_of
from tests.builders.exercise import measured
from tests.builders.verdict import ELSEWHERE, HERE, verdicts_of

if TYPE_CHECKING:
    from cards.program.runtime import Runtime
    from cards.program.verdict import Verdict

GUIDE = """# Guide

```python
start = 3
```

### Q1. How do you sort?

```python
x = sorted([start, 1, 2], reverse=True)
print(x)
```

```python fixture=digits
print(sorted(digits))
```

<!-- proofdeck: define=digits
digits = [5, 4]
-->

### Q2. How do you go on?

```python continues
print(x[0])
```

### Q3. What is an axis?

An **axis** is a direction of an array because it has a length.
"""
REWORDED = ("How do you sort?", "How do you sort a list?")
SECOND = ("### Q1.", "### Q0. How do you sort?\n\nBy hand.\n\n### Q1.")
"""An edit that makes the question the second one of its name."""
OLD, NEW = "how-do-you-sort", "how-do-you-sort-a-list"
OUTPUTS = {f"{OLD}#1": "[3, 2, 1]", f"{OLD}#2": "[4, 5]", "how-do-you-go-on#1": "3"}


def planned(text: str, before: BuildResult | None) -> BuildPlan:
    return plan_build(text, "guide.md", lock_of(before) if before else None, frozenset({HERE}))


def built(text: str = GUIDE) -> BuildResult:
    """Build a guide for the first time; the piece `reverse=True` decides what it prints."""
    plan = planned(text, None)
    ran = verdicts_of(plan.to_run, outputs=OUTPUTS)
    wanted = {name for request in measure_requests(plan, ran) for name in request.names}
    found = [
        measured(
            snippet,
            *(["reverse=True"] if "reverse" in snippet.source else []),
            key=measure_key(program, position, HERE),
            printed=OUTPUTS.get(snippet.name, ""),
        )
        for program in plan.programs
        for position, snippet in enumerate(program.snippets)
        if snippet.name in wanted
    ]
    assert found
    return finished(plan, ran, 1000, found)


@pytest.mark.parametrize("edit", [REWORDED, SECOND], ids=["reworded", "the second of its name"])
def test_what_was_seen_is_kept_under_a_new_name(edit: tuple[str, str]) -> None:
    before = built()
    plan = planned(GUIDE.replace(*edit), before)
    assert plan.to_run == ()
    assert measure_requests(plan, ()) == ()
    assert displays_of(plan, ()) == ()
    assert [replace(one, snippet=SnippetName("")) for one in plan.measured.values()] == [
        replace(one, snippet=SnippetName("")) for one in lock_of(before).measured
    ]


def test_the_cards_stay_and_the_lock_has_the_new_names_alone() -> None:
    before = built()
    after = finished(planned(GUIDE.replace(*REWORDED), before), (), 2000)
    assert {card.kind for card in before.deck.whole_cards} >= {CardKind.PREDICT, CardKind.COMPLETE}
    assert {card.id for card in after.deck.cards} == {card.id for card in before.deck.cards}
    assert not after.held
    proofs = lock_of(after).proofs
    assert proofs == Proofs(
        tuple(
            replace(one, snippet=SnippetName(one.snippet.replace(OLD, NEW)))
            for one in lock_of(before).proofs.verdicts
        )
    )
    assert {each.snippet for each in lock_of(after).measured} >= {f"{NEW}#1"}
    assert f'"{OLD}#' not in after.lock


def test_two_questions_that_change_their_names_keep_what_is_theirs() -> None:
    text = "# Guide\n\n### Why one?\n\n```python\nprint(1)\n```\n\n### Why two?\n\n```python\nprint(2)\n```\n"
    plan = planned(text, None)
    first = finished(plan, verdicts_of(plan.to_run, outputs={"why-one#1": "1", "why-two#1": "2"}), 1000)
    swapped = text.replace("one?", "?").replace("two?", "one?").replace("y ?", "y two?")
    again = planned(swapped, first)
    assert again.to_run == ()
    assert {name: one.output for name, one in again.verdicts.items()} == {"why-two#1": "1", "why-one#1": "2"}


def test_a_quick_build_takes_over_the_same() -> None:
    before = built()
    text = GUIDE.replace(*REWORDED)
    lock = UnparsedLock(before.lock.split("\n"), "guide.lock")
    quick = plan_build(text, "guide.md", lock, frozenset({HERE}), cache=before.cache, keep_answers=False)
    assert any(chunk.cached for chunk in quick.chunks)
    assert quick.to_run == ()
    assert finished(quick, (), 2000).lock == finished(planned(text, before), (), 2000).lock


@pytest.mark.parametrize(
    "edit",
    [("reverse=True)", "reverse=True, key=abs)"), ("start = 3", "start = 4")],
    ids=["the code", "what it builds on"],
)
def test_other_code_under_a_new_name_runs(edit: tuple[str, str]) -> None:
    plan = planned(GUIDE.replace(*REWORDED).replace(*edit), built())
    assert NEW in [program.name for program in plan.to_run]


def test_proofs_of_all_runtimes_are_taken_over() -> None:
    programs = programs_of(parse_guide(GUIDE.replace(*REWORDED), "guide.md"))
    lock = Lock("guide", proofs=Proofs((*old_proofs(), *old_proofs(ELSEWHERE))))
    valid = lock.proofs.valid_for(programs)
    proofs = take_over_renamed(lock, valid, programs).proofs.valid_for(programs)
    assert [one.runtime for one in proofs.by_snippet[SnippetName(f"{NEW}#1")]] == [ELSEWHERE, HERE]


@pytest.mark.parametrize(
    "said",
    [
        {"outcome": Outcome.FAILED, "sentence": "ValueError: no", "line": 9},
        {"sentence": f"The line stands in {OLD}#1, called from here."},
        *(
            {"qualifiers": (parse_qualifier(sentence),)}
            for sentence in (
                f"an earlier block fails: {OLD}#1",
                f"a consequence of {OLD}#1",
                "warns, line 12: it is old",
                "stand-ins decide what it prints, line 12",
                "something that a newer version said of line 12",
            )
        ),
    ],
)
def test_a_proof_that_names_a_line_or_a_snippet_is_made_again(said: dict[str, Any]) -> None:
    programs = programs_of(parse_guide(GUIDE.replace(*REWORDED), "guide.md"))
    lock = Lock("guide", proofs=Proofs(tuple(replace(one, **said) for one in old_proofs())))
    valid = lock.proofs.valid_for(programs)
    proofs = take_over_renamed(lock, valid, programs).proofs.valid_for(programs)
    assert SnippetName(f"{NEW}#1") not in proofs.by_snippet


def test_a_block_that_becomes_a_question_is_not_a_renamed_one() -> None:
    """A definition that nothing calls is told of a question, not of the blocks before the first one."""
    text = "# Guide\n\n```python\ndef f(): pass\n```\n\n### Why?\n\nBecause.\n"
    plan = planned(text, None)
    first = finished(plan, verdicts_of(plan.to_run), 1000)
    moved = planned(text.replace("# Guide\n", "# Guide\n\n### How?\n"), first)
    assert [program.name for program in moved.to_run] == ["how"]


def old_proofs(runtime: Runtime = HERE) -> list[Verdict]:
    return verdicts_of(programs_of(parse_guide(GUIDE, "guide.md")), runtime)

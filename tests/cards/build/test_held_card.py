"""Cards of code that is broken for the moment are held, whether or not a draft is made of it."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from cards.build.pipeline import plan_build
from cards.card.card import question_of_key
from cards.exercise.measurement import Aspect, SnippetMeasurement, Trait, measure_key
from cards.program.verdict import Outcome
from tests.builders.built import finished, lock_of
from tests.builders.exercise import measured
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.build.pipeline import BuildResult
    from cards.program.program import Program

GUIDE = """\
# Guide

### Q1. Why sort?

A **sort** puts values in order.

```python
values = [3, 1, 2]
print(sorted(values))
```

### Q2. Why double?

```python
x = 4
print(2 * x)
```

```python
y = [x] * 3
print(y)  # because a list times a number repeats it
```
"""
SORT, DOUBLE, REPEAT = "why-sort#1", "why-double#1", "why-double#2"
RENAMED = "how-is-a-list-sorted#1"
PRINTED = {SORT: "[1, 2, 3]", RENAMED: "[1, 2, 3]", DOUBLE: "8", REPEAT: "[4, 4, 4]"}
EVERYTHING_HOLDS: Mapping[str, Outcome] = MappingProxyType({})


def build(
    text: str = GUIDE,
    before: BuildResult | None = None,
    outcomes: Mapping[str, Outcome] = EVERYTHING_HOLDS,
    now: int = 1000,
) -> BuildResult:
    """Build where TensorFlow is installed: what holds is measured, and the guide states no output."""
    plan = plan_build(text, "guide.md", lock_of(before) if before else None, frozenset({HERE}))
    ran = verdicts_of(plan.to_run, outcomes=outcomes, outputs=PRINTED)
    known = {verdict.snippet: verdict.outcome for verdict in (*plan.verdicts.values(), *ran)}
    found = [
        measured_as_printed(program, position)
        for program in plan.programs
        for position, snippet in enumerate(program.snippets)
        if known[snippet.name].holds
    ]
    return finished(plan, ran, now, found)


def measured_as_printed(program: Program, position: int) -> SnippetMeasurement:
    snippet = program.snippets[position]
    return measured(snippet, printed=PRINTED.get(snippet.name, ""), key=measure_key(program, position, HERE))


def identities(result: BuildResult) -> dict[str, str]:
    return {str(card.key): card.id for card in lock_of(result).active}


BROKEN = [
    pytest.param("print(sorted(values))", "print(sortd(values))", Outcome.NEEDS, id="a typo"),
    pytest.param("print(sorted(values))", "print(sorted(values)", Outcome.SYNTAX_ERROR, id="no Python"),
    pytest.param("print(sorted(values))", "while True: pass", Outcome.TIMED_OUT, id="no end"),
    pytest.param("[3, 1, 2]", "input()", Outcome.NEEDS, id="input"),
    pytest.param("print(sorted", "raise ValueError\nprint(sorted", Outcome.FAILED, id="raise"),
    pytest.param("values = [3, 1, 2]\n", "", Outcome.NEEDS, id="a definition deleted"),
    pytest.param("values = ", "import gone\nvalues = ", Outcome.NEEDS, id="a package that is missing"),
    pytest.param("values = [3", "exit()\nvalues = [3", Outcome.EARLY_EXIT, id="an exit"),
]


@pytest.mark.parametrize(("good", "bad", "outcome"), BROKEN)
def test_a_card_of_broken_code_is_held_and_comes_back_as_itself(
    good: str, bad: str, outcome: Outcome
) -> None:
    first = build()
    broken = build(GUIDE.replace(good, bad, 1), first, {SORT: outcome}, now=2000)
    mended = build(GUIDE, broken, now=3000)
    assert (broken.changes.retired, broken.changes.new, broken.changes.rebound) == ((), (), ())
    assert [(one.key, one.failing_snippet, one.excused) for one in broken.held] == [
        ("why-sort/predict/values-3-1-2-print-sorted-values", SORT, False)
    ]
    assert (mended.deck, mended.changes.new, mended.changes.retired) == (first.deck, (), ())
    assert lock_of(broken).cards == lock_of(first).cards


def test_every_build_in_between_says_the_same() -> None:
    typo = GUIDE.replace("sorted", "sortd")
    once = build(typo, build(), {SORT: Outcome.NEEDS})
    twice = build(typo, once, {SORT: Outcome.NEEDS})
    assert (twice.lock, twice.held, twice.changes.retired) == (once.lock, once.held, ())


def test_a_card_whose_draft_is_still_made_keeps_the_words_of_when_it_held() -> None:
    """The comment makes a draft of broken code too; mended, it is the card that it was."""
    first = build()
    broken = build(GUIDE.replace("[x] * 3", "[x] ** 3"), first, {REPEAT: Outcome.FAILED})
    assert set(lock_of(broken).cards) == set(lock_of(first).cards)
    assert [one.key.split("/")[1] for one in broken.held] == ["why", "predict"]
    assert build(GUIDE, broken).lock == first.lock


def test_a_card_of_a_block_that_is_deleted_is_retired_where_all_others_hold() -> None:
    shorter = GUIDE[: GUIDE.index("```python\ny = ")]
    assert len(build(shorter, build()).changes.retired) == 2


def test_while_another_block_of_the_question_is_broken_no_card_of_it_is_retired() -> None:
    """Nobody can tell whether the card's block is gone or being written anew."""
    first = build()
    shorter = GUIDE[: GUIDE.index("```python\ny = ")].replace("2 * x", "2 * z")
    broken = build(shorter, first, {DOUBLE: Outcome.NEEDS})
    assert (len(broken.held), broken.changes.retired) == (3, ())
    mended = build(shorter.replace("2 * z", "2 * x"), broken)
    assert len(mended.changes.retired) == 2


def test_cards_of_a_question_that_is_gone_are_retired() -> None:
    shorter = GUIDE[: GUIDE.index("### Q2.")]
    assert len(build(shorter, build()).changes.retired) == 3


def test_a_question_that_is_renamed_while_its_code_is_broken_keeps_its_cards() -> None:
    first = build()
    renamed = GUIDE.replace("Why sort?", "How is a list sorted?")
    typo = renamed.replace("sorted(values)", "sortd(values)")
    broken = build(typo, first, {RENAMED: Outcome.NEEDS})
    assert broken.changes.retired == ()
    mended = build(renamed, broken)
    assert set(identities(mended).values()) == set(identities(first).values())
    assert (mended.changes.new, mended.changes.retired) == ((), ())


def test_code_that_its_author_takes_out_of_the_run_makes_no_cards_any_more() -> None:
    left_out = GUIDE.replace("```python\nvalues", '```python no-run="it sorts"\nvalues')
    after = build(left_out, build(), {SORT: Outcome.NOT_RUN})
    assert (len(after.changes.retired), after.held) == (1, ())


@pytest.mark.parametrize(
    "directives",
    ["retries=3", "timeouts=3", "timeout=soon", "raises=ValueError syntax-error", "fixture=gone"],
)
def test_cards_of_a_block_whose_directives_nobody_can_follow_wait_for_them(directives: str) -> None:
    """A newer version may know them, or they are misspelt."""
    first = build()
    unread = GUIDE.replace("```python\nvalues", f"```python {directives}\nvalues")
    after = build(unread, first, {SORT: Outcome.NOT_RUN})
    assert (after.changes.retired, after.changes.new) == ((), ())
    assert [(one.key.split("/")[1], one.excused) for one in after.held] == [("predict", True)]
    assert build(GUIDE, after).deck == first.deck


def test_cards_of_a_block_whose_requirement_is_gone_wait_for_it_and_are_excused() -> None:
    with_package = GUIDE.replace("```python\nx = 4", "```python requires=package:a\nx = 4")
    first = build(with_package)
    without = build(with_package, _forget_proofs(first), {DOUBLE: Outcome.NEEDS})
    assert [(one.key.split("/")[1], one.excused) for one in without.held] == [("predict", True)]
    assert without.changes.retired == ()
    assert build(with_package, _forget_proofs(without)).deck == first.deck


def test_a_deleted_block_is_not_held_for_another_one_that_is_excused() -> None:
    with_package = GUIDE.replace("```python\nx = 4", "```python requires=package:a\nx = 4")
    shorter = with_package[: with_package.index("```python\ny = ")]
    after = build(shorter, _forget_proofs(build(with_package)), {DOUBLE: Outcome.NEEDS})
    assert len(after.changes.retired) == 2


def _forget_proofs(result: BuildResult) -> BuildResult:
    """Return a build whose lock has no proofs, as if the versions had changed since."""
    lines = [line for line in result.lock.split("\n") if not line.startswith('{"proof"')]
    return replace(result, lock="\n".join(lines))


def test_a_card_of_broken_code_that_was_never_shown_is_not_remembered() -> None:
    """So nothing is retired when its words change before the code first holds."""
    stated = GUIDE.replace("print(2 * x)\n```", "print(2 * x)\n```\n\n```output\n8\n```")
    broken = build(stated, None, {DOUBLE: Outcome.FAILED})
    assert question_of_key(broken.held[0].key) == "why-double"
    assert not any(card.key.startswith("why-double/predict/x-4") for card in lock_of(broken).cards)
    assert build(stated.replace("2 * x", "x + x"), broken).changes.retired == ()


def test_no_card_comes_in_the_place_of_a_held_one() -> None:
    """A question asks for two gaps; another would be asked for only until the code is mended."""
    blocks = [
        f"```python\na{n} = tf.sort([3, 1], direction='{n}')\nprint(tf.stack(a{n}, axis={n}))\n```"
        for n in range(3)
    ]
    text = "\n\n".join(["# Guide", "### Q1. How do you sort arrays?", *blocks]) + "\n"

    def with_gaps(source: str, before: BuildResult | None, outcomes: Mapping[str, Outcome]) -> BuildResult:
        plan = plan_build(source, "guide.md", lock_of(before) if before else None, frozenset({HERE}))
        (program,) = plan.programs
        outputs: dict[str, str] = {snippet.name: "7" for snippet in program.snippets}
        ran = verdicts_of(plan.to_run, outcomes=outcomes, outputs=outputs)
        found = [
            measured(
                snippet,
                *re.findall(r"(?:axis|direction)='?\d'?", snippet.source),
                key=measure_key(program, n, HERE),
                printed=outputs[snippet.name],
            )
            for n, snippet in enumerate(program.snippets)
            if outcomes.get(snippet.name, Outcome.PASSED).holds
        ]
        return finished(plan, ran, 1000, found)

    def gaps(result: BuildResult) -> list[str]:
        return sorted(card.cue for card in result.deck.whole_cards if card.kind == "complete")

    first = with_gaps(text, None, {})
    broken = with_gaps(
        text.replace("a0 = tf.sort(", "a0 = tf.srt("), first, {"how-do-you-sort-arrays#1": Outcome.NEEDS}
    )
    mended = with_gaps(text, broken, {})
    assert gaps(first) == gaps(mended) == ["direction-0", "direction-1"]
    assert gaps(broken) == ["direction-1"]
    assert broken.changes.new == broken.changes.retired == mended.changes.retired == ()


def test_a_shape_that_cannot_be_measured_now_is_held() -> None:
    text = GUIDE.replace("x = 4", "x = sum(4)").replace("print(2 * x)", "x.shape")
    trait = Trait("x", Aspect.SHAPE, 1, "(2, 3)")

    def with_trait(source: str, before: BuildResult | None, outcome: Outcome) -> BuildResult:
        plan = plan_build(source, "guide.md", lock_of(before) if before else None, frozenset({HERE}))
        ran = verdicts_of(plan.to_run, outcomes={DOUBLE: outcome})
        program = plan.programs[1]
        key = measure_key(program, 0, HERE)
        found = [SnippetMeasurement(program.snippets[0].name, key, "", (), (trait,))]
        return finished(plan, ran, 1000, found if outcome.holds else ())

    first = with_trait(text, None, Outcome.PASSED)
    broken = with_trait(text.replace("(4)", "(four)"), first, Outcome.NEEDS)
    assert [one.key.split("/")[1] for one in broken.held if one.failing_snippet == DOUBLE] == ["trait"]
    assert broken.changes.retired == ()


def test_the_cards_of_a_question_that_lost_its_answer_wait_for_it() -> None:
    first = build()
    start, end = GUIDE.index("A **sort**"), GUIDE.index("### Q2.")
    lost = GUIDE[:start] + GUIDE[end:]
    second = build(lost, first, now=2000)
    waiting = {card.id for card in lock_of(first).active if question_of_key(card.key) == "why-sort"}
    assert waiting
    assert second.changes.retired == ()
    assert waiting <= {card.id for card in lock_of(second).active}
    assert waiting <= set(second.deck.held)
    third = build(GUIDE, second, now=3000)
    assert {card.id for card in third.deck.cards} == {card.id for card in first.deck.cards}
    assert (third.changes.new, third.changes.retired) == ((), ())

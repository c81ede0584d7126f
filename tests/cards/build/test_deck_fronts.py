"""No two cards of a deck ask the same and are answered otherwise."""

from __future__ import annotations

from dataclasses import replace

from cards.atomize.atomize import atomize
from cards.build.cache import BuildCache
from cards.build.deck_fronts import tell_questions_apart
from cards.build.pipeline import BuildResult, finish_build, plan_build
from cards.card import sides
from cards.card.card import Card
from cards.guide.reading.parse import parse_guide
from cards.lock.lock import UnparsedLock
from tests.builders.exercise import measured

FIRST = "### What is a tensor made of?\n\n- **Form**: the length of each axis\n- **Rank**: how many axes\n\n"
SECOND = "### What is a layer made of?\n\n- **Form**: the way in which its units are linked\n\n"
OTHER = "### What is a metric?\n\nA number that is **reported** after each epoch of training.\n\n"


def build(text: str, before: BuildResult | None = None) -> BuildResult:
    lock = UnparsedLock(before.lock.split("\n"), "guide.lock") if before else None
    plan = plan_build(text, "guide.md", lock, frozenset(), cache=before.cache if before else None)
    return finish_build(plan, (), 1000)


def fronts(result: BuildResult) -> list[str]:
    return [sides.words(card.front) for card in result.deck.cards if isinstance(card, Card)]


def test_a_front_that_two_questions_have_names_its_question() -> None:
    assert [front for front in fronts(build(FIRST + SECOND + OTHER)) if "What is Form" in front] == [
        "What is a tensor made of? What is Form?",
        "What is a layer made of? What is Form?",
    ]


def test_a_front_of_one_question_stays() -> None:
    assert "What is Form?" in fronts(build(FIRST + OTHER))


def test_a_front_and_answer_that_two_questions_share_stay() -> None:
    again = FIRST.replace("a tensor", "an array")
    assert fronts(build(FIRST + again)).count("What is Form?") == 2


def test_a_build_with_a_cache_makes_the_same_lock() -> None:
    before = build(FIRST + SECOND + OTHER)
    edited = FIRST + SECOND + OTHER.replace("reported", "printed")
    assert build(edited, before).lock == build(edited, without_cache(before)).lock


def made_again(text: str, before: BuildResult) -> list[str]:
    lock = UnparsedLock(before.lock.split("\n"), "guide.lock")
    plan = plan_build(text, "guide.md", lock, frozenset(), cache=before.cache)
    return [question.slug for chunk in plan.chunks if not chunk.cached for question in chunk.questions]


def test_a_question_that_gets_a_twin_of_its_front_is_made_again() -> None:
    before = build(FIRST + OTHER)
    assert made_again(FIRST + SECOND + OTHER, before) == [
        "what-is-a-tensor-made-of",
        "what-is-a-layer-made-of",
    ]
    assert (
        build(FIRST + SECOND + OTHER, before).lock
        == build(FIRST + SECOND + OTHER, without_cache(before)).lock
    )


THIRD = SECOND.replace("a layer", "a graph").replace("units", "nodes")


def test_only_the_edited_one_of_questions_with_one_front_is_made_again() -> None:
    before = build(FIRST + SECOND + THIRD + OTHER)
    edited = FIRST + SECOND.replace("linked", "tied") + THIRD + OTHER
    assert made_again(edited, before) == ["what-is-a-layer-made-of"]
    after = build(edited, before)
    assert fronts(after)[0] == "What is a layer made of? What is Form?"
    assert after.lock == build(edited, without_cache(before)).lock
    assert after.cache == build(edited, without_cache(before)).cache


def test_a_question_whose_twins_are_gone_is_made_again() -> None:
    before = build(FIRST + SECOND + OTHER)
    assert made_again(FIRST + OTHER, before) == ["what-is-a-tensor-made-of"]


def test_questions_whose_answers_become_different_are_made_again() -> None:
    again = FIRST.replace("a tensor", "an array")
    before = build(FIRST + again + OTHER)
    edited = FIRST + again.replace("length of", "size of") + OTHER
    assert made_again(edited, before) == ["what-is-a-tensor-made-of", "what-is-an-array-made-of"]
    assert build(edited, before).lock == build(edited, without_cache(before)).lock


def test_a_question_alone_again_asks_as_it_did() -> None:
    both = build(FIRST + SECOND + OTHER)
    assert "What is Form?" in fronts(build(FIRST + OTHER, both))


def without_cache(result: BuildResult) -> BuildResult:
    return replace(result, cache=BuildCache())


GAPS = """# Guide

### Q1. How do you sort?

```python without=predict
print(tf.sort([3, 1], direction="DESCENDING"))
```

### Q2. How do you turn the order around?

```python without=predict
print(tf.argsort([3, 1], direction="DESCENDING"))
```

### Q3. How do you pad?

```python without=predict
print(tf.pad([1, 0], [[1, 1]], mode="REFLECT"))
```
"""


def test_no_gap_hides_what_one_of_an_earlier_question_hides() -> None:
    guide = parse_guide(GAPS, "guide.md")
    pieces = ('direction="DESCENDING"', 'direction="DESCENDING"', 'mode="REFLECT"')
    made = [
        atomize(question, {question.snippets[0].name: measured(question.snippets[0], piece)})
        for question, piece in zip(guide.questions, pieces, strict=True)
    ]
    told = tell_questions_apart(made)
    assert [[draft.gap.text for draft in each.drafts if draft.gap] for each in told] == [
        ['direction="DESCENDING"'],
        [],
        ['mode="REFLECT"'],
    ]
    assert "a gap of another question hides the same" in told[1].coverage[0].reasons

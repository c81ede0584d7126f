"""Cards in words that are marked because they, or the code beside them, are stale."""

from __future__ import annotations

from cards.build.pipeline import after_writing, finish_build, plan_build
from cards.card.card import STALE_TAG, Card
from cards.program.verdict import Outcome
from tests.builders.built import built, finished
from tests.builders.verdict import HERE, verdicts_of

GUIDE = """\
# Guide

### Q1. What is a gradient?

A **gradient** is the vector of all partial derivatives of a function.

```python
print(1 + 1)
```

### Q2. What is a session?

A session is an object that runs a graph: `tf.Session` makes one.

### Q3. What became of the session?

The session is gone: `@tf.function` replaced `tf.Session`.
"""
CODE = "what-is-a-gradient#1"
GONE = (
    "`tf.Session` is gone. Instead of `tf.Session` today: nothing; operations run at once, "
    "and `@tf.function` makes a graph."
)


def marks(outcome: Outcome) -> dict[str, set[tuple[str, bool]]]:
    """Return the marks of each question's cards in words, each with whether its tag is there."""
    found: dict[str, set[tuple[str, bool]]] = {}
    for card in built(GUIDE, outcomes={CODE: outcome}).deck.cards:
        if isinstance(card, Card) and not card.snippets:
            found.setdefault(card.slug, set()).add((card.failing, STALE_TAG in card.tags))
    return found


def test_the_words_of_a_question_whose_code_is_stale_are_marked_and_stay() -> None:
    assert marks(Outcome.STALE_API) == {
        "what-is-a-gradient": {("The code of this question no longer runs on TensorFlow 2.21.0", True)},
        "what-is-a-session": {(GONE, True)},
        "what-became-of-the-session": {("", False)},
    }


def test_other_failures_mark_no_words() -> None:
    for outcome in (Outcome.PASSED, Outcome.FAILED, Outcome.OUTPUT_MISMATCH):
        assert marks(outcome)["what-is-a-gradient"] == {("", False)}


def test_a_mark_goes_when_the_code_holds_again() -> None:
    stale = built(GUIDE, outcomes={CODE: Outcome.STALE_API})
    mended = built(GUIDE.replace("1 + 1", "2 + 2"), stale, now=2000)
    changed = [card for card in mended.deck.cards if isinstance(card, Card) and card.changed_at == 2000]
    assert {card.slug for card in changed} == {"what-is-a-gradient"}
    assert all(not card.failing for card in changed)


def test_a_mark_that_comes_once_a_deck_is_written_comes_later_for_whoever_has_that_deck() -> None:
    plan = plan_build(GUIDE, "guide.md", None, frozenset({HERE}))
    of_words = finish_build(plan, (), 1000)
    ran = verdicts_of(plan.to_run, outcomes={CODE: Outcome.STALE_API})
    whole = finished(after_writing(plan, of_words), ran, 1000)
    times = {card.id: card.changed_at for card in of_words.deck.cards}
    assert set(times.values()) == {1000}
    later = [card for card in whole.deck.cards if card.changed_at != times.get(card.id, 1000)]
    assert {(card.slug, card.changed_at) for card in later} == {("what-is-a-gradient", 1001)}
    assert finished(plan, ran, 1000).deck.cards[0].changed_at == 1000

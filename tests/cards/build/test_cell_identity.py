"""The card of a table's cell is the same card when its question is worded by another pattern."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.build.pipeline import plan_build
from cards.card import sides
from cards.card.kind import CardKind
from tests.builders.built import built, finished, lock_of
from tests.builders.verdict import HERE

GUIDE = """# Guide

## How do styles and tools differ?

| Style | Main limit | How is it saved? |
|---|---|---|
| Functional | no loops over tensors | `model.save` |
| Subclassing | no plot of its layers | `save_weights` |

| Tool | Purpose |
|---|---|
| git | keep versions of files |
| make | build what is stale |
"""
FORMER = {
    "What is the main limit of the Functional style?": "Style Functional: main limit?",
    "What is the main limit of the Subclassing style?": "Style Subclassing: main limit?",
    "How is the Functional style saved?": "Style Functional: how is it saved?",
    "How is the Subclassing style saved?": "Style Subclassing: how is it saved?",
    "What is the purpose of git?": "Tool git: purpose?",
    "What is the purpose of make?": "Tool make: purpose?",
    "Which tool has this purpose: keep versions of files?": "Which tool? Purpose: keep versions of files.",
    "Which tool has this purpose: build what is stale?": "Which tool? Purpose: build what is stale.",
}


def test_cells_of_a_deck_with_former_questions_are_changed_and_none_is_new() -> None:
    first = built(GUIDE)
    asked = {sides.words(card.front): card.id for card in first.deck.whole_cards if card.kind in TABLE_KINDS}
    assert asked.keys() == FORMER.keys()
    lock = lock_of(first)
    former = [
        replace(card, front=FORMER.get(card.front, card.front), digest="0" * 16)
        if card.front in FORMER
        else card
        for card in lock.cards
    ]
    plan = plan_build(GUIDE, "guide.md", replace(lock, cards=tuple(former)), frozenset({HERE}))
    again = finished(plan, (), 2000)
    assert again.changes.new == again.changes.retired == ()
    assert again.changes.doubts == ()
    assert set(again.changes.changed) == set(asked.values())
    assert {each.was.front: each.now.front for each in again.changes.reworded} == {
        was: now for now, was in FORMER.items()
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Main limit", "How is it limited?"),
        ("How is it saved?", "Saved with"),
        ("Purpose", "Used for"),
        ("| Style |", "| Way of building |"),
        ("no plot of its layers", "no plot of layers"),
    ],
)
def test_a_reworded_heading_keeps_the_cards_of_its_column(old: str, new: str) -> None:
    first = built(GUIDE)
    again = built(GUIDE.replace(old, new), first, 2000)
    answers = {card.id: card.kind for card in first.deck.cards if card.kind is CardKind.CELL}
    assert {card.id for card in again.deck.cards if card.kind is CardKind.CELL} == answers.keys()
    assert again.changes.new == ()


TABLE_KINDS = {CardKind.CELL, CardKind.REVERSE}

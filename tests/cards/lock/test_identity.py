# ruff: noqa: E501 - a table of edits reads best one edit a line

"""Realistic edits of a guide: which cards keep their identity, and that no two ever swap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cards.card.sides import words
from cards.lock.matcher import MatchReason
from tests.builders.built import built

if TYPE_CHECKING:
    from cards.build.pipeline import BuildResult
    from cards.card.card import CardId

NOW = 1_795_000_000

GUIDE = """\
# Guide

## Basics

### Q1. What changed from version 1 to version 2?

Operations run at once in a mode that is called **eager execution**. Eager code is easy to debug because every
tensor already holds its value. Old programs find their symbols in the module `tf.compat.v1`.

| Aspect    | Version 1               | Version 2                |
|-----------|-------------------------|--------------------------|
| Execution | build a graph, then run | each operation at once   |
| Debugging | fetch through a session | print and the debugger   |
| Variables | a global collection     | plain Python objects     |

Q: What happens if you add an int32 and a float32 tensor?
A: An error: no dtype is promoted between tensors.

### Q2. Which callbacks do you use?

- **EarlyStopping**: stops training when the watched metric no longer improves
- **ReduceLROnPlateau**: lowers the learning rate when the metric stalls
- **ModelCheckpoint**: writes the model to disk after an epoch

| Style      | Use it for          | Structure          |
|------------|---------------------|--------------------|
| Sequential | a quick stack       | one straight line  |
| Functional | several inputs      | an acyclic graph   |
| Subclassed | research code       | whatever it likes  |

## More

### Q3. What does L1 regularisation do?

- **L1**: adds the absolute values of the weights to the loss
- **Dropout**: sets a random share of the activations to zero

The order of a pipeline:

1. Shuffle the examples
2. Cut them into batches
3. Prefetch the next batch
"""


class Edit(NamedTuple):
    name: str
    changes: tuple[tuple[str, str], ...]
    """(regular expression, replacement) on the guide."""
    keeps: tuple[str, ...]
    """Words of old answers or fronts whose cards must keep their identity."""
    drops: tuple[str, ...] = ()
    """Words of old cards that must not live on in any other card."""


EDITS = (
    Edit("a typo in a question is mended", ((r"no longer improves", "stops improving"),), ("EarlyStopping",)),
    Edit("an answer is reworded", ((r"An error: no dtype is promoted.*", "It fails: dtypes are not promoted."),), ("add an int32",)),
    Edit("a follow-up is reworded", ((r"What happens if you add an", "What do you get when you add an"),), ("no dtype",)),
    Edit("a sentence around a gap is reworded", ((r"Operations run at once in a mode", "Every operation runs at once in a mode"),), ("eager execution",)),
    Edit("a question is reworded", ((r"What changed from version 1 to version 2\?", "How does version 2 differ from version 1?"),), ("eager execution", "tf.compat.v1", "Execution", "Debugging", "no dtype", "easy to debug")),
    Edit("questions are renumbered", ((r"Q1\.", "Q7."), (r"Q2\.", "Q9.")), ("eager execution", "EarlyStopping", "Execution")),
    Edit("a table row is inserted", ((r"(\| Debugging)", r"| Speed | fast once built | fast enough |\n\1"),), ("Execution", "Debugging", "Variables")),
    Edit("a table row is removed", ((r"\| Debugging.*\n", ""),), ("Execution", "Variables"), ("Debugging",)),
    Edit("a column is renamed", ((r"Version 2  ", "Release 2"),), ("Execution", "Debugging", "Variables")),
    Edit("a column of aspects is renamed", ((r"Use it for ", "Good for"),), ("A quick stack", "Several inputs", "Research code")),
    Edit("a column is inserted", ((r"\| Structure ", "| Limit | Structure "), (r"\|---------------------\|", "|---|---|"), (r"a quick stack      ", "a quick stack | one input"), (r"several inputs     ", "several inputs | no loops"), (r"research code      ", "research code | no summary")), ("A quick stack", "One straight line", "An acyclic graph")),
    Edit("a list entry is inserted", ((r"(- \*\*ReduceLR)", r"- **TensorBoard**: records curves to look at during training\n\1"),), ("EarlyStopping", "ReduceLROnPlateau", "ModelCheckpoint")),
    Edit("a list entry is removed", ((r"- \*\*ReduceLR.*\n", ""),), ("EarlyStopping", "ModelCheckpoint"), ("ReduceLROnPlateau",)),
    Edit("a question moves to another section", ((r"(### Q2\.[\s\S]*?)(## More\n)", r"\2\n\1"),), ("EarlyStopping", "a quick stack")),
    Edit("a question is split in two", ((r"\| Aspect    \|", "### Q1b. How do the two versions compare?\n\n| Aspect    |"),), ("eager execution", "Execution", "Debugging", "no dtype")),
    Edit("a paragraph becomes a list of its sentences", ((r"Operations run", "- Operations run"), (r"execution\*\*\. Eager", "execution**.\n- Eager"), (r"value\. Old", "value.\n- Old")), ("eager execution", "tf.compat.v1", "easy to debug")),
    Edit("a step is reworded", ((r"Cut them into batches", "Cut the examples into batches"),), ("Shuffle the examples",)),
    Edit("one thing takes another's place", ((r"- \*\*L1\*\*: adds the absolute values", "- **L2**: adds the squared values"),), ("Dropout",), ("L1",)),
    Edit("one callback takes another's place", ((r"- \*\*EarlyStopping.*", "- **TerminateOnNaN**: stops training when the watched loss is not a number"),), ("ReduceLROnPlateau",), ("EarlyStopping",)),
    Edit("another phrase of a sentence is set in bold", ((r"run at once in a mode that is called \*\*eager execution\*\*", "**run at once** in a mode that is called eager execution"),), ("tf.compat.v1",), ("eager execution",)),
    Edit("two entries change places", ((r"(- \*\*Early.*\n)(- \*\*Reduce.*\n)", r"\2\1"),), ("EarlyStopping", "ReduceLROnPlateau", "ModelCheckpoint")),
)  # fmt: skip


def edited(edit: Edit) -> str:
    text = GUIDE
    for pattern, replacement in edit.changes:
        changed = re.sub(pattern, replacement, text)
        assert changed != text, f"{pattern} does not occur"
        text = changed
    return text


def cards_with(built: BuildResult, text: str) -> dict[CardId, str]:
    return {
        card.id: f"{words(card.front)} => {words(card.back)}"
        for card in built.deck.whole_cards
        if text in f"{words(card.front)} => {words(card.back)}" and card.kind != "overview"
    }


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_what_an_edit_must_keep_keeps_its_identity(edit: Edit) -> None:
    before = built(GUIDE)
    after = built(edited(edit), before)
    alive = {card.id for card in after.deck.whole_cards}
    for text in edit.keeps:
        old = cards_with(before, text)
        assert old, f"no card holds {text!r}"
        assert {card: said for card, said in old.items() if card not in alive} == {}


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit.drops], ids=lambda edit: edit.name)
def test_what_an_edit_removed_lives_on_in_no_other_card(edit: Edit) -> None:
    before = built(GUIDE)
    after = built(edited(edit), before)
    alive = {card.id: f"{words(card.front)} => {words(card.back)}" for card in after.deck.whole_cards}
    for text in edit.drops:
        gone = [
            card for card in before.deck.whole_cards if text in words(card.front) and card.kind != "overview"
        ]
        gone += [card for card in before.deck.whole_cards if words(card.back) == text]
        assert gone
        assert {alive[card.id] for card in gone if card.id in alive} == set()


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_taking_an_edit_back_brings_every_identity_back(edit: Edit) -> None:
    before = built(GUIDE)
    again = built(GUIDE, built(edited(edit), before))
    assert {card.id: card.key for card in again.deck.whole_cards} == {
        card.id: card.key for card in before.deck.whole_cards
    }


def test_a_rewording_that_could_be_two_old_cards_is_reported_and_not_guessed() -> None:
    text = "# G\n\n### Q1. What is it?\n\nQ: How is the red value set today?\nA: By hand.\n\n"
    text += "Q: How is the new value set today?\nA: By hand.\n"
    before = built(text)
    asked = "# G\n\n### Q1. What is it?\n\nQ: How is the value set today?\nA: By hand.\n"
    after = built(asked, before)
    (doubt,) = after.changes.doubts
    assert set(doubt.candidates) == {card.id for card in before.deck.whole_cards if card.kind == "faq"}
    assert after.changes.rebound == ()


def test_a_rebinding_says_why_and_what_was_asked_before() -> None:
    before = built(GUIDE)
    after = built(GUIDE.replace("What happens if you add an", "What do you get when you add an"), before)
    (rebinding,) = after.changes.rebound
    assert rebinding.reason is MatchReason.SLOT
    assert rebinding.was == "What happens if you add an int32 and a float32 tensor?"
    assert rebinding.front == "What do you get when you add an int32 and a float32 tensor?"

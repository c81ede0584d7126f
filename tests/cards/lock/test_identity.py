# ruff: noqa: E501 - a table of edits reads best one edit a line

"""Realistic edits of a guide: which cards keep their identity, and that no two ever swap."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cards.card.sides import words
from cards.lock.matcher import MatchReason
from cards.lock.rebind import unlink
from tests.builders.built import built, lock_of

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
    Edit("a question moves to another section", ((r"(### Q2\.[\s\S]*?)(## More\n)", r"\2\n\1"),), ("EarlyStopping", "A quick stack")),
    Edit("a question is split in two", ((r"\| Aspect    \|", "### Q1b. How do the two versions compare?\n\n| Aspect    |"),), ("eager execution", "Execution", "Debugging", "no dtype")),
    Edit("a paragraph becomes a list of its sentences", ((r"Operations run", "- Operations run"), (r"execution\*\*\. Eager", "execution**.\n- Eager"), (r"value\. Old", "value.\n- Old")), ("eager execution", "tf.compat.v1", "easy to debug")),
    Edit("a step is reworded", ((r"Cut them into batches", "Cut the examples into batches"),), ("Shuffle the examples",)),
    Edit("one thing takes another's place", ((r"- \*\*L1\*\*: adds the absolute values", "- **L2**: adds the squared values"),), ("Dropout",), ("L1",)),
    Edit("one callback takes another's place", ((r"- \*\*EarlyStopping.*", "- **TerminateOnNaN**: stops training when the watched loss is not a number"),), ("ReduceLROnPlateau",), ("EarlyStopping",)),
    Edit("another phrase of a sentence is set in bold", ((r"run at once in a mode that is called \*\*eager execution\*\*", "**run at once** in a mode that is called eager execution"),), ("tf.compat.v1",), ("eager execution",)),
    Edit("an entry is moved to another section and put in other words", ((r"- \*\*EarlyStopping.*\n", ""), (r"(- \*\*L1)", r"- **EarlyStopping**: stops the training when the watched metric no longer gets better\n\1")), ("EarlyStopping", "ReduceLROnPlateau", "ModelCheckpoint")),
    Edit("a sentence is moved to another section and put in other words", ((r" Eager code is easy to debug because every\n", "\n"), (r"tensor already holds its value\. ", ""), (r"(- \*\*L1)", r"Eager code is easy to debug because each tensor already holds its value.\n\n\1")), ("easy to debug",)),
    Edit("one entry goes, and one of like words about something else comes elsewhere", ((r"- \*\*EarlyStopping.*\n", ""), (r"(- \*\*L1)", r"- **Checkpointing**: keeps the model when the watched metric no longer improves\n\1")), ("ReduceLROnPlateau", "ModelCheckpoint"), ("EarlyStopping",)),
    Edit("a sentence goes, and one with another name in it comes elsewhere", ((r" Old programs find their symbols in the module `tf.compat.v1`.", ""), (r"(- \*\*L1)", r"Old programs find their tests in the module `tf.compat.v1`.\n\n\1")), (), ("Old programs",)),
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


DNS = """\
# Names

### What is DNS?

DNS translates names into addresses. A **resolver** asks the servers of a zone. The **TTL** says how long an answer
may be kept.

### What is a zone?

A zone is the part of all names that one server answers for.
"""


def test_an_overview_is_known_by_its_siblings_where_question_and_answer_have_other_words() -> None:
    before = built(DNS)
    text = DNS.replace("What is DNS?", "What does DNS do?").replace(
        "translates names into", "maps host names to IP"
    )
    after = built(text, before)
    assert (after.changes.new, after.changes.retired, after.changes.doubts) == ((), (), ())
    (rebinding,) = (one for one in after.changes.rebound if one.reason is MatchReason.SIBLINGS)
    assert (rebinding.was, rebinding.front) == ("What is DNS?", "What does DNS do?")


def test_an_overview_of_a_question_that_may_be_split_in_two_is_in_doubt() -> None:
    before = built(DNS)
    text = DNS.replace("What is DNS?", "What does DNS translate?")
    text = text.replace("A **resolver**", "\n\n### Who keeps DNS answers?\n\nNobody for ever. A **resolver**")
    after = built(text, before)
    (doubt,) = after.changes.doubts
    (overview,) = (card.id for card in before.deck.whole_cards if card.kind == "overview")
    assert doubt.candidates == (overview,)
    assert overview in after.changes.retired


def test_an_overview_is_not_that_of_a_question_of_which_one_card_moved() -> None:
    before = built(DNS)
    text = DNS.replace("What is DNS?", "How are answers cached?")
    text = text.replace(
        "DNS translates names into addresses. A **resolver** asks the servers of a zone. ", "Long. "
    )
    assert {one.reason for one in built(text, before).changes.rebound} & {MatchReason.SIBLINGS} == set()


def test_an_answer_that_was_replaced_is_said_with_both_answers_and_can_be_taken_back() -> None:
    before = built(GUIDE)
    after = built(GUIDE.replace("An error: no dtype is promoted between tensors.", "A float64."), before)
    (said,) = after.changes.new_answers
    assert (said.front, said.answer, said.was) == (
        "What happens if you add an int32 and a float32 tensor?",
        "A float64.",
        "An error: no dtype is promoted between tensors.",
    )
    lock = lock_of(after)
    card = next(card for card in lock.cards if card.id == said.id)
    undone, identity = unlink(lock, card)
    assert identity != said.id
    assert {card.id for card in undone.retired} == {said.id}


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("An error: no dtype is promoted", "An error, as no dtype is promoted", 0),
        ("a global collection  ", "one list             ", 1),
        ("a quick stack ", "a quick stacks ", 0),
    ],
    ids=["other words", "another value", "a typo"],
)
def test_only_another_answer_is_said(old: str, new: str, count: int) -> None:
    before = built(GUIDE)
    assert len(built(GUIDE.replace(old, new), before).changes.new_answers) == count


STEPS = "# G\n\n### Q1. How do you bake bread with yeast?\n\n{}\n\n### Q2. What spoils a cake?\n\n{}\n"
CAKE = "- too much sugar\n- a cold oven\n- an open door"


def numbered(*steps: str) -> str:
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def ids_by_answer(result: BuildResult, kinds: str) -> dict[str, CardId]:
    return {
        words(card.back).partition("\n")[0]: card.id
        for card in result.deck.whole_cards
        if card.kind.value in kinds.split()
    }


MIX, WAIT, BAKE, WEIGH = "Mix the dough", "Wait for an hour", "Check the oven", "Prepare the flour"


def test_steps_keep_their_identity_wherever_another_is_inserted_or_comes_back() -> None:
    first = built(STEPS.format(numbered(MIX, WAIT, BAKE), CAKE))
    shorter = built(STEPS.format(numbered(MIX, WAIT), CAKE), first)
    longer = built(STEPS.format(numbered(WEIGH, MIX, WAIT), CAKE), shorter)
    again = built(STEPS.format(numbered(WEIGH, MIX, WAIT, BAKE), CAKE), longer)
    ids = ids_by_answer(first, "step item")
    for later in (shorter, longer, again):
        assert {
            answer: identity
            for answer, identity in ids_by_answer(later, "step item").items()
            if answer in ids
        }.items() <= ids.items()
    new = ids_by_answer(longer, "step item")[WEIGH]
    assert new not in ids.values()
    assert ids_by_answer(again, "step item")[WEIGH] == new


def test_a_lock_that_has_the_place_of_a_step_in_its_key_keeps_its_cards_and_says_nothing() -> None:
    first = built(STEPS.format(numbered(MIX, WAIT, BAKE), CAKE))
    lines = first.lock
    for number, step in enumerate((MIX, WAIT, BAKE), 1):
        cue = step.lower().replace(" ", "-")
        lines = lines.replace(f"/step/{cue}", f"/step/{number}-{cue}")
    assert lines != first.lock
    again = built(STEPS.format(numbered(MIX, WAIT, BAKE), CAKE), replace(first, lock=lines))
    assert again.lock == first.lock
    assert (again.changes.new, again.changes.changed, again.changes.rebound) == ((), (), ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What spoils a cake?", "Why do some cakes go wrong?"),
        ("### Q2. What spoils a cake?", "### 2 What spoils a cake"),
        ("### Q2. What spoils a cake?", "**Causes of a spoilt cake?**"),
        (CAKE, CAKE.replace("- ", "* ")),
        (CAKE, numbered("too much sugar", "a cold oven", "an open door")),
        (CAKE, "- too much sugar\n- a *cold* oven\n- an [open](https://example.org) door"),
        (CAKE, "- an open door\n- a crack in the form\n- a cold oven\n- too much sugar"),
    ],
    ids=["heading", "number", "form", "bullets", "numbers", "marks", "order and one more"],
)
def test_entries_of_a_list_are_known_by_what_is_hidden(old: str, new: str) -> None:
    text = STEPS.format(numbered(MIX, WAIT, BAKE), CAKE)
    before = built(text)
    after = built(text.replace(old, new), before)
    ids = ids_by_answer(before, "item")
    assert ids.items() <= ids_by_answer(after, "item").items()


def test_an_entry_that_took_the_place_of_another_is_a_new_card() -> None:
    text = STEPS.format(numbered(MIX, WAIT, BAKE), CAKE)
    before = built(text)
    after = built(text.replace("a cold oven", "old flour of last year"), before)
    old, new = ids_by_answer(before, "item"), ids_by_answer(after, "item")
    assert new["Old flour of last year"] not in old.values()
    assert new["Too much sugar"] == old["Too much sugar"]


def test_a_quiz_whose_twin_is_deleted_keeps_its_own_history() -> None:
    one = "### 1. What is the output?\n\n```js\nlog(1 + 1);\n```\n\n- [ ] 1\n- [x] 2\n- [ ] 11\n\n"
    other = "### 2. What is the output?\n\n```js\nlog('a' + 1);\n```\n\n- [x] a1\n- [ ] NaN\n- [ ] a\n\n"
    before = built(f"# G\n\n{one}{other}")
    after = built(f"# G\n\n{other}", before)
    (left,) = after.deck.whole_cards
    assert left.id == before.deck.whole_cards[1].id


def test_a_definition_stays_the_same_card_where_its_answer_grows_or_shrinks() -> None:
    long = "# G\n\n### What is a dough?\n\nA **dough** is a soft mass of flour and water.\n\n"
    long += "It rests for **two hours** in a warm place.\n"
    short = long.replace("It rests for **two hours** in a warm place.\n", "")
    before = built(long)
    ids = {words(card.front): card.id for card in before.deck.whole_cards}
    after = built(short, before)
    assert {words(card.front): card.id for card in after.deck.whole_cards} == {
        "What is a dough?": ids["What is a dough?"]
    }


def test_answers_that_two_questions_swapped_are_said_and_no_history_changes_its_question() -> None:
    one, other = "Only in the north, and there for a week.", "With a spoon that was made of wood."
    text = f"# G\n\n### Where does it grow?\n\n{one}\n\n### How is it eaten?\n\n{other}\n"
    before = built(text)
    after = built(text.replace(one, "%").replace(other, one).replace("%", other), before)
    assert {words(card.front): card.id for card in after.deck.whole_cards} == {
        words(card.front): card.id for card in before.deck.whole_cards
    }
    assert {said.was for said in after.changes.new_answers} == {one, other}


NOVELTY = "- **Ladle**: lifts soup out of its pot\n"
LADLES = "# G\n\n### What is in a kitchen?\n\nNear the stove:\n\n%s- **Tongs**: turn what is too hot for a hand\n\n"
LADLES += "Near the door:\n\n- **Ladle**: a club of cooks who meet on Mondays\n- **Cook**: stirs what boils\n"


@pytest.mark.parametrize("is_deleted", [False, True], ids=["inserted", "deleted"])
def test_a_second_entry_of_one_name_leaves_the_first_its_history(*, is_deleted: bool) -> None:
    """Whichever of them stands first in the list: the number in a key tells nothing."""
    with_both, with_one = LADLES % NOVELTY, LADLES % ""
    before, after = (with_both, with_one) if is_deleted else (with_one, with_both)
    first = built(before)
    second = built(after, first)
    assert set(cards_with(first, "A club of cooks")) == set(cards_with(second, "A club of cooks")) != set()
    assert not set(cards_with(first, "A club of cooks")) & set(cards_with(second, "Lifts soup out"))


def test_a_term_that_is_renamed_in_two_questions_of_one_answer_keeps_both_cards() -> None:
    text = "# G\n\n### What is the work of a router?\n\nIt passes packets on between networks.\n\n"
    text += "### What is the work of a router in your own words?\n\nIt passes packets on between networks.\n"
    before = built(text)
    after = built(text.replace("router", "gateway"), before)
    assert [card.id for card in after.deck.whole_cards] == [card.id for card in before.deck.whole_cards]
    assert {each.reason for each in after.changes.rebound} == {MatchReason.RENAMED}

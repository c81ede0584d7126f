"""Decks; a small one made by hand, with one card of every kind of block."""

# ruff: noqa: E501 - a card reads best on few lines

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cards.card.card import Card, CardId
from cards.card.deck import GuideSlug, ProvedDeck
from cards.card.kind import CardKind
from cards.card.proof_stamp import Stamp
from cards.exercise.filling import fill_gap
from cards.guide.block import Code, Item, Listing, Row, Table
from cards.guide.guide import QuestionSlug
from cards.span import Span
from tests.builders.card import card
from tests.builders.side import marked, marked_prose, marked_side

if TYPE_CHECKING:
    from cards.card.sides import Side
    from cards.exercise.exercise import Exercise

EAGER = QuestionSlug("how-does-eager-execution-differ-from-a-graph")
DATA = QuestionSlug("how-do-you-feed-data-to-a-model")
LOOP = QuestionSlug("how-do-you-write-a-training-loop")
TITLES = {
    EAGER: ("Fundamentals", "How does eager execution differ from a graph?"),
    DATA: ("Input", "How do you feed data to a model?"),
    LOOP: ("Training", "How do you write a training loop?"),
}
_STAMP = Stamp("2.21.0", "3.12.0", "2026-11-20")


def deck(*cards: Card, title: str = "TensorFlow interview") -> ProvedDeck:
    """Return a deck with these cards."""
    return ProvedDeck(GuideSlug("tensorflow-interview"), title, cards)


def numbered_card(
    number: int,
    slug: QuestionSlug,
    kind: CardKind,
    front: Side,
    back: Side,
    **rest: Any,  # noqa: ANN401 - any field
) -> Card:
    """Return a card at a place of the small deck."""
    section = TITLES[slug][0]
    fields: dict[str, Any] = {
        "kind": kind,
        "slug": slug,
        "breadcrumb": TITLES[slug],
        "tags": (f"section::{section.lower()}", f"kind::{kind}"),
        "span": Span("source/tensorflow-interview.md", 10 * number, 10 * number + 4),
        "id": CardId(f"card{number:012d}".translate(str.maketrans("0189", "abyz"))),
        "changed_at": 1,
    }
    return card(str(number), front, back, **(fields | rest))


def gap_card(exercise: Exercise) -> Card:
    """Return a card that asks for the piece of code which an exercise hides."""
    code = fill_gap(exercise.source, exercise.gap, "____")
    return numbered_card(
        7, DATA, CardKind.COMPLETE,
        (marked_prose("Which expression fills the gap?"), Code(code, "python")),
        marked_side(f"`{exercise.gap.text}`"),
        exercise=exercise,
    )  # fmt: skip


TABLE = Table(
    (marked("Aspect"), marked("Eager"), marked("Graph")),
    (
        Row((marked("Runs"), marked("line by line"), marked("after tracing"))),
        Row(
            (
                marked("Debugging"),
                marked("Python's own tools"),
                marked("`tf.print`, since `print` runs only while tracing"),
            )
        ),
        Row((marked("Speed"), marked("an op at a time"), marked("whole graphs are fused and pruned"))),
    ),
)

LOOP_CODE = """\
@tf.function
def step(x, y):
    with tf.GradientTape() as tape:  # records the forward pass
        loss = loss_fn(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss"""

CARDS = (
    numbered_card(
        1, EAGER, CardKind.CONTRAST,
        (marked_prose("How do *eager execution* and a *graph* differ in when they run?"),),
        (marked_prose("Eager: line by line. Graph: after tracing."),),
        context=(TABLE,),
    ),
    numbered_card(
        2, EAGER, CardKind.FACT,
        (marked_prose("A `tf.function` is traced again for each new [...] of its arguments."),),
        (marked_prose("shape and dtype"),),
        context=(marked_prose("Tracing runs the Python body once and records the operations. It is traced again for each new shape and dtype."),),
    ),
    numbered_card(
        3, DATA, CardKind.PREDICT,
        (marked_prose("What does this print?"), Code("import tensorflow as tf\n\nds = tf.data.Dataset.range(5).batch(2)\nprint([b.numpy().tolist() for b in ds])", "python")),
        (Code("[[0, 1], [2, 3], [4]]", "output"),),
        stamp=_STAMP,
    ),
    numbered_card(
        4, DATA, CardKind.ITEM,
        (marked_prose("Which of the four is missing?"), Listing(ordered=True, items=(Item(marked("`map` with `num_parallel_calls`")), Item(marked("[...]")), Item(marked("`batch`")), Item(marked("`prefetch`"))))),
        (marked_prose("`shuffle`"),),
    ),
    numbered_card(
        5, LOOP, CardKind.WHY,
        (marked_prose("Why is the tape's line there?"), Code(LOOP_CODE, "python")),
        (marked_prose("It records the forward pass, so that `tape.gradient` can walk it backwards."),),
        stamp=_STAMP,
        context=(Listing(ordered=False, items=(Item(marked("forward"), (Item(marked("with `training=True`")),)), Item(marked("backward")))),),
    ),
    numbered_card(
        6, LOOP, CardKind.OVERVIEW,
        (marked_prose("How do you write a training loop?"),),
        (Listing(ordered=False, items=(Item(marked("forward pass under a tape")), Item(marked("gradients")), Item(marked("apply them")))),),
    ),
)  # fmt: skip

DECK = deck(*CARDS)

"""Decks made by hand, with what a real guide has in them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card.card import Card, CardId, Stamp
from cards.card.deck import GuideSlug, ProvedDeck
from cards.card.kind import Kind
from cards.guide.block import Code, Item, Listing, Prose, Row, Table
from cards.guide.guide import QuestionSlug
from cards.guide.text import Run, Style

if TYPE_CHECKING:
    from cards.card.sides import Side
    from cards.guide.text import Inline

NOW = 1_795_000_000
STAMP = Stamp("2.21.0", "3.15.1", "2026-11-22")


def text(*parts: str | Run) -> Inline:
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def says(*parts: str | Run) -> Side:
    return (Prose(text(*parts)),)


def code(source: str) -> Run:
    return Run(source, Style.CODE)


def gap(hint: str = "…") -> Run:
    return Run(hint, Style.GAP)


def card(name: str, front: Side | str, back: Side | str) -> Card:
    """Make a card whose id, cue and question come from its name; the rest as in a new card."""
    return Card(
        id=CardId(hashlib.sha256(name.encode()).hexdigest()[:16].translate(str.maketrans("01", "yz"))),
        kind=Kind.FACT,
        slug=QuestionSlug(name),
        cue=name,
        front=says(front) if isinstance(front, str) else front,
        back=says(back) if isinstance(back, str) else back,
        changed_at=NOW - 3600,
    )


def deck(*cards: Card, title: str = "TensorFlow interview") -> ProvedDeck:
    return ProvedDeck(GuideSlug("tensorflow-interview"), title, cards)


_MODES = Table(
    (text("Aspect"), text("Eager execution"), text("Graph (", code("tf.function"), ")")),
    (
        Row((text("Runs"), text("operation by operation"), text("as one optimised program"))),
        Row((text("Debugging"), text("plain ", code("print"), " and ", code("pdb")), text(code("tf.print")))),
        Row(
            (
                text("Speed of small ops"),
                text("slow: Python overhead"),
                text("fast: fused by XLA where asked"),
            )
        ),
        Row((text("Python side effects"), text("every call"), text("only while tracing"))),
    ),
)

_TRACE = '''import tensorflow as tf

@tf.function
def scaled(x, by=2.0):
    """Trace once for each input signature."""
    print(f"tracing {x.dtype.name!r}")  # because Python runs only while tracing
    return tf.math.multiply(x, by) if x.shape[0] > 1 else None

scaled(tf.constant([1.0, 2.0, 3.0]))
scaled(tf.constant([4.0, 5.0, 6.0]))'''

_STEPS = Listing(
    ordered=True,
    items=(
        Item(text("Open a ", code("tf.GradientTape"))),
        Item(text("Compute the loss inside it")),
        Item(text(gap("?"))),
        Item(text("Apply them with ", code("optimizer.apply_gradients"))),
    ),
)

_CRUMB = ("Easy: fundamentals", "How does eager execution differ from a graph?")


def every_kind() -> tuple[Card, ...]:
    """Return one card of each shape that a guide's rules make."""
    tags = ("tensorflow-interview", "easy-fundamentals", "topic::graphs")
    return (
        replace(
            card(
                "cell",
                says(
                    "How does ",
                    Run("graph execution", Style.STRONG),
                    " treat Python side effects such as ",
                    code("print"),
                    "?",
                ),
                "They happen only while the function is traced.",
            ),
            context=(_MODES,),
            breadcrumb=_CRUMB,
            tags=tags,
        ),
        replace(
            card(
                "fact",
                says(
                    "A ",
                    code("tf.function"),
                    " is traced again for every new ",
                    gap(),
                    ", so passing Python numbers is costly.",
                ),
                says("input signature"),
            ),
            context=says(
                "Tensors with the same shape and dtype share one trace. Python numbers are part of "
                "the signature, so that ",
                code("f(1)"),
                " and ",
                code("f(2)"),
                " make two.",
            ),
            breadcrumb=("Medium: performance",),
            tags=tags,
        ),
        replace(
            card(
                "step",
                (Prose(text("Which step is missing in a custom training loop?")), _STEPS),
                says(
                    "Ask the tape for the gradients: ", code("tape.gradient(loss, model.trainable_variables)")
                ),
            ),
            breadcrumb=("Hard: custom training", "How do you write a training loop by hand?"),
            tags=tags,
        ),
        replace(
            card(
                "predict",
                (Prose(text("What does this print?")), Code(_TRACE, "python")),
                (
                    Code("tracing 'float32'", "output"),
                    Prose(text("Once: the second call has the same signature and reuses the trace.")),
                ),
            ),
            breadcrumb=_CRUMB,
            tags=tags,
            stamp=STAMP,
        ),
        replace(
            card(
                "recall",
                says("Which call turns a Python list into a pipeline of its elements?"),
                (
                    Code("dataset = tf.data.Dataset.from_tensor_slices([1, 2, 3])", "python"),
                    Code(
                        "<_TensorSliceDataset element_spec=TensorSpec(shape=(), dtype=tf.int32, name=None)>",
                        "output",
                    ),
                ),
            ),
            context=(
                Prose(text("The usual order of a pipeline:")),
                Listing(
                    ordered=False,
                    items=(
                        Item(text(code("cache"), " before anything random")),
                        Item(
                            text(code("shuffle"), " before ", code("batch")),
                            (Item(text("a buffer as large as the data set shuffles fully")),),
                        ),
                        Item(text(code("prefetch(tf.data.AUTOTUNE)"), " last")),
                    ),
                ),
            ),
            breadcrumb=("Medium: data", "How do you feed a model?"),
            tags=tags,
            stamp=STAMP,
        ),
        replace(
            card(
                "spot",
                (
                    Prose(text("Why does this fail?")),
                    Code("tf.matmul(tf.ones([2, 3]), tf.ones([2, 3]))", "python"),
                ),
                (
                    Prose(text("The inner dimensions differ: 3 columns meet 2 rows.")),
                    Code(
                        "InvalidArgumentError: Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3]", "output"
                    ),
                ),
            ),
            breadcrumb=("Easy: fundamentals",),
            tags=tags,
            stamp=STAMP,
        ),
        replace(
            card(
                "shell",
                "How do you start TensorBoard on the folder logs?",
                (Code("tensorboard --logdir logs --port 6006  # then open the page", "bash"),),
            ),
            breadcrumb=("Tools",),
            tags=tags,
        ),
    )

"""Cards made by hand, with what a real guide has in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.guide.block import Code, Item, Listing, Prose, Row, Table
from tests.builders.card import STAMP, card
from tests.builders.side import marked, marked_side

if TYPE_CHECKING:
    from cards.card.card import Card

_MODES = Table(
    (marked("Aspect"), marked("Eager execution"), marked("Graph (`tf.function`)")),
    (
        Row((marked("Runs"), marked("operation by operation"), marked("as one optimised program"))),
        Row((marked("Debugging"), marked("plain `print` and `pdb`"), marked("`tf.print`"))),
        Row(
            (
                marked("Speed of small ops"),
                marked("slow: Python overhead"),
                marked("fast: fused by XLA where asked"),
            )
        ),
        Row((marked("Python side effects"), marked("every call"), marked("only while tracing"))),
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
        Item(marked("Open a `tf.GradientTape`")),
        Item(marked("Compute the loss inside it")),
        Item(marked("[?]")),
        Item(marked("Apply them with `optimizer.apply_gradients`")),
    ),
)

_CRUMB = ("Easy: fundamentals", "How does eager execution differ from a graph?")


def every_shape() -> tuple[Card, ...]:
    """Return one card of each shape that a guide's rules make."""
    tags = ("tensorflow-interview", "easy-fundamentals", "topic::graphs")
    return (
        replace(
            card(
                "cell",
                marked_side("How does *graph execution* treat Python side effects such as `print`?"),
                "They happen only while the function is traced.",
            ),
            context=(_MODES,),
            breadcrumb=_CRUMB,
            tags=tags,
        ),
        replace(
            card(
                "fact",
                marked_side(
                    "A `tf.function` is traced again for every new […], so passing Python numbers is costly."
                ),
                marked_side("input signature"),
            ),
            context=marked_side(
                "Tensors with the same shape and dtype share one trace. "
                "Python numbers are part of the signature, so that `f(1)` and `f(2)` make two."
            ),
            breadcrumb=("Medium: performance",),
            tags=tags,
        ),
        replace(
            card(
                "step",
                (Prose(marked("Which step is missing in a custom training loop?")), _STEPS),
                marked_side(
                    "Ask the tape for the gradients: `tape.gradient(loss, model.trainable_variables)`"
                ),
            ),
            breadcrumb=("Hard: custom training", "How do you write a training loop by hand?"),
            tags=tags,
        ),
        replace(
            card(
                "predict",
                (Prose(marked("What does this print?")), Code(_TRACE, "python")),
                (
                    Code("tracing 'float32'", "output"),
                    Prose(marked("Once: the second call has the same signature and reuses the trace.")),
                ),
            ),
            breadcrumb=_CRUMB,
            tags=tags,
            stamp=STAMP,
        ),
        replace(
            card(
                "recall",
                marked_side("Which call turns a Python list into a pipeline of its elements?"),
                (
                    Code("dataset = tf.data.Dataset.from_tensor_slices([1, 2, 3])", "python"),
                    Code(
                        "<_TensorSliceDataset element_spec=TensorSpec(shape=(), dtype=tf.int32, name=None)>",
                        "output",
                    ),
                ),
            ),
            context=(
                Prose(marked("The usual order of a pipeline:")),
                Listing(
                    ordered=False,
                    items=(
                        Item(marked("`cache` before anything random")),
                        Item(
                            marked("`shuffle` before `batch`"),
                            (Item(marked("a buffer as large as the data set shuffles fully")),),
                        ),
                        Item(marked("`prefetch(tf.data.AUTOTUNE)` last")),
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
                    Prose(marked("Why does this fail?")),
                    Code("tf.matmul(tf.ones([2, 3]), tf.ones([2, 3]))", "python"),
                ),
                (
                    Prose(marked("The inner dimensions differ: 3 columns meet 2 rows.")),
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

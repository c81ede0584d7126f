"""A small deck made by hand, one card of every kind of block."""

# ruff: noqa: E501 - a card reads best on few lines

from __future__ import annotations

from cards.card.card import Card, CardId, Stamp
from cards.card.deck import GuideSlug, ProvedDeck
from cards.card.kind import Kind
from cards.guide.block import Code, Item, Listing, Prose, Row, Table
from cards.guide.guide import QuestionSlug
from cards.guide.text import Run, Style
from cards.span import Span

EAGER = QuestionSlug("how-does-eager-execution-differ-from-a-graph")
DATA = QuestionSlug("how-do-you-feed-data-to-a-model")
LOOP = QuestionSlug("how-do-you-write-a-training-loop")
TITLES = {
    EAGER: ("Fundamentals", "How does eager execution differ from a graph?"),
    DATA: ("Input", "How do you feed data to a model?"),
    LOOP: ("Training", "How do you write a training loop?"),
}
STAMP = Stamp("2.21.0", "3.12.0", "2026-11-20")


def run(text: str) -> tuple[Run, ...]:
    """Return a line with `code`, **strong** and [gap] marks set."""
    runs = []
    style = Style.PLAIN
    marks = {"`": Style.CODE, "*": Style.STRONG, "[": Style.GAP, "]": Style.GAP}
    word = ""
    for letter in text:
        if letter in marks:
            if word:
                runs.append(Run(word, style))
            style = Style.PLAIN if style is not Style.PLAIN else marks[letter]
            word = ""
        else:
            word += letter
    if word:
        runs.append(Run(word, style))
    return tuple(runs)


def prose(text: str) -> Prose:
    return Prose(run(text))


def card(number: int, slug: QuestionSlug, kind: Kind, front: tuple, back: tuple, **rest: object) -> Card:  # type: ignore[type-arg]
    return Card(
        kind=kind,
        slug=slug,
        cue=str(number),
        front=front,
        back=back,
        breadcrumb=TITLES.get(slug, ("Section", str(slug))),
        tags=(f"section::{TITLES.get(slug, ('Section',))[0].lower()}", f"kind::{kind}"),
        span=Span("source/tensorflow-interview.md", 10 * number, 10 * number + 4),
        id=CardId(
            f"card{number:012d}".replace("0", "a").replace("1", "b").replace("8", "y").replace("9", "z")
        ),
        changed_at=1,
        **rest,  # type: ignore[arg-type]
    )


TABLE = Table(
    (run("Aspect"), run("Eager"), run("Graph")),
    (
        Row((run("Runs"), run("line by line"), run("after tracing"))),
        Row(
            (
                run("Debugging"),
                run("Python's own tools"),
                run("`tf.print`, since `print` runs only while tracing"),
            )
        ),
        Row((run("Speed"), run("an op at a time"), run("whole graphs are fused and pruned"))),
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
    card(
        1, EAGER, Kind.CONTRAST,
        (prose("How do *eager execution* and a *graph* differ in when they run?"),),
        (prose("Eager: line by line. Graph: after tracing."),),
        context=(TABLE,),
    ),
    card(
        2, EAGER, Kind.FACT,
        (prose("A `tf.function` is traced again for each new [...] of its arguments."),),
        (prose("shape and dtype"),),
        context=(prose("Tracing runs the Python body once and records the operations. It is traced again for each new shape and dtype."),),
    ),
    card(
        3, DATA, Kind.PREDICT,
        (prose("What does this print?"), Code("import tensorflow as tf\n\nds = tf.data.Dataset.range(5).batch(2)\nprint([b.numpy().tolist() for b in ds])", "python")),
        (Code("[[0, 1], [2, 3], [4]]", "output"),),
        stamp=STAMP,
    ),
    card(
        4, DATA, Kind.ITEM,
        (prose("Which of the four is missing?"), Listing(ordered=True, items=(Item(run("`map` with `num_parallel_calls`")), Item(run("[...]")), Item(run("`batch`")), Item(run("`prefetch`"))))),
        (prose("`shuffle`"),),
    ),
    card(
        5, LOOP, Kind.WHY,
        (prose("Why is the tape's line there?"), Code(LOOP_CODE, "python")),
        (prose("It records the forward pass, so that `tape.gradient` can walk it backwards."),),
        stamp=STAMP,
        context=(Listing(ordered=False, items=(Item(run("forward"), (Item(run("with `training=True`")),)), Item(run("backward")))),),
    ),
    card(
        6, LOOP, Kind.OVERVIEW,
        (prose("How do you write a training loop?"),),
        (Listing(ordered=False, items=(Item(run("forward pass under a tape")), Item(run("gradients")), Item(run("apply them")))),),
    ),
)  # fmt: skip

DECK = ProvedDeck(GuideSlug("tensorflow-interview"), "TensorFlow interview", CARDS)

"""Words that teach what is gone, and words that say so."""

from __future__ import annotations

import pytest

from cards.guide.reading.parse import parse_guide
from cards.stale.named.named_calls import exact_lines, gone_calls_named
from cards.stale.words_search import gone_calls_in_words


@pytest.mark.parametrize(
    ("words", "old"),
    [
        ("You open a `tf.Session` before you run the graph.", ["tf.Session"]),
        ("Inputs are declared with tf.placeholder.", ["tf.placeholder"]),
        ("`sess.run(step)` does one step.", ["session.run"]),
        ("Use `tf.Session` instead of running eagerly.", ["tf.Session"]),
        ("Call `model.fit_generator(data)` for big data.", [".fit_generator"]),
        ("`Adam(lr=0.01)` is a good start.", ["lr="]),
        ("`tf.contrib.layers` has more layers.", ["tf.contrib"]),
        ("The area is `np.trapz(y, x)`.", ["np.trapz"]),
        ("`K.function` gives the output of a layer.", ["tf.keras.backend.function"]),
        ("Batches come in through `feed_dict`.", ["feed_dict"]),
        ("Read `model.optimizer.lr` to see the rate.", ["optimizer.lr"]),
        ("Keep `tf.keras.optimizers.legacy.Adam` for speed.", ["tf.keras.optimizers.legacy"]),
        ("Feed `tf.placeholder`, train `tf.get_variable`.", ["tf.placeholder", "tf.get_variable"]),
    ],
)
def test_a_call_named_as_if_it_were_there_is_found(words: str, old: list[str]) -> None:
    assert [call.change.old for call in gone_calls_in_words(words)] == old


@pytest.mark.parametrize(
    "words",
    [
        "`tf.Session` is gone in TensorFlow 2.",
        "In TF1 you used `tf.placeholder`.",
        "Use `@tf.function` instead of `tf.Session`.",
        "`tf.Session` was how graphs ran.",
        "There is no `tf.Session` any more.",
        "It needs no `tf.Session`.",
        "`tf.compat.v1.Session` still runs graphs.",
        "`tf.layers` → `tf.keras.layers`",
        "Functions replaced sessions: no `tf.Session`, no `feed_dict`.",
        "Legacy code calls `model.fit_generator`.",
        "Unlike `tf.Session`, functions run at once.",
        "`torch.optim.Adam(model.parameters(), lr=1e-3)` is PyTorch's.",
        "`session.run(None, inputs)` asks ONNX Runtime.",
        "Graph mode used `tf.placeholder`.",
        "You don't need a `tf.Session`.",
        "`tf.Session` isn't needed.",
        "`tf.Session` raises an error today.",
        "`tf.data`, `np.float32` and `tf.keras.layers.Dense` are there.",
        "`tf.keras.preprocessing.text.Tokenizer` is kept.",
        "See https://example.org/tf.Session for more.",
        "`tf.function` replaces `tf.Session` and `tf.placeholder`.",
    ],
)
def test_words_that_say_so_or_name_what_is_there_are_right(words: str) -> None:
    assert list(gone_calls_in_words(words)) == []


GUIDE = """\
# Guide

### Q1. How is a graph run?

First a graph is built.
Then a `tf.Session` runs it.

- **Input**: `tf.placeholder` takes it.
- **Step**: one `session.run`.

| Part | Call |
|---|---|
| layer | `tf.layers.dense` |

```python
# tf.get_variable makes a weight
x = 1
```

### Q2. What changed since TensorFlow 1?

`tf.Session` runs a graph.

### Q3. What does `tf.get_variable` do?

It makes a weight.

### Q4. What does `tf.AUTO_REUSE` do?

It made variables shared, and was removed.

### Q5. Which calls are of today?

In the old days, with TensorFlow 1:

- `tf.Session` ran a graph

```python raises=AttributeError
# tf.placeholder takes the input
tf.placeholder
```
"""


def test_all_words_of_a_question_are_searched_with_what_stands_around_them() -> None:
    questions = parse_guide(GUIDE, "guide.md").questions
    found = [[(one.line, one.change.old) for one in gone_calls_named(question)] for question in questions]
    assert found == [
        [
            (5, "tf.Session"),
            (8, "tf.placeholder"),
            (9, "session.run"),
            (13, "tf.layers"),
            (16, "tf.get_variable"),
        ],
        [],
        [(24, "tf.get_variable")],
        [],
        [],
    ]


def test_the_line_of_a_name_is_found_in_the_text_of_the_guide() -> None:
    (question, *_) = parse_guide(GUIDE, "guide.md").questions
    assert [one.line for one in exact_lines(gone_calls_named(question), GUIDE)] == [6, 8, 9, 13, 16]


@pytest.mark.parametrize(
    ("words", "is_old"),
    [
        ("In TensorFlow 1 a graph ran in a session:", True),
        ("The old way, long gone:", True),
        ("Unlike TensorFlow 1, TensorFlow 2 runs at once:", False),
        ("Today a function is traced instead of a graph being built in TF1:", False),
        ("A session runs a graph:", False),
    ],
)
def test_words_above_code_say_whether_it_is_the_old_way(words: str, *, is_old: bool) -> None:
    text = f"# Guide\n\n### Q1. What is run?\n\n{words}\n\n```python\ndef f():\n    tf.Session()\n```\n"
    (question,) = parse_guide(text, "guide.md").questions
    assert [snippet.is_old for snippet in question.snippets] == [is_old]

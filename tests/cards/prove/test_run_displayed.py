"""What a card displays, run alone in a real sandbox."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.build.pipeline import display_requests, finish_build, measure_requests, plan_build
from cards.card import sides
from cards.program.displayed_code import DisplayedCode, DisplayKey, Expectation
from cards.prove.prove_program import prove_program
from cards.prove.run_displayed import DisplayedProgram, DisplayRequest, run_displayed
from tests.builders.measuring import measure
from tests.builders.program import program

if TYPE_CHECKING:
    from cards.build.pipeline import BuildResult
    from cards.prove.prover import Prover

PRINTS, RAISES, SHAPE, DTYPE = Expectation


@pytest.fixture
def prover(confined_prover: Prover) -> Prover:
    return confined_prover


def built(prover: Prover, text: str) -> BuildResult:
    """Build a guide as the command does, all of its code run."""
    plan = plan_build(text, "guide.md", None, frozenset())
    ran = [verdict for _, found in prover.run(plan.to_run, prove_program) for verdict in found]
    measured = [each for _, found in prover.run(measure_requests(plan, ran), measure) for each in found]
    requests = display_requests(plan, ran, measured)
    displayed = [each for _, found in prover.run(requests, run_displayed) for each in found]
    return finish_build(plan, ran, 1000, measured, displayed)


def fronts(result: BuildResult) -> dict[str, str]:
    """Return the front of each card that shows code, by its kind and back."""
    return {
        f"{card.kind.value}: {sides.words(card.back)}": sides.words(card.front)
        for card in result.deck.whole_cards
        if card.snippets
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "code", "fault"),
    [
        ("print(1 + 1)", (PRINTS, "2"), ""),
        ("print(1 + 1)", (PRINTS, "3"), "the code on the card prints “2”, but its answer is “3”"),
        ("print(x)", (PRINTS, "3"), "no line on the card binds `x`"),
        ("print(open('a').read())", (PRINTS, "3"), "the code on the card fails: “FileNotFoundError: [Errno 2] No such file or directory: 'a'.”"),
        ("print(1)\nimport os; os._exit(0)", (PRINTS, "1"), "the code on the card does not come to its end"),
        ("print(", (PRINTS, "1"), "the code on the card does not parse"),
        ("x = np.ones((2, 3))", (SHAPE, "(2, 3)", "x"), ""),
        ("x = np.ones((2, 3))", (SHAPE, "(3, 2)", "x"), "the code on the card gives `x` the shape (2, 3), but its answer is (3, 2)"),
        ("x = np.ones((2, 3))", (DTYPE, "float64", "x"), ""),
        ("x = tf.ones((2, 3))", (DTYPE, "float64", "x"), "the code on the card gives `x` the dtype float32, but its answer is float64"),
        ("{}['a']", (RAISES, "", "KeyError"), ""),
        ("{}['a']", (RAISES, "b", "KeyError"), "the code on the card ends in “KeyError: 'a'.”, but its answer is KeyError"),
        ("{}.get('a')", (RAISES, "", "KeyError"), "the code on the card raises nothing, but its answer is KeyError"),
        ("x['a']", (RAISES, "", "KeyError"), "the code on the card ends in “NameError: name 'x' is not defined.”, but its answer is KeyError"),
    ],
)  # fmt: skip
def test_displayed_code_is_held_to_what_the_card_says(
    prover: Prover, source: str, code: tuple[Expectation, str] | tuple[Expectation, str, str], fault: str
) -> None:
    imports = [
        line
        for name, line in (("np", "import numpy as np"), ("tf", "import tensorflow as tf"))
        if name in source
    ]
    alone = program(*imports, source)
    card = DisplayedProgram("q/predict/x", DisplayKey("k"), alone, DisplayedCode(source, *code))
    ((_, (verdict,)),) = prover.run([DisplayRequest("q", (card,))], run_displayed)
    assert verdict.fault == fault


POLICY = """### What comes out of the layer?

```python
import tensorflow as tf
from tensorflow import keras

keras.mixed_precision.set_global_policy("mixed_float16")
```

```python
hidden = keras.layers.Dense(4)(keras.Input((3,)))
print(hidden.dtype)
```

```output
float16
```

### Which numbers are drawn?

```python
import random

random.seed(11)
```

```python
print([random.randint(0, 99) for _ in range(2)])
```

```output
[57, 71]
```
"""
FILE = """### What was written?

```python
from pathlib import Path

Path("log").mkdir()
with open("log/first.txt", "w") as log:
    log.write("started")
```

```python
print(open("log/first.txt").read())
```

```output
started
```

```python
print(any(path.is_dir() for path in Path(".").iterdir()))
```

```output
True
```
"""
HIDDEN = """### How many weights are there?

```python fixture=net
print(len(net.weights), batch.shape)
```

```output
2 (5, 3)
```

```python fixture=net raises="ValueError:incompatible"
net(keras.ops.ones((1, 4)))
```

<!-- proofdeck: define=net
import keras
import numpy as np

batch = np.zeros((5, 3), "float32")


def make(units):
    inputs = keras.Input((3,))
    hidden = keras.layers.Dense(units)(inputs)
    model = keras.Model(inputs, hidden)
    if units > 100:
        raise ValueError("too wide")
    if units < 1:
        raise ValueError("too narrow")
    if units == 13:
        raise ValueError("unlucky")
    return model


net = make(4)
-->
"""
LONG = """### What happens to the totals?

```python
import collections

words = ["tea", "egg", "tea"]
counts = collections.Counter(words)
print(counts.most_common(1))

prices = {"tea": 2}
prices["egg"] = 5
prices["jam"] = 7
sums = []
for word in words:
    sums.append(prices[word])
print(sum(sums))

print("done")
for number in range(30):
    print(number)
```
"""


@pytest.mark.slow
def test_a_card_shows_the_settings_that_its_code_works_under(prover: Prover) -> None:
    result = built(prover, POLICY)
    assert result.kept_out == ()
    assert 'set_global_policy("mixed_float16")' in fronts(result)["predict: float16"]
    assert "random.seed(11)" in fronts(result)["predict: [57, 71]"]


@pytest.mark.slow
def test_a_card_shows_how_its_file_was_written_or_is_kept_out(prover: Prover) -> None:
    result = built(prover, FILE)
    assert 'log.write("started")' in fronts(result)["predict: started"]
    assert "predict: True" not in fronts(result)
    assert [one.sentence for one in result.kept_out] == [
        "The code on the card prints “False”, but its answer is “True”."
    ]


@pytest.mark.slow
def test_a_card_says_what_hidden_code_gives_it(prover: Prover) -> None:
    result = built(prover, HIDDEN)
    assert result.kept_out == ()
    found = fronts(result)
    net = "net, a Functional with output (None, 4) and weights (3, 4), (4,)"
    assert f"Given: batch, a float32 array of shape (5, 3); {net}." in found["predict: 2 (5, 3)"]
    assert f"Given: {net}." in next(front for key, front in found.items() if key.startswith("spot"))


@pytest.mark.slow
def test_a_long_block_is_asked_by_the_print_and_what_it_builds_on(prover: Prover) -> None:
    result = built(prover, LONG)
    assert result.kept_out == ()
    assert fronts(result) == {
        "predict: [('tea', 2)]": """What does this print?
import collections
words = ["tea", "egg", "tea"]
counts = collections.Counter(words)
print(counts.most_common(1))""",
        "predict: 9": """What does this print?
words = ["tea", "egg", "tea"]
prices = {"tea": 2}
prices["egg"] = 5
prices["jam"] = 7
sums = []
for word in words:
    sums.append(prices[word])
print(sum(sums))""",
    }

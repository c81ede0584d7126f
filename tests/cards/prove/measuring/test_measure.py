"""What running code shows that cards can ask for, measured with a real TensorFlow."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.exercise.measurement import Aspect
from cards.program.snippet import SnippetRole
from cards.prove.measuring.measure import MeasureRequest
from tests.builders.measuring import measure
from tests.builders.program import program, snippet

if TYPE_CHECKING:
    from cards.exercise.measurement import SnippetMeasurement
    from cards.prove.client.run_request import ProverContext, RunRequest, Runs
    from cards.prove.prover import Prover

HEAD = "import tensorflow as tf\n"
X = f"{HEAD}x = tf.constant([[3.0, 1.0, 2.0], [6.0, 5.0, 4.0]])\n"


ATTENTION = """from keras import ops

def attend(query, key, value):
    scores = ops.matmul(query, ops.transpose(key, (0, 2, 1)))
    return ops.matmul(ops.softmax(scores, axis=-1), value)

x = ops.ones((1, 3, 3))
"""
NO_SLOPE = f"""{HEAD}
image = tf.ones((2, 2))
maps = image * 2
with tf.GradientTape() as tape:
    score = tf.reduce_sum(maps)
print(tape.gradient(score, maps))"""
HOSTILE = """import numpy as np

def count(start, step=2):
    steps = 0
    while start != 8:
        start += step
        steps += 1
    return steps

four, two = 4, 2
print(count(np.abs(four)), count(step=four, start=np.add(0, 0)), count(np.subtract(four, two)))"""


@pytest.fixture
def prover(confined_prover: Prover) -> Prover:
    return confined_prover


def measured(prover: Prover, *sources: str) -> SnippetMeasurement:
    """Return what was found of the last block."""
    given = program(*sources)
    wanted = frozenset({given.snippets[-1].name})
    ((_, (found,)),) = prover.run([MeasureRequest(given, wanted)], measure)
    return found


@pytest.mark.parametrize(
    ("source", "gaps"),
    [
        pytest.param(f"{X}print(tf.reduce_sum(x, axis=1).numpy())", ["axis=1"], id="an argument that changes what is printed"),
        pytest.param(f"{X}print(tf.reduce_sum(x, axis=None).numpy())", ["tf.reduce_sum(x, axis=None)"], id="no argument that is the default"),
        pytest.param(f"{HEAD}@tf.function\ndef f(x):\n    return x + 1\n\nprint(int(f(1)))", [], id="no decorator that changes nothing"),
        pytest.param(f"{HEAD}n = []\n@tf.function\ndef f(x):\n    n.append(1)\n\nfor i in range(3): f(tf.constant(i))\nprint(len(n))", ["tf.function"], id="a decorator that does"),
        pytest.param(f"{HEAD}with tf.device('CPU:0'):\n    print(1 + 1)", [], id="no context that changes nothing"),
        pytest.param(f"{HEAD}x = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    y = x * x\nprint(tape.gradient(y, x).numpy())", ["gradient(y, x)"], id="a context that does"),
        pytest.param(f"{X}y = x @ tf.transpose(x)\nprint(y.shape)", ["tf.transpose(x)"], id="a product"),
        pytest.param(f"{HEAD}import keras\nmodel = keras.layers.Activation('relu')(keras.Input((4,)))\nprint(model.shape)", [], id="no layer that could be left out"),
        pytest.param(f"{ATTENTION}print(attend(x, x, x).shape)", ["softmax(scores, axis=-1)"], id="equal scores, where other data tells the axes apart"),
        pytest.param(f"{X}print(tf.reduce_sum(x, axis=-1).numpy())", ["axis=-1"], id="an axis from the end"),
        pytest.param(f"{X}print(tf.nn.softmax(x * 0, axis=-1)[0, 0].numpy() < 1)", [], id="an axis that no data shows"),
        pytest.param(NO_SLOPE, ["tf.reduce_sum(maps)"], id="no gradient that is None with other names too"),
        pytest.param(f"{HEAD}small = tf.cast(1e-8, tf.float16)\nprint(float(small))", [], id="what its result could be typed for"),
        pytest.param(f"{HEAD}@tf.function(jit_compile=True)\ndef f(x):\n    return x + 1\n\nf(1)\nf(2)\nprint(f.experimental_get_tracing_count())", [], id="a decorator whose argument nothing shows"),
        pytest.param("import numpy as np\nlatency = np.array([1.0, 2.0, 9.0])\nprint(np.percentile(latency, 100))", [], id="the largest for a percentile"),
        pytest.param("import numpy as np\nlatency = np.array([1.0, 2.0, 9.0, 40.0])\nshare = 60\nprint(np.percentile(latency, share))", ["np.percentile(latency, share)"], id="a percentile that is no other statistic"),
        pytest.param("import numpy as np\na = np.array([2.0])\nb = np.array([2.0])\nprint(np.subtract(a, b))", ["np.subtract(a, b)"], id="permuted arguments that only other data shows"),
        pytest.param(f"{X}y = tf.sort(x, axis=0)", [], id="nothing where nothing is printed"),
        pytest.param(f"{X}print(tf.random.normal((2,)).numpy(), tf.sort(x, axis=0)[0, 0].numpy())", [], id="nothing where each seed prints something else"),
        pytest.param(f"{X}for i in range(9): print(i, tf.sort(x, axis=0).shape)", [], id="nothing where much is printed"),
    ],
)  # fmt: skip
def test_a_gap_counts_if_the_program_notices_it(prover: Prover, source: str, gaps: list[str]) -> None:
    assert [gap.text for gap in measured(prover, source).gaps] == gaps


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("print(1 + 1)", "2"),
        ("import random\nprint(random.random())", ""),
        (f"{HEAD}print(tf.random.uniform(()).numpy())", ""),
        ("print(object())", ""),
        ("print(id(object()))", ""),
        ("import time\nbegan = time.perf_counter()\nprint(time.perf_counter() - began)", ""),
        ("import time\nprint(time.time_ns())", ""),
        ("print({'a', 'b', 'c', 'd', 'e'})", ""),
        ("for name in frozenset(['a', 'b', 'c']): print(name)", ""),
        ("print([each for each in {str(n) for n in range(9)}])", ""),
        ("print(sorted({'b', 'a'}), 'a' in {'a', 'b'}, len(set('aa')))", "['a', 'b'] True 1"),
        ("print({1, 2, 3})", "{1, 2, 3}"),
        ("print(hash('a'))", ""),
    ],
)
def test_only_what_is_printed_every_time_is_asked(prover: Prover, source: str, printed: str) -> None:
    assert measured(prover, source).printed == printed


def test_shapes_and_unusual_dtypes_are_found_where_nothing_tells_them(prover: Prover) -> None:
    found = measured(
        prover,
        f"{X}y = tf.transpose(x)\nbest = tf.argmax(x, axis=1)\nz = tf.ones((2, 9))\nw = tf.random.normal((4, 1)) @ x[:1]\nprint(y.shape)",
    )
    assert [(trait.name, trait.aspect, trait.text) for trait in found.traits] == [
        ("best", Aspect.DTYPE, "int64"),
        ("w", Aspect.SHAPE, "(4, 3)"),
    ]


def test_a_block_is_measured_with_what_stands_above_it_and_without_its_checks(prover: Prover) -> None:
    given = program(
        X,
        snippet("print(tf.sort(x, axis=0).shape, tf.reduce_max(x, axis=0).numpy())", name="question#2"),
        snippet("assert x is None", role=SnippetRole.CHECK, name="question#3"),
    )
    wanted = frozenset({given.snippets[1].name})
    ((_, (found,)),) = prover.run([MeasureRequest(given, wanted)], measure)
    assert found.snippet == "question#2"
    assert [gap.text for gap in found.gaps][:1] == ["tf.reduce_max(x, axis=0)"]


def requests_of(prover: Prover, source: str) -> list[RunRequest]:
    """Return the runs that measuring a block takes."""
    given = program(source)
    requests: list[RunRequest] = []

    def counted(request: MeasureRequest, context: ProverContext) -> Runs[tuple[SnippetMeasurement, ...]]:
        measuring = measure(request, context)
        asked = next(measuring)
        while True:
            requests.append(asked)
            report = yield asked
            try:
                asked = measuring.send(report)
            except StopIteration as end:
                found: tuple[SnippetMeasurement, ...] = end.value
                return found

    list(prover.run([MeasureRequest(given, frozenset({given.snippets[0].name}))], counted))
    return requests


def test_a_block_that_runs_forever_with_other_numbers_is_soon_given_up(prover: Prover) -> None:
    requests = requests_of(prover, HOSTILE)
    assert len(requests) <= 6
    limits = [
        snippet.directives.timeout_seconds or 0.0
        for request in requests[2:]
        for snippet in request.program.snippets
    ]
    assert 1.0 <= max(limits) < 3.0


def test_near_misses_share_a_process(prover: Prover) -> None:
    # Two runs to observe, one with the likeliest near misses, one with the others.
    assert len(requests_of(prover, f"{X}print(tf.reduce_sum(x, axis=1).numpy())")) == 4


def test_the_right_answer_runs_twice_for_the_first_gap_and_then_only_behind_the_near_misses(
    prover: Prover,
) -> None:
    source = f"{X}@tf.function\ndef total(x):\n    return tf.reduce_sum(x, axis=1)\n\ny = tf.sort(x, axis=0)\nprint(total(y).numpy(), y.numpy())"
    of_gaps = requests_of(prover, source)[2:]
    runs = [[each.source for each in request.program.snippets].count(source) for request in of_gaps]
    assert runs == [3, 1, 1, 1]

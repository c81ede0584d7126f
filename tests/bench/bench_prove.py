"""Time proving twenty snippets against not isolating them: `python tests/bench/bench_prove.py [FRESH]`.

In-process means sybil, which has to be installed for this. Of the fresh interpreters FRESH (3) are timed and the sum is reckoned. Read the ratios; seconds are this machine's.
"""

# ruff: noqa: E501, T201 - snippets and sentences are whole lines, and it prints what it measured

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from cards.program.snippet import KerasFlavour
from cards.prove.client.options import Options
from cards.prove.event import ProgramFinished, ProverEvent
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from cards.prove.sandbox.conditions import RunConditions
from tests.bench.row import Row
from tests.builders.program import TODAY, program

HEAD = "import numpy as np\nimport tensorflow as tf\n\n"
MODEL = "model = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(1)])\n"
SNIPPETS = tuple(
    HEAD + body
    for body in (
        "print(tf.constant([1, 2]) + 1)",
        "print(tf.ones((2, 3)) @ tf.ones((3, 2)))",
        "print(tf.reduce_mean(tf.range(10)))",
        "print(tf.reshape(tf.range(6), (2, 3)).shape)",
        "v = tf.Variable(1.0)\nv.assign_add(2.0)\nprint(v.numpy())",
        "x = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    y = x * x\nprint(tape.gradient(y, x))",
        "@tf.function\ndef double(x):\n    return 2 * x\n\n\nprint(double(tf.constant(4)))",
        "@tf.function\ndef sign(x):\n    if x > 0:\n        return 1\n    return -1\n\n\nprint(sign(tf.constant(4)))",
        "print(list(tf.data.Dataset.range(5).batch(2).as_numpy_iterator()))",
        "print(len(list(tf.data.Dataset.range(9).map(lambda v: v + 1, num_parallel_calls=2))))",
        "print(tf.keras.layers.Dense(3)(tf.ones((2, 4))).shape)",
        "print(tf.one_hot([0, 2], 3))",
        "print(tf.cast(2.7, tf.int32), tf.argmax([1, 3, 2]))",
        "print(tf.ragged.constant([[1], [2, 3]]).shape)",
        "print(tf.strings.split('a b c'))",
        "print(tf.nn.softmax([1.0, 2.0]))",
        "print(tf.keras.losses.MeanSquaredError()([1.0], [2.0]))",
        f"{MODEL}print(model.count_params())",
        f"{MODEL}print(model(np.ones((2, 4))).shape)",
        f"{MODEL}model.compile('adam', 'mse')\nmodel.fit(np.ones((8, 4)), np.ones((8, 1)), verbose=0)\nprint('ok')",
    )
)
SYBIL = """
import sys
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
document = Sybil(parsers=[PythonCodeBlockParser()], path=sys.argv[1], pattern="*.md").parse(
    __import__("pathlib").Path(sys.argv[1]) / "guide.md")
for example in document.examples():
    example.evaluate()
"""


def proved(count: int, sources: tuple[str, ...], workers: int) -> tuple[float, list[float]]:
    """Return the seconds for everything, import included, and those from the first program's end on."""
    ends: list[float] = []

    def watch(event: ProverEvent) -> None:
        if isinstance(event, ProgramFinished):
            ends.append(perf_counter())

    programs = [program(source, name=f"question {number}") for number, source in enumerate(sources)]
    began = perf_counter()
    with Prover(Options(workers=workers, today=TODAY), watch) as prover:
        prover.start(RunConditions, [KerasFlavour.KERAS_3])
        verdicts = [verdict for _, (verdict,) in prover.run(programs, prove_program)]
        seconds = perf_counter() - began
    assert all(verdict.outcome.holds and verdict.confinement == "full" for verdict in verdicts), verdicts
    assert len(verdicts) == count
    return seconds, [end - began for end in ends]


def ran(*command: str, **variables: str) -> float:
    """Return the seconds that a command takes."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    quiet = {**kept, "TF_CPP_MIN_LOG_LEVEL": "3", "OPENBLAS_NUM_THREADS": "1", **variables}
    began = perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=quiet)
    return perf_counter() - began


def command_ran() -> float:
    """Return the seconds that `proofdeck prove` takes for a new guide with a snippet in each question."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "guide.md"
        questions = (
            f"## What does snippet {number} print?\n\nSome numbers.\n\n```python\n{source}\n```\n"
            for number, source in enumerate(SNIPPETS)
        )
        path.write_text("\n".join(questions), encoding="utf-8")
        call = "from srs.cli import main; main()"
        seconds = ran(sys.executable, "-c", call, "prove", str(path), PROOFDECK_HOME=folder)
        proofs = path.with_suffix(".lock").read_text(encoding="utf-8").count('"outcome": "passed"')
        assert proofs == len(SNIPPETS), proofs
    return seconds


class Times(NamedTuple):
    """The seconds of twenty snippets, import included, each the shortest of some rounds."""

    ours: float
    unisolated: float
    """In one process, without isolation."""
    fresh: float
    """In a fresh interpreter each, reckoned from some of them."""


def times(fresh_count: int) -> Times:
    """Measure in turn what proving takes, sybil, and fresh interpreters."""
    with tempfile.TemporaryDirectory() as folder:
        blocks = (f"```python\n{source}\n```\n" for source in SNIPPETS)
        (Path(folder) / "guide.md").write_text("\n".join(blocks), encoding="utf-8")
        ours, unisolated = [], []
        for _ in range(3):
            unisolated.append(ran(sys.executable, "-c", SYBIL, folder))
            ours.append(command_ran())
    fresh = [ran(sys.executable, "-c", source) for source in SNIPPETS[:fresh_count]]
    return Times(min(ours), min(unisolated), len(SNIPPETS) * sum(fresh) / len(fresh))


def rows() -> list[Row]:
    """Return what proving twenty snippets takes, if sybil is installed to compare it with."""
    if not find_spec("sybil"):
        return []
    found = times(3)
    seconds = f"{found.ours:.1f} s"
    return [
        Row(
            "`prove` of a new guide with 20 snippets",
            "sybil, in one process without isolation",
            1,
            found.ours / found.unisolated,
            seconds,
        ),
        Row("the same", "a fresh interpreter each", 0.07, found.ours / found.fresh, seconds),
    ]


def main() -> None:
    """Measure and print."""
    if not find_spec("sybil"):
        raise SystemExit("this is measured against sybil: pip install sybil")
    found = times(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    one = min(proved(1, SNIPPETS[:1], 1)[0] for _ in range(2))
    _, ends = proved(60, ("",) * 60, 1)
    print(f"`proofdeck prove` of 20 snippets, full sandbox, import included: {found.ours:.1f} s")
    print(
        f"the same in-process without isolation (sybil): {found.unisolated:.1f} s, ours is {found.ours / found.unisolated:.2f} times that"
    )
    print(
        f"a fresh interpreter each: {found.fresh:.0f} s, ours is {found.fresh / found.ours:.1f} times faster"
    )
    print(f"one question, import included: {one:.1f} s")
    print(f"an empty snippet: {1000 * (ends[-1] - ends[9]) / (len(ends) - 10):.0f} ms")


if __name__ == "__main__":
    main()

"""Time judging a typed answer against the bare run of the same program: `python tests/bench/bench_answers.py [ROUNDS]`.

What the right answer does runs while the card before is asked; `rows` tells how long one waits for it still. Bare means: a process that has TensorFlow imported executes the program and nothing else, in a fork that ends
with it. Both run in turn, ROUNDS (9) times. Read the ratios; milliseconds are this machine's.
"""

# ruff: noqa: E501, S102, T201 - snippets are whole lines, it runs them, and it prints what it measured

from __future__ import annotations

import linecache
import os
import sqlite3
import sys
import tempfile
from multiprocessing import Pipe, get_context
from pathlib import Path
from select import select
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from cards.answer.correctness import Correctness
from cards.answer.gap_answer import GapJudge
from cards.exercise.candidates import gap_candidates
from cards.exercise.exercise import Exercise
from cards.exercise.filling import fill_gap
from cards.prove.client.options import Options
from cards.prove.prover import Prover
from cards.prove.sandbox.environment import child_environment
from srs.sitting.judge_client import JudgeClient
from tests.bench.bench_edit import built_bundled_guide
from tests.bench.row import Row
from tests.builders.program import TODAY, program

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

CARD_SECONDS = 5.0
"""How long the learner takes for the card before a gap; ten minutes a day are a card in eight seconds."""
HEAD = "import tensorflow as tf\n\n"
TASKS = (
    # (name, code, the piece that is hidden, what is typed instead)
    ("a matrix product", "a = tf.constant([[1.0, 2.0], [3.0, 4.0]])\nb = tf.constant([[1.0], [1.0]])\nprint((a @ b).numpy().tolist())", "a @ b", "tf.linalg.matmul(a, b)"),
    ("a gradient", "x = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    y = x * x\nprint(tape.gradient(y, x).numpy())", "gradient(y, x)", "gradient(sources=x, target=y)"),
    ("a tf.function", "@tf.function\ndef total(v):\n    return tf.reduce_sum(v * v)\n\nprint(total(tf.constant([1.0, 2.0])).numpy())", "tf.reduce_sum(v * v)", "tf.math.reduce_sum(v**2)"),
    ("a dataset", "ds = tf.data.Dataset.range(10)\nprint(ds.batch(4, drop_remainder=True).element_spec.shape)\nprint(len(list(ds)))", "drop_remainder=True", "drop_remainder=bool(1)"),
    ("a layer", "layer = tf.keras.layers.Dense(3, use_bias=False)\nprint(layer(tf.ones((2, 4))).shape, layer.count_params())", "use_bias=False", "use_bias=not True"),
)  # fmt: skip


def exercise(code: str, piece: str) -> Exercise:
    """Return the exercise that hides the piece."""
    source = HEAD + code
    return Exercise(program(source), 0, next(gap for gap in gap_candidates(source) if gap.text == piece))


def warm(requests: Connection) -> None:
    """Run each program that comes in, in a fork; say when it has ended."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    import tensorflow as tf

    requests.send(tf.__version__)
    while source := requests.recv():
        child = os.fork()
        if not child:
            # Where autograph looks for the text of a function.
            linecache.cache["program"] = (len(source), None, source.splitlines(keepends=True), "program")
            exec(compile(source, "program", "exec"), {"__name__": "__main__"})
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)
        requests.send("")


def waits() -> list[float]:
    """Return the seconds until gaps of the bundled guide could be judged, from the moment that each was shown.

    Each is prepared while one other card is asked; the process is started while the first of all is.
    """
    with tempfile.TemporaryDirectory() as folder:
        built_bundled_guide(Path(folder))
        with sqlite3.connect(Path(folder) / "home" / "proofdeck.db") as store:
            rows = store.execute("SELECT exercise FROM face WHERE exercise IS NOT NULL ORDER BY card")
            exercises = [exercise for (exercise,) in rows]
        client, found = JudgeClient(), []
        try:
            for exercise in exercises:
                client.prepare(exercise)
                sleep(CARD_SECONDS)
                began = perf_counter()
                # What does not parse is judged at once, but only after what was asked before.
                client.ask(exercise, "(")
                select([client.descriptor], [], [])
                assert client.answer() is not None
                found.append(perf_counter() - began)
        finally:
            client.close()
    return found[1:]


def rows() -> list[Row]:
    """Return how long one waits for what the right answer does, at the 95th percentile."""
    seconds = quantiles(waits(), n=20, method="inclusive")[-1]
    return [Row("a gap that is shown, until it can be judged", "0.2 s", 1, seconds / 0.2, f"{seconds:.2f} s")]


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    ours, theirs = Pipe()
    process = get_context("spawn").Process(target=warm, args=(theirs,), daemon=True)
    # The same settings of TensorFlow as where answers run.
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            name: value
            for name, value in child_environment(Path(folder), 3, threads=2).items()
            if name not in os.environ
        }
        process.start()
        ours.recv()
    with Prover(Options(workers=2, today=TODAY), lambda _: None) as prover:
        grader = GapJudge(prover)
        for name, code, piece, typed in TASKS:
            task = exercise(code, piece)
            grader.prepare(task)
            answered = fill_gap(task.source, task.gap, typed)
            bare, judged = [], []
            for _ in range(rounds):
                began = perf_counter()
                ours.send(answered)
                ours.recv()
                bare.append(perf_counter() - began)
                began = perf_counter()
                found = grader.judge(task, typed)
                judged.append(perf_counter() - began)
                assert (found.correctness, found.ran) == (Correctness.RIGHT, True), found
            best, middle = min(judged) / min(bare), median(judged) / median(bare)
            print(
                f"{name}: judged in {1000 * median(judged):.0f} ms, {middle:.2f} times the bare run (best: {best:.2f})"
            )
    ours.send("")
    process.join()


if __name__ == "__main__":
    for row in rows():
        print(row.line)
    main()

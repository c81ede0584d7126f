"""Versions of a program that share a process run as if each ran alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from cards.program.snippet import KerasFlavour, RunDirectives
from cards.prove.measuring.trial import Trial, run_together
from tests.builders.program import program, snippet

if TYPE_CHECKING:
    from cards.program.snippet import Snippet
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import Transcript
    from cards.prove.prover import Prover


@dataclass(frozen=True, slots=True)
class Together:
    """Trials that share a process."""

    trials: tuple[Trial, ...]
    name: str = "together"

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        return self.trials[0].program.snippets


@pytest.fixture
def prover(confined_prover: Prover) -> Prover:
    return confined_prover


def printed(prover: Prover, *trials: Trial) -> list[str | None]:
    """Return what the last snippet of each trial printed; None for one that ended the process."""

    def recipe(together: Together, _: ProverContext) -> Runs[list[Transcript | None]]:
        return (yield from run_together(together.trials, frozenset(), KerasFlavour.KERAS_3))

    ((_, found),) = prover.run([Together(trials)], recipe)
    return [None if run is None else run.snippet_runs[-1].printed for run in found]


def trial(*sources: str, seed: int = 0) -> Trial:
    return Trial(program(*sources), seed)


def test_no_name_and_no_file_is_left_to_the_next_one(prover: Prover) -> None:
    look = "import os\nprint('kept' in globals(), sorted(os.listdir('.')))"
    write = "import os\nkept = 1\nos.mkdir('folder')\nopen('folder/a', 'w').close()\nopen('b', 'w').close()"
    assert printed(prover, trial(write, look), trial(look)) == ["True ['b', 'folder']", "False []"]


def test_the_files_of_the_program_are_there_each_time(prover: Prover) -> None:
    own = program(
        "print(open('in/a.txt').read())\nopen('in/a.txt', 'w').close()", files=(("in/a.txt", "text"),)
    )
    assert printed(prover, Trial(own, 0), Trial(own, 0)) == ["text", "text"]


def test_each_begins_with_its_seed_and_with_keras_as_it_was(prover: Prover) -> None:
    own = trial(
        "import random\nimport keras\nimport tensorflow as tf\nlayer = keras.layers.Dense(1)",
        "print(random.random(), tf.random.uniform(()).numpy(), layer.name, layer.dtype_policy.name)\n"
        "keras.mixed_precision.set_global_policy('mixed_float16')\ntf.config.run_functions_eagerly(True)",
    )
    one, other, again = printed(prover, own, replace(own, seed=1), own)
    assert one == again
    assert one != other
    assert other is not None
    assert other.endswith("dense float32")


def test_one_that_ends_the_process_stops_no_other(prover: Prover) -> None:
    endless = program(snippet("while True: pass", RunDirectives(timeout_seconds=0.5)))
    good = trial("print(1)")
    assert printed(prover, good, Trial(endless, 0), good) == ["1", None, "1"]


def test_after_several_that_end_the_process_the_rest_is_not_run(prover: Prover) -> None:
    endless = Trial(program(snippet("while True: pass", RunDirectives(timeout_seconds=0.5))), 0)
    good = trial("print(1)")
    assert printed(prover, endless, endless, endless, good) == [None, None, None, None]

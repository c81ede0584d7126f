from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.program.verdict import Outcome
from cards.prove.client.installed_versions import installed_runtime, keras_2_version
from cards.prove.client.options import Options
from cards.prove.client.transcript import ObservedValue
from cards.prove.measuring.observe import observe
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from tests.builders.program import TODAY, program

if TYPE_CHECKING:
    from tests.builders.program import Prove

SOURCE = """import tensorflow as tf
x = tf.constant([1, 2])
x * 2
noise = tf.random.uniform((2, 3))
print(x.shape)
object()
print(noise)
x @ x
never = 1"""


def test_statements_show_what_stays_the_same(prover: Prover) -> None:
    _, transcript = next(prover.run([program(SOURCE)], observe))
    (snippet_run,) = transcript.snippet_runs
    tf, x, double, noise, shape, address, printed, failing = snippet_run.statements
    assert tf.bound == (("tf", ObservedValue("module", None)),)
    assert [(name, value.shape, value.dtype) for name, value in x.bound] == [("x", "(2,)", "int32")]
    assert double.value is not None
    assert (double.value.shape, double.value.dtype) == ("(2,)", "int32")
    assert "array([2, 4]" in str(double.value.text)
    assert noise.bound == (("noise", ObservedValue("EagerTensor", None, "(2, 3)", "float32")),)
    assert shape.printed == "(2,)\n"
    assert address.value == ObservedValue("object", None)
    assert printed.printed == ""
    assert failing.error is not None
    assert failing.error.type == "InvalidArgumentError"
    assert not snippet_run.done


def test_a_snippet_that_may_not_run_shows_nothing(prover: Prover) -> None:
    from cards.program.snippet import RunDirectives
    from tests.builders.program import snippet

    _, transcript = next(prover.run([program(snippet("x = 1", RunDirectives(skip="why")))], observe))
    assert transcript.snippet_runs[0].statements == ()


@pytest.mark.slow
@pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed")
def test_without_fork_every_program_gets_a_fresh_interpreter() -> None:
    source = "import tensorflow as tf\nprint(tf.constant(1) + 1)\ntf.print('two')"
    options = Options(workers=2, today=TODAY, forks=False, unconfined=True)
    with Prover(options, lambda _: None) as prover:
        good, bad = program(source, name="good"), program("x = 1\n1 / 0", name="bad")
        seen = {str(verdict.snippet): verdict for _, (verdict,) in prover.run([good, bad], prove_program)}
    assert {verdict.confinement for verdict in seen.values()} == {"interpreter"}
    assert seen["good#1"].outcome is Outcome.PASSED
    assert seen["good#1"].output == "tf.Tensor(2, shape=(), dtype=int32)\ntwo"
    assert (seen["bad#1"].outcome, seen["bad#1"].sentence) == (
        Outcome.FAILED,
        "ZeroDivisionError: division by zero.",
    )


def test_an_older_interface_is_told_by_keras_2(prove: Prove) -> None:
    if not keras_2_version():
        pytest.skip("tf-keras is not installed")
    (verdict,) = prove("import tensorflow as tf\ntf.keras.backend.in_train_phase(1, 2)")
    assert verdict.outcome is Outcome.STALE_API
    assert "It runs under Keras 2: write it for Keras 3, or say `keras=2`." in verdict.sentence

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.program.snippet import RunDirectives
from cards.program.verdict import Outcome
from tests.builders.program import program, snippet

if TYPE_CHECKING:
    from cards.prove.prover import Prover
    from tests.builders.program import Prove

pytestmark = pytest.mark.slow

HANGS_ON_CHANCE = "hangs on chance, line 101: seed it in the code, or say `no-output`"
VARIES = "prints something else in each run, from line 101 on"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("import random; print(round(random.random(), 3))", id="a generator without a seed"),
        pytest.param("import numpy as np; print(np.random.randint(1000))", id="that of numpy"),
        pytest.param(
            "import tensorflow as tf; print(tf.random.uniform(()).shape, tf.random.uniform(()))",
            id="that of TensorFlow",
        ),
        pytest.param("print({'a', 'b', 'c'} | {'d'})", id="the order of a set"),
        pytest.param("print(*dict.fromkeys('tensor').keys() & set('sensor'))", id="the order of keys"),
        pytest.param("print(hash('tensor') % 1000)", id="a hash"),
        pytest.param("print(id(print) % 10_007)", id="an address that is reckoned with"),
        pytest.param("from datetime import date; print(date.today().year + 1)", id="the year"),
        pytest.param("import datetime; print(datetime.datetime.now().strftime('%A'))", id="the weekday"),
        pytest.param("import time; print(int(time.time()) // 86400)", id="the day"),
        pytest.param("import time; print(time.localtime(0).tm_hour)", id="the time zone"),
        pytest.param("import os; print(os.cpu_count() * 2)", id="the number of cores"),
        pytest.param("import multiprocessing; print(multiprocessing.cpu_count())", id="also this way"),
        pytest.param("import socket; print(socket.gethostname())", id="the name of the host"),
        pytest.param("import platform; print(platform.node())", id="and this way"),
        pytest.param("import getpass; print(getpass.getuser())", id="the name of the user"),
        pytest.param("import uuid; print(uuid.uuid4())", id="what is never the same"),
    ],
)
def test_an_output_that_hangs_on_chance_is_told(source: str, prove: Prove, prover: Prover) -> None:
    (unstated,) = prove(source)
    assert [str(each) for each in unstated.qualifiers] == [VARIES]
    (stated,) = prove(snippet(source, stated=unstated.output))
    # What never is the same meets no statement at all.
    assert stated.outcome in {Outcome.PASSED, Outcome.OUTPUT_MISMATCH}
    assert [str(each) for each in stated.qualifiers] == [HANGS_ON_CHANCE]


@pytest.mark.parametrize("said", ["0.5", "0.84"])
def test_a_comment_on_a_value_that_is_another_in_each_run_hangs_on_chance(said: str, prove: Prove) -> None:
    (verdict,) = prove(snippet(f"import random\nside = random.random()  # {said}\nprint('tossed')"))
    assert [str(each) for each in verdict.qualifiers] == [HANGS_ON_CHANCE.replace("101", "102")]


@pytest.mark.parametrize(
    ("source", "directives"),
    [
        pytest.param("import random; random.seed(7); print(random.random())", RunDirectives(), id="a seed"),
        pytest.param("print(sorted({'b', 'a'}), len({'a', 'b'}), 'a' in {'a'})", RunDirectives(),
                     id="a set in an order"),
        pytest.param("print(object())", RunDirectives(), id="an address"),
        pytest.param("import random; print(random.random())", RunDirectives(no_output=True),
                     id="an output of no interest"),
        pytest.param("class A:\n    def __repr__(self):\n        print('look')\n        return 'A'\na = A()",
                     RunDirectives(), id="what only looking at a value prints"),
        pytest.param("import time; start = time.perf_counter(); print(time.perf_counter() - start < 1)",
                     RunDirectives(), id="a duration that is compared"),
    ],
)  # fmt: skip
def test_an_output_that_stays_is_not(source: str, directives: RunDirectives, prove: Prove) -> None:
    (verdict,) = prove(snippet(source, directives))
    assert (verdict.outcome, verdict.qualifiers) == (Outcome.PASSED, ())


def test_a_statement_that_both_runs_agree_with_stands(prove: Prove) -> None:
    source = "import random; print(1 + random.random() / 1e9)"
    (verdict,) = prove(snippet(source, stated="1.00"))
    assert (verdict.outcome, verdict.qualifiers) == (Outcome.PASSED, ())


def test_what_holds_in_one_run_only_does_not_hold(prove: Prove) -> None:
    failing, after = prove("import random\nluck = random.random()\nassert luck > 0.5", "print(luck > 0)")
    assert (failing.outcome, failing.line) == (Outcome.FAILED, 103)
    assert failing.sentence == (
        "It ran once, and failed in a second run, with another seed, hash seed, clock and host name: "
        "AssertionError, without a message. Seed it in the code."
    )
    assert after.outcome is Outcome.PASSED


def test_an_exception_must_come_in_both_runs(prove: Prove) -> None:
    from cards.program.snippet import ExpectedException

    expected = RunDirectives(raises=ExpectedException("ValueError"))
    source = "import random\nif random.random() > 0.5:\n    raise ValueError\nraise TypeError('other')"
    (verdict,) = prove(snippet(source, expected))
    assert verdict.outcome is Outcome.FAILED
    assert "It ended in ValueError once, and in a second run" in verdict.sentence
    assert "ended in TypeError: other." in verdict.sentence


def test_the_seed_of_a_directive_is_no_seed_of_the_code(prove: Prove) -> None:
    (verdict,) = prove(snippet("import random; print(random.random())", RunDirectives(seed=3)))
    assert [str(each) for each in verdict.qualifiers] == [VARIES]


def test_a_program_that_fails_runs_no_second_time(prover: Prover) -> None:
    from cards.prove.prove_program import ProofRequest, prove_as_asked

    ((_, proof),) = prover.run([ProofRequest(program("1 / 0"), is_measured=False)], prove_as_asked)
    assert proof.runs is None

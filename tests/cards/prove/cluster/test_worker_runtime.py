from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from cards.program.runtime import Runtime
from cards.program.snippet import KerasFlavour
from cards.prove.client.options import Options
from cards.prove.cluster.order import Order
from cards.prove.cluster.worker_runtime import WorkerRuntime, differences
from cards.prove.prove_program import prove_program
from tests.builders.program import TODAY, program

ASKED = WorkerRuntime(
    Runtime("3.11", "2.21.0", "3.12.0", (("numpy", "2.3.1"), ("torch", ""))),
    keras_2="2.21.0",
    engine="0a1b2c3d",
)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        pytest.param(ASKED, "", id="the same"),
        pytest.param(replace(ASKED, python="/elsewhere"), "", id="in another place"),
        pytest.param(
            replace(ASKED, runtime=replace(ASKED.runtime, python="3.13", tensorflow="2.20.0")),
            "Python 3.13 instead of 3.11, TensorFlow 2.20.0 instead of 2.21.0",
            id="another Python",
        ),
        pytest.param(replace(ASKED, keras_2=""), "tf_keras 2.21.0 is missing", id="less"),
        pytest.param(
            replace(ASKED, runtime=replace(ASKED.runtime, packages=(("numpy", "2.3.1"), ("torch", "2.9.0")))),
            "torch 2.9.0, which is not asked for",
            id="more",
        ),
        pytest.param(replace(ASKED, engine="ffff"), "proofdeck ffff instead of 0a1b2c3d", id="engine"),
    ],
)
def test_what_a_worker_has_other_than_asked_is_said_by_name(found: WorkerRuntime, told: str) -> None:
    assert differences(found, ASKED) == told


def test_whoever_asks_for_other_versions_asks_other_workers() -> None:
    assert ASKED.resource == replace(ASKED).resource
    assert ASKED.resource != replace(ASKED, engine="ffffffff").resource


def test_an_order_is_plain_data() -> None:
    order = Order(
        program("print(1)"),
        prove_program,
        Options(workers=1, today=TODAY),
        ASKED,
        frozenset({KerasFlavour.NONE}),
    )
    assert pickle.loads(pickle.dumps(order)) == order  # noqa: S301 - it was pickled here

"""Which runs a program needs, decided from reports that nothing had to run for."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest

from cards.program.runtime import Runtime
from cards.prove.client.options import Options
from cards.prove.client.run_request import ProverContext
from cards.prove.process.protocol import RunEnding
from cards.prove.prove_program import prove_program
from cards.prove.sandbox.conditions import RunConditions
from tests.builders.program import TODAY, program

if TYPE_CHECKING:
    from cards.prove.process.protocol import RunReport

CONTEXT = ProverContext(Options(workers=1, today=TODAY), Runtime("3.11", "", ""))
RECORDS = (
    {"piece": 0, "count": 1},
    {"piece": 0, "statement": 0, "line": 1, "last": 1, "offset": 0, "seconds": 2.0},
    {"piece": 0, "done": 1, "left": {}},
)


def report(ending: RunEnding = RunEnding.EXITED) -> RunReport:
    """Return the report of a run of two seconds that came to its end, or of one that was stopped."""
    is_finished = ending is RunEnding.EXITED
    return {
        "number": 1,
        "ending": ending.value,
        "status": 0,
        "finished": is_finished,
        "piece": 0,
        "statement": 0,
        "waiting": -1,
        "records": [json.dumps(each) for each in (RECORDS if is_finished else RECORDS[:1])],
        "output": "",
        "errors": "",
        "seconds": 2.0,
        "confinement": "full",
        "base": "/tmp/proofdeck",  # noqa: S108 - only named
        "trouble": "",
    }


def test_a_second_run_that_waits_for_this_machines_clock_does_not_wait_long() -> None:
    runs = prove_program(program("x = 1"), CONTEXT)
    first = next(runs)
    second = runs.send(report())
    third = runs.send(report(RunEnding.TIMED_OUT))
    assert [each.conditions for each in (first, second, third)] == [
        RunConditions.FIRST,
        RunConditions.SECOND,
        RunConditions.SECOND,
    ]
    assert [each.moves_clock for each in (second, third)] == [True, False]
    assert second.job(2, CONTEXT.options)["pieces"][0]["timeout_seconds"] == 9.0
    assert [each.most_seconds for each in (first, third)] == [math.inf, math.inf]
    assert third.job(3, CONTEXT.options)["pieces"][0]["timeout_seconds"] == CONTEXT.options.timeout_seconds
    with pytest.raises(StopIteration) as ended:
        runs.send(report())
    (verdict,) = ended.value.value
    assert verdict.outcome.holds

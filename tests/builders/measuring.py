"""A program measured whole: what two runs tell of it, and its gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.prove.measuring.measure import measure_gaps, observe_program

if TYPE_CHECKING:
    from cards.exercise.measurement import SnippetMeasurement
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.measuring.measure import MeasureRequest


def measure(request: MeasureRequest, context: ProverContext) -> Runs[tuple[SnippetMeasurement, ...]]:
    """Run a program as it is, then with each candidate gap mutated; return one result a wanted snippet."""
    seen = yield from observe_program(request, context)
    found = {each.snippet: each for each in seen.measurements}
    for gap_request in seen.gap_requests:
        measured = yield from measure_gaps(gap_request, context)
        found[measured.snippet] = measured
    return tuple(found.values())

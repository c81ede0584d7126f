"""Provers that have TensorFlow imported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from cards.program.snippet import KerasFlavour
from cards.prove.client.installed_versions import installed_runtime
from cards.prove.client.options import Options
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from cards.prove.sandbox.conditions import RunConditions
from tests.builders.program import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cards.program.program import Program
    from cards.program.verdict import Verdict
    from cards.prove.event import ProverEvent


@contextmanager
def started_prover(**options: Any) -> Iterator[Prover]:  # noqa: ANN401 - any field
    """Have a prover for some tests; they are skipped where TensorFlow is not installed."""
    if installed_runtime() is None:
        pytest.skip("TensorFlow is not installed")
    values: dict[str, Any] = {"workers": os.cpu_count() or 1, "today": TODAY}
    with Prover(Options(**(values | options)), lambda _: None) as prover:
        prover.start([RunConditions.FIRST], [KerasFlavour.KERAS_3])
        yield prover


def proved(
    programs: Sequence[Program], options: Options, watch: Callable[[ProverEvent], None]
) -> Iterator[tuple[Verdict, ...]]:
    """Yield the verdicts on each program, from a prover of its own."""
    with Prover(options, watch) as prover:
        for _, verdicts in prover.run(programs, prove_program):
            yield verdicts

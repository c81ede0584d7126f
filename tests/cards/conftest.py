from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cards.prove.prover import Event, Options, Prover, installed_runtime
from tests.builders.program import TODAY, Prove, program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.program.snippet import Snippet
    from cards.program.verdict import Verdict


@pytest.fixture(scope="session")
def prover(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prover]:
    """One import of TensorFlow for all tests."""
    if installed_runtime() is None:
        pytest.skip("TensorFlow is not installed")
    events: list[Event] = []
    with Prover(Options(workers=os.cpu_count() or 1, today=TODAY, unconfined=True), events.append) as prover:
        prover.start()
        yield prover


@pytest.fixture(scope="session")
def prove(prover: Prover) -> Prove:
    """The verdicts on one program."""

    def verdicts(*parts: str | Snippet, files: tuple[tuple[str, str], ...] = ()) -> tuple[Verdict, ...]:
        return next(prover.prove([program(*parts, files=files)]))

    return verdicts

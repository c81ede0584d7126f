from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.prove.prove_program import prove_program
from tests.builders.program import Prove, program
from tests.builders.prover import started_prover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.program.snippet import Snippet
    from cards.program.verdict import Verdict
    from cards.prove.prover import Prover


@pytest.fixture(scope="session")
def prover() -> Iterator[Prover]:
    """One import of TensorFlow for all tests."""
    with started_prover(unconfined=True) as prover:
        yield prover


@pytest.fixture(scope="session")
def confined_prover() -> Iterator[Prover]:
    """One import of TensorFlow for all tests that run code as a command does: confined."""
    with started_prover(workers=2) as prover:
        yield prover


@pytest.fixture(scope="session")
def prove(prover: Prover) -> Prove:
    """The verdicts on one program."""

    def verdicts(*parts: str | Snippet, files: tuple[tuple[str, str], ...] = ()) -> tuple[Verdict, ...]:
        ((_, found),) = prover.run([program(*parts, files=files)], prove_program)
        return found

    return verdicts

"""What runs programs: a prover on this machine, or one on a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cards.program.snippet import KerasFlavour
    from cards.prove.client.run_request import Recipe, Result, Work
    from cards.prove.sandbox.conditions import RunConditions


class ProgramRunner(Protocol):
    """Runs programs by recipes until it is closed."""

    def start(self, conditions: Iterable[RunConditions], flavours: Iterable[KerasFlavour]) -> None:
        """Begin what takes long before the first program of these sorts, and return at once."""

    def run(self, work: Sequence[Work], recipe: Recipe[Work, Result]) -> Iterator[tuple[Work, Result]]:
        """Yield each program as it finishes, with what the recipe makes of its runs."""

    def close(self) -> None:
        """End all that was started."""

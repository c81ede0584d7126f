"""How much of a lock is taken on trust, and the sentence that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.program.verdict import Verdict
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.lock.run_record import Finding
    from srs.cli.trust.run_memory import RunMemory


class Trusted(NamedTuple):
    """How much of what counts here only the lock says."""

    proofs: int = 0
    others: int = 0
    """Measurements, and runs of displayed code."""

    @property
    def phrase(self) -> str:
        """What is taken on trust, in words; empty where nothing is."""
        said = [count(self.proofs, "proof")] if self.proofs else []
        said += [count(self.others, "measurement")] if self.others else []
        return f"{' and '.join(said)} taken on trust from the lock" if said else ""

    def sentence(self, guide: str) -> str:
        """Return what is taken on trust, and how to run it here; `guide` is its name in a command."""
        return f"{self.phrase}: `proofdeck prove --again{guide}` runs them here."


NOTHING_TRUSTED = Trusted()


def trusted(findings: Iterable[Finding], memory: RunMemory) -> Trusted:
    """Return how many of the findings were not made on this machine."""
    unseen = memory.unseen(findings)
    proofs = sum(isinstance(each, Verdict) for each in unseen)
    return Trusted(proofs, len(unseen) - proofs)

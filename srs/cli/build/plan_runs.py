"""What was seen of a guide's code so far, and when it is written into the lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from cards.build.runs import add_proofs
from cards.check.incomplete_run import complete_proofs
from cards.lock.lock import lock_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.build.pipeline import BuildPlan
    from cards.exercise.measurement import SnippetMeasurement
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.verdict import Verdict
    from cards.prove.client.transcript import Transcript
    from cards.prove.measuring.measure import GapRequest
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.trust.run_memory import RunMemory

SAVE_SECONDS = 5.0
"""No more than what was seen in so long a time is lost, whatever happens to this process."""
_MOST_OF_THE_TIME = 0.05
"""Writing long locks takes no larger part of the time than this."""


@dataclass(slots=True)
class PlanRuns:
    """A plan, and what was seen of its code."""

    guide: GuideFile
    plan: BuildPlan
    memory: RunMemory | None = None
    """Of what was seen on this machine."""
    is_dry: bool = False
    """Nothing is written: neither into the lock nor into the memory."""
    keeps_incomplete: bool = True
    """What ran without a package that its program needs is written too: it is all that is to be had here."""
    ran: list[Verdict] = field(default_factory=list)
    measured: list[SnippetMeasurement] = field(default_factory=list)
    displayed: list[DisplayedVerdict] = field(default_factory=list)
    gap_requests: list[GapRequest] = field(default_factory=list)
    """The snippets of which gaps are to be found."""
    proof_runs: dict[str, tuple[Transcript, Transcript]] = field(default_factory=dict)
    """What the two runs of a proof showed, by the program's name, where the program may be measured."""
    _saved: tuple[int, int, int] = (0, 0, 0)
    """How many verdicts, measurements and displayed verdicts are in the lock already."""

    def save(self) -> None:
        """Add what was seen since the last time to the lock on disk."""
        now = len(self.ran), len(self.measured), len(self.displayed)
        if now == self._saved or self.is_dry:
            return
        already, measured, displayed = self._saved
        ran: Sequence[Verdict] = self.ran[already:]
        if not self.keeps_incomplete:
            ran = complete_proofs(self.plan.programs, ran)
        if self.memory is not None:
            # Before the lock: what stands there was seen here, whenever this process ends.
            self.memory.add((*ran, *self.measured[measured:], *self.displayed[displayed:]))
        # With a cache, the plan knows only a part of the lock.
        lock = add_proofs(
            self.guide.lock() or self.plan.lock,
            ran,
            self.measured[measured:],
            self.displayed[displayed:],
            self.plan.programs,
        )
        self.guide.write_lock(lock_text(lock))
        self._saved = now


class LockSaver:
    """Saves the runs of plans at once, but not more often than every few seconds."""

    def __init__(self) -> None:
        self._unsaved: dict[int, PlanRuns] = {}
        self._due = 0.0

    def add(self, runs: PlanRuns) -> None:
        """Remember that something more was seen; save all if it is time to."""
        self._unsaved[id(runs)] = runs
        if monotonic() >= self._due:
            self.save()

    def save(self) -> None:
        """Save all that was seen."""
        began = monotonic()
        while self._unsaved:
            # Forgotten once it is saved: Ctrl-C in between loses nothing.
            key = next(iter(self._unsaved))
            self._unsaved[key].save()
            del self._unsaved[key]
        now = monotonic()
        self._due = now + max(SAVE_SECONDS, (now - began) / _MOST_OF_THE_TIME)

"""A guide taken up after an edit: the steps that `build` and an edit during a review share."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from cards.build.cache import BuildCache
from cards.errors import RevisionError
from srs.cli.build.lost_lock import lock_from_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.build.incremental import IncrementalResult
    from cards.lock.lock import Lock
    from cards.program.program import Program
    from srs.cli.build.deck_builder import DeckBuilder
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext
    from srs.store.row import SyncReport
    from srs.store.store import Store

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class GuideBuild:
    """A guide made into proved cards; nothing is written yet but the proofs."""

    title: str
    questions: int
    """How many there are."""
    programs: tuple[Program, ...]
    ran: tuple[Program, ...]
    """Those that had to run, and did where TensorFlow is installed."""
    revised: IncrementalResult
    recovered_lock: Lock | None
    """What the store knew of a guide whose lock was missing."""

    @property
    def name(self) -> str:
        """What the store calls this build."""
        return sha256(self.revised.lock.encode()).hexdigest()[:16]


def make_guide_build(
    file: GuideFile,
    workshop: DeckBuilder,
    setting: CommandContext,
    memory: BuildCache,
    *,
    include_failing: bool = False,
) -> GuideBuild:
    """Make the guide's cards, with what can be taken over from the last build."""
    written = file.written_lock()
    lost = lock_from_store(file, setting) if written is None else None
    revision = workshop.revise(file, written or lost, memory)
    plan, revised = revision.plan, workshop.finish(file, revision, include_failing=include_failing)
    return GuideBuild(plan.guide.title, len(plan.guide.questions), plan.programs, plan.to_run, revised, lost)


def save_guide_build(file: GuideFile, remade: GuideBuild, store: Store) -> SyncReport:
    """Bring the cards to the store, then write the lock."""
    synced = store.cards.sync(remade.revised.deck, str(file.path.resolve()), remade.name)
    file.write_lock(remade.revised.lock)
    return synced


def retry_without_cache(memory: BuildCache, work: Callable[[BuildCache], _Result]) -> _Result:
    """Do the work with what is remembered, and without it where that turns out to be wrong."""
    try:
        return work(memory)
    except RevisionError:
        return work(BuildCache())

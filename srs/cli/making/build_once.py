"""One build of a guide: read, run, saved, and its report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cards.errors import ProofdeckError
from srs.cli.making.begun_build import begin_build
from srs.cli.making.build_json import build_json

if TYPE_CHECKING:
    from cards.build.cache import BuildCache
    from cards.build.held_card import AwaitedCards
    from cards.part_cache import PartCache
    from exporters.anki.anki_export import ExportReport
    from exporters.anki.progress import Progress
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.build.plan_runs import PlanRuns
    from srs.cli.context import CommandContext
    from srs.cli.guard.loss_guard import LossGuard
    from srs.cli.identity.move_question import MoveQuestion
    from srs.cli.making.begun_build import BegunBuild
    from srs.cli.making.build_wishes import BuildWishes
    from srs.cli.making.guide_build import GuideBuild
    from srs.store.sync import SyncedDeck


_MANY_PROGRAMS = 10
"""Proving fewer takes seconds."""

_NO_CARD = (
    "No question of the guide makes a card yet; `proofdeck check --blocks` says what became of each block."
)


def build_once(
    file: GuideFile,
    runner: PlanRunner,
    context: CommandContext,
    wishes: BuildWishes,
    guard: LossGuard,
    *,
    strict: bool = False,
) -> tuple[GuideBuild, dict[str, Any]]:
    """Build a guide and save the results; nothing is written before all that is ready is made.

    A strict build warns of all that a check does, so it reads the whole guide.
    """
    from cards.build.cache import BuildCache
    from cards.part_cache import PartCache
    from srs.cli.build.cache_file import read_cache, read_parts, write_cache, write_parts
    from srs.cli.build.save_build import retry_without_cache
    from srs.cli.identity.move_question import MoveQuestion, Wish
    from srs.store.place.unwritable import refuse_unwritable

    is_kept = file.piped is None
    if is_kept:
        # Not after minutes of proving.
        refuse_unwritable(context.store_file)
    wish = Wish.ADOPT if wishes.adopt else Wish.NEW if wishes.is_new else Wish.NOTHING
    work = _Build(
        file,
        runner,
        context,
        wishes,
        guard,
        read_parts(file, context) if is_kept else PartCache(),
        # Asked at most once, also where the build is repeated without its cache.
        MoveQuestion(wish),
        strict=strict,
    )
    is_whole = wishes.is_of_whole_guide or strict or not is_kept
    cache = BuildCache() if is_whole else read_cache(file, context, wishes.target)
    guide_build, exported, synced = retry_without_cache(cache, work.run)
    if is_kept:
        write_parts(file, context, work.parts)
    if is_kept and not (wishes.with_progress or wishes.subdecks or guide_build.has_times_ahead):
        result = guide_build.result
        write_cache(
            file,
            context,
            result.cache,
            guide=result.deck.id,
            package_name=guide_build.package_name,
            name=result.name,
            package=exported.path,
        )
    report = build_json(file, guide_build, exported, synced, context)
    if wishes.with_progress:
        report["progress"] = {"schedules": exported.scheduled, "answers": exported.answers}
    return guide_build, report


@dataclass(frozen=True, slots=True)
class _EarlyDeck:
    """A deck that is written before all code has run; none where it has no cards."""

    begun: BegunBuild
    """The build as it goes on from there."""
    synced: SyncedDeck | None = None
    """What it changed in the store."""
    cards: int = 0

    def and_then(self, synced: SyncedDeck | None, build: GuideBuild) -> SyncedDeck | None:
        """Return what it and the next deck of this build changed in the store."""
        return synced.after(self.synced, build.result.changes.changed) if self.synced and synced else synced


@dataclass(frozen=True, slots=True)
class _Build:
    """One build of a guide, which may have to be run again without its cache."""

    file: GuideFile
    runner: PlanRunner
    context: CommandContext
    wishes: BuildWishes
    guard: LossGuard
    parts: PartCache
    question: MoveQuestion
    strict: bool

    def run(self, cache: BuildCache) -> tuple[GuideBuild, ExportReport, SyncedDeck | None]:
        """Write the deck as soon as its code is proved, and again with the gaps that were found by then.

        A new guide with much code has a deck before that: the cards that show none.
        """
        from cards.build.held_card import NOTHING_AWAITED
        from cards.build.pipeline import awaited_cards
        from srs.cli.build.plan_runs import PlanRuns

        runner, gaps, include_failing = self.runner, self.wishes.gaps, self.wishes.include_failing
        begun = begin_build(
            self.file, runner, self.context, cache, self.parts, self.question, self.guard, strict=self.strict
        )
        early = _EarlyDeck(begun)
        if begun.is_first and len(runner.runnable(begun.plan.to_run)) >= _MANY_PROGRAMS:
            early = self._write_early(early, PlanRuns(self.file, begun.plan), NOTHING_AWAITED)
        (runs,) = runner.run_without_gaps([(self.file, begun.plan)], gaps=gaps, ready=early.cards)
        awaited = NOTHING_AWAITED
        if gaps and runs.gap_requests:
            early = self._write_early(early, runs, awaited_cards(begun.plan, runs.ran, runs.measured))
            runner.find_gaps([runs], early.cards)
        if not (gaps and runner.has_tensorflow):
            awaited = awaited_cards(begun.plan, runs.ran, runs.measured, is_for_now=False)
        guide_build = early.begun.built(runs, awaited, include_failing=include_failing)
        exported, synced = self._save(guide_build)
        return guide_build, exported, early.and_then(synced, guide_build)

    def _write_early(self, early: _EarlyDeck, runs: PlanRuns, awaited: AwaitedCards) -> _EarlyDeck:
        """Write a deck of the cards that can be shown by now, if there are any."""
        from cards.build.pipeline import after_writing

        build = early.begun.built(runs, awaited, include_failing=self.wishes.include_failing)
        number = len(build.result.deck.cards)
        if not number:
            return early
        _, synced = self._save(build)
        begun = replace(early.begun, plan=after_writing(early.begun.plan, build.result))
        return _EarlyDeck(begun, early.and_then(synced, build), number)

    def _save(self, guide_build: GuideBuild) -> tuple[ExportReport, SyncedDeck | None]:
        """Write the Anki deck, the store and the lock of a build; of a piped guide the deck alone."""
        from srs.cli.build.save_build import save_build
        from srs.cli.daily_backup import try_daily_backup
        from srs.store.store import Store

        # The deck first: if it is refused, neither store nor lock has moved.
        exported = self._write_package(guide_build)
        self.guard.has_written = True
        if self.file.piped is not None:
            return exported, None
        with Store.open(self.context.store_path) as store:
            today = store.preferences.day(self.context.now())
            if store.log.last_day() is not None:
                try_daily_backup(store, today)
            return exported, save_build(self.file, guide_build.result, store, guide_build.short_name, today)

    def _write_package(self, guide_build: GuideBuild) -> ExportReport:
        """Write the Anki deck, unless code is the reason why there is no card yet."""
        from cards.check.lost_question import first_of_each_cause
        from exporters.anki.anki_export import export_package, no_package
        from srs.cli.anki_translation import utc_offset_minutes

        deck, wishes = guide_build.result.deck, self.wishes
        now = self.context.now()
        path = wishes.target or self.file.place_for(guide_build.package_name)
        if not deck.cards and (guide_build.failing or guide_build.result.held):
            # The report says which.
            return no_package(deck, path)
        if not deck.cards and guide_build.warnings:
            raise ProofdeckError("\n".join([*first_of_each_cause(guide_build.warnings), _NO_CARD]))
        return export_package(
            deck,
            path,
            now=int(now.timestamp()),
            progress=_learnt_progress(self.context) if wishes.with_progress else None,
            utc_offset_minutes=utc_offset_minutes(now),
            has_subdecks=wishes.subdecks,
            has_typing=wishes.type_in,
            parts=self.parts,
        )


def _learnt_progress(context: CommandContext) -> Progress:
    """Return the progress in the store before this build; none where there is no store yet."""
    from exporters.anki.progress import Progress
    from srs.cli.anki_translation import collect_progress
    from srs.store.store import Store

    if not context.store_path.exists():
        return Progress((), ())
    with Store.open(context.store_path) as store:
        return collect_progress(store.log.by_card(), store.scheduler)

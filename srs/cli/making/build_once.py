"""One build of a guide: read, run, saved, and its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cards.errors import ProofdeckError
from srs.cli.making.begun_build import begin_build
from srs.cli.making.build_json import build_json

if TYPE_CHECKING:
    from cards.build.cache import BuildCache
    from exporters.anki.anki_export import ExportReport
    from exporters.anki.progress import Progress
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.context import CommandContext
    from srs.cli.guard.loss_guard import LossGuard
    from srs.cli.identity.move_question import MoveQuestion
    from srs.cli.making.guide_build import GuideBuild
    from srs.store.sync import SyncedDeck


_NO_CARD = (
    "No question of the guide makes a card yet; `proofdeck check --blocks` says what became of each block."
)


def build_once(
    file: GuideFile,
    runner: PlanRunner,
    context: CommandContext,
    output: str | None,
    *,
    with_progress: bool = False,
    subdecks: bool = False,
    type_in: bool = False,
    include_failing: bool = False,
    gaps: bool = True,
    adopt: bool = False,
    is_new: bool = False,
    strict: bool = False,
    guard: LossGuard,
) -> tuple[GuideBuild, dict[str, Any]]:
    """Build a guide and save the results; nothing is written before all that is ready is made.

    A strict build warns of all that a check does, so it reads the whole guide.
    """
    from cards.build.cache import BuildCache
    from srs.cli.build.cache_file import read_cache, write_cache
    from srs.cli.build.save_build import retry_without_cache
    from srs.cli.identity.move_question import MoveQuestion, Wish
    from srs.store.place.unwritable import refuse_unwritable

    if file.piped is None:
        # Not after minutes of proving.
        refuse_unwritable(context.store_file)
    target = Path(output) if output else None
    wish = Wish.ADOPT if adopt else Wish.NEW if is_new else Wish.NOTHING
    # Asked at most once, also where the build is repeated without its cache.
    question = MoveQuestion(wish)
    is_whole = with_progress or subdecks or strict or file.piped is not None or wish is not Wish.NOTHING
    guide_build, exported, synced = retry_without_cache(
        BuildCache() if is_whole else read_cache(file, context, target),
        lambda cache: _build_and_save(
            file,
            runner,
            context,
            target,
            cache,
            question,
            with_progress=with_progress,
            subdecks=subdecks,
            type_in=type_in,
            include_failing=include_failing,
            gaps=gaps,
            strict=strict,
            guard=guard,
        ),
    )
    if not (with_progress or subdecks) and file.piped is None and not guide_build.has_times_ahead:
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
    if with_progress:
        report["progress"] = {"schedules": exported.scheduled, "answers": exported.answers}
    return guide_build, report


def _build_and_save(
    file: GuideFile,
    runner: PlanRunner,
    context: CommandContext,
    target: Path | None,
    cache: BuildCache,
    question: MoveQuestion,
    *,
    with_progress: bool,
    subdecks: bool,
    type_in: bool,
    include_failing: bool,
    gaps: bool,
    strict: bool,
    guard: LossGuard,
) -> tuple[GuideBuild, ExportReport, SyncedDeck | None]:
    """Write the deck as soon as its code is proved, and again with the gaps that were found by then."""
    from cards.build.held_card import NOTHING_AWAITED
    from cards.build.pipeline import awaited_cards

    def save(build: GuideBuild) -> tuple[ExportReport, SyncedDeck | None]:
        wishes = {"with_progress": with_progress, "subdecks": subdecks, "type_in": type_in}
        return _save(build, file, context, target, **wishes)

    begun = begin_build(file, runner, context, cache, question, guard, strict=strict)
    (runs,) = runner.run_without_gaps([(file, begun.plan)], gaps=gaps)
    awaited, first = NOTHING_AWAITED, None
    if gaps and runs.gap_requests:
        early = begun.built(
            runs,
            awaited_cards(begun.plan, runs.ran, runs.measured),
            include_failing=include_failing,
        )
        number = len(early.result.deck.cards)
        if number:
            _, first = save(early)
            guard.has_written = True
        runner.find_gaps([runs], number)
    if not (gaps and runner.has_tensorflow):
        awaited = awaited_cards(begun.plan, runs.ran, runs.measured, is_for_now=False)
    guide_build = begun.built(runs, awaited, include_failing=include_failing)
    exported, synced = save(guide_build)
    if first is not None and synced is not None:
        synced = synced.after(first, guide_build.result.changes.changed)
    return guide_build, exported, synced


def _save(
    guide_build: GuideBuild,
    file: GuideFile,
    context: CommandContext,
    target: Path | None,
    *,
    with_progress: bool,
    subdecks: bool,
    type_in: bool,
) -> tuple[ExportReport, SyncedDeck | None]:
    """Write the Anki deck, the store and the lock of a build; of a piped guide the deck alone."""
    from cards.check.lost_question import first_of_each_cause
    from exporters.anki.anki_export import export_package, no_package
    from srs.cli.anki_translation import utc_offset_minutes
    from srs.cli.build.save_build import save_build
    from srs.cli.daily_backup import try_daily_backup
    from srs.store.store import Store

    deck = guide_build.result.deck
    now = context.now()
    path = target or file.place_for(guide_build.package_name)
    if not deck.cards and (guide_build.failing or guide_build.result.held):
        # Code is the reason why there is no card yet, and the report says which.
        exported = no_package(deck, path)
    elif not deck.cards and guide_build.warnings:
        raise ProofdeckError("\n".join([*first_of_each_cause(guide_build.warnings), _NO_CARD]))
    else:
        # The deck first: if it is refused, neither store nor lock has moved.
        exported = export_package(
            deck,
            path,
            now=int(now.timestamp()),
            progress=_learnt_progress(context) if with_progress else None,
            utc_offset_minutes=utc_offset_minutes(now),
            has_subdecks=subdecks,
            has_typing=type_in,
        )
    if file.piped is not None:
        return exported, None
    with Store.open(context.store_path) as store:
        today = store.preferences.day(now)
        if store.log.last_day() is not None:
            try_daily_backup(store, today)
        return exported, save_build(file, guide_build.result, store, guide_build.short_name, today)


def _learnt_progress(context: CommandContext) -> Progress:
    """Return the progress in the store before this build; none where there is no store yet."""
    from exporters.anki.progress import Progress
    from srs.cli.anki_translation import collect_progress
    from srs.store.store import Store

    if not context.store_path.exists():
        return Progress((), ())
    with Store.open(context.store_path) as store:
        return collect_progress(store.log.by_card(), store.scheduler)

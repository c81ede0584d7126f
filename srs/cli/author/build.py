"""`proofdeck build`: build cards, store and Anki deck from a guide."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from srs.cli.build.guide_file import display_path, find_guide

if TYPE_CHECKING:
    from cards.build.built_card import FailingCard
    from cards.build.cache import BuildCache
    from cards.build.pipeline import BuildResult
    from cards.card.card import CardId
    from cards.check.failing_block import FailingBlock
    from cards.errors import Problem
    from cards.lock.lock import Lock
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from exporters.anki.anki_export import ExportReport
    from exporters.anki.progress import Progress
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.context import CommandContext
    from srs.store.row import SyncReport


@dataclass(frozen=True, slots=True)
class GuideBuild:
    """A built guide of which nothing is saved yet but the proofs."""

    questions: int
    """The number of questions."""
    programs: tuple[Program, ...]
    ran: tuple[Program, ...]
    """The programs that had to run, and did where TensorFlow is installed."""
    result: BuildResult
    failing: tuple[FailingBlock, ...]
    """The blocks that do not hold."""
    recovered_lock: Lock | None
    """What the store knew of a guide whose lock was missing."""
    warnings: tuple[Problem, ...] = ()
    """What reading the guide put right, for its author to mend."""


@click.command
@click.argument("guide", required=False, metavar="[GUIDE]", type=click.Path())
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Where the Anki deck goes."
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="Questions proved at once.  [default: one a core]"
)
@click.option("--with-progress", is_flag=True, help="Put your schedules and reviews into the Anki deck.")
@click.option(
    "--include-failing", is_flag=True, help="Ship cards whose code does not hold too, tagged and marked."
)
@click.option("--watch", is_flag=True, help="Build again whenever the guide is saved, until Ctrl-C.")
@click.option("--unconfined", is_flag=True, help="Run the guide's code even where nothing confines it.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    guide: str | None,
    output: str | None,
    jobs: int | None,
    *,
    with_progress: bool,
    include_failing: bool,
    watch: bool,
    unconfined: bool,
    as_json: bool,
) -> None:
    """Turn a guide into proved cards, the review store and an Anki deck.

    GUIDE is a Markdown file; without one it is the TensorFlow interview guide that comes with proofdeck.
    Code that was proved before, under the same versions, does not run again. Every block that does not
    hold is named with its line; the cards of such code are held, and all others are built.

    The exit code is 0 where all code holds or is excused by the guide, 1 where a block does not hold or
    the guide cannot be built, 2 for wrong usage.
    """
    from srs.cli.build.build_record import report_if_unchanged, write_build_record

    context: CommandContext = ctx.obj
    file = find_guide(context, guide)
    must_build = watch or with_progress or include_failing
    known = None if must_build else report_if_unchanged(file, Path(output) if output else None, context)
    if known is not None:
        click.echo(json.dumps(known, indent=2, ensure_ascii=False) if as_json else _unchanged_text(known))
        return
    from srs.cli.build.plan_runner import PlanRunner

    def build(runner: PlanRunner) -> tuple[GuideBuild, dict[str, Any]]:
        return build_once(
            file,
            runner,
            context,
            output,
            with_progress=with_progress,
            include_failing=include_failing,
        )

    with PlanRunner(context, workers=jobs, unconfined=unconfined, quiet=as_json) as runner:
        if watch:
            from srs.cli.build.watch import watch_guide

            def build_again() -> tuple[tuple[FailingBlock, ...], dict[str, Any]]:
                guide_build, report = build(runner)
                return guide_build.failing, report

            watch_guide(file, build_again, context)
            return
        guide_build, report = build(runner)
        installed = bool(runner.runtimes)
    result = guide_build.result
    if as_json:
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        from srs.cli.build.build_report import print_build_report

        print_build_report(result, guide_build.failing, report, installed=installed, named=guide)
    if guide_build.failing:
        ctx.exit(1)
    is_settled = all(one.verdict.is_repeatable for one in result.kept_out)
    if not (with_progress or include_failing) and is_settled and all(held.excused for held in result.held):
        write_build_record(file, context, slug=result.deck.slug, name=result.name, report=report)


def build_once(
    file: GuideFile,
    runner: PlanRunner,
    context: CommandContext,
    output: str | None,
    *,
    with_progress: bool = False,
    include_failing: bool = False,
) -> tuple[GuideBuild, dict[str, Any]]:
    """Build a guide and save the results; nothing is written before everything is made."""
    from cards.build.cache import BuildCache
    from srs.cli.build.cache_file import read_cache, write_cache
    from srs.cli.build.save_build import retry_without_cache

    target = Path(output) if output else None
    guide_build, exported, synced = retry_without_cache(
        BuildCache() if with_progress else read_cache(file, context, target),
        lambda cache: _build_and_save(
            file,
            runner,
            context,
            target,
            cache,
            with_progress=with_progress,
            include_failing=include_failing,
        ),
    )
    if not with_progress:
        result = guide_build.result
        write_cache(
            file, context, result.cache, slug=result.deck.slug, name=result.name, package=exported.path
        )
    report = _build_json(file, guide_build, exported, synced, context)
    if with_progress:
        report["progress"] = {"schedules": exported.scheduled, "answers": exported.answers}
    return guide_build, report


def _build_and_save(
    file: GuideFile,
    runner: PlanRunner,
    context: CommandContext,
    target: Path | None,
    cache: BuildCache,
    *,
    with_progress: bool,
    include_failing: bool,
) -> tuple[GuideBuild, ExportReport, SyncReport]:
    from exporters.anki.anki_export import export_package, no_package
    from srs.cli.anki_translation import utc_offset_minutes
    from srs.cli.build.save_build import save_build
    from srs.cli.daily_backup import try_daily_backup
    from srs.store.store import Store

    guide_build = _build(file, runner, context, cache, include_failing=include_failing)
    deck = guide_build.result.deck
    now = context.now()
    path = target or Path(f"{deck.slug}.apkg")
    if not deck.cards and (guide_build.failing or guide_build.result.held):
        # Code is the reason why there is no card yet, and the report says which.
        exported = no_package(deck, path)
    else:
        # The deck first: if it is refused, neither store nor lock has moved.
        exported = export_package(
            deck,
            path,
            now=int(now.timestamp()),
            progress=_learnt_progress(context) if with_progress else None,
            utc_offset_minutes=utc_offset_minutes(now),
        )
    with Store.open(context.store_path) as store:
        if store.log.last_day() is not None:
            try_daily_backup(store, store.preferences.day(now))
        return guide_build, exported, save_build(file, guide_build.result, store)


def _build(
    file: GuideFile,
    runner: PlanRunner,
    context: CommandContext,
    cache: BuildCache,
    *,
    include_failing: bool,
) -> GuideBuild:
    """Return the built guide, reusing the last build's cache."""
    from cards.build.pipeline import finish_build, plan_build
    from cards.check.failing_block import failing_blocks
    from srs.cli.build.lost_lock import lock_from_store

    written = file.written_lock()
    lost = lock_from_store(file, context) if written is None else None
    source = file.source()
    plan = plan_build(
        source.text,
        source.path,
        written or lost,
        runner.runtimes,
        runner.version_of,
        cache,
        keep_answers=False,
    )
    ran, measured, displayed = runner.run(file, plan)
    now = int(context.now().timestamp())
    result = finish_build(plan, ran, now, measured, displayed, include_failing=include_failing)
    cards_out = (card.failing_snippet for card in result.held)
    failing = failing_blocks(plan.programs, result.verdicts, cards_out)
    warnings = (*source.notes, *plan.guide.warnings)
    return GuideBuild(
        len(plan.guide.questions), plan.programs, plan.to_run, result, failing, lost, warnings
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


def _unchanged_text(report: dict[str, Any]) -> str:
    proofs = report["proofs"]
    return (
        f"{click.style(report['title'], bold=True)}: nothing has changed since the last build.\n"
        f"{report['cards']} cards, {proofs['holding']} of {proofs['blocks']} blocks proved, "
        f"deck in {report['deck']['path']}."
    )


def _build_json(
    file: GuideFile,
    guide_build: GuideBuild,
    exported: ExportReport,
    synced: SyncReport,
    context: CommandContext,
) -> dict[str, Any]:
    result, changes, cards = guide_build.result, guide_build.result.changes, guide_build.result.deck.cards
    report = {
        "guide": file.shown,
        "title": result.deck.title,
        "questions": guide_build.questions,
        "cards": len(cards),
        "cards_by_kind": {kind.value: count for kind, count in Counter(card.kind for card in cards).items()},
        "proofs": _proofs_json(guide_build),
        "failures": [asdict(block) for block in guide_build.failing],
        "held_back": [_held_json(held) for held in result.held],
        "kept_out": [
            {"card": one.draft.key, "at": str(one.draft.span), "sentence": one.sentence}
            for one in result.kept_out
        ],
        "marked": [_held_json(failing) for failing in result.shown_failing],
        "changes": {
            "new": list(changes.new),
            "changed": list(changes.changed),
            "unchanged": len(changes.unchanged),
            "retired": list(changes.retired),
            "revived": list(changes.revived),
            "rebound": [
                {"card": one.id, "because": one.reason.value, "was": one.was, "is": one.front}
                for one in changes.rebound
            ],
            "in_doubt": [{"new": doubt.new, "old": list(doubt.candidates)} for doubt in changes.doubts],
        },
        "anki_search_for_retired": anki_search(changes.retired),
        "store_changes": synced._asdict(),
        "deck": {"path": str(exported.path), "name": exported.deck_name, "bytes": exported.size_bytes},
        "store": display_path(context.store_path),
        "lock": display_path(file.lock_path),
    }
    if guide_build.warnings:
        report["warnings"] = [str(warning) for warning in guide_build.warnings]
    if guide_build.recovered_lock is not None:
        known = {card.id for card in guide_build.recovered_lock.cards}
        report["known_from_the_store"] = sum(card.id in known for card in cards)
    return report


def _proofs_json(guide_build: GuideBuild) -> dict[str, Any]:
    from cards.check.failing_block import excused_blocks

    known = guide_build.result.verdicts
    names = [snippet.name for program in guide_build.programs for snippet in program.shown]
    verdicts = [known[name] for name in names if name in known]
    outcomes = Counter(verdict.outcome.value for verdict in verdicts)
    ran = sum(len(program.shown) for program in guide_build.ran)
    return {
        "blocks": len(names),
        "holding": sum(verdict.outcome.holds for verdict in verdicts),
        "not_proved": len(names) - len(verdicts),
        "excused": excused_blocks(guide_build.programs, known),
        "outcomes": dict(outcomes),
        "ran_now": ran if verdicts else 0,
        "versions": sorted({_runtime_words(verdict.runtime) for verdict in verdicts}),
    }


def _runtime_words(runtime: Runtime) -> str:
    return f"TensorFlow {runtime.tensorflow} · Keras {runtime.keras} · Python {runtime.python}"


def _held_json(held: FailingCard) -> dict[str, Any]:
    return {
        "card": held.key,
        "id": held.id,
        "at": str(held.span),
        "by": held.failing_snippet,
        "outcome": held.verdict.outcome.value if held.verdict else "not proved",
        "sentence": held.verdict.sentence if held.verdict else "",
        "line": held.verdict.line if held.verdict else 0,
        "excused": held.excused,
    }


def anki_search(retired: tuple[CardId, ...]) -> str:
    """Return the search that finds exactly these notes in Anki: the field Key holds a card's identity."""
    return " OR ".join(f'"Key:{identity}"' for identity in retired)

"""`proofdeck build`: build cards, store and Anki deck from a guide."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cards.errors import NoQuestionError, ProofdeckError
from srs.cli.build.guide_file import display_path, find_guides, with_clashes
from srs.cli.output.program_name import with_file
from srs.cli.volume import is_quiet, tell_step
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from cards.build.built_card import FailingCard
    from cards.build.cache import BuildCache
    from cards.build.held_card import AwaitedCards
    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.card.card import CardId
    from cards.check.failing_block import FailingBlock
    from cards.errors import Problem
    from cards.lock.lock import Lock
    from cards.program.program import Program
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict
    from exporters.anki.anki_export import ExportReport
    from exporters.anki.progress import Progress
    from srs.cli.build.guide_file import GuideFile, GuideSource
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.build.plan_runs import PlanRuns
    from srs.cli.context import CommandContext
    from srs.cli.guard.loss_guard import LossGuard
    from srs.cli.identity.move_question import MoveQuestion
    from srs.cli.identity.moved_cards import OtherGuides
    from srs.cli.identity.settle import SettledPlan
    from srs.store.read_only import LastContent
    from srs.store.row import SyncedDeck


_NO_CARD = (
    "No question of the guide makes a card yet; `proofdeck check --blocks` says what became of each block."
)


@dataclass(frozen=True, slots=True)
class GuideBuild:
    """A built guide of which nothing is saved yet but the proofs."""

    questions: int
    """The number of questions."""
    programs: tuple[Program, ...]
    ran: tuple[Program, ...]
    """The programs that had to run, and did."""
    result: BuildResult
    failing: tuple[FailingBlock, ...]
    """The blocks that do not hold."""
    recovered_lock: Lock | None
    """What the store knew of a guide whose lock was missing."""
    warnings: tuple[Problem, ...] = ()
    """What its author should mend: blemishes of the guide, and questions that came to nothing."""
    has_pictures: bool = False
    mendings: tuple[str, ...] = ()
    """What was mended in the lock, a sentence each."""
    has_times_ahead: bool = False
    """Some cards changed later than the clock says: the deck may have other times than the lock."""
    short_name: str = ""
    """The deck's, unique in the store; the guide's own name where no store keeps it."""
    identity: tuple[str, ...] = ()
    """What its author should know of the guide's identity, in sentences."""
    gone_to: Mapping[CardId, str] = field(default_factory=dict)
    """Cards that another guide has taken with their history, and what its deck is called."""
    came_from: Mapping[CardId, str] = field(default_factory=dict)
    """Cards that vanished from another guide and are in this one now, and what its deck is called."""

    @property
    def package_name(self) -> str:
        """The usual name of the deck's file."""
        return f"{self.short_name or self.result.deck.slug}.apkg"


@click.command
@click.argument("guides", nargs=-1, metavar="[GUIDE]...", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Where the Anki deck goes.  [default: beside the guide]",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="Questions proved at once.  [default: one a core]"
)
@click.option("--with-progress", is_flag=True, help="Put your schedules and reviews into the Anki deck.")
@click.option("--subdecks", is_flag=True, help="Give each section an Anki deck of its own below the guide's.")
@click.option("--type-in", is_flag=True, help="Let the answers to gaps be typed in Anki too.")
@click.option(
    "--include-failing", is_flag=True, help="Ship cards whose code does not hold too, tagged and marked."
)
@click.option("--no-gaps", is_flag=True, help="Do not look for gaps: the next build does, which takes long.")
@click.option("--watch", is_flag=True, help="Build again whenever the guide is saved, until Ctrl-C.")
@click.option("--unconfined", is_flag=True, help="Run the guide's code even where nothing confines it.")
@click.option("--python", metavar="PATH", help="Run the code with another environment's interpreter.")
@click.option(
    "--yes",
    "-y",
    is_flag=True,
    help="Ask nothing: make the environment that the guide asks for, and retire cards however many.",
)
@click.option("--trust-lock", is_flag=True, help="Do not say what is taken on trust from the lock.")
@click.option(
    "--strict/--no-strict", default=None, help="Fail for every warning, such as a question without an answer."
)
@click.option("--as-guide", is_flag=True, help="Build it even if it looks like a page that was copied.")
@click.option("--adopt", is_flag=True, help="It is a guide that lay elsewhere: its cards keep their history.")
@click.option("--new", "is_new", is_flag=True, help="It is a guide of its own, such as a copy.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    guides: tuple[str, ...],
    output: str | None,
    jobs: int | None,
    *,
    with_progress: bool,
    subdecks: bool,
    type_in: bool,
    include_failing: bool,
    no_gaps: bool,
    watch: bool,
    unconfined: bool,
    python: str | None,
    yes: bool,
    trust_lock: bool,
    strict: bool | None,
    as_guide: bool,
    adopt: bool,
    is_new: bool,
    as_json: bool,
) -> None:
    """Turn guides into proved cards, the review store and an Anki deck each.

    GUIDE is a Markdown file or a Jupyter notebook, or a folder of them, or - for standard input; without
    one it is the TensorFlow interview guide that comes with proofdeck. Code that was proved before, under
    the same versions, does not run again. Every block that does not hold is named with its line; the cards
    of such code are held, and all others are built. What comes through standard input goes into the deck
    alone, which -o names: neither into the store nor into a lock.

    What cannot be read as a question with an answer is a warning with its line, and the rest is built.

    A guide keeps its deck under another name and in another folder. Where it could as well be a copy, you
    are asked; --adopt and --new say it for scripts.

    The exit code is 0 where all code holds or is excused by the guide, 1 where a block does not hold, is not
    proved yet, or a guide cannot be built (with --strict for every warning that `proofdeck check` knows of,
    too), 2 for wrong usage and for files that are no guides. A check of it ends with the same.

    The deck lies beside the guide, unless -o or the project's settings say where.
    """
    context: CommandContext = ctx.obj
    files = tuple(replace(file, as_guide=as_guide) for file in find_guides(context, guides))
    is_of_several = len(files) > 1
    is_piped = any(file.piped is not None for file in files)
    if is_piped and (is_of_several or output is None):
        raise click.UsageError(
            "A guide from standard input has no name; build it alone, with -o FILE for its deck.",
            ctx,
        )
    if is_of_several and (output or watch or adopt or is_new):
        raise click.UsageError("-o, --watch, --adopt and --new are for one guide; name one.", ctx)
    if adopt and is_new:
        raise click.UsageError("--adopt and --new are two answers to one question; give one.", ctx)
    wishes = _BuildWishes(
        output,
        jobs,
        python,
        yes=yes,
        with_progress=with_progress,
        subdecks=subdecks,
        type_in=type_in,
        include_failing=include_failing,
        gaps=not no_gaps,
        unconfined=unconfined,
        trust_lock=trust_lock,
        strict=strict,
        as_json=as_json,
        adopt=adopt,
        is_new=is_new,
    )
    with ExitStack() as stack:
        commands = _BuildCommand(context, wishes, stack)
        if watch:
            commands.watch(files[0])
            return
        code, reports = 0, []
        for file, clash in with_clashes(files):
            if clash:
                click.echo(clash, err=True)
                code = max(code, 1)
                continue
            try:
                report, has_failed = commands.build(file, named=file.shown if guides else None)
            except ProofdeckError as error:
                if not is_of_several:
                    raise
                click.echo(str(error), err=True)
                # A page of a folder without a question is no fault.
                code = max(code, 0 if isinstance(error, NoQuestionError) else error.exit_code)
            else:
                reports.append(report)
                code = max(code, int(has_failed))
    if as_json:
        shown = reports if is_of_several else reports[0]
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    ctx.exit(code)


@dataclass(frozen=True, slots=True)
class _BuildWishes:
    """What the command line says of how guides are built."""

    output: str | None
    jobs: int | None
    python: str | None
    """Another environment's interpreter."""
    yes: bool
    with_progress: bool
    subdecks: bool
    type_in: bool
    include_failing: bool
    gaps: bool
    """Whether gaps are looked for."""
    unconfined: bool
    trust_lock: bool
    """Whether nothing is said of what is taken on trust."""
    strict: bool | None
    """Whether warnings fail a build; None for what the guide's project says."""
    as_json: bool
    adopt: bool
    is_new: bool


class _BuildCommand:
    """Builds guide after guide, with one runner for each interpreter, started when a guide needs it."""

    def __init__(self, context: CommandContext, wishes: _BuildWishes, stack: ExitStack) -> None:
        self._context = context
        self._wishes = wishes
        self._stack = stack
        self._runners: dict[str | None, PlanRunner] = {}

    def build(self, file: GuideFile, named: str | None) -> tuple[dict[str, Any], bool]:
        """Build a guide and print the report; return it, and whether the command fails for it."""
        from srs.cli.build.build_record import report_if_unchanged, write_build_record

        context, wishes = self._context, self._wishes
        is_plain = not (
            wishes.with_progress
            or wishes.subdecks
            or wishes.type_in
            or wishes.include_failing
            or wishes.python is not None
            or file.settings.python is not None
            or file.piped is not None
            or wishes.adopt
            or wishes.is_new
        )
        target = Path(wishes.output) if wishes.output else None
        strict = file.settings.strict if wishes.strict is None else wishes.strict
        known = report_if_unchanged(file, target, context, strict=strict) if is_plain else None
        if known is not None:
            tell_step(f"{file.shown}: nothing it depends on has changed since the last build")
            if is_quiet():
                _say_warnings(known.get("warnings", ()), strict=strict)
            if not wishes.as_json:
                click.echo(_unchanged_text(known))
                if known["proofs"].get("on_trust") and not wishes.trust_lock:
                    click.echo(f"{known['proofs']['on_trust']}.")
            return known, strict and bool(known.get("warnings"))
        runner = self._runner_for(file)
        guide_build, report = self._build_once(file, runner)
        if strict:
            guide_build = self._with_all_warnings(file, guide_build, report)
        result = guide_build.result
        if not wishes.as_json:
            from srs.cli.build.build_report import print_build_report

            print_build_report(
                result,
                guide_build.failing,
                guide_build.warnings,
                report,
                installed=runner.has_tensorflow,
                named=named,
                trust_lock=wishes.trust_lock,
            )
        if is_quiet():
            _say_warnings(report.get("warnings", ()), strict=strict or bool(guide_build.failing))
        is_settled = all(one.verdict.is_repeatable for one in result.kept_out)
        # A picture may change without a word of the guide.
        is_calm = not (guide_build.failing or guide_build.mendings)
        is_whole = not (guide_build.has_pictures or result.awaited.kinds)
        is_kept = is_plain and is_calm and is_whole
        if is_kept and is_settled and all(held.excused for held in result.held):
            write_build_record(
                file,
                context,
                guide=result.deck.id,
                package=guide_build.package_name,
                name=result.name,
                report=report,
                strict=strict,
            )
        is_unproved = report["proofs"]["not_proved"] > 0
        return report, bool(guide_build.failing or is_unproved or (strict and guide_build.warnings))

    def _with_all_warnings(
        self, file: GuideFile, guide_build: GuideBuild, report: dict[str, Any]
    ) -> GuideBuild:
        """Return the build with all that a check warns of too, also in the report."""
        from srs.cli.author.check import check_guide

        found = check_guide(file, self._context, self._wishes.python).warnings
        warnings = tuple(sorted({*guide_build.warnings, *found}))
        if warnings:
            report["warnings"] = [str(warning) for warning in warnings]
        return replace(guide_build, warnings=warnings)

    def watch(self, file: GuideFile) -> None:
        """Build a guide whenever it is saved, until Ctrl-C."""
        from srs.cli.build.watch import watch_guide

        def build_again() -> tuple[tuple[FailingBlock, ...], dict[str, Any]]:
            # What the front matter asks for may have changed too.
            guide_build, report = self._build_once(file, self._runner_for(file), may_ask=False)
            return guide_build.failing, report

        watch_guide(file, build_again, self._context)

    def _build_once(
        self, file: GuideFile, runner: PlanRunner, *, may_ask: bool = True
    ) -> tuple[GuideBuild, dict[str, Any]]:
        from srs.cli.guard.loss_guard import LossGuard

        wishes = self._wishes
        # Said once: a guide that is built again and again is new at most the first time.
        self._wishes = replace(wishes, adopt=False, is_new=False)
        return build_once(
            file,
            runner,
            self._context,
            self._wishes.output,
            adopt=wishes.adopt,
            is_new=wishes.is_new,
            with_progress=self._wishes.with_progress,
            subdecks=self._wishes.subdecks,
            type_in=self._wishes.type_in,
            include_failing=self._wishes.include_failing,
            gaps=self._wishes.gaps,
            guard=LossGuard(self._wishes.yes, may_ask=may_ask),
        )

    def _runner_for(self, file: GuideFile) -> PlanRunner:
        """Return the runner of the interpreter that a guide's code runs in."""
        from srs.cli.build.guide_environment import interpreter_for
        from srs.cli.build.plan_runner import PlanRunner

        wishes = self._wishes
        interpreter = interpreter_for(file, wishes.python, yes=wishes.yes)
        if interpreter not in self._runners:
            self._runners[interpreter] = self._stack.enter_context(
                PlanRunner(
                    self._context,
                    workers=wishes.jobs,
                    unconfined=wishes.unconfined,
                    python=interpreter,
                    quiet=wishes.as_json,
                )
            )
        return self._runners[interpreter]


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
    guard: LossGuard,
) -> tuple[GuideBuild, dict[str, Any]]:
    """Build a guide and save the results; nothing is written before all that is ready is made."""
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
    is_whole = with_progress or subdecks or file.piped is not None or wish is not Wish.NOTHING
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
    question: MoveQuestion,
    *,
    with_progress: bool,
    subdecks: bool,
    type_in: bool,
    include_failing: bool,
    gaps: bool,
    guard: LossGuard,
) -> tuple[GuideBuild, ExportReport, SyncedDeck | None]:
    """Write the deck as soon as its code is proved, and again with the gaps that were found by then."""
    from cards.build.held_card import NOTHING_AWAITED
    from cards.build.pipeline import awaited_cards

    def save(build: GuideBuild) -> tuple[ExportReport, SyncedDeck | None]:
        wishes = {"with_progress": with_progress, "subdecks": subdecks, "type_in": type_in}
        return _save(build, file, context, target, **wishes)

    begun = _begin(file, runner, context, cache, question, guard)
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


@dataclass(frozen=True, slots=True)
class _BegunBuild:
    """A guide that is read, of which some code may have to run."""

    file: GuideFile
    runner: PlanRunner
    source: GuideSource
    moment: datetime
    plan: BuildPlan
    settled: SettledPlan
    others: OtherGuides
    """Where cards may have come from."""
    takes_in: bool
    """Whether cards of other guides may be this one's now."""
    guard: LossGuard
    mendings: tuple[str, ...]
    has_times_ahead: bool
    swallowed: tuple[Problem, ...]
    """Headings that count as code."""
    last_contents: Mapping[CardId, LastContent]
    """What the cards of a guide whose lock is lost showed last; else nothing."""

    def built(self, runs: PlanRuns, awaited: AwaitedCards, *, include_failing: bool) -> GuideBuild:
        """Return the built guide, given what was seen of its code."""
        from cards.build.pipeline import finish_build
        from cards.check.failing_block import failing_blocks
        from cards.check.lost_question import no_card_warnings
        from cards.check.merge_mark import merge_marks
        from cards.lock.matcher import MatchReason
        from cards.lock.newer_lock import newer_warnings
        from srs.cli.identity.lost_date import keep_lost_dates

        plan, source, settled = self.plan, self.source, self.settled
        finish = partial(
            finish_build,
            ran=runs.ran,
            now=int(self.moment.timestamp()),
            measured=runs.measured,
            displayed=runs.displayed,
            include_failing=include_failing,
            elsewhere=self.others.vanished if self.takes_in else None,
            awaited=awaited,
        )
        result = finish(plan)
        if self.last_contents:
            dated = keep_lost_dates(plan, result, self.last_contents)
            result = finish(dated) if dated is not plan else result
        self.guard.require_assent(plan, result, source.text, source.path)
        cards_out = (card.failing_snippet for card in result.held)
        failing = failing_blocks(plan.programs, result.verdicts, cards_out)
        warnings = (
            *source.notes,
            *plan.guide.warnings,
            *no_card_warnings(result.without_cards),
            *self.swallowed,
            *merge_marks(source.text, source.path),
            *newer_warnings(plan.lock, display_path(self.file.lock_path)),
        )
        return GuideBuild(
            len(plan.guide.questions),
            plan.programs,
            self.runner.runnable(plan.to_run),
            result,
            failing,
            settled.recovered,
            tuple(sorted(warnings)),
            has_pictures=any(question.has_pictures for question in plan.guide.questions),
            mendings=self.mendings,
            has_times_ahead=self.has_times_ahead,
            short_name=settled.short_name,
            # Where the bundled guide lies is the installer's affair.
            identity=settled.told if self.file.seed_path is None else (),
            gone_to=settled.gone_to,
            came_from=self.others.came_from_decks(
                [one.id for one in result.changes.rebound if one.reason is MatchReason.GUIDE]
            ),
        )


def _begin(
    file: GuideFile,
    runner: PlanRunner,
    context: CommandContext,
    cache: BuildCache,
    question: MoveQuestion,
    guard: LossGuard,
) -> _BegunBuild:
    """Return the guide as it was read with the last build's cache, once a person agreed to what is lost."""
    from cards.build.cache import BuildCache
    from cards.build.pipeline import finish_build, plan_build
    from cards.build.shares.helper import cores
    from cards.check.swallowed_heading import swallowed_headings
    from srs.cli.guard.mended_lock import mended_lock
    from srs.cli.identity.move_question import Wish
    from srs.cli.identity.moved_cards import OtherGuides
    from srs.cli.identity.settle import GuideIdentity, SettledPlan
    from srs.store.read_only import read_last_contents

    moment = context.now()
    written, mendings, has_times_ahead = mended_lock(file.lock_on_disk(), moment)
    identity = None
    if file.piped is None:
        identity = GuideIdentity(file.path, file.shown, written, context, question)
    source = file.source()
    plan = plan_build(
        source.text,
        source.path,
        identity.lock if identity else None,
        runner.runtimes,
        runner.version_of,
        BuildCache() if has_times_ahead else cache,
        keep_answers=False,
        pictures=file.pictures(),
        language=source.language,
        processes=cores(),
    )
    settled = identity.settle(plan, source.text) if identity else SettledPlan(plan, "")
    plan = settled.plan
    swallowed = tuple(swallowed_headings(source.text, source.path, plan.guide))
    if written is None and settled.recovered is None:
        guard.require_assent_to_headings(swallowed, source.path)
    if plan.to_run:
        # What runs is saved at once, so ask before: cards of code that has not run are held.
        before = finish_build(plan, (), int(moment.timestamp()))
        guard.require_assent(plan, before, source.text, source.path)
    return _BegunBuild(
        file,
        runner,
        source,
        moment,
        plan,
        settled,
        OtherGuides(context.store_file, plan.lock.id, partial(_plan_of_other, context)),
        takes_in=identity is not None and question.wish is not Wish.NEW,
        guard=guard,
        mendings=mendings,
        has_times_ahead=has_times_ahead,
        swallowed=swallowed,
        last_contents=(
            read_last_contents(context.store_file, plan.lock.id) if settled.recovered is not None else {}
        ),
    )


def _plan_of_other(context: CommandContext, path: str) -> BuildPlan | None:
    """Return the plan of another guide as it is now, without a lock; None where it cannot be read."""
    from cards.build.pipeline import plan_build
    from srs.cli.build.guide_file import find_guide

    with suppress(ProofdeckError):
        source = find_guide(context, path).source()
        return plan_build(
            source.text, source.path, None, frozenset(), can_run=False, language=source.language
        )
    return None


def _learnt_progress(context: CommandContext) -> Progress:
    """Return the progress in the store before this build; none where there is no store yet."""
    from exporters.anki.progress import Progress
    from srs.cli.anki_translation import collect_progress
    from srs.store.store import Store

    if not context.store_path.exists():
        return Progress((), ())
    with Store.open(context.store_path) as store:
        return collect_progress(store.log.by_card(), store.scheduler)


def _say_warnings(warnings: Sequence[str], *, strict: bool) -> None:
    """Say what is to be mended though the build is fine; where it is not, its report says so."""
    for warning in () if strict else warnings:
        click.echo(warning, err=True)


def _unchanged_text(report: dict[str, Any]) -> str:
    proofs = report["proofs"]
    excused = f" ({proofs['excused']} not run, as the guide says)" if proofs["excused"] else ""
    return (
        f"{click.style(report['title'], bold=True)}: nothing has changed since the last build.\n"
        f"{count(report['cards'], 'card')}, {proofs['holding']} of {proofs['blocks']} blocks proved{excused}"
        f", deck in {report['deck']['path']} (in Anki: File > Import)."
    )


def _build_json(
    file: GuideFile,
    guide_build: GuideBuild,
    exported: ExportReport,
    synced: SyncedDeck | None,
    context: CommandContext,
) -> dict[str, Any]:
    from srs.cli.trust.run_memory import RunMemory
    from srs.cli.trust.trusted import trusted

    result, cards = guide_build.result, guide_build.result.deck.cards
    from srs.cli.guard.change_record import changes_record, relink_command, store_record, words_record

    # What another machine retired is retired in this store just now, and what this store never had is not.
    in_store = synced.cards["retired"] if synced else ()
    retired = tuple(dict.fromkeys((*result.changes.retired, *in_store)))
    report = {
        "guide": file.shown,
        "title": result.deck.title,
        "guide_id": result.deck.id,
        "questions": guide_build.questions,
        "cards": len(cards),
        "cards_by_kind": {kind.value: count for kind, count in Counter(card.kind for card in cards).items()},
        "proofs": _proofs_json(guide_build)
        | {"on_trust": trusted(result.findings, RunMemory(context.home)).phrase},
        "failures": [asdict(block) for block in guide_build.failing],
        "held_back": [_held_json(held) for held in result.held],
        "kept_out": [
            {"card": one.draft.key, "at": str(one.draft.span), "sentence": one.sentence}
            for one in result.kept_out
        ],
        "marked": [_held_json(failing) for failing in result.shown_failing],
        "changes": changes_record(result.changes, synced),
        **words_record(result.changes, relink_command(file.shown)),
        "anki_search_for_retired": anki_search(retired),
        "store_changes": store_record(result.changes, synced),
        "deck": {"path": str(exported.path), "name": exported.deck_name, "bytes": exported.size_bytes},
        "store": display_path(context.store_path) if file.piped is None else "",
        "lock": display_path(file.lock_path) if file.piped is None else "",
    }
    if others := result.other_runtimes:
        report["also_proved_on"] = [runtime.words for runtime in others]
    if result.awaited.kinds:
        report["without_gaps"] = len(result.awaited.kinds)
    if guide_build.mendings:
        report["lock_mended"] = list(guide_build.mendings)
    if guide_build.warnings:
        report["warnings"] = [str(warning) for warning in guide_build.warnings]
    if told := [*guide_build.identity, *_moves_in_words(file, guide_build)]:
        report["identity"] = told
    if guide_build.came_from or guide_build.gone_to:
        report["moved"] = {"here": dict(guide_build.came_from), "away": dict(guide_build.gone_to)}
    if guide_build.recovered_lock is not None:
        known = {card.id for card in guide_build.recovered_lock.cards}
        report["known_from_the_store"] = sum(card.id in known for card in cards)
    return report


def _moves_in_words(file: GuideFile, guide_build: GuideBuild) -> Iterator[str]:
    """Yield a sentence for each guide from which cards came, or to which they went."""
    for deck, number in Counter(guide_build.came_from.values()).items():
        yield (
            f"{count(number, 'card')} came from “{deck}” with identity and history, known by their words. "
            f"If one is another card: `proofdeck {with_file('relink --undo CARD --guide', file.shown)}`."
        )
    for deck, number in Counter(guide_build.gone_to.values()).items():
        yield f"{count(number, 'card')} went to “{deck}”, with identity and history."


def _proofs_json(guide_build: GuideBuild) -> dict[str, Any]:
    from cards.check.failing_block import excused_blocks, misread_blocks
    from cards.program.runtime import all_in_words
    from cards.span import place_of
    from srs.cli.report.version_words import version_lines

    known = guide_build.result.verdicts
    names = [snippet.name for program in guide_build.programs for snippet in program.shown]
    verdicts = [known[name] for name in names if name in known]
    outcomes = Counter(verdict.outcome.value for verdict in verdicts)
    ran = sum(len(_ran_names(program, known)) for program in guide_build.ran)
    misread = misread_blocks(guide_build.programs)
    excused = excused_blocks(guide_build.programs, known)
    runtimes = [
        [known[name].runtime for name in _ran_names(program, known)] for program in guide_build.programs
    ]
    return {
        "blocks": len(names),
        "holding": sum(verdict.outcome.holds for verdict in verdicts),
        "not_proved": len(names) - len(verdicts),
        "excused": len(excused),
        "excused_blocks": [
            {"at": place_of(block.path, block.line), "why": block.reason} for block in excused
        ],
        **({"misread": misread} if misread else {}),
        "outcomes": dict(outcomes),
        "ran_now": ran if verdicts else 0,
        "versions": all_in_words(verdict.runtime for verdict in verdicts),
        "version_lines": version_lines(runtimes),
    }


def _ran_names(program: Program, known: Mapping[SnippetName, Verdict]) -> list[SnippetName]:
    """Return the shown blocks of a program that ran, as far as something is known of them."""
    from cards.program.verdict import Outcome

    names = [snippet.name for snippet in program.shown]
    return [name for name in names if name in known and known[name].outcome is not Outcome.NOT_RUN]


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

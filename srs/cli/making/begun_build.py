"""A guide that is read, before and after its code runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from srs.cli.build.guide_file import display_path, plan_of_other
from srs.cli.making.guide_build import GuideBuild
from srs.cli.making.new_code import has_new_code
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from cards.build.cache import BuildCache
    from cards.build.held_card import AwaitedCards
    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.card.card import CardId
    from cards.lock.arrival import CardsElsewhere
    from cards.part_cache import PartCache
    from srs.cli.build.guide_file import GuideFile, GuideSource
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.build.plan_runs import PlanRuns
    from srs.cli.context import CommandContext
    from srs.cli.guard.loss_guard import LossGuard
    from srs.cli.identity.move_question import MoveQuestion
    from srs.cli.identity.moved_cards import StoredCards
    from srs.cli.identity.settle import SettledPlan
    from srs.store.read_only import LastContent


@dataclass(frozen=True, slots=True)
class BegunBuild:
    """A guide that is read, of which some code may have to run."""

    file: GuideFile
    runner: PlanRunner
    source: GuideSource
    moment: datetime
    plan: BuildPlan
    settled: SettledPlan
    stored: StoredCards
    """Where cards may have come from."""
    elsewhere: CardsElsewhere | None
    """Finds those that may be this guide's; None where none can be."""
    guard: LossGuard
    mendings: tuple[str, ...]
    has_times_ahead: bool
    strict: bool
    """Whether all that a check warns of is told too."""
    is_first: bool
    """Whether nobody has cards of the guide yet."""
    last_contents: Mapping[CardId, LastContent]
    """What the cards of a guide whose lock is lost showed last; else nothing."""

    def built(self, runs: PlanRuns, awaited: AwaitedCards, *, include_failing: bool) -> GuideBuild:
        """Return the built guide, given what was seen of its code."""
        from cards.build.pipeline import finish_build
        from cards.check.failing_block import failing_blocks
        from cards.lock.matcher import MatchReason
        from srs.cli.identity.lost_date import keep_lost_dates
        from srs.cli.report.guide_warnings import build_warnings, card_findings, card_warnings

        plan, source, settled = self.plan, self.source, self.settled
        finish = partial(
            finish_build,
            ran=runs.ran,
            now=int(self.moment.timestamp()),
            measured=runs.measured,
            displayed=runs.displayed,
            include_failing=include_failing,
            elsewhere=self.elsewhere,
            awaited=awaited,
        )
        result = finish(plan)
        if self.last_contents:
            dated = keep_lost_dates(plan, result, self.last_contents)
            result = finish(dated) if dated is not plan else result
        self.guard.require_assent(plan, result, source.text, source.path)
        cards_out = (card.failing_snippet for card in result.held)
        failing = failing_blocks(plan.programs, result.verdicts, cards_out)
        lock_shown = display_path(self.file.lock_path)
        warnings = build_warnings(source.text, source.path, source.notes, plan, result, lock_shown)
        if self.strict:
            warnings = (*warnings, *card_warnings(result.plan, card_findings(result.plan)))
        return GuideBuild(
            len(plan.guide.questions),
            plan.programs,
            self.runner.runnable(plan.to_run),
            result,
            failing,
            settled.recovered,
            tuple(sorted(set(warnings)) if self.strict else warnings),
            has_pictures=any(question.has_pictures for question in plan.guide.questions),
            mendings=self.mendings,
            has_times_ahead=self.has_times_ahead,
            short_name=settled.short_name,
            # Where the bundled guide lies is the installer's affair.
            identity=(*(settled.told if self.file.seed_path is None else ()), *_known_again(result)),
            gone_to=settled.gone_to,
            came_from=self.stored.came_from_decks(
                [one.id for one in result.changes.rebound if one.reason is MatchReason.GUIDE]
            ),
        )


def begin_build(
    file: GuideFile,
    runner: PlanRunner,
    context: CommandContext,
    cache: BuildCache,
    parts: PartCache,
    question: MoveQuestion,
    guard: LossGuard,
    *,
    strict: bool,
) -> BegunBuild:
    """Return the guide as it was read with the last build's caches, once a person agreed to what is lost."""
    lock, source = file.lock_on_disk(), file.source()
    if has_new_code(source.text, parts, is_new=lock is None):
        runner.expect_code()
    from cards.build.cache import BuildCache
    from cards.build.pipeline import finish_build
    from cards.check.merge_mark import merge_marks
    from cards.check.swallowed_heading import swallowed_headings
    from cards.shared_work import cores
    from srs.cli.guard.mended_lock import mended_lock
    from srs.cli.identity.move_question import Wish
    from srs.cli.identity.moved_cards import StoredCards
    from srs.cli.identity.settle import GuideIdentity, SettledPlan
    from srs.store.read_only import read_last_contents

    guard.require_assent_to_marks(tuple(merge_marks(source.text, source.path)), source.path)
    moment = context.now()
    written, mendings, has_times_ahead = mended_lock(lock, moment)
    identity, plan_of = None, partial(plan_of_other, context)
    if file.piped is None:
        identity = GuideIdentity(file.path, file.shown, written, context, plan_of, question)
    plan = file.plan(
        source,
        identity.lock if identity else None,
        runner.runtimes,
        runner.version_of,
        BuildCache() if has_times_ahead else cache,
        keep_answers=strict,
        processes=1 if strict else cores(),
        parts=parts,
    )
    settled = identity.settle(plan, source.text) if identity else SettledPlan(plan, "")
    plan = settled.plan
    swallowed = tuple(swallowed_headings(source.text, source.path, plan.guide))
    if written is None and settled.recovered is None:
        guard.require_assent_to_headings(swallowed, source.path)
    stored = StoredCards(
        context.store_file, plan.lock.id, plan_of, settled.is_known, only_there=question.wish is Wish.NEW
    )
    elsewhere = stored.find if identity and stored.are_there else None
    if plan.to_run:
        # What runs is saved at once, so ask before: cards of code that has not run are held.
        before = finish_build(plan, (), int(moment.timestamp()), elsewhere=elsewhere)
        guard.require_assent(plan, before, source.text, source.path)
    return BegunBuild(
        file,
        runner,
        source,
        moment,
        plan,
        settled,
        stored,
        elsewhere,
        guard=guard,
        mendings=mendings,
        has_times_ahead=has_times_ahead,
        strict=strict,
        is_first=not (plan.lock.cards or plan.lock_lines or file.piped),
        last_contents=(
            read_last_contents(context.store_file, plan.lock.id) if settled.recovered is not None else {}
        ),
    )


def _known_again(result: BuildResult) -> Iterator[str]:
    """Yield a sentence of the cards that the store knew and the lock did not."""
    from cards.lock.matcher import MatchReason

    number = sum(one.reason is MatchReason.STORE for one in result.changes.rebound)
    if number:
        cards, their = count(number, "card"), "its" if number == 1 else "their"
        yield (
            f"{cards} kept {their} identity and history, known from the store by {their} words: the lock is "
            "older, or has lost lines."
        )

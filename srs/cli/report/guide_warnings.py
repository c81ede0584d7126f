"""What an author is warned of: by each build what lost a card, by a check all that would embarrass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.check.lint import lint_cards
from cards.check.lost_question import no_card_warnings
from cards.check.merge_mark import merge_marks
from cards.check.overview_lint import overview_findings
from cards.check.pair_lint import pair_findings
from cards.check.swallowed_heading import swallowed_headings
from cards.errors import Problem
from cards.lock.newer_lock import newer_warnings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.check.lint import Finding


def build_warnings(
    text: str, path: str, notes: Iterable[Problem], plan: BuildPlan, result: BuildResult, lock_shown: str
) -> tuple[Problem, ...]:
    """Return what a build warns of: blemishes of the guide, and questions that came to nothing.

    `text` and `path` are the guide's, and `notes` what of its file is not in the text.
    """
    warnings = (
        *notes,
        *plan.guide.warnings,
        *no_card_warnings(result.without_cards),
        *swallowed_headings(text, path, plan.guide),
        *merge_marks(text, path),
        *newer_warnings(plan.lock, lock_shown),
    )
    return tuple(sorted(warnings))


def card_warnings(plan: BuildPlan, findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """Return what a check warns of besides: cards that would embarrass, and code that nobody can run.

    The plan is one of the whole guide, its answers kept, and of all that was measured; `findings` are those
    of its cards.
    """
    from cards.answer.check_dependencies import dependent_checks
    from cards.answer.task import tasks_of

    warnings = (
        *(problem_of(one) for one in findings if one.severe),
        *(problem for task in tasks_of(plan.guide) for problem in dependent_checks(task)),
        *_without_language(plan),
    )
    return tuple(sorted(warnings))


def card_findings(plan: BuildPlan) -> tuple[Finding, ...]:
    """Return what is wrong with the plan's cards."""
    drafts = plan.drafts
    return (
        *lint_cards(drafts),
        *pair_findings(drafts),
        *overview_findings(plan.guide.questions, drafts),
    )


def problem_of(finding: Finding) -> Problem:
    """Return a finding as what is said of a line."""
    return Problem(finding.span.path, finding.span.first, finding.sentence)


def _without_language(plan: BuildPlan) -> list[Problem]:
    """Return the fences that say no language: nobody knows whether their code should run."""
    sentence = "this fence names no language; write ```python or ```text."
    return [
        Problem(one.span.path, one.span.first - 1, sentence)
        for one in plan.coverage
        if one.reasons == ("the fence names no language",)
    ]

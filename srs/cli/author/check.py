"""`proofdeck check`: everything that is wrong with a guide, its lock, its code and its cards."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

from cards.answer.check_dependencies import dependent_checks
from cards.answer.task import tasks_of
from cards.build.pipeline import finish_build, plan_build
from cards.check.lint import card_figures, lint_cards
from cards.errors import GuideError, Problem
from cards.lock.lock import parse_lock_lines
from cards.program.qualifier import QualifierKind
from cards.program.verdict import is_excused
from cards.stale.named.named_calls import exact_lines
from srs.cli.build.guide_file import display_path, find_guide
from srs.words import count

if TYPE_CHECKING:
    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.check.lint import CardFigures
    from cards.lock.lock import UnparsedLock
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext


@dataclass(frozen=True, slots=True)
class _CheckReport:
    problems: tuple[Problem, ...]
    """Problems that make the check fail."""
    remarks: tuple[Problem, ...]
    """Remarks that do not make the check fail."""
    measures: CardFigures | None = None
    plan: BuildPlan | None = None


@click.command
@click.argument("guide", required=False, metavar="[GUIDE]", type=click.Path())
@click.option(
    "--blocks", is_flag=True, help="Also list every block with the cards it made, or why it made none."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.pass_context
def command(ctx: click.Context, guide: str | None, *, blocks: bool, as_json: bool) -> None:
    """Say everything that is wrong with a guide, its code or its cards.

    Reads only: nothing runs and nothing is written. Fails if a card would embarrass, if code has
    no proof that holds, or if the lock is not what a build would write.
    """
    context: CommandContext = ctx.obj
    found = _check(find_guide(context, guide), context)
    if as_json:
        click.echo(json.dumps(_as_json(found), indent=2, ensure_ascii=False))
    else:
        _print_report(found, blocks=blocks)
    ctx.exit(1 if found.problems else 0)


def _check(file: GuideFile, context: CommandContext) -> _CheckReport:
    written = file.written_lock()
    lock = parse_lock_lines(*written) if written else None
    try:
        # Proofs of any versions count: this asks whether the guide is in order, not this machine.
        plan = plan_build(file.text(), file.shown, lock, frozenset())
    except GuideError as error:
        return _CheckReport(error.problems, ())
    result = finish_build(plan, (), int(context.now().timestamp()))
    findings = lint_cards(plan.drafts)
    problems = [Problem(one.span.path, one.span.first, one.sentence) for one in findings if one.severe]
    remarks = [Problem(one.span.path, one.span.first, one.sentence) for one in findings if not one.severe]
    remarks += plan.guide.warnings
    remarks += [Problem(one.path, one.line, one.sentence) for one in exact_lines(plan.gone, file.text())]
    remarks += _warnings(plan, result)
    problems += [problem for task in tasks_of(plan.guide) for problem in dependent_checks(task)]
    problems += _unproved_problems(plan, result)
    problems += [
        Problem(
            one.span.path, one.span.first - 1, "this fence names no language; write ```python or ```text."
        )
        for one in plan.coverage
        if one.reasons == ("the fence names no language",)
    ]
    problems += _stale_lock_problems(file, written, result)
    return _CheckReport(tuple(sorted(problems)), tuple(sorted(remarks)), card_figures(plan.drafts), plan)


def _warnings(plan: BuildPlan, result: BuildResult) -> list[Problem]:
    """Return what libraries warned of when the code ran."""
    return [
        Problem(snippet.span.path, one.line, f"warns: {one.text}")
        for program in plan.programs
        for snippet in program.snippets
        if snippet.name in result.verdicts
        for one in result.verdicts[snippet.name].qualifiers
        if one.kind is QualifierKind.WARNING
    ]


def _unproved_problems(plan: BuildPlan, result: BuildResult) -> list[Problem]:
    problems = []
    for program in plan.programs:
        for snippet in program.snippets:
            verdict = result.verdicts.get(snippet.name)
            path, line = snippet.span.path, snippet.span.first
            if verdict is None:
                problems.append(Problem(path, line, "this code is not proved; run `proofdeck build`."))
            elif not (
                verdict.outcome.holds or is_excused(snippet, verdict) or snippet.role.is_told_elsewhere
            ):
                sentence = f"{verdict.outcome.value}: {verdict.sentence}"
                problems.append(Problem(path, verdict.line or line, sentence))
    return problems


def _stale_lock_problems(file: GuideFile, written: UnparsedLock | None, result: BuildResult) -> list[Problem]:
    shown = display_path(file.lock_path)
    if written is None:
        return [Problem(shown, 0, "there is no lock yet; run `proofdeck build`.")]
    changes = result.changes
    number = sum(len(ids) for ids in (changes.new, changes.changed, changes.retired, changes.revived))
    if number:
        cards = count(number, "card differs", "cards differ")
        return [Problem(shown, 0, f"the lock is older than the guide: {cards}; run `proofdeck build`.")]
    pairs = zip_longest(written.lines, result.lock.split("\n"))
    for number, (is_there, should_be) in enumerate(pairs, start=1):
        if is_there != should_be:
            sentence = "this line is another after a build, as after a merge; run `proofdeck build`."
            return [Problem(shown, number, sentence)]
    return []


def _as_json(found: _CheckReport) -> dict[str, Any]:
    plan = found.plan
    return {
        "problems": [asdict(problem) for problem in found.problems],
        "remarks": [asdict(remark) for remark in found.remarks],
        "measures": asdict(found.measures) if found.measures else None,
        "blocks": [
            {
                "at": str(one.span),
                "what": one.what,
                "reading": one.reading,
                "cards": one.cards,
                "reasons": list(one.reasons),
            }
            for one in (plan.coverage if plan else ())
        ],
    }


def _print_report(found: _CheckReport, *, blocks: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    if blocks and found.plan:
        for one in found.plan.coverage:
            reasons = f"  {'; '.join(one.reasons)}" if one.reasons else ""
            what = f"{one.what}, {one.reading}" if one.reading else one.what
            console.print(Text.assemble(f"{one.span}: {what}: {one.cards} cards", (reasons, "dim")))
        console.print()
    for remark in found.remarks:
        console.print(Text.assemble((str(remark), "dim")))
    for problem in found.problems:
        where, _, sentence = str(problem).partition(": ")
        console.print(Text.assemble((where, "bold"), f": {sentence}"))
    if found.measures:
        figures = found.measures
        console.print(
            f"{figures.cards} cards, answers of {figures.answer_words_median:.0f} words at the median and "
            f"{figures.answer_words_p95:.0f} at the 95th percentile, {figures.code_share:.0%} with code.",
            markup=False,
        )
    if found.problems:
        console.print(Text(f"{count(len(found.problems), 'problem')}.", "bold red"))
    else:
        console.print(Text("Nothing is wrong.", "bold green"))

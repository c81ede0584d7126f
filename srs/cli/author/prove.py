"""`proofdeck prove`: run a guide's code and show what happened."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from cards.build.pipeline import finish_build, plan_build
from cards.check.block_report import report_blocks
from cards.check.upgrade import version_differences
from cards.errors import FormatError, ProofError
from cards.program.confinement import Confinement
from cards.program.verdict import Outcome, is_excused
from cards.stale.named.named_calls import exact_lines
from srs.cli.build.guide_file import find_guide
from srs.cli.build.plan_runner import KEEP_WARM_MINUTES, PlanRunner
from srs.words import count

if TYPE_CHECKING:
    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.check.block_report import BlockReport
    from cards.check.upgrade import VersionDifference
    from cards.lock.lock import Lock
    from cards.program.program import Program
    from cards.program.snippet import Snippet
    from cards.program.verdict import Verdict
    from cards.stale.named.named_calls import NamedGone
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext

_MOST_UPDATES = 20
"""A run finds the first wrong comment of a block, so that each one takes another run."""


@click.command
@click.argument("guide", required=False, metavar="[GUIDE]", type=click.Path())
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="Questions proved at once.  [default: one a core]"
)
@click.option("--again", is_flag=True, help="Run everything, proved before or not.")
@click.option(
    "--stale", is_flag=True, help="After an upgrade: say what newly fails, prints something else or warns."
)
@click.option("--strict", is_flag=True, help="Fail for every block that did not run, whatever the reason.")
@click.option(
    "--python", metavar="PATH", help="Prove with another environment's interpreter; nothing is remembered."
)
@click.option(
    "--update", is_flag=True, help="Write what was printed into the guide's `output` fences and comments."
)
@click.option(
    "--keep-warm", is_flag=True, help="Keep TensorFlow imported for the next commands, for ten minutes."
)
@click.option("--unconfined", is_flag=True, help="Run the guide's code even where nothing confines it.")
@click.option("--json", "as_json", is_flag=True, help="Print every verdict as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    guide: str | None,
    jobs: int | None,
    *,
    again: bool,
    stale: bool,
    strict: bool,
    python: str | None,
    update: bool,
    keep_warm: bool,
    unconfined: bool,
    as_json: bool,
) -> None:
    """Run a guide's code answers and show what happened.

    Each question's blocks run in order in a process of their own, confined, in TensorFlow. Proofs
    are remembered in the lock beside the guide; what has not changed does not run again.
    """
    context: CommandContext = ctx.obj
    file = find_guide(context, guide)
    if update and file.is_notebook:
        raise FormatError(
            f"{file.shown}: this is a notebook, and nothing writes into those; "
            "run its cells in Jupyter and save it."
        )
    before = file.lock()
    warm = KEEP_WARM_MINUTES if keep_warm else 0
    with PlanRunner(
        context, workers=jobs, unconfined=unconfined, python=python, keep_warm_minutes=warm, quiet=as_json
    ) as runner:
        if not runner.runtimes:
            raise ProofError(
                "TensorFlow is not installed, so nothing can be proved here. "
                "Install it with `pip install 'proofdeck[tensorflow]'`, or name an interpreter that has it "
                "with --python."
            )
        plan = _plan(file, before, runner)
        if again or python is not None:
            plan = replace(plan, to_run=plan.programs, verdicts={})
        result = _run_and_finish(file, plan, runner, context)
        if update:
            plan, result = _update_outputs(file, plan, result, runner, context)
        keras_2 = len(runner.runtimes) > 1
    for warning in (*file.source().notes, *plan.guide.warnings):
        click.echo(warning, err=True)
    assessments = report_blocks(file.text(), plan.guide, plan.programs, result.verdicts)
    news = version_differences(before.proofs if before else (), result.verdicts) if stale else ()
    if as_json:
        click.echo(json.dumps(_as_json(plan, result, assessments), indent=2, ensure_ascii=False))
    else:
        _print_proofs(plan, result, assessments, exact_lines(plan.gone, file.text()), keras_2=keras_2)
        _print_news(news, plan)
    ctx.exit(1 if _any_fails(plan, result, strict=strict) else 0)


def _plan(file: GuideFile, lock: Lock | None, runner: PlanRunner) -> BuildPlan:
    source = file.source()
    return plan_build(source.text, source.path, lock, runner.runtimes, runner.version_of)


def _run_and_finish(
    file: GuideFile, plan: BuildPlan, runner: PlanRunner, context: CommandContext
) -> BuildResult:
    ran, measured, displayed = runner.run(file, plan)
    return finish_build(plan, ran, int(context.now().timestamp()), measured, displayed)


def _update_outputs(
    file: GuideFile, plan: BuildPlan, result: BuildResult, runner: PlanRunner, context: CommandContext
) -> tuple[BuildPlan, BuildResult]:
    """Write captured outputs into the guide and prove it again, until all are as they were captured."""
    written = 0
    for _ in range(_MOST_UPDATES):
        newly_written = _write_outputs(file, plan, result)
        if not newly_written:
            break
        written += newly_written
        plan = _plan(file, file.lock(), runner)
        result = _run_and_finish(file, plan, runner, context)
    by_chance = [each for each in result.verdicts.values() if each.hangs_on_chance]
    left = [
        each
        for each in result.verdicts.values()
        if each.outcome is Outcome.OUTPUT_MISMATCH and not each.hangs_on_chance
    ]
    if written:
        click.echo(f"{file.shown}: {count(written, 'output')} updated.", err=True)
    elif not left and not by_chance:
        click.echo("Every stated output is as it was captured.", err=True)
    if by_chance:
        click.echo(
            f"{count(len(by_chance), 'stated output')} left alone: what is printed hangs on chance.", err=True
        )
    if left:
        click.echo(
            f"{count(len(left), 'block')} with comments that are wrong: those are left to you.", err=True
        )
    return plan, result


def _write_outputs(file: GuideFile, plan: BuildPlan, result: BuildResult) -> int:
    """Write captured outputs into the guide; return how many there were to write."""
    from cards.check.captured_output import correct_captured_outputs
    from cards.files import write_atomically

    text, corrected = correct_captured_outputs(file.text(), plan.guide, result.verdicts)
    if corrected:
        write_atomically(file.path, text.encode())
    return corrected


def _any_fails(plan: BuildPlan, result: BuildResult, *, strict: bool) -> bool:
    """Tell whether a block does not hold; code excused by its author counts only if `strict`."""
    return any(
        not verdict.outcome.holds and (strict or not is_excused(snippet, verdict))
        for program in plan.programs
        for snippet, verdict in _program_verdicts(program, result)
    )


def _program_verdicts(program: Program, result: BuildResult) -> list[tuple[Snippet, Verdict]]:
    return [
        (snippet, result.verdicts[snippet.name])
        for snippet in program.snippets
        if snippet.name in result.verdicts
    ]


def _as_json(
    plan: BuildPlan, result: BuildResult, assessments: tuple[BlockReport, ...]
) -> list[dict[str, Any]]:
    by_snippet = {one.snippet: one for one in assessments if one.snippet is not None}
    of_verdicts = [
        _verdict_json(verdict)
        | {
            "outcome": verdict.outcome.value,
            "holds": verdict.outcome.holds,
            "at": str(snippet.span),
            "role": snippet.role,
            "error": verdict.error,
        }
        | (_block_json(by_snippet[snippet.name]) if snippet.name in by_snippet else {})
        for program in plan.programs
        for snippet, verdict in _program_verdicts(program, result)
    ]
    of_text = [
        {"snippet": "", "holds": False, "at": str(one.span), "line": one.line, "error": one.error}
        | {"outcome": Outcome.SYNTAX_ERROR.value, "advice": one.advice, "role": "text"}
        | _block_json(one)
        for one in assessments
        if one.snippet is None
    ]
    return of_verdicts + of_text


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Return the fields of a verdict, its qualifiers as sentences."""
    fields = asdict(verdict)
    del fields["qualifiers"]
    return fields | {"notes": [str(each) for each in verdict.qualifiers]}


def _block_json(one: BlockReport) -> dict[str, Any]:
    return {
        "condition": one.condition.value,
        "question": one.question,
        "stand_ins": list(one.stand_ins),
        "follows": one.follows or "",
    }


def _print_proofs(
    plan: BuildPlan,
    result: BuildResult,
    assessments: tuple[BlockReport, ...],
    gone: tuple[NamedGone, ...],
    *,
    keras_2: bool,
) -> None:
    """Print one line a question, and then what a person can do about the blocks."""
    from rich.console import Console
    from rich.text import Text

    from srs.cli.build.prove_report import print_block_reports, print_gone_names

    console = Console(highlight=False)
    titles: dict[str, str] = {question.slug: question.title for question in plan.guide.questions}
    total = holding = 0
    seconds = 0.0
    for program in plan.programs:
        verdicts = _program_verdicts(program, result)
        shown = [result.verdicts[each.name] for each in program.shown if each.name in result.verdicts]
        good = sum(verdict.outcome.holds for verdict in shown)
        total, holding = total + len(shown), holding + good
        took = sum(verdict.seconds for _, verdict in verdicts)
        seconds += took
        is_well = all(one.outcome.holds or is_excused(snippet, one) for snippet, one in verdicts)
        mark, style = ("✓", "green") if is_well else ("✗", "red")
        line = Text.assemble((mark, style), " ", titles.get(program.name, program.name))
        line.append(f"  {good} of {len(shown)}, {took:.1f} s", "dim")
        console.print(line)
    print_block_reports(console, assessments, keras_2=keras_2)
    print_gone_names(console, gone)
    ran = sum(len(program.shown) for program in plan.to_run)
    console.print()
    following = sum(one.follows is not None for one in assessments)
    consequences = f", {following} only {'follows' if following == 1 else 'follow'} from others"
    summary = Text.assemble(
        (f"{holding} of {total} blocks hold", "bold"),
        consequences if following else "",
        f", {ran} run now, {seconds:.0f} s of work.",
    )
    console.print(summary)
    confined = sorted({verdict.confinement for verdict in result.verdicts.values()})
    if any(level is not Confinement.FULL for level in confined):
        print(f"Confinement: {', '.join(confined)}.", file=sys.stderr)  # noqa: T201


def _print_news(news: tuple[VersionDifference, ...], plan: BuildPlan) -> None:
    """Print how code that held on the old versions differs on the new ones."""
    spans = {snippet.name: snippet.span for program in plan.programs for snippet in program.snippets}
    for one in news:
        where = spans.get(one.snippet)
        cards = sum(one.snippet in draft.snippets for draft in plan.drafts)
        click.echo(f"{where or one.snippet}: {one.sentence} ({count(cards, 'card')})")
    if news:
        click.echo("`proofdeck build` holds the cards of what fails back.")

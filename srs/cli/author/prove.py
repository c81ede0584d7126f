"""`proofdeck prove`: run a guide's code and show what happened."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from cards.build.pipeline import finish_build, plan_build
from cards.check.block_report import report_blocks
from cards.errors import ProofError
from cards.lock.proofs import Proofs
from cards.program.confinement import Confinement
from cards.program.verdict import Outcome, is_excused
from cards.stale.named.named_calls import exact_lines
from srs.cli.build.guide_environment import interpreter_for
from srs.cli.build.guide_file import find_guide
from srs.cli.build.plan_runner import KEEP_WARM_MINUTES, PlanRunner
from srs.cli.build.remembered import check_runtime, forget_runtimes, print_news, print_runtimes, version_news
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
@click.option(
    "--since",
    metavar="RUNTIME",
    help="As --stale, compared with a remembered runtime: 3.12, 2.18, keras==3.8.",
)
@click.option(
    "--forget", metavar="RUNTIME", help="Drop the proofs of a runtime from the lock: 3.12, tensorflow==2.18."
)
@click.option(
    "--on",
    "versions",
    metavar="LIST",
    help="Prove under several versions in turn and compare: 2.16,2.21 or numpy==1.26,numpy==2.3.",
)
@click.option("--strict", is_flag=True, help="Fail for every block that did not run, whatever the reason.")
@click.option("--python", metavar="PATH", help="Run the code with another environment's interpreter.")
@click.option(
    "--yes", "-y", is_flag=True, help="Make the environment that the guide asks for, without a question."
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
    since: str | None,
    forget: str | None,
    versions: str | None,
    strict: bool,
    python: str | None,
    yes: bool,
    update: bool,
    keep_warm: bool,
    unconfined: bool,
    as_json: bool,
) -> None:
    """Run a guide's code answers and show what happened.

    Each question's blocks run in order in a process of their own, confined; TensorFlow is
    imported where the code names it. Proofs
    are remembered in the lock beside the guide, those of every runtime side by side; what has not changed
    does not run again.
    """
    context: CommandContext = ctx.obj
    file = find_guide(context, guide)
    if forget is not None:
        forget_runtimes(file, forget)
        return
    if versions is not None:
        from srs.cli.matrix.matrix_command import print_proofs_on

        print_proofs_on(
            file, context, versions, jobs=jobs, again=again, unconfined=unconfined, as_json=as_json
        )
        return
    before = file.lock()
    if since is not None:
        check_runtime(file, before, "--since", since)
    warm = KEEP_WARM_MINUTES if keep_warm else 0
    interpreter = interpreter_for(file, python, yes=yes)
    with PlanRunner(
        context,
        workers=jobs,
        unconfined=unconfined,
        python=interpreter,
        keep_warm_minutes=warm,
        quiet=as_json,
    ) as runner:
        plan = _plan(file, before, runner)
        if plan.programs and not runner.runnable(plan.programs):
            raise ProofError(
                "TensorFlow is not installed, so nothing can be proved here. "
                "Install it with `pip install 'proofdeck[tensorflow]'`, or name an interpreter that has it "
                "with --python."
            )
        if again:
            plan = replace(plan, to_run=plan.programs, verdicts={})
        unproved = len(plan.to_run) - len(runner.runnable(plan.to_run))
        result = _run_and_finish(file, plan, runner, context)
        if update:
            plan, result = _update_outputs(file, plan, result, runner, context)
        keras_2 = len(runner.runtimes) > 2
    for warning in plan.guide.warnings:
        click.echo(warning, err=True)
    if unproved:
        click.echo(
            f"TensorFlow is not installed here, so the code of {count(unproved, 'question')} was not run.",
            err=True,
        )
    assessments = report_blocks(file.text(), plan.guide, plan.programs, result.verdicts)
    stale = stale or since is not None
    news = version_news(before, plan, result, since or "") if stale else None
    if as_json:
        click.echo(json.dumps(_as_json(plan, result, assessments, news), indent=2, ensure_ascii=False))
    else:
        _print_proofs(plan, result, assessments, exact_lines(plan.gone, file.text()), keras_2=keras_2)
        print_runtimes(before, Proofs(tuple(result.verdicts.values())))
        if news is not None:
            print_news(news, before, plan, result)
    ctx.exit(1 if _any_fails(plan, result, strict=strict) else 0)


def _plan(file: GuideFile, lock: Lock | None, runner: PlanRunner) -> BuildPlan:
    return plan_build(file.text(), file.shown, lock, runner.runtimes, runner.version_of)


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
    plan: BuildPlan,
    result: BuildResult,
    assessments: tuple[BlockReport, ...],
    news: tuple[VersionDifference, ...] | None,
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
        | ({} if news is None else {"news": [one.sentence for one in news if one.snippet == snippet.name]})
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

"""`proofdeck prove`: run a guide's code and show what happened."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cards.errors import FormatError, ProofdeckError, ProofError
from srs.cli.build.guide_file import display_path, files_read, find_guides
from srs.cli.output.program_name import with_file
from srs.cli.unchanged.said_again import LastSaid
from srs.cli.volume import only_reports
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.check.block_report import BlockReport
    from cards.check.upgrade import VersionDifference
    from cards.lock.lock import Lock
    from cards.program.program import Program
    from cards.program.snippet import Snippet
    from cards.program.verdict import Verdict
    from cards.stale.named.named_calls import NamedGone
    from srs.cli.build.guide_batch import GuideBatches, PlannedGuide
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.build.plan_runs import PlanRuns
    from srs.cli.context import CommandContext
    from srs.cli.unchanged.said_again import Recording

_MOST_UPDATES = 20
"""A run finds the first wrong comment of a block, so that each one takes another run."""


@only_reports()
@click.command
@click.argument("guides", nargs=-1, metavar="[GUIDE]...", type=click.Path())
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="Questions proved at once.  [default: one a core]"
)
@click.option("--again", is_flag=True, help="Run everything, proved before or not.")
@click.option(
    "--check",
    is_flag=True,
    help="With --again: fail where the lock says something else than the run; write nothing.",
)
@click.option("--trust-lock", is_flag=True, help="Do not say what is taken on trust from the lock.")
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
@click.option("--cluster", metavar="ADDRESS", help="Prove on the workers of a Dask cluster, tcp://HOST:PORT.")
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
    guides: tuple[str, ...],
    jobs: int | None,
    *,
    again: bool,
    check: bool,
    trust_lock: bool,
    stale: bool,
    since: str | None,
    forget: str | None,
    versions: str | None,
    strict: bool,
    python: str | None,
    cluster: str | None,
    yes: bool,
    update: bool,
    keep_warm: bool,
    unconfined: bool,
    as_json: bool,
) -> None:
    """Run the code answers of guides, or of all guides in a folder, and show what happened.

    Each question's blocks run in order in a process of their own, confined; TensorFlow is
    imported where the code names it. Proofs
    are remembered in the lock beside the guide, those of every runtime side by side; what has not changed
    does not run again. What cards ask of the code is measured by a build, and here with --again.
    """
    if cluster is not None and (jobs is not None or keep_warm):
        raise click.UsageError("-j and --keep-warm are for this machine; a cluster has workers of its own.")
    if check:
        _refuse_beside_check(again=again, writes_or_compares=any((update, stale, since, forget, versions)))
    context: CommandContext = ctx.obj
    files = find_guides(context, guides)
    if forget is not None:
        from srs.cli.build.remembered import forget_runtimes

        for file in files:
            forget_runtimes(file, forget)
        return
    if versions is not None:
        from srs.cli.matrix.matrix_command import print_proofs_on

        for file in files:
            print_proofs_on(
                file, context, versions, jobs=jobs, again=again, unconfined=unconfined, as_json=as_json
            )
        return
    _check_since(files, since)
    report = _Report(
        is_of_several=len(files) > 1,
        as_json=as_json,
        stale=stale or since is not None,
        since=since or "",
        strict=strict,
        trust_lock=trust_lock,
    )
    wishes = _ProveWishes(
        context,
        jobs,
        python,
        cluster,
        again=again,
        check=check,
        yes=yes,
        update=update,
        keep_warm=keep_warm,
        unconfined=unconfined,
    )
    last = LastSaid(context, "prove", files_read(files), ctx.params)
    is_plain = not (again or update or stale or since or python or cluster)
    code = last.say(
        lambda recording: _prove_files(guides, files, wishes, report, recording), is_plain=is_plain
    )
    ctx.exit(code)


@dataclass(frozen=True, slots=True)
class _ProveWishes:
    """What the command line says of how code is proved."""

    context: CommandContext
    jobs: int | None
    python: str | None
    cluster: str | None
    again: bool
    check: bool
    yes: bool
    update: bool
    keep_warm: bool
    unconfined: bool


def _prove_files(
    named: Sequence[str],
    files: Sequence[GuideFile],
    wishes: _ProveWishes,
    report: _Report,
    recording: Recording,
) -> int:
    """Prove the code of guides and tell what happened; return the exit code."""
    from srs.cli.build.guide_batch import GuideBatches
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.rerun.lock_check import LockCheck

    reading = GuideBatches(named, is_of_several=len(files) > 1)
    lock_check = LockCheck(report.as_json) if wishes.check else None
    by_interpreter = _by_interpreter(files, reading, wishes.python, yes=wishes.yes, update=wishes.update)
    for interpreter, files_there in by_interpreter.items():
        with PlanRunner(
            wishes.context,
            workers=wishes.jobs,
            unconfined=wishes.unconfined,
            python=interpreter,
            keep_warm=wishes.keep_warm,
            cluster=wishes.cluster,
            quiet=report.as_json,
            is_dry=wishes.check,
        ) as runner:
            for batch in reading.batches(files_there, partial(_plan, runner, again=wishes.again)):
                recording.would_say_the_same &= interpreter is None and not _hangs_on_more(batch)
                if lock_check is not None:
                    lock_check.check(batch, runner)
                else:
                    _prove_batch(batch, runner, report, wishes)
    reading.require_guide()
    if lock_check is not None:
        lock_check.end()
        return 1 if lock_check.problems or reading.has_failed else 0
    report.end()
    return 1 if report.has_failed or reading.has_failed else 0


def _hangs_on_more(batch: Sequence[PlannedGuide]) -> bool:
    """Tell whether what is said of guides hangs on more than they, their locks and this program.

    That is on code that has to run, and on pictures.
    """
    return any(
        guide.plan.to_run or any(question.has_pictures for question in guide.plan.guide.questions)
        for guide in batch
    )


def _refuse_beside_check(*, again: bool, writes_or_compares: bool) -> None:
    if not again or writes_or_compares:
        raise click.UsageError(
            "--check goes with --again, and with nothing that compares or writes otherwise."
        )


def _check_since(files: Sequence[GuideFile], since: str | None) -> None:
    if since is not None:
        from srs.cli.build.remembered import check_runtime

        for file in files:
            check_runtime(file, file.lock(), "--since", since)


def _prove_batch(
    batch: Sequence[PlannedGuide], runner: PlanRunner, report: _Report, wishes: _ProveWishes
) -> None:
    """Prove guides together, and tell what happened to each."""
    # Who runs everything anew takes nothing on trust, also not what was measured.
    run = runner.run_all if wishes.again else runner.prove_all
    all_runs = run((guide.file, guide.plan) for guide in batch)
    for guide, runs in zip(batch, all_runs, strict=True):
        plan, result = guide.plan, _finish(runs, wishes.context)
        if wishes.update:
            plan, result = _update_outputs(guide.file, plan, result, runner, wishes.context)
        report.add(guide, plan, result, runner)


def _by_interpreter(
    files: Sequence[GuideFile], reading: GuideBatches, python: str | None, *, yes: bool, update: bool
) -> dict[str | None, list[GuideFile]]:
    """Return the guides by the interpreter that their code runs in; None for the one of this process."""
    from srs.cli.build.guide_environment import interpreter_for

    found: dict[str | None, list[GuideFile]] = {}
    for file in files:
        try:
            if update and file.is_notebook:
                raise _nothing_writes_into(file)
            found.setdefault(interpreter_for(file, python, yes=yes), []).append(file)
        except ProofdeckError as error:
            reading.pass_over(error)
    return found


def _nothing_writes_into(file: GuideFile) -> FormatError:
    return FormatError(
        f"{file.shown}: this is a notebook, and nothing writes into those; "
        "run its cells in Jupyter and save it."
    )


@dataclass(slots=True)
class _Report:
    """Tells what happened, guide by guide."""

    is_of_several: bool
    as_json: bool
    stale: bool
    since: str
    """The remembered runtime to compare with; empty for the newest."""
    strict: bool
    trust_lock: bool
    """Whether nothing is said of what is taken on trust."""
    has_failed: bool = False
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _figures: list[_Figures] = field(default_factory=list)

    def add(self, guide: PlannedGuide, plan: BuildPlan, result: BuildResult, runner: PlanRunner) -> None:
        """Tell what happened to a guide."""
        from cards.check.block_report import report_blocks
        from cards.lock.newer_lock import newer_warnings
        from cards.lock.proofs import Proofs
        from cards.program.verdict import Verdict
        from cards.stale.named.named_calls import exact_lines
        from srs.cli.build.remembered import print_news, print_runtimes, version_news
        from srs.cli.trust.trusted import trusted

        file, before = guide.file, guide.before
        newer = newer_warnings(plan.lock, display_path(file.lock_path))
        for warning in (*file.source().notes, *plan.guide.warnings, *newer):
            click.echo(warning, err=True)
        unproved = len(guide.plan.to_run) - len(runner.runnable(guide.plan.to_run))
        if unproved:
            questions = count(unproved, "question")
            click.echo(f"TensorFlow is not installed here, so the code of {questions} was not run.", err=True)
        self.has_failed |= _any_fails(plan, result, strict=self.strict)
        assessments = report_blocks(file.text(), plan.guide, plan.programs, result.verdicts)
        news = version_news(before, plan, result, self.since) if self.stale else None
        if self.as_json:
            unseen = {
                each.snippet for each in runner.memory.unseen(result.findings) if isinstance(each, Verdict)
            }
            self._rows += [
                row | ({"on_trust": True} if row["snippet"] in unseen else {})
                for row in _as_json(plan, result, assessments, news)
            ]
            return
        if self.is_of_several:
            click.echo(f"{'' if not self._figures else chr(10)}{click.style(file.shown, bold=True)}")
        gone = exact_lines(plan.gone, file.text())
        self._figures.append(_print_proofs(plan, result, assessments, gone, keras_2=len(runner.runtimes) > 2))
        print_runtimes(before, Proofs(tuple(result.verdicts.values())))
        on_trust = trusted(result.findings, runner.memory)
        if on_trust.phrase and not self.trust_lock:
            click.echo(on_trust.sentence(with_file("", file.shown if file.seed_path is None else None)))
        if news is not None:
            print_news(news, before, plan, result)

    def end(self) -> None:
        """Tell what all guides come to."""
        if self.as_json:
            click.echo(json.dumps(self._rows, indent=2, ensure_ascii=False))
        elif self.is_of_several and self._figures:
            holding = sum(each.holding for each in self._figures)
            total = sum(each.total for each in self._figures)
            click.echo(f"\n{count(len(self._figures), 'guide')}: {holding} of {total} blocks hold.")


class _Figures(NamedTuple):
    """How many of a guide's blocks hold, and of how many."""

    holding: int
    total: int


def _plan(runner: PlanRunner, file: GuideFile, lock: Lock | None, *, again: bool = False) -> BuildPlan:
    """Return what has to run of a guide; raises ProofError where nothing of it can."""
    from srs.cli.build.cache_file import read_parts
    from srs.cli.making.new_code import has_new_code

    source, parts = file.source(), read_parts(file, runner.context)
    if has_new_code(source.text, parts, is_new=lock is None or again):
        runner.expect_code()
    from cards.build.pipeline import run_anew

    plan = file.plan(source, lock, runner.runtimes, runner.version_of, parts=parts)
    if plan.programs and not runner.runnable(plan.programs):
        raise ProofError(
            f"{file.shown}: TensorFlow is not installed, so nothing can be proved here. "
            "Install it with `pip install 'proofdeck[tensorflow]'`, or name an interpreter that has it "
            "with --python."
        )
    return run_anew(plan) if again else plan


def _finish(runs: PlanRuns, context: CommandContext) -> BuildResult:
    from cards.build.pipeline import finish_build

    return finish_build(runs.plan, runs.ran, int(context.now().timestamp()), runs.measured, runs.displayed)


def _update_outputs(
    file: GuideFile, plan: BuildPlan, result: BuildResult, runner: PlanRunner, context: CommandContext
) -> tuple[BuildPlan, BuildResult]:
    """Write captured outputs into the guide and prove it again, until all are as they were captured."""
    from cards.program.verdict import Outcome

    written = 0
    for _ in range(_MOST_UPDATES):
        newly_written = _write_outputs(file, plan, result)
        if not newly_written:
            break
        written += newly_written
        plan = _plan(runner, file, file.lock())
        (runs,) = runner.prove_all([(file, plan)])
        result = _finish(runs, context)
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
    """Tell whether a block has no verdict or does not hold; what its author excused counts if `strict`."""
    from cards.program.verdict import is_excused

    return any(
        snippet.name not in result.verdicts for each in plan.programs for snippet in each.snippets
    ) or any(
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
    from cards.program.verdict import Outcome

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
    del fields["qualifiers"], fields["origin"]
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
) -> _Figures:
    """Print one line a question, and then what a person can do about the blocks."""
    from rich.text import Text

    from cards.program.confinement import Confinement
    from cards.program.verdict import is_excused
    from srs.cli.build.prove_report import print_block_reports, print_gone_names
    from srs.screen.shown_console import ShownConsole

    console = ShownConsole(highlight=False)
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
        is_well = len(verdicts) == len(program.snippets) and all(
            one.outcome.holds or is_excused(snippet, one) for snippet, one in verdicts
        )
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
    return _Figures(holding, total)

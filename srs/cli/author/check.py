"""`proofdeck check`: everything that is wrong with a guide, its lock, its code and its cards."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

from cards.errors import GuideError, NoQuestionError, Problem, ProofdeckError
from srs.cli.build.guide_file import display_path, files_read, find_guides, with_clashes
from srs.cli.output.program_name import as_called, with_file
from srs.cli.output.wrapped_lines import wrapped_error
from srs.cli.unchanged.said_again import LastSaid
from srs.cli.volume import is_quiet, only_reports
from srs.words import count, shorten

if TYPE_CHECKING:
    from rich.text import Text

    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.check.guide_figures import GuideFigures
    from cards.check.lint import CardFigures
    from cards.lock.lock import UnparsedLock
    from cards.program.runtime import Runtime
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext
    from srs.cli.trust.trusted import Trusted
    from srs.cli.unchanged.said_again import Recording


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All that is wrong with a guide, and its figures."""

    problems: tuple[Problem, ...]
    """Problems that make the check fail."""
    remarks: tuple[Problem, ...]
    """Remarks that do not make the check fail."""
    warnings: tuple[Problem, ...] = ()
    """Blemishes of the guide, questions that came to nothing, cards that would embarrass; they fail where
    strictness is asked for."""
    measures: CardFigures | None = None
    figures: GuideFigures | None = None
    plan: BuildPlan | None = None
    runtimes: tuple[Runtime, ...] = ()
    """Whose proofs were looked at."""
    on_trust: Trusted | None = None
    """How much of what counts here only the lock says."""
    has_no_question: bool = False
    """Whether the file is no guide at all."""


@only_reports()
@click.command
@click.argument("guides", nargs=-1, metavar="[GUIDE]...", type=click.Path(allow_dash=True))
@click.option(
    "--blocks", is_flag=True, help="Also list every block with the cards it made, or why it made none."
)
@click.option("--python", metavar="PATH", help="Count only proofs made with this interpreter's versions.")
@click.option(
    "--strict/--no-strict", default=None, help="Fail for every warning, such as a question without an answer."
)
@click.option("--trust-lock", is_flag=True, help="Do not say what is taken on trust from the lock.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    guides: tuple[str, ...],
    *,
    blocks: bool,
    python: str | None,
    strict: bool | None,
    trust_lock: bool,
    as_json: bool,
) -> None:
    """Say everything that is wrong with guides, their code or their cards.

    GUIDE is a Markdown file or a Jupyter notebook, or a folder of them, or - for standard input. Reads only:
    nothing runs, and neither guide nor lock is written.

    The exit code is that of a build which has just been: 0 where all code holds or is excused by the guide,
    1 where it does not, where the guide cannot be built, or where the lock is not what a build would write;
    with --strict, 1 for every warning too, such as a card that would embarrass; 2 for wrong usage and for
    files that are no guides.
    """
    context: CommandContext = ctx.obj
    files = find_guides(context, guides)
    projects = [[each.settings.strict, each.settings.python, each.settings.language] for each in files]
    last = LastSaid(
        context, "check", files_read(files), ctx.params | {"projects": projects, "quiet": is_quiet()}
    )
    is_plain = python is None and all(each.piped is None for each in files)
    asked = _CheckWishes(
        context, python, blocks=blocks, strict=strict, trust_lock=trust_lock, as_json=as_json
    )
    ctx.exit(
        last.say(lambda recording: _check_all(files, asked, recording, named=bool(guides)), is_plain=is_plain)
    )


@dataclass(frozen=True, slots=True)
class _CheckWishes:
    """What the command line says of how guides are checked."""

    context: CommandContext
    python: str | None
    blocks: bool
    strict: bool | None
    """Whether warnings fail a check; None for what the guide's project says."""
    trust_lock: bool
    as_json: bool


def _check_all(
    files: tuple[GuideFile, ...], wishes: _CheckWishes, recording: Recording, *, named: bool
) -> int:
    """Print what is wrong with each guide; return the exit code."""
    code, reports = 0, []
    for file, clash in with_clashes(files):
        if clash:
            click.echo(as_called(clash), err=True)
            code = max(code, 1)
            continue
        try:
            found = check_guide(file, wishes.context, wishes.python)
        except ProofdeckError as error:
            if len(files) == 1:
                raise
            click.echo(wrapped_error(as_called(str(error))), err=True)
            code = max(code, error.exit_code)
            recording.would_say_the_same = False
            continue
        recording.would_say_the_same &= _hangs_on_text_alone(file, found)
        if len(files) > 1 and found.has_no_question:
            click.echo(as_called(str(found.problems[0])), err=True)
            continue
        code = max(code, int(_fails(file, found, wishes)))
        if wishes.as_json:
            reports.append(_as_json(found) if len(files) == 1 else {"guide": file.shown} | _as_json(found))
            continue
        _print_report(found, heading=file.shown if len(files) > 1 else "", blocks=wishes.blocks)
        if not wishes.trust_lock:
            _print_what_is_on_trust(found, file.shown if named else "")
    if wishes.as_json:
        click.echo(json.dumps(reports[0] if len(files) == 1 else reports, indent=2, ensure_ascii=False))
    return code


def _fails(file: GuideFile, found: CheckReport, wishes: _CheckWishes) -> bool:
    """Tell whether the check fails; where it does not and nothing else is said, say what it warns of."""
    strict = file.settings.strict if wishes.strict is None else wishes.strict
    has_failed = bool(found.problems or (strict and found.warnings))
    if is_quiet() and not has_failed:
        for warning in found.warnings:
            click.echo(as_called(str(warning)), err=True)
    return has_failed


def _hangs_on_text_alone(file: GuideFile, found: CheckReport) -> bool:
    """Tell whether what is said of a guide hangs on nothing but its text, its lock and this program.

    It does not where the guide has pictures, or where its code runs in another environment.
    """
    from srs.cli.build.guide_environment import known_interpreter

    if found.plan is None:
        return True
    has_pictures = any(question.has_pictures for question in found.plan.guide.questions)
    return not has_pictures and known_interpreter(file, None) is None


def _print_what_is_on_trust(found: CheckReport, guide: str) -> None:
    if found.on_trust and found.on_trust.phrase:
        click.echo(as_called(found.on_trust.sentence(with_file("", guide))))


def check_guide(file: GuideFile, context: CommandContext, python: str | None) -> CheckReport:
    """Return what is wrong with a guide, its lock, its code and its cards; nothing runs."""
    from cards.build.pipeline import awaited_cards, finish_build
    from cards.check.guide_figures import guide_figures
    from cards.check.lint import card_figures
    from cards.lock.lock import parse_lock_lines
    from cards.stale.named.named_calls import exact_lines
    from srs.cli.build.cache_file import read_parts
    from srs.cli.build.guide_environment import known_interpreter
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.report.guide_warnings import build_warnings, card_findings, card_warnings, problem_of
    from srs.cli.trust.run_memory import RunMemory
    from srs.cli.trust.trusted import trusted

    written = file.lock_on_disk()
    lock = parse_lock_lines(*written) if written else None
    source = file.source()
    try:
        # Proofs of other versions count where there are none of those that are here: this asks whether the
        # guide is in order, not this machine. Whoever names an interpreter asks about that one.
        with PlanRunner(context, python=known_interpreter(file, python), quiet=True) as runner:
            plan = file.plan(
                source,
                lock,
                runner.runtimes,
                runner.version_of,
                can_run=python is not None,
                parts=read_parts(file, context),
            )
    except GuideError as error:
        return CheckReport(error.problems, (), has_no_question=isinstance(error, NoQuestionError))
    awaited = awaited_cards(plan)
    result = finish_build(plan, (), int(context.now().timestamp()), awaited=awaited)
    findings = card_findings(plan)
    remarks = [problem_of(one) for one in findings if not one.severe]
    remarks += [Problem(one.path, one.line, one.sentence) for one in exact_lines(plan.gone, source.text)]
    remarks += _warnings(plan, result)
    if written is not None and awaited.kinds:
        questions = count(len(awaited.kinds), "question")
        sentence = (
            f"the code of {questions} was not measured whole; run `proofdeck build`, which looks for gaps."
        )
        remarks.append(Problem(display_path(file.lock_path), 0, sentence))
    lock_shown = display_path(file.lock_path)
    warnings = (
        *card_warnings(plan, findings),
        *build_warnings(source.text, source.path, source.notes, plan, result, lock_shown),
    )
    problems: list[Problem] = []
    if written is not None:  # else one sentence says that nothing is proved yet
        problems += _unproved_problems(plan, result, python)
        problems += _contradicted_problems(plan)
    problems += [] if file.piped is not None else _stale_lock_problems(file, written, result)
    return CheckReport(
        tuple(sorted(problems)),
        tuple(sorted(remarks)),
        tuple(sorted(warnings)),
        card_figures(plan.drafts),
        guide_figures(plan.guide.questions, plan.drafts),
        plan,
        result.runtimes,
        trusted(result.findings, RunMemory(context.home)),
    )


def _warnings(plan: BuildPlan, result: BuildResult) -> list[Problem]:
    """Return what libraries warned of when the code ran."""
    from cards.program.qualifier import QualifierKind

    return [
        Problem(snippet.span.path, one.line, f"warns: {one.text}")
        for program in plan.programs
        for snippet in program.snippets
        if snippet.name in result.verdicts
        for one in result.verdicts[snippet.name].qualifiers
        if one.kind is QualifierKind.WARNING
    ]


def _unproved_problems(plan: BuildPlan, result: BuildResult, python: str | None) -> list[Problem]:
    from cards.program.verdict import is_excused

    remedy = f"proofdeck build --python {python}" if python else "proofdeck build"
    problems = []
    for program in plan.programs:
        for snippet in program.snippets:
            verdict = result.verdicts.get(snippet.name)
            path, line = snippet.span.path, snippet.span.first
            if verdict is None:
                problems.append(Problem(path, line, f"this code is not proved; run `{remedy}`."))
            elif not (
                verdict.outcome.holds or is_excused(snippet, verdict) or snippet.role.is_told_elsewhere
            ):
                sentence = f"{verdict.outcome.value}: {verdict.sentence}"
                problems.append(Problem(path, verdict.line or line, sentence))
    return problems


def _contradicted_problems(plan: BuildPlan) -> list[Problem]:
    """Return where the lock says that something was measured which its own proof denies."""
    from cards.build.runs import contradicted_measurements

    spans = {snippet.name: snippet.span for program in plan.programs for snippet in program.snippets}
    proofs = plan.lock.proofs.valid_for(plan.programs)
    said = contradicted_measurements(plan.programs, plan.lock.measured, proofs)
    return [
        Problem(
            spans[name].path,
            spans[name].first,
            f"the lock says that this code was measured to print {shorten(repr(text), 60)}, "
            "but not by its proof; run `proofdeck build`, which measures it again.",
        )
        for name, text in said.items()
    ]


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


def _as_json(found: CheckReport) -> dict[str, Any]:
    from srs.cli.trust.trusted import NOTHING_TRUSTED

    plan, on_trust = found.plan, found.on_trust or NOTHING_TRUSTED
    return {
        "problems": [problem._asdict() for problem in found.problems],
        "warnings": [warning._asdict() for warning in found.warnings],
        "remarks": [remark._asdict() for remark in found.remarks],
        "measures": asdict(found.measures) if found.measures else None,
        "figures": asdict(found.figures) if found.figures else None,
        "on_trust": {"proofs": on_trust.proofs, "others": on_trust.others},
        "versions": [runtime.words for runtime in found.runtimes],
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


def _print_report(found: CheckReport, *, heading: str, blocks: bool) -> None:
    from rich.text import Text

    from cards.check.lost_question import first_of_each_cause
    from srs.screen.shown_console import ShownConsole

    if heading:
        click.echo(click.style(heading, bold=True))
    console = ShownConsole(highlight=False, soft_wrap=True)
    if blocks and found.plan:
        for one in found.plan.coverage:
            told = [reason for reason in one.reasons if reason not in one.reading]
            reasons = f"  {'; '.join(told)}" if told else ""
            what = f"{one.what}, {one.reading}" if one.reading else one.what
            console.print(Text.assemble(f"{one.span}: {what}: {count(one.cards, 'card')}", (reasons, "dim")))
        console.print()
    for remark in found.remarks:
        console.print(Text.assemble((str(remark), "dim")))
    for line in first_of_each_cause(found.warnings):
        console.print(Text(line, "yellow"))
    for line in first_of_each_cause(found.problems):
        where, colon, sentence = line.partition(": ")
        console.print(Text.assemble((where, "bold" if colon else ""), f"{colon}{sentence}"))
    if found.figures:
        console.print(found.figures.sentences, markup=False)
    if found.runtimes:
        proved = "; ".join(runtime.words for runtime in found.runtimes)
        console.print(Text(f"The code is judged as it was proved on {proved}.", "dim"))
    console.print(_end_line(found))


def _end_line(found: CheckReport) -> Text:
    """Return the last line of a report: how many problems and warnings there are."""
    from rich.text import Text

    if found.problems:
        besides = f" and {count(len(found.warnings), 'warning')}" if found.warnings else ""
        return Text(f"{count(len(found.problems), 'problem')}{besides}.", "bold red")
    if found.warnings:
        return Text(f"{count(len(found.warnings), 'warning')}.", "bold yellow")
    return Text("Nothing is wrong.", "bold green")

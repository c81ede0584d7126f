"""`proofdeck build`: build cards, store and Anki deck from a guide."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cards.errors import NoQuestionError, ProofdeckError
from srs.cli.build.guide_file import find_guides, with_clashes
from srs.cli.making.build_wishes import BuildWishes
from srs.cli.output.wrapped_lines import wrapped_error
from srs.cli.volume import is_quiet, only_reports, tell_step
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.check.failing_block import FailingBlock
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.context import CommandContext
    from srs.cli.making.guide_build import GuideBuild


@only_reports()
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
@click.option(
    "--keep-warm", is_flag=True, help="Keep TensorFlow imported for the next commands, for ten minutes."
)
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
    keep_warm: bool,
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
    _refuse_kept(output, files)
    if adopt and is_new:
        raise click.UsageError("--adopt and --new are two answers to one question; give one.", ctx)
    wishes = BuildWishes(
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
        keep_warm=keep_warm,
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
                click.echo(wrapped_error(str(error)), err=True)
                # A page of a folder without a question is no fault.
                code = max(code, 0 if isinstance(error, NoQuestionError) else error.exit_code)
            else:
                reports.append(report)
                code = max(code, int(has_failed))
    if as_json:
        shown = reports if is_of_several else reports[0]
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    ctx.exit(code)


class _BuildCommand:
    """Builds guide after guide, with one runner for each interpreter, started when a guide needs it."""

    def __init__(self, context: CommandContext, wishes: BuildWishes, stack: ExitStack) -> None:
        self._context = context
        self._wishes = wishes
        self._stack = stack
        self._runners: dict[str | None, PlanRunner] = {}

    def build(self, file: GuideFile, named: str | None) -> tuple[dict[str, Any], bool]:
        """Build a guide and print the report; return it, and whether the command fails for it."""
        from srs.cli.build.build_record import report_if_unchanged, write_build_record

        context, wishes = self._context, self._wishes
        is_plain = not (
            wishes.is_of_whole_guide
            or wishes.type_in
            or wishes.include_failing
            or wishes.python is not None
            or file.settings.python is not None
            or file.piped is not None
        )
        strict = file.settings.strict if wishes.strict is None else wishes.strict
        known = report_if_unchanged(file, wishes.target, context, strict=strict) if is_plain else None
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
        guide_build, report = self._build_once(file, runner, strict=strict)
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

    def watch(self, file: GuideFile) -> None:
        """Build a guide whenever it is saved, until Ctrl-C."""
        from srs.cli.build.watch import watch_guide

        def build_again() -> tuple[tuple[FailingBlock, ...], dict[str, Any]]:
            # What the front matter asks for may have changed too.
            guide_build, report = self._build_once(file, self._runner_for(file), may_ask=False)
            return guide_build.failing, report

        watch_guide(file, build_again, self._context)

    def _build_once(
        self, file: GuideFile, runner: PlanRunner, *, may_ask: bool = True, strict: bool = False
    ) -> tuple[GuideBuild, dict[str, Any]]:
        from srs.cli.guard.loss_guard import LossGuard
        from srs.cli.making.build_once import build_once

        wishes = self._wishes
        # Said once: a guide that is built again and again is new at most the first time.
        self._wishes = wishes._replace(adopt=False, is_new=False)
        guard = LossGuard(wishes.yes, may_ask=may_ask)
        return build_once(file, runner, self._context, wishes, guard, strict=strict)

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
                    keep_warm=wishes.keep_warm,
                    quiet=wishes.as_json,
                )
            )
        return self._runners[interpreter]


def _refuse_kept(output: str | None, files: Sequence[GuideFile]) -> None:
    """Raise a usage error where the deck would take the place of a guide, a lock or a store."""
    if output is None:
        return
    from srs.cli.guard.kept_file import refuse_to_replace

    refuse_to_replace(Path(output), "the deck", (file.path for file in files))


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

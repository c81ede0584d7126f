"""Prove a guide under several versions, each in an environment of its own, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cards.check.incomplete_run import incomplete_runs
from cards.check.matrix import TriedVersion
from cards.environment.needed_packages import needed_packages
from cards.environment.uv_environment import UvError, environments_folder, find_environment
from cards.errors import ProofError
from cards.guide.front.front_matter import read_front_matter
from cards.program.runtime import all_in_words
from cards.program.snippet import KerasFlavour
from cards.regex import regex
from srs.cli.build.guide_environment import make_with_progress
from srs.cli.build.plan_runner import PlanRunner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.build.pipeline import BuildPlan
    from cards.check.incomplete_run import IncompleteRun
    from cards.environment.needed_packages import NeededPackages
    from cards.guide.front.front_matter import FrontMatter
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext
    from srs.cli.matrix.wanted_version import WantedVersion

_NAME = regex(r"[\w.-]+")


def prove_on(
    file: GuideFile,
    context: CommandContext,
    wanted: Sequence[WantedVersion],
    *,
    jobs: int | None,
    again: bool,
    unconfined: bool,
    quiet: bool,
) -> tuple[BuildPlan, tuple[TriedVersion, ...]]:
    """Return the guide's plan and what was seen on each version; proofs go to the lock as they come.

    A version that cannot be installed or started is told, and the others go on.
    """
    source = file.source()
    front_matter = read_front_matter(source.text, source.path).front_matter
    plan = file.plan(source, has_pictures=False)
    asks_for_keras_2 = any(
        snippet.directives.keras is KerasFlavour.KERAS_2
        for program in plan.programs
        for snippet in program.snippets
    )
    tried = []
    for each in wanted:
        needed = _needed(each, front_matter, with_keras_2=asks_for_keras_2)
        try:
            python = find_environment(needed, environments_folder()) or make_with_progress(needed, each.name)
            click.echo(f"Proving on {each.requirement} ...", err=True)
            with PlanRunner(
                context, workers=jobs, unconfined=unconfined, python=python, quiet=quiet
            ) as runner:
                tried.append(_prove(file, each, runner, again=again))
        except (UvError, ProofError) as error:
            click.echo(f"{each.requirement}: {error}", err=True)
            tried.append(TriedVersion(each.name, problem=str(error)))
    return plan, tuple(tried)


def _needed(wanted: WantedVersion, front_matter: FrontMatter, *, with_keras_2: bool) -> NeededPackages:
    """Return what an environment must have: what the guide asks for, with this version of the package."""
    others = [
        each
        for each in front_matter.requires
        if (name := _NAME.match(each)) is None or name[0].lower() != wanted.package
    ]
    keras_2 = wanted.keras_2() if with_keras_2 else ()
    return needed_packages([*others, wanted.requirement, *keras_2], front_matter.python)


def _prove(file: GuideFile, wanted: WantedVersion, runner: PlanRunner, *, again: bool) -> TriedVersion:
    plan = file.plan(file.source(), file.lock(), runner.runtimes, runner.version_of, has_pictures=False)
    verdicts = runner.prove(file, plan, again=again)
    incomplete = incomplete_runs(plan.programs, verdicts)
    for each in incomplete:
        click.echo(_incomplete_sentence(each, wanted), err=True)
    unseen = {snippet.name for each in incomplete for snippet in each.program.snippets}
    here = {
        name: verdict
        for name, verdict in verdicts.items()
        # What was seen elsewhere counts only where nothing can run.
        if verdict.runtime.without_packages in runner.runtimes and name not in unseen
    }
    runtimes = [verdict.runtime for verdict in here.values()]
    # Code without TensorFlow tells nothing more of an environment than the rest does.
    words = all_in_words([each for each in runtimes if each.tensorflow] or runtimes)
    return TriedVersion(wanted.name, "; ".join(words), here)


def _incomplete_sentence(run: IncompleteRun, wanted: WantedVersion) -> str:
    """Return the sentence for a question that an environment cannot run whole."""
    return (
        f"{run.span}: not proved on {wanted.requirement}, because {run.lacks} is not in that environment; "
        f"write `requires: [{run.lacks}]` into the guide's front matter."
    )

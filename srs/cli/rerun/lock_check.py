"""`proofdeck prove --again --check`: all code runs, what the lock says is compared, nothing is written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from cards.check.lock_difference import lock_differences
from cards.errors import Problem
from srs.cli.build.guide_file import display_path
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srs.cli.build.guide_batch import PlannedGuide
    from srs.cli.build.plan_runner import PlanRunner
    from srs.cli.build.plan_runs import PlanRuns


@dataclass(slots=True)
class LockCheck:
    """Compares guide after guide with its lock, and tells where they differ."""

    as_json: bool
    problems: list[Problem] = field(default_factory=list)
    _blocks: int = 0

    def check(self, batch: Sequence[PlannedGuide], runner: PlanRunner) -> None:
        """Run all code of some guides anew and print where a lock says something else."""
        all_runs = runner.run_all((guide.file, guide.plan) for guide in batch)
        for guide, runs in zip(batch, all_runs, strict=True):
            found = _problems(guide, runs)
            self.problems += found
            self._blocks += len(runs.ran)
            for problem in () if self.as_json else found:
                click.echo(str(problem))

    def end(self) -> None:
        """Print what it comes to."""
        if self.as_json:
            click.echo(json.dumps([each._asdict() for each in self.problems], indent=2, ensure_ascii=False))
        elif self.problems:
            differences = count(len(self.problems), "difference")
            click.echo(
                f"{differences} between lock and run; nothing was written. "
                "`proofdeck prove --again` believes the run."
            )
        else:
            blocks = count(self._blocks, "block")
            click.echo(f"{blocks} run anew: the lock says of each what was seen. Nothing was written.")


def _problems(guide: PlannedGuide, runs: PlanRuns) -> tuple[Problem, ...]:
    """Return where a guide's lock says something else than its run."""
    shown = display_path(guide.file.lock_path)
    if guide.before is None:
        return (Problem(shown, 0, "there is no lock to compare with; run `proofdeck build`."),)
    not_run = {program.name for program in guide.plan.programs} - {each.name for each in runs.plan.to_run}
    plan = guide.plan
    found = lock_differences(
        guide.before, plan.programs, plan.drafts, runs.ran, runs.measured, runs.displayed
    )
    if not not_run:
        return found
    questions = count(len(not_run), "question")
    sentence = f"the code of {questions} needs TensorFlow, which is not installed here: it was not compared."
    return (*found, Problem(guide.file.shown, 0, sentence))

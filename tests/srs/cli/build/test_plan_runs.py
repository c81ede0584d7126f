from __future__ import annotations

from typing import TYPE_CHECKING

from cards.build.pipeline import plan_build
from cards.lock.lock import parse_lock_lines
from cards.program.runtime import Runtime
from cards.program.verdict import Outcome
from srs.cli.build.guide_file import GuideFile
from srs.cli.build.plan_runs import LockSaver, PlanRuns
from tests.builders.verdict import verdict, verdicts_of

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "# Sums\n\n### Q1. What is a sum?\n\n```python\nprint(1)\n```\n\n```python\nprint(2)\n```\n"


def runs_in(folder: Path) -> PlanRuns:
    path = folder / "sums.md"
    guide = GuideFile(path, "sums.md", path.with_suffix(".lock"))
    return PlanRuns(guide, plan_build(TEXT, "sums.md", None, frozenset()))


def kept(runs: PlanRuns) -> list[str]:
    lines = runs.guide.lock_path.read_text("utf-8").split("\n")
    return [str(proof.snippet) for proof in parse_lock_lines(lines, "sums.lock").proofs.verdicts]


def test_the_first_verdict_is_in_the_lock_at_once_and_the_next_ones_seconds_later(tmp_path: Path) -> None:
    runs, saver = runs_in(tmp_path), LockSaver()
    for program in runs.plan.to_run:
        for snippet in program.snippets:
            runs.ran.append(verdict(snippet.name))
            saver.add(runs)
            assert kept(runs) == ["what-is-a-sum#1"]
    saver.save()
    assert kept(runs) == ["what-is-a-sum#1", "what-is-a-sum#2"]


def test_a_run_without_a_package_of_the_question_is_kept_only_where_nothing_better_is_to_be_had(
    tmp_path: Path,
) -> None:
    text = f"{TEXT}\n```python\nimport seaborn\n```\n\n### Q2. What is one?\n\n```python\nprint(1)\n```\n"
    for keeps, names in (
        (True, ["what-is-a-sum#1", "what-is-a-sum#2", "what-is-a-sum#3", "what-is-one#1"]),
        (False, ["what-is-one#1"]),
    ):
        (tmp_path / str(keeps)).mkdir()
        runs = runs_in(tmp_path / str(keeps))
        runs.plan = plan_build(text, "sums.md", None, frozenset())
        runs.keeps_incomplete = keeps
        lacking = Runtime("3.11", packages=(("seaborn", ""),))
        runs.ran += verdicts_of(runs.plan.programs, lacking, outcomes={"what-is-a-sum#3": Outcome.NEEDS})
        runs.save()
        assert kept(runs) == names

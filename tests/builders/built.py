"""Builds of a guide, as a command makes them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cards.build.pipeline import finish_build, plan_build
from tests.builders.lock import parse_lock
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.build.pipeline import BuildResult
    from cards.lock.lock import Lock
    from cards.program.verdict import Outcome


def built(
    text: str,
    before: BuildResult | None = None,
    now: int = 1000,
    *,
    outcomes: Mapping[str, Outcome] = MappingProxyType({}),
    include_failing: bool = False,
) -> BuildResult:
    """Return what a build makes where TensorFlow is installed; code passes unless `outcomes` says else."""
    plan = plan_build(text, "guide.md", lock_of(before) if before else None, frozenset({HERE}))
    return finish_build(
        plan, verdicts_of(plan.to_run, outcomes=outcomes), now, include_failing=include_failing
    )


def lock_of(result: BuildResult) -> Lock:
    """Return the lock that a build wrote."""
    return parse_lock(result.lock, "guide.lock")

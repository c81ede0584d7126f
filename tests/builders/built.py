"""Builds of a guide, as a command makes them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cards.build.pipeline import finish_build, plan_build
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.build.pipeline import BuildResult
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
    made = plan_build(text, "guide.md", before.lock if before else None, frozenset({HERE}))
    return finish_build(
        made, verdicts_of(made.to_run, outcomes=outcomes), now, include_failing=include_failing
    )

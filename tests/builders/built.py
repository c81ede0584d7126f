"""Builds of a guide, as a command makes them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cards.build.pipeline import finish, plan
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.build.pipeline import Built
    from cards.program.verdict import Outcome


def built(
    text: str,
    before: Built | None = None,
    now: int = 1000,
    *,
    outcomes: Mapping[str, Outcome] = MappingProxyType({}),
    include_failing: bool = False,
) -> Built:
    """Return what a build makes where TensorFlow is installed; code passes unless `outcomes` says else."""
    made = plan(text, "guide.md", before.lock if before else None, frozenset({HERE}))
    return finish(made, verdicts_of(made.to_run, outcomes=outcomes), now, include_failing=include_failing)

"""Builds of a guide, as a command makes them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cards.build.held_card import NOTHING_AWAITED, AwaitedCards
from cards.build.pipeline import display_requests, finish_build, plan_build
from cards.program.displayed_code import DisplayedVerdict
from tests.builders.lock import parse_lock
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.exercise.measurement import SnippetMeasurement
    from cards.lock.lock import Lock
    from cards.program.verdict import Outcome, Verdict


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
    return finished(plan, verdicts_of(plan.to_run, outcomes=outcomes), now, include_failing=include_failing)


def finished(
    plan: BuildPlan,
    ran: Sequence[Verdict],
    now: int,
    measured: Iterable[SnippetMeasurement] = (),
    *,
    faults: Mapping[str, str] = MappingProxyType({}),
    include_failing: bool = False,
    awaited: AwaitedCards = NOTHING_AWAITED,
) -> BuildResult:
    """Return a finished build; displayed code does what its card says unless `faults` says else, by key."""
    found = tuple(measured)
    displayed = displays_of(plan, ran, found, faults)
    return finish_build(plan, ran, now, found, displayed, include_failing=include_failing, awaited=awaited)


def displays_of(
    plan: BuildPlan,
    ran: Sequence[Verdict],
    measured: Iterable[SnippetMeasurement] = (),
    faults: Mapping[str, str] = MappingProxyType({}),
) -> tuple[DisplayedVerdict, ...]:
    """Return what runs of displayed code end in: all as their cards say, except those that `faults` names."""
    return tuple(
        DisplayedVerdict(card.card, card.key, faults.get(card.card, ""))
        for request in display_requests(plan, ran, measured)
        for card in request.cards
    )


def lock_of(result: BuildResult) -> Lock:
    """Return the lock that a build wrote."""
    return parse_lock(result.lock, "guide.lock")

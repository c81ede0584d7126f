"""Several guides, planned one after the other and proved in batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from cards.errors import NoQuestionError, ProofdeckError
from srs.cli.output.wrapped_lines import wrapped_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cards.build.pipeline import BuildPlan
    from cards.lock.lock import Lock
    from srs.cli.build.guide_file import GuideFile

PROGRAMS_AT_ONCE = 5000
"""Enough that many workers seldom wait for the last of them; few enough that what was seen fits in memory."""


@dataclass(frozen=True, slots=True)
class PlannedGuide:
    """A guide that was read, and what has to run of it."""

    file: GuideFile
    before: Lock | None
    """The lock as it was found."""
    plan: BuildPlan


class GuideBatches:
    """Reads guides one after the other and remembers whether one could not be read."""

    def __init__(self, named: Sequence[str], *, is_of_several: bool) -> None:
        self._named = frozenset(named)
        self._is_of_several = is_of_several
        self._has_found = False
        self.has_failed = False

    def batches(
        self, files: Iterable[GuideFile], plan_of: Callable[[GuideFile, Lock | None], BuildPlan]
    ) -> Iterator[list[PlannedGuide]]:
        """Yield the guides, so many together that their programs keep many workers busy.

        One of several that cannot be read is told and passed over, and so is, silently, a page of a folder
        that has no question.
        """
        for batch in _batches(self._planned(files, plan_of)):
            self._has_found = True
            yield batch

    def pass_over(self, error: ProofdeckError) -> None:
        """Tell why one of several guides is passed over; raises the error where it is the only one."""
        if not self._is_of_several:
            raise error
        click.echo(wrapped_error(str(error)), err=True)
        self.has_failed = True

    def require_guide(self) -> None:
        """Raise ProofdeckError where there was no guide at all."""
        if not self._has_found and not self.has_failed:
            raise ProofdeckError(
                f"{' '.join(sorted(self._named))}: no guide; no file there has a question "
                "such as `### Q1. What is ...?`."
            )

    def _planned(
        self, files: Iterable[GuideFile], plan_of: Callable[[GuideFile, Lock | None], BuildPlan]
    ) -> Iterator[PlannedGuide]:
        for file in files:
            try:
                before = file.lock()
                yield PlannedGuide(file, before, plan_of(file, before))
            except ProofdeckError as error:
                is_page = isinstance(error, NoQuestionError) and file.shown not in self._named
                if not (self._is_of_several and is_page):
                    self.pass_over(error)


def _batches(guides: Iterable[PlannedGuide]) -> Iterator[list[PlannedGuide]]:
    batch: list[PlannedGuide] = []
    programs = 0
    for guide in guides:
        batch.append(guide)
        programs += len(guide.plan.to_run)
        if programs >= PROGRAMS_AT_ONCE:
            yield batch
            batch, programs = [], 0
    if batch:
        yield batch

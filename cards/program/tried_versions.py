"""The versions of TensorFlow that a piece of code was tried on, and since when it holds or fails."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.program.release import release

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cards.program.verdict import Verdict


@dataclass(frozen=True, slots=True)
class TriedVersions:
    """Whether code holds on each version of TensorFlow that it was tried on, the oldest first."""

    holds: tuple[tuple[str, bool], ...]

    @classmethod
    def of(cls, snippets: Iterable[Sequence[Verdict]]) -> TriedVersions:
        """Return the versions under which each of some snippets has verdicts, and whether all hold there.

        A snippet holds on a version where it does with any Python that was tried.
        """
        seen = [_outcomes(verdicts) for verdicts in snippets]
        versions = set(seen[0]).intersection(*seen[1:]) if seen else set()
        in_order = sorted(versions, key=lambda version: (release(version), version))
        return cls(tuple((version, all(each[version] for each in seen)) for version in in_order))

    @property
    def newest_holding(self) -> str:
        """The newest version on which it holds; empty where there is none."""
        return next((version for version, holds in reversed(self.holds) if holds), "")

    def same_since(self, version: str) -> str:
        """Return the oldest version since which it does what it does on this one, none between that differs.

        Empty for a version that it was not tried on.
        """
        since, wanted = "", None
        for each, holds in reversed(self.holds):
            if each == version:
                wanted = holds
            if wanted is not None and holds is not wanted:
                break
            since = each if wanted is not None else ""
        return since

    def held_before(self, version: str) -> bool:
        """Tell whether it holds on a version older than this one."""
        versions = [each for each, _ in self.holds]
        older = self.holds[: versions.index(version)] if version in versions else ()
        return any(holds for _, holds in older)


def _outcomes(verdicts: Sequence[Verdict]) -> dict[str, bool]:
    found: dict[str, bool] = defaultdict(bool)
    for verdict in verdicts:
        found[verdict.runtime.tensorflow] |= verdict.outcome.holds
    return found

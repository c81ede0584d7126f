"""Compare verdicts from before and after a change of TensorFlow, Keras or Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.program.qualifier import QualifierKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """A snippet whose verdict differs under the new versions, and how."""

    snippet: SnippetName
    sentence: str


def version_differences(
    before: Iterable[Verdict], after: Mapping[SnippetName, Verdict]
) -> tuple[VersionDifference, ...]:
    """Return what newly fails, prints something else or newly warns since the versions changed."""
    news = []
    for old in before:
        new = after.get(old.snippet)
        if new is None or new.runtime == old.runtime:
            continue
        since = f"since {_versions(old.runtime)}"
        if old.outcome.holds and not new.outcome.holds:
            news.append(VersionDifference(old.snippet, f"{new.outcome.value} {since}: {new.sentence}"))
        elif old.output != new.output:
            news.append(
                VersionDifference(
                    old.snippet, f"prints something else {since}: {_first_difference(old, new)}"
                )
            )
        news += [
            VersionDifference(old.snippet, f"newly warns {since}: {qualifier}")
            for qualifier in new.qualifiers
            if qualifier.kind is QualifierKind.WARNING and not _warned_before(qualifier.text, old)
        ]
    return tuple(news)


def _warned_before(text: str, old: Verdict) -> bool:
    """Tell whether a verdict has the same warning in any line; an old lock may have its category alone."""
    return any(
        each.text in {text, text.partition(":")[0]}
        for each in old.qualifiers
        if each.kind is QualifierKind.WARNING
    )


def _versions(runtime: Runtime) -> str:
    return runtime.words.replace(" · ", ", ")


def _first_difference(old: Verdict, new: Verdict) -> str:
    ours, theirs = old.output.split("\n"), new.output.split("\n")
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            return f"{one.strip()!r} became {other.strip()!r}"
    return f"{len(ours)} lines became {len(theirs)}"

"""Compare verdicts from before and after a change of TensorFlow, Keras, Python or a package."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from cards.program.qualifier import QualifierKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cards.lock.proofs import Proofs
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict

_MOST_LINES = 3
"""So many lines of an output that differs are quoted."""
_MOST_CHARACTERS = 60
_CHARACTERS_BEFORE = 12
"""So much of a long line is quoted before the place where it differs."""


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """A snippet whose verdict differs under the new versions, and how."""

    snippet: SnippetName
    sentence: str


def earlier_verdicts(
    proofs: Proofs, after: Mapping[SnippetName, Verdict], name: str = ""
) -> tuple[Verdict, ...]:
    """Return the verdict to compare each new one with: that of the newest other runtime.

    With the name of a runtime it is one of those that the name means.
    """
    found = (
        next(
            (
                old
                for old in proofs.by_snippet.get(snippet, ())
                if old.runtime != new.runtime and (not name or old.runtime.is_named(name))
            ),
            None,
        )
        for snippet, new in after.items()
    )
    return tuple(old for old in found if old is not None)


def version_differences(
    before: Iterable[Verdict], after: Mapping[SnippetName, Verdict]
) -> tuple[VersionDifference, ...]:
    """Return what newly fails, holds now, prints something else or newly warns since the versions changed."""
    return tuple(
        VersionDifference(old.snippet, sentence)
        for old in before
        if (new := after.get(old.snippet)) is not None and new.runtime != old.runtime
        for sentence in _differences(old, new, f"since {_changed_versions(old.runtime, new.runtime)}")
    )


def changes_between(old: Verdict, new: Verdict) -> tuple[str, ...]:
    """Return how a verdict differs from an older one: a failure, a recovery, other output, a new warning."""
    return tuple(" ".join(sentence.split()) for sentence in _differences(old, new, ""))


def _differences(old: Verdict, new: Verdict, since: str) -> Iterator[str]:
    since = f" {since}" if since else ""
    if old.outcome.holds and not new.outcome.holds:
        yield f"{new.outcome.value}{since}: {new.sentence}"
    elif new.outcome.holds and not old.outcome.holds:
        yield f"holds now{since and ','}{since}; it did not before: {old.error or old.outcome.value}"
    elif old.output != new.output:
        yield f"prints something else{since}: {_changed_lines(old.output, new.output)}"
    for qualifier in new.qualifiers:
        if qualifier.kind is QualifierKind.WARNING and not _warned_before(qualifier.text, old):
            yield f"newly warns{since}: {qualifier}"


def _warned_before(text: str, old: Verdict) -> bool:
    """Tell whether a verdict has the same warning in any line; an old lock may have its category alone."""
    return any(
        each.text in {text, text.partition(":")[0]}
        for each in old.qualifiers
        if each.kind is QualifierKind.WARNING
    )


def _changed_versions(old: Runtime, new: Runtime) -> str:
    """Return the old versions in words: of what the code imports where nothing else changed."""
    if old.without_packages != new.without_packages:
        return old.words.replace(" · ", ", ")
    return ", ".join(
        f"{name} {version}" for name, version in old.packages if (name, version) not in new.packages
    )


def _changed_lines(old: str, new: str) -> str:
    """Return the lines of an output that differ, the first of them in full where they are short."""
    ours, theirs = old.split("\n"), new.split("\n")
    changes = [
        words
        for tag, first, last, start, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        if tag != "equal"
        for words in _line_changes(ours[first:last], theirs[start:end])
    ]
    left = len(changes) - _MOST_LINES
    more = f"; and {left} more {'line' if left == 1 else 'lines'}" if left > 0 else ""
    return "; ".join(changes[:_MOST_LINES]) + more


def _line_changes(ours: list[str], theirs: list[str]) -> Iterator[str]:
    for one, other in zip_longest(ours, theirs):
        if one is None:
            yield f"{_shorten(other)} is new"
        elif other is None:
            yield f"{_shorten(one)} is gone"
        else:
            pairs = enumerate(zip_longest(one, other))
            place = next((number for number, (here, there) in pairs if here != there), 0)
            yield f"{_shorten(one, place)} became {_shorten(other, place)}"


def _shorten(line: str, place: int = 0) -> str:
    """Return a line as it is quoted: a long one from just before the place where it differs."""
    if len(line) <= _MOST_CHARACTERS:
        return repr(line)
    start = max(0, min(place - _CHARACTERS_BEFORE, len(line) - _MOST_CHARACTERS))
    cut = line[start : start + _MOST_CHARACTERS]
    return repr(f"{'…' if start else ''}{cut}{'…' if start + len(cut) < len(line) else ''}")

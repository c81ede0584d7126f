"""Take over what a lock saw of code whose snippet is called otherwise now.

A snippet is named after its question, so a reworded heading names it anew, and so does a question that now
follows another one of its name. The keys know the code alone: what has an equal key was seen of this code.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.exercise.measurement import valid_keys
from cards.lock.proofs import Proofs
from cards.program.proof_key import proof_key
from cards.program.qualifier import QualifierKind
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cards.exercise.measurement import SnippetMeasurement
    from cards.lock.lock import Lock
    from cards.program.program import Program
    from cards.program.proof_key import ProofKey
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict

_SLUG = regex(r"[^:#()]+(?=[:#])")
"""A slug in a snippet's name; what is in brackets is none."""

_NAMES_A_PLACE = frozenset(
    {
        QualifierKind.STAND_INS_DECIDE_OUTPUT,
        QualifierKind.CONSEQUENCE,
        QualifierKind.EARLIER_FAILURE,
        QualifierKind.OTHER,
    }
)
"""Qualifiers whose text names lines or snippets, or may."""


def take_over_renamed(lock: Lock, valid: Proofs, programs: Sequence[Program]) -> Lock:
    """Return the lock with what it saw of renamed snippets under their new names too.

    `valid` are its proofs that are valid for the programs as they are named now. What no longer holds under
    its old name is taken over by each snippet that has none. A proof that names a line or a snippet is not:
    its code runs again, so that no text says where code once stood.
    """
    if len(valid.verdicts) == len(lock.proofs.verdicts):
        return lock
    left = _MovableProofs.of(set(lock.proofs.verdicts).difference(valid.verdicts))
    measured = {(each.snippet, each.key): each for each in lock.measured}
    verdicts: dict[tuple[SnippetName, Runtime], Verdict] = {}
    measurements: dict[SnippetName, SnippetMeasurement] = {}
    for program in programs:
        for position, snippet in enumerate(program.snippets):
            if snippet.name in valid.by_snippet:
                continue
            for old in left.of_snippet(program, position):
                verdicts.setdefault((snippet.name, old.runtime), replace(old, snippet=snippet.name))
                for key in valid_keys(program, position, old.runtime):
                    if known := measured.get((old.snippet, key)):
                        measurements.setdefault(snippet.name, replace(known, snippet=snippet.name))
    if not verdicts:
        return lock
    return replace(
        lock,
        proofs=Proofs((*lock.proofs.verdicts, *verdicts.values())),
        measured=(*lock.measured, *measurements.values()),
    )


@dataclass(frozen=True, slots=True)
class _MovableProofs:
    """Proofs that no snippet of their name has any more, and that say nothing of their place."""

    by_key: Mapping[ProofKey, Sequence[Verdict]]
    runtimes: Sequence[Runtime]
    """The newest TensorFlow first."""

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> _MovableProofs:
        by_key: dict[ProofKey, list[Verdict]] = defaultdict(list)
        for verdict in sorted(verdicts, key=lambda each: each.snippet):
            if not _names_a_place(verdict):
                by_key[verdict.key].append(verdict)
        runtimes = {each.runtime for known in by_key.values() for each in known}
        return cls(by_key, sorted(runtimes, key=lambda each: (each.order, each.packages), reverse=True))

    def of_snippet(self, program: Program, position: int) -> Iterator[Verdict]:
        """Yield the proofs of a snippet's code, of a name that differs in nothing but slugs."""
        place = _place_of(program.snippets[position].name)
        for runtime in self.runtimes:
            for verdict in self.by_key.get(proof_key(program, position, runtime), ()):
                if verdict.runtime == runtime and _place_of(verdict.snippet) == place:
                    yield verdict


def _place_of(name: SnippetName) -> str:
    """Return a snippet's name without its slugs: which block it is, and whether it is borrowed."""
    return _SLUG.sub("", name)


def _names_a_place(verdict: Verdict) -> bool:
    """Tell whether a verdict says in which line of the guide or in which question something stands."""
    if verdict.line or any(each.line or each.kind in _NAMES_A_PLACE for each in verdict.qualifiers):
        return True
    said = "\n".join((verdict.sentence, verdict.correction, *map(str, verdict.qualifiers)))
    return any(f"{slug}{mark}" in said for slug in _SLUG.findall(verdict.snippet) for mark in "#:")

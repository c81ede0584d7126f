"""The proofs that a lock remembers, of every runtime they were made under."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cards.program.proof_key import proof_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict


@dataclass(frozen=True)
class Proofs:
    """Verdicts of many runtimes side by side: one for each snippet and runtime, in the guide's order."""

    verdicts: tuple[Verdict, ...] = ()

    @cached_property
    def by_snippet(self) -> Mapping[SnippetName, tuple[Verdict, ...]]:
        """The verdicts on each snippet, of the newest TensorFlow first."""
        found: dict[SnippetName, list[Verdict]] = defaultdict(list)
        for verdict in self.verdicts:
            found[verdict.snippet].append(verdict)
        return {
            name: tuple(sorted(each, key=lambda one: one.runtime.order, reverse=True))
            for name, each in found.items()
        }

    @cached_property
    def runtimes(self) -> tuple[Runtime, ...]:
        """The runtimes without packages, the newest TensorFlow first."""
        found = {verdict.runtime.without_packages for verdict in self.verdicts}
        return tuple(sorted(found, key=lambda each: each.order, reverse=True))

    def find(self, snippet: SnippetName, runtime: Runtime) -> Verdict | None:
        """Return the verdict on a snippet under exactly this runtime, packages and all."""
        known = self.by_snippet.get(snippet, ())
        return next((verdict for verdict in known if verdict.runtime == runtime), None)

    def under(self, runtimes: Container[Runtime]) -> Proofs:
        """Return the proofs of some runtimes as they are listed, whatever packages the code imports."""
        return Proofs(tuple(one for one in self.verdicts if one.runtime.without_packages in runtimes))

    def add(self, new: Iterable[Verdict], order: Sequence[SnippetName] = ()) -> Proofs:
        """Return these proofs with new ones; what was proved under other runtimes stays.

        One that only repeats an old one keeps it, so that a second run of the same code changes no date, no
        card and no line of the lock. `order` is the guide's; snippets that it lacks come last.
        """
        known = {(verdict.snippet, verdict.runtime): verdict for verdict in self.verdicts}
        for verdict in new:
            name = (verdict.snippet, verdict.runtime)
            known[name] = _merge_proof(known.get(name), verdict)
        if not order:
            return Proofs(tuple(known.values()))
        places = {name: place for place, name in enumerate(order)}
        return Proofs(tuple(sorted(known.values(), key=lambda one: places.get(one.snippet, len(places)))))

    def forget(self, name: str) -> Proofs:
        """Return the proofs of all runtimes but those that a person's name means."""
        return Proofs(tuple(verdict for verdict in self.verdicts if not verdict.runtime.is_named(name)))

    def named(self, name: str) -> tuple[Runtime, ...]:
        """Return the runtimes that a person's name means, without packages, the newest TensorFlow first."""
        return Proofs(tuple(verdict for verdict in self.verdicts if verdict.runtime.is_named(name))).runtimes

    def valid_for(self, programs: Iterable[Program]) -> Proofs:
        """Return the proofs of the code as it is in the guide now, in the guide's order."""
        return Proofs(tuple(verdict for program in programs for verdict in self._valid_of(program)))

    def _valid_of(self, program: Program) -> Iterator[Verdict]:
        for position, snippet in enumerate(program.snippets):
            if known := self.by_snippet.get(snippet.name):
                valid = {
                    one.runtime: one for one in known if one.key == proof_key(program, position, one.runtime)
                }
                yield from valid.values()


def _merge_proof(old: Verdict | None, new: Verdict) -> Verdict:
    if old is None or (old.outcome, old.output) != (new.outcome, new.output):
        return new
    if old.key == new.key and old.confinement == new.confinement:
        # What it says besides is what was seen last: an old line may be somebody's invention.
        new = replace(new, seconds=old.seconds)
    return replace(new, proved_on=old.proved_on)

"""Find what an environment lacks of the programs that run in it, and which proofs are none for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.program.packages import packages_of
from cards.program.release import release
from cards.program.requirement import parse_package_requirement
from cards.program.snippet import KerasFlavour
from cards.program.verdict import Outcome
from cards.python.distribution import distribution_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cards.program.program import Program
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict
    from cards.span import Span

_KERAS_2 = 2


class IncompleteRun(NamedTuple):
    """A program that was run without what one of its blocks needs, so perhaps under another Keras too."""

    program: Program
    span: Span
    """The lines of the first such block."""
    lacks: str
    """The package that is not there; pip knows it by this name."""


def incomplete_runs(
    programs: Iterable[Program], verdicts: Mapping[SnippetName, Verdict]
) -> tuple[IncompleteRun, ...]:
    """Return the programs with a block that failed for want of a package or of its Keras."""
    found = []
    for program in programs:
        for snippet in program.snippets:
            verdict = verdicts.get(snippet.name)
            if verdict is not None and (lacks := _lacking_package(snippet, verdict)):
                found.append(IncompleteRun(program, snippet.span, lacks))
                break
    return tuple(found)


def complete_proofs(programs: Iterable[Program], verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that are proofs of the code: those of programs that were run whole."""
    verdicts = tuple(verdicts)
    incomplete = incomplete_runs(programs, {each.snippet: each for each in verdicts})
    names = {snippet.name for each in incomplete for snippet in each.program.snippets}
    return tuple(each for each in verdicts if each.snippet not in names)


def _lacking_package(snippet: Snippet, verdict: Verdict) -> str:
    """Return the package that a block needs and did not have; empty where it ended otherwise."""
    if verdict.outcome is not Outcome.NEEDS:
        return ""
    versions = dict(verdict.runtime.packages)
    for required in snippet.directives.requires:
        package = parse_package_requirement(required)
        if package and not package.is_met_by(versions.get(package.name, "")):
            return f"{_pip_name(package.name)}{package.versions}"
    for name in packages_of((snippet,)):
        if not versions.get(name):
            return _pip_name(name)
    if snippet.directives.keras is KerasFlavour.KERAS_2 and release(verdict.runtime.keras)[:1] != (_KERAS_2,):
        return "tf-keras"
    return ""


def _pip_name(package: str) -> str:
    return package if "." in package else distribution_of(package)

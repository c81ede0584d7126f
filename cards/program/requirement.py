"""A package that a block requires, by name and, where the author says so, by version."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING

from cards.program.release import release
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cards.program.snippet import Snippet

_CLAUSE = r"(?:>=|<=|==|!=|>|<)[0-9]+(?:\.[0-9]+)*"
_PACKAGE = regex(
    rf"package:(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?P<versions>{_CLAUSE}(?:,{_CLAUSE})*)?"
)
_COMPARISONS = {">=": ge, "<=": le, "==": eq, "!=": ne, ">": gt, "<": lt}


@dataclass(frozen=True, slots=True)
class PackageRequirement:
    """A package that must be there for a block to run."""

    name: str
    """As pip knows it or as code imports it."""
    versions: str = ""
    """Which versions will do: `>=2,<3`; empty for any."""

    def is_met_by(self, installed: str) -> bool:
        """Tell whether the installed version will do; one that is not a number will."""
        ours = release(installed)
        return bool(installed) and (not ours or all(_holds(ours, each) for each in self._clauses()))

    def _clauses(self) -> Iterator[tuple[str, str]]:
        for clause in filter(None, self.versions.split(",")):
            number = clause.lstrip("<>=!")
            yield clause.removesuffix(number), number


def parse_package_requirement(requirement: str) -> PackageRequirement | None:
    """Return the package of `package:NAME`, with versions or without; None for another requirement."""
    match = _PACKAGE.fullmatch(requirement)
    return PackageRequirement(match["name"], match["versions"] or "") if match else None


def required_packages(snippets: Iterable[Snippet]) -> frozenset[str]:
    """Return the names of the packages that the snippets require."""
    wanted = (parse_package_requirement(each) for one in snippets for each in one.directives.requires)
    return frozenset(package.name for package in wanted if package)


def _holds(ours: tuple[int, ...], clause: tuple[str, str]) -> bool:
    """Compare releases number by number, a missing number being 0: 2.0 is 2."""
    comparison, number = clause
    pairs = list(zip_longest(ours, release(number), fillvalue=0))
    return bool(_COMPARISONS[comparison]([one for one, _ in pairs], [other for _, other in pairs]))

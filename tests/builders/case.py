"""Cases in Markdown: a heading names the case, one fence goes in, one fence comes out.

A file may say anything between its cases. The first fence below a `##` heading is what goes in; the
second, whose language is `text`, is what must come out. `pytest --rewrite` writes the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

_FENCE = re.compile(r"(?P<marks>`{3,})(?P<language>[a-z]*)\s*\Z")


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a file."""

    path: Path
    name: str
    given: str
    expected: str | None
    """None where the file does not say it."""
    language: str = ""
    """That of the fence that goes in."""

    def __str__(self) -> str:
        return f"{self.path.stem}: {self.name}"


@dataclass(frozen=True, slots=True)
class _Fence:
    language: str
    text: str
    first: int
    """The line of its opening marks, from 0."""
    last: int


def cases_in(folder: Path) -> tuple[Case, ...]:
    """Return all cases of a folder's files.

    Raises ValueError for a file that breaks the form or has no case, and for a folder without files.
    """
    cases = {path: tuple(read_cases(path)) for path in sorted(folder.glob("*.md"))}
    if not cases or not all(cases.values()):
        raise ValueError(f"{folder} has no cases, or a file of it has none")
    return tuple(case for some in cases.values() for case in some)


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    names: set[str] = set()
    for name, start, end in _headings(lines):
        fences = list(_fences(lines, start, end))
        if name in names:
            raise ValueError(f"{path}:{start}: the case {name!r} stands twice")
        if not 1 <= len(fences) <= 2 or [fence.language for fence in fences][1:] not in ([], ["text"]):
            raise ValueError(
                f"{path}:{start}: the case {name!r} must have one fence in and one `text` fence out"
            )
        names.add(name)
        yield Case(
            path, name, fences[0].text, fences[1].text if len(fences) == 2 else None, fences[0].language
        )


def held_to(case: Case, actual: str, request: pytest.FixtureRequest) -> None:
    """Assert that a case came out as its file says; with `--rewrite` write what came out instead."""
    if request.config.getoption("--rewrite"):
        rewrite(case, actual)
    else:
        assert case.expected is not None, "the case has no expectation; run pytest --rewrite and read it"
        assert actual == case.expected


def rewrite(case: Case, actual: str) -> None:
    """Put what came out into the case's file."""
    lines = case.path.read_text(encoding="utf-8").split("\n")
    for name, start, end in _headings(lines):
        if name == case.name:
            given, *rest = _fences(lines, start, end)
            marks = "`" * max(3, 1 + max(map(len, re.findall("`+", actual)), default=0))
            written = [f"{marks}text", *actual.split("\n"), marks]
            if rest:
                lines[rest[0].first : rest[0].last + 1] = written
            else:
                lines[given.last + 1 : given.last + 1] = ["", *written]
            break
    case.path.write_text("\n".join(lines), encoding="utf-8")


def _headings(lines: list[str]) -> list[tuple[str, int, int]]:
    """Return each case's name, and the places of its first line and of the one after its last."""
    inside = {
        place for fence in _fences(lines, 0, len(lines)) for place in range(fence.first, fence.last + 1)
    }
    starts = [place for place, line in enumerate(lines) if line.startswith("## ") and place not in inside]
    ends = [*starts[1:], len(lines)]
    return [(lines[start][3:].strip(), start, end) for start, end in zip(starts, ends, strict=True)]


def _fences(lines: list[str], start: int, end: int) -> Iterator[_Fence]:
    place = start
    while place < end:
        if opening := _FENCE.match(lines[place]):
            closing = next(
                (later for later in range(place + 1, end) if lines[later].rstrip() == opening["marks"]), None
            )
            if closing is None:
                raise ValueError(f"line {place + 1}: this fence is never closed")
            text = "\n".join(lines[place + 1 : closing])
            yield _Fence(opening["language"], text, place, closing)
            place = closing
        place += 1

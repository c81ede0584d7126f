from __future__ import annotations

from collections.abc import Callable

from cards.program.program import Program
from cards.program.snippet import RunDirectives, Snippet, SnippetName, SnippetRole
from cards.program.verdict import Verdict
from cards.span import Span

Prove = Callable[..., tuple[Verdict, ...]]
"""What the fixture `prove` is: parts of a program in, their verdicts out."""

TODAY = "2026-02-03"
PLAIN = RunDirectives()


def snippet(
    source: str,
    directives: RunDirectives = PLAIN,
    *,
    role: SnippetRole = SnippetRole.SHOWN,
    stated: str | None = None,
    first: int = 101,
    name: str = "question#1",
) -> Snippet:
    span = Span("guide.md", first, first + source.count("\n"))
    return Snippet(SnippetName(name), source, role, directives, stated, span)


def program(
    *parts: str | Snippet, name: str = "question", files: tuple[tuple[str, str], ...] = ()
) -> Program:
    snippets = tuple(
        part if isinstance(part, Snippet) else snippet(part, first=100 * n + 1, name=f"{name}#{n}")
        for n, part in enumerate(parts, 1)
    )
    return Program(name, snippets, files)

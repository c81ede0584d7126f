"""Put text into a gap, and find the sources that a typed answer may mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.exercise.gap import Gap, GapKind
from cards.program.checks import end_of_checks
from cards.regex import regex

if TYPE_CHECKING:
    from cards.program.program import Program


def fill_gap(source: str, gap: Gap, text: str) -> str:
    """Return the source with the text in the gap; further lines of it keep the line's indentation."""
    lines = source.split("\n")
    line = lines[gap.line - 1]
    indent = line[: len(line) - len(line.lstrip())]
    text = text.replace("\n", f"\n{indent}")
    lines[gap.line - 1] = line[: gap.start] + text + line[gap.end :]
    return "\n".join(lines)


def possible_sources(source: str, gap: Gap, typed: str) -> tuple[str, ...]:
    """Return the sources that a typed answer may mean, the likeliest first.

    People type what stands in the gap, the gap with the `.` or `@` before it, an argument without its name,
    the whole line, or another line for it.
    """
    line = source.split("\n")[gap.line - 1]
    before, after = line[: gap.start], line[gap.end :]
    typed = typed.strip("\n").rstrip()
    text = typed.strip()
    if before.endswith((".", "@")):
        text = text[_repeated_length(text, before) :]
    name = gap.text.partition("=")[0] if gap.sort is GapKind.ARGUMENT else ""
    is_named = bool(name) and text.startswith(name)
    whole = fill_gap(source, replace(gap, start=0, end=len(line)), _indent_like(text, line))
    found = [fill_gap(source, gap, text)]
    if _repeats_line(text, before, after) or _starts_like_line(text, line):
        found.insert(1 if is_named else 0, whole)
    if name and not is_named:
        found.append(fill_gap(source, gap, f"{name}={text}"))
    return tuple(dict.fromkeys(found))


_LINE_START = regex(r"\s*(?:return\b|with\b|[\w.]+(?:\s*,\s*[\w.]+)*\s*=(?!=))")
"""How a line begins that nobody means as a piece of itself."""


def _repeated_length(text: str, before: str) -> int:
    """Return how many characters before the gap were typed too: `.`, `tape.`, `@`."""
    return max((size for size in range(1, len(before) + 1) if text.startswith(before[-size:])), default=0)


def _starts_like_line(text: str, line: str) -> bool:
    """Tell whether another line was typed for the whole one: `total = ...`, `return ...`."""
    head = _LINE_START.match(line)
    return head is not None and "".join(text.split()).startswith("".join(head[0].split()))


def _repeats_line(text: str, before: str, after: str) -> bool:
    """Tell whether what stands around the gap was typed too."""
    typed = "".join(text.split())
    expected = "".join(before.split())
    return (
        len(expected) > 1
        and typed.startswith(expected)
        and typed.endswith("".join(after.split("#", maxsplit=1)[0].split()))
    )


def _indent_like(text: str, line: str) -> str:
    return line[: len(line) - len(line.lstrip())] + text


def with_source(program: Program, position: int, source: str) -> Program:
    """Return the program with another text of the snippet at `position`, up to the next shown snippet."""
    snippets = list(program.snippets[: end_of_checks(program.snippets, position)])
    snippets[position] = replace(snippets[position], source=source)
    return replace(program, snippets=tuple(snippets))

"""An interpreter session is what was typed, and between it what was printed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.recover.page.page import LineKind, collapsed
from cards.recover.page.structure import Part, Role

if TYPE_CHECKING:
    from cards.recover.page.page import Line

_TYPED = re.compile(r"\s*(?:>>>|In \[\d+\]:)(?: |$)")
_CONTINUED = re.compile(r"\s*\.\.\.:?(?: |$)")


def typed_and_printed(part: Part) -> list[Part]:
    """Return the session's code without its prompts, each stretch followed by what it printed as text.

    A part that is no session comes back as it is.
    """
    if part.role is not Role.BLOCK or part.kind is not LineKind.PYTHON:
        return [part]
    if not _TYPED.match(part.lines[0].raw):
        return [part]
    parts: list[Part] = []
    for line in part.lines:
        prompt = _TYPED.match(line.raw) or (_CONTINUED.match(line.raw) if _is_code(parts) else None)
        kind = LineKind.PYTHON if prompt else LineKind.PLAIN
        shown = _without(line, prompt.end() if prompt else 0)
        if parts and parts[-1].kind is kind:
            parts[-1] = replace(parts[-1], lines=(*parts[-1].lines, shown))
        else:
            parts.append(Part(Role.BLOCK, kind, (shown,)))
    return [one for one in parts if any(line.raw.strip() for line in one.lines)]


def _is_code(parts: list[Part]) -> bool:
    return bool(parts) and parts[-1].kind is LineKind.PYTHON


def _without(line: Line, prompt: int) -> Line:
    raw = line.raw[prompt:]
    return replace(line, raw=raw, text=collapsed(raw), language="" if prompt else "text")

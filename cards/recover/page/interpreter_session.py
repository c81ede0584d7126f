"""Split an interpreter session into the code typed and the output printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.recover.page.page import LineKind, collapse_blanks
from cards.recover.page.structure import AnswerPart, LineRole
from cards.regex import regex

if TYPE_CHECKING:
    from cards.recover.page.page import Line

_PROMPT = regex(r"\s*(?:>>>|In \[\d+\]:)(?: |$)")
_CONTINUATION_PROMPT = regex(r"\s*\.\.\.:?(?: |$)")


def split_session(part: AnswerPart) -> list[AnswerPart]:
    """Return the session's code without its prompts, each stretch followed by what it printed as text.

    A part that is no session comes back as it is.
    """
    if part.role is not LineRole.BLOCK or part.kind is not LineKind.PYTHON:
        return [part]
    if not _PROMPT.match(part.lines[0].raw):
        return [part]
    parts: list[AnswerPart] = []
    for line in part.lines:
        prompt = _PROMPT.match(line.raw) or (
            _CONTINUATION_PROMPT.match(line.raw) if _ends_in_code(parts) else None
        )
        kind = LineKind.PYTHON if prompt else LineKind.PLAIN
        shown = _without_prompt(line, prompt.end() if prompt else 0)
        if parts and parts[-1].kind is kind:
            parts[-1] = replace(parts[-1], lines=(*parts[-1].lines, shown))
        else:
            parts.append(AnswerPart(LineRole.BLOCK, kind, (shown,)))
    return [one for one in parts if any(line.raw.strip() for line in one.lines)]


def _ends_in_code(parts: list[AnswerPart]) -> bool:
    return bool(parts) and parts[-1].kind is LineKind.PYTHON


def _without_prompt(line: Line, prompt: int) -> Line:
    raw = line.raw[prompt:]
    return replace(line, raw=raw, text=collapse_blanks(raw), language="" if prompt else "text")

"""Writes an exception as one sentence for a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from cards.prove.client.transcript import ExceptionInfo

_GRAPH_TRACE_LINE = regex(
    r"Detected at node|File \"|<stack|\[\[|Traceback|\d+ root error|\(\d+\)|Stack trace for op"
)
_ERROR_LINE = regex(r"(?:\w+\.)*\w*(?:Error|Exception)\b")
_SHORT = 30


def error_sentence(error: ExceptionInfo) -> str:
    """Return an exception's type and the line of its message that says most, as a sentence."""
    text = error_summary(error.text).removeprefix(f"{error.type}: ")
    words = f"{error.type}: {text}" if text else f"{error.type}, without a message"
    return words if words.endswith((".", "!", "?", ")", "…")) else f"{words}."


def error_summary(text: str, longest: int = 200) -> str:
    """Return the line of an error's text that says what went wrong."""
    text = re.split(r"\n\s*Arguments received by|\nOriginal stack trace", without_op_names(text))[0]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    if lines[0].startswith("in user code:"):
        chosen = lines[-1]
    elif lines[0].startswith("Exception encountered when calling") and len(lines) > 1:
        chosen = lines[1]
    elif lines[0].startswith("Graph execution error"):
        left = [line for line in lines[1:] if not _GRAPH_TRACE_LINE.match(line)]
        chosen = next((line for line in left if _ERROR_LINE.match(line)), (left or lines)[0])
    elif len(lines[0]) < _SHORT and len(lines) > 1 and not lines[1].startswith("Traceback"):
        chosen = " ".join(lines[:2])
    else:
        chosen = lines[0]
    return chosen if len(chosen) <= longest else chosen[: longest - 1].rstrip() + "…"


def without_op_names(text: str) -> str:
    """Return an error's text without TensorFlow's node and op names."""
    text = re.sub(r"\{\{.*?\}\}\s*", "", text)
    return re.sub(r"\s*\[Op:\w+\](?:\s*name:\s*\S*)?", "", text)

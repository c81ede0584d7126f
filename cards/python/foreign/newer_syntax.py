"""Recognises syntax that a newer Python brought, in code that an older one cannot parse."""

from __future__ import annotations

from cards.regex import regex

_RULES = (
    ("3.14", regex(r"(?<![\w\"'])[tT][rR]?(?=[\"'])")),
    ("3.12", regex(r"^\s*type\s+\w+(?:\[[^\]]*\])?\s*=")),
    ("3.12", regex(r"^\s*(?:async\s+)?(?:def|class)\s+\w+\[")),
)
_NESTED_QUOTES = regex(r"(?<!\w)[rR]?[fF][rR]?(?P<quote>[\"'])[^\n]*\{[^}\n]*(?P=quote)[^\n]*\}")


def newer_python(source: str, message: str, line: int) -> str:
    """Return the version of Python that brought the syntax of a line, from 1; empty where none is known."""
    lines = source.split("\n")
    if not 0 < line <= len(lines):
        return ""
    text = lines[line - 1]
    for version, pattern in _RULES:
        if pattern.search(text):
            return version
    return "3.12" if message.startswith("f-string:") and _NESTED_QUOTES.search(text) else ""

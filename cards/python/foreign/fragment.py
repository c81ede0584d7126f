"""Recognises pieces of code that are cut out of something larger and cannot run alone."""

from __future__ import annotations

import re

from cards.python.foreign.masking import without_texts
from cards.python.syntax import tree_of
from cards.regex import regex

_OUTSIDE = regex(
    r"'(?P<word>return|yield from|yield|await|async with|async for|asynchronous comprehension)' outside"
    r"|asynchronous comprehension outside|nonlocal declaration not allowed at module level"
)
_NO_LOOP = regex(r"'(?P<word>break|continue)' (?:outside|not properly in) loop")
_CONTINUED = regex(r"^\s*(?P<word>else|elif|except|finally|case)\b")
_NO_BODY = "expected an indented block after"
_LEFT_OUT = regex(r"\.\.\.|…")
_LEFT_OUT_WITH_COMMA = regex(r",?\s*(?:\.\.\.|…)")


def fragment_reason(source: str, message: str, line: int) -> str:
    """Return why code that does not parse is a part of something larger; empty where it is not.

    The message is that of the syntax error, the line where it stands in the source, from 1.
    """
    if outside := _OUTSIDE.search(message):
        word = outside["word"] or ("nonlocal" if "nonlocal" in message else "async")
        return f"`{word}` stands in no function here"
    if no_loop := _NO_LOOP.search(message):
        return f"`{no_loop['word']}` stands in no loop here"
    code = without_texts(source).split("\n")
    written = [number for number, text in enumerate(code, start=1) if text.strip()]
    if written and (begins := _CONTINUED.match(code[written[0] - 1])) and line <= written[0]:
        return f"it begins with `{begins['word']}`, and what comes before is not shown"
    if (
        _NO_BODY in message
        and written
        and not any(number > _opening_line(message, line) for number in written)
    ):
        return "its last line opens a block that is not shown"
    if written and code[written[-1] - 1].lstrip().startswith("@") and line >= written[-1]:
        return "it ends with a decorator, and what is decorated is not shown"
    return _left_out_reason("\n".join(code), line)


def _opening_line(message: str, line: int) -> int:
    match = re.search(r"on line (\d+)", message)
    return min(int(match[1]), line) if match else line


def _left_out_reason(code: str, line: int) -> str:
    if not _LEFT_OUT.search(code):
        return ""
    lines = code.split("\n")
    is_here = 0 < line <= len(lines) and _LEFT_OUT.search(lines[line - 1])
    if is_here or tree_of(_LEFT_OUT_WITH_COMMA.sub("", code)) is not None:
        return "`...` stands for code that is left out"
    return ""

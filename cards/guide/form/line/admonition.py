"""Boxes of site generators lose their marks, line for line; those whose titles ask become headings.

`??? question "What is a tensor?"` (MkDocs), `:::details What is a tensor?` (Docusaurus, VitePress), and
`{dropdown}` fences (Sphinx with MyST), whose roles become plain Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.guide.decoration import asks
from cards.guide.form.line.question_html import (
    ANSWER_END,
    follow_up,
    is_within_answer,
    prose_lines,
    question_line,
)
from cards.regex import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

_BOX = regex(r'^(?:\?{3}\+?|!{3})[ \t]+[\w-]+(?:[ \t]+[\w-]+)*[ \t]+"(?P<words>[^"]+)"[ \t]*$')
_INDENT = "    "
_COLONS = regex(
    r"[ ]{0,3}:{3,}[ \t]*(?P<name>\{[^}]*\}|[A-Za-z][\w-]*)?"
    r"[ \t]*(?:\[(?P<inner>.*)\]|(?P<title>[^:\s].*?)?)[ \t]*:*"
)
_FENCE_BOX = regex(
    r"(?P<fence>`{3,}|~{3,})[ \t]*\{(?:note|tip|hint|important|warning|caution|attention|danger|error"
    r"|seealso|admonition|dropdown|topic|sidebar|margin|card|exercise|question|solution)\}[ \t]*(?P<title>.*)"
)
_FENCE = regex(r"[ ]{0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_FENCE_CODE = regex(r"(?:`{3,}|~{3,})[ \t]*\{(?:code|code-block|code-cell|sourcecode|math)\}.*")
_OPTION = regex(r"[ \t]*:[a-z][\w-]*:(?:[ \t].*)?")
_CODE_OR_ROLE = regex(
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<before>[ \t]*)\{(?P<role>(?:cite(?::\w+)?|(?:[a-z]+:)?(?:math|ref"
    r"|doc|term|numref|any|download|abbr|code|command|file|kbd|program|envvar|func|class|meth|mod|attr|exc|obj"
    r"|data|option|guilabel|samp)))\}`(?P<words>[^`<]+?)[ \t]*(?:<[^`>]*>)?`"
)
_LINKING_ROLES = frozenset({"ref", "doc", "term", "numref", "any", "download", "abbr"})


class _Box(NamedTuple):
    """A box, in lines from 0, with its title."""

    first: int
    last: int
    title: str


def headings_of_boxes(text: str) -> str:
    """Return the text with boxes whose title asks as headings over their content; its lines stay."""
    if not any(sign in text for sign in ("??? ", "???+ ", "!!! ", ":::", "```{", "}`")):
        return text
    lines = text.split("\n")
    _open_boxes(lines, list(_fence_boxes(lines)))
    _open_boxes(lines, list(_colon_boxes(lines)))
    prose = prose_lines(lines)
    for number in prose:
        if "}`" in lines[number]:
            lines[number] = _CODE_OR_ROLE.sub(_without_role, lines[number])
        match = _BOX.match(lines[number])
        if match is not None and asks(match["words"]):
            end = _unfold(lines, number + 1)
            _ask(lines, _Box(number, end - 1, match["words"]), prose)
    return "\n".join(lines)


def _unfold(lines: list[str], first: int) -> int:
    """Take the indentation off the lines of a box; return the number of the line behind them."""
    number = first
    while number < len(lines) and (not lines[number].strip() or lines[number].startswith(_INDENT)):
        lines[number] = lines[number].removeprefix(_INDENT)
        number += 1
    return number


def _fence_boxes(lines: list[str]) -> Iterator[_Box]:
    """Yield each box that is a fence, and set openings of code below the options that stand in it."""
    code_end, box_ends = -1, set[int]()
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence is None or number <= code_end or number in box_ends:
            continue
        below = range(number + 1, len(lines))
        last = next((place for place in below if lines[place].strip() == fence["fence"]), len(lines))
        box = _FENCE_BOX.fullmatch(line.rstrip())
        if box and last < len(lines):
            box_ends.add(last)
            yield _Box(number, last, box["title"])
        else:
            code_end = last
            _shift_options(lines, number)


def _shift_options(lines: list[str], number: int) -> None:
    """Set the opening of a code block below the options that stand in it."""
    while _FENCE_CODE.fullmatch(lines[number]) and _OPTION.fullmatch("".join(lines[number + 1 : number + 2])):
        lines[number], lines[number + 1] = "", lines[number]
        number += 1


def _colon_boxes(lines: Sequence[str]) -> Iterator[_Box]:
    """Yield each box between lines of colons."""
    opened: list[tuple[int, str]] = []
    for number in prose_lines(lines):
        match = _COLONS.fullmatch(lines[number])
        if match and match["name"]:
            opened.append((number, match["inner"] or match["title"] or ""))
        elif match and opened and not match["title"]:
            first, title = opened.pop()
            yield _Box(first, number, title)


def _open_boxes(lines: list[str], boxes: Sequence[_Box]) -> None:
    """Take the marks and options of boxes away, and ask what their titles ask."""
    for box in boxes:
        lines[box.first] = lines[box.last] = ""
        number = box.first + 1
        while number < box.last and _OPTION.fullmatch(lines[number]):
            lines[number] = ""
            number += 1
    prose = prose_lines(lines)
    for box in boxes:
        if asks(box.title):
            _ask(lines, box, prose)


def _ask(lines: list[str], box: _Box, prose: dict[int, None]) -> None:
    """Write the title of a box as a heading, and its end in its last line if that is blank.

    Where the answer to a heading goes on behind it, the title is a follow-up question.
    """
    if is_within_answer(lines, box.first, box.last, prose):
        lines[box.first] = follow_up(box.title, "")
        return
    lines[box.first] = question_line(box.title)
    if box.last > box.first and not lines[box.last].strip():
        lines[box.last] = ANSWER_END


def _without_role(match: re.Match[str]) -> str:
    """Return what a role of MyST says in Markdown: a formula, the words of a link, else code; code stays."""
    if match["ticks"]:
        return match[0]
    before, role, words = match["before"], match["role"], match["words"]
    if role.startswith("cite"):
        return ""
    if role == "math":
        return f"{before}${words}$"
    return f"{before}{words}" if role.rpartition(":")[2] in _LINKING_ROLES else f"{before}`{words}`"

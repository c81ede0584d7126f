"""Terms over their definitions, as Markdown Extra and pandoc write them, become entries of a list.

`Keel` with `: The spine of a ship.` below it is `- **Keel**: The spine of a ship.`
"""

from __future__ import annotations

from cards.guide.decoration import asks
from cards.guide.form.line.question_html import prose_lines
from cards.regex import regex

_DEFINITION = regex(r" {0,3}:[ \t]+(?P<words>\S.*)")
_TERM = regex(r"(?=.*\w)(?![ \t#>|:<]|[-+*][ \t]|\d+[.)][ \t])[^|:]{1,80}(?<![.,:;!|])")
_INDENTS = ("", " ", "  ", "   ")
_STYLED = regex(r"[*_`]")
_ENDED = regex(r"[.,:;!?]\s*\Z")


def entries_of_terms(text: str) -> str:
    """Return the text with each term that stands over its definitions as an entry; the number of lines stays.

    Several definitions of a term are parts of one. A line that asks has an answer below it, no definition.
    """
    if not any(f"\n{indent}:" in text for indent in _INDENTS):
        return text
    lines = text.split("\n")
    outside = prose_lines(lines)
    last = -2
    """The last line of the definition that the line below it may go on with."""
    for number in outside:
        line = lines[number]
        match = _DEFINITION.fullmatch(line)
        if match is None:
            last = number if last == number - 1 and line.strip() and line[0].isspace() else -2
        elif last == number - 1:
            lines[last] += _mark_between(lines[last], match["words"])
            lines[number] = f"  {match['words']}"
            last = number
        elif (term := _term_above(lines, number, outside)) >= 0:
            named = lines[term].strip()
            lines[number] = f"- {named if _STYLED.search(named) else f'**{named}**'}: {match['words']}"
            lines[term] = ""
            last = number
    return "\n".join(lines)


def _mark_between(definition: str, next_one: str) -> str:
    """Return what ends a definition before another one of the same term."""
    if _ENDED.search(definition):
        return ""
    return ";" if next_one[0].islower() else "."


def _term_above(lines: list[str], number: int, outside: dict[int, None]) -> int:
    """Return the line of a definition's term, which is above it or above a blank line; -1 for none."""
    term = number - 1 if number and lines[number - 1].strip() else number - 2
    if term not in outside or not _TERM.fullmatch(lines[term].rstrip()) or asks(lines[term]):
        return -1
    above = lines[term - 1] if term else ""
    return term if not above.strip() or above.startswith(("#", "- ", "  ")) else -1

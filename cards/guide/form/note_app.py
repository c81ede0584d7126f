"""Questions as note programs such as Obsidian have them: callouts, and the cards of its reviewing plugin.

Each becomes a heading over its answer, line for line: `> [!question] What is a tensor?`,
`What is a tensor?::An array.`, and a question and its answer with a line `?` between them.
"""

from __future__ import annotations

from cards.guide.decoration import asks, is_imperative
from cards.guide.form.question_html import ANSWER_MARK, END_MARK, SUMMARY_MARK, prose_lines
from cards.regex import regex

_CALLOUT = regex(r"> ?\[!(?P<kind>[\w-]+)\][+-]?[ \t]+(?P<words>\S.*)")
_QUOTED = regex(r"> ?")
_ASKING_KINDS = frozenset({"question", "faq", "quiz"})
_ONE_LINE = regex(r"(?P<asked>[^\s:>|#][^:|]*?)[ \t]*(?<!:):::?(?!:)[ \t]*(?P<answer>\S.*)")
"""Two colons between them, or three where it is asked both ways."""
_BETWEEN = regex(r"\?{1,2}[ \t]*")
_LONGEST_QUESTION = 300


def headings_of_notes(text: str) -> str:
    """Return the text with the questions of note programs as headings; the number of its lines stays."""
    if "[!" not in text and "::" not in text and "\n?" not in text:
        return text
    lines = text.split("\n")
    outside = prose_lines(lines)
    for number in outside:
        if match := _CALLOUT.fullmatch(lines[number]):
            if asks(match["words"]) or (
                match["kind"].lower() in _ASKING_KINDS and is_imperative(match["words"])
            ):
                _unquote(lines, number + 1)
                lines[number] = f"###### {SUMMARY_MARK}{match['words']}"
        elif _begins_paragraph(lines, number) and len(lines[number]) <= _LONGEST_QUESTION:
            _read_card(lines, number, outside)
    return "\n".join(lines)


def _unquote(lines: list[str], first: int) -> None:
    """Take the mark of a quote off its lines, and mark its end in the blank line behind it."""
    number = first
    while number < len(lines) and (mark := _QUOTED.match(lines[number])):
        lines[number] = lines[number][mark.end() :]
        number += 1
    _mark_end(lines, number)


def _read_card(lines: list[str], number: int, outside: dict[int, None]) -> None:
    """Make a card that begins in a line a heading and its answer, where the line does begin one."""
    match = _ONE_LINE.fullmatch(lines[number])
    if match and asks(match["asked"]):
        lines[number] = f"###### {SUMMARY_MARK}{match['asked']}{ANSWER_MARK}{match['answer']}"
        end = number + 1
        while end < len(lines) and lines[end].strip() and not _ONE_LINE.fullmatch(lines[end]):
            end += 1
        _mark_end(lines, end)
    elif number + 2 in outside and _BETWEEN.fullmatch(lines[number + 1]) and lines[number + 2].strip():
        lines[number] = f"###### {SUMMARY_MARK}{lines[number]}"
        lines[number + 1] = ""
        end = number + 2
        while end < len(lines) and lines[end].strip():
            end += 1
        _mark_end(lines, end)


def _begins_paragraph(lines: list[str], number: int) -> bool:
    """Tell whether a line has words, and right above it none but a heading or another card of one line."""
    above = lines[number - 1] if number else ""
    is_first = not above.strip() or above.startswith("#")
    return is_first and bool(lines[number].strip()) and not lines[number].startswith((" ", "\t", "#", ">"))


def _mark_end(lines: list[str], number: int) -> None:
    """Mark the end of an answer in the blank line behind it, if there is one."""
    if number < len(lines) and not lines[number].strip():
        lines[number] = f"###### {END_MARK}"

"""Questions as note programs such as Obsidian and Logseq have them: callouts, and the cards of their plugins.

`> [!question] What is a tensor?`, `What is a tensor?::An array.`, and a question and its answer with a line
`?` between them. Each becomes a heading over its answer, line for line. Where headings ask, it may stand in
the middle of an answer, and becomes a bold line, or `Q: ... A: ...`: a follow-up question.
"""

from __future__ import annotations

from dataclasses import dataclass

from cards.guide.decoration import LONGEST_QUESTION, asks, is_imperative
from cards.guide.form.line.question_html import (
    ANSWER_END,
    asks_as_heading,
    follow_up,
    prose_lines,
    question_line,
)
from cards.regex import regex

_CALLOUT = regex(r"> ?\[!(?P<kind>[\w-]+)\][+-]?[ \t]+(?P<words>\S.*)")
_QUOTED = regex(r"> ?")
_ASKING_KINDS = frozenset({"question", "faq", "quiz"})
_ONE_LINE = regex(r"(?P<asked>[^\s:>|#][^:|]*?)[ \t]*(?<!:):::?(?!:)[ \t]*(?P<answer>\S.*)")
"""Two colons between them, or three where it is asked both ways."""
_CARD_TAGS = ("#card", "#flashcard", "[[card]]")
_CARD_TAG = regex(r"(?:[ \t]+#?(?:\[\[(?:card|flashcard)\]\]|(?<=#)(?:card|flashcard)\b))+[ \t]*\Z")
_ENTRY = regex(r"[ \t]*[-*+][ \t]")
_PROPERTY = regex(
    r"[ \t]*(?:id|collapsed|title|tags|alias|type|created(?:-at)?|updated(?:-at)?|heading|background-color"
    r"|public|icon|card-[a-z-]+|logseq\.[\w.-]+):: ?.*"
)
_BETWEEN = regex(r"\?{1,2}[ \t]*")


def headings_of_notes(text: str) -> str:
    """Return the text with the questions of note programs in Markdown's forms; the number of lines stays."""
    if not any(sign in text for sign in ("[!", "::", "\n?", *_CARD_TAGS)):
        return text
    lines = text.split("\n")
    outside = prose_lines(lines)
    for number in outside:
        lines[number] = _without_properties(lines[number])
    notes = _Notes(lines, outside)
    notes.rewrite()
    return "\n".join(lines)


def _without_properties(line: str) -> str:
    """Return a line without what an outliner keeps in it of its card: `#card`, `card-repeats:: 1`."""
    if _PROPERTY.fullmatch(line):
        return ""
    entry = _ENTRY.match(line)
    return _CARD_TAG.sub("", line) if entry else line


@dataclass(slots=True)
class _Notes:
    """The lines of a guide, of which questions are written anew."""

    lines: list[str]
    outside: dict[int, None]
    """The numbers of the lines that stand in no fence."""
    is_headed: bool = False
    """Headings ask."""

    def rewrite(self) -> None:
        """Write each question of a note program as one of Markdown."""
        self.is_headed = any(asks_as_heading(self.lines[number]) for number in self.outside)
        for number in self.outside:
            match = _CALLOUT.fullmatch(self.lines[number])
            if match is None:
                self._read_card(number)
            elif asks(match["words"]) or (
                match["kind"].lower() in _ASKING_KINDS and is_imperative(match["words"])
            ):
                end = self._unquote(number + 1)
                self._ask(number, match["words"], "", end)

    def _unquote(self, first: int) -> int:
        """Take the mark of a quote off its lines; return the number of the line behind them."""
        number = first
        while number < len(self.lines) and (mark := _QUOTED.match(self.lines[number])):
            self.lines[number] = self.lines[number][mark.end() :]
            number += 1
        return number

    def _read_card(self, number: int) -> None:
        """Write the card that begins in a line as a question, where the line does begin one."""
        line = self.lines[number]
        if not self._begins_paragraph(number) or len(line) > LONGEST_QUESTION:
            return
        match = _ONE_LINE.fullmatch(line)
        if match and asks(match["asked"]):
            self._ask(number, match["asked"], match["answer"], self._end_of_paragraph(number))
        elif (
            number + 2 in self.outside
            and _BETWEEN.fullmatch(self.lines[number + 1])
            and self.lines[number + 2].strip()
        ):
            end = self._end_of_paragraph(number)
            self.lines[number + 1] = ""
            self._ask(number, line, "", end)

    def _begins_paragraph(self, number: int) -> bool:
        """Tell whether a line has words, and right above it none but a heading or another such card."""
        line, above = self.lines[number], self.lines[number - 1] if number else ""
        is_first = not above.strip() or above.startswith(("#", "Q: "))
        return is_first and bool(line.strip()) and not line.startswith((" ", "\t", "#", ">"))

    def _end_of_paragraph(self, number: int) -> int:
        """Return the number of the line behind the paragraph or the card that begins in a line."""
        end = number + 1
        while end < len(self.lines) and self.lines[end].strip() and not _ONE_LINE.fullmatch(self.lines[end]):
            end += 1
        return end

    def _ask(self, number: int, asked: str, answer: str, end: int) -> None:
        """Write a question, and its answer if that stands in the same line; mark its end in a blank line."""
        if self.is_headed:
            self.lines[number] = follow_up(asked, answer)
            return
        self.lines[number] = question_line(asked, answer)
        if end < len(self.lines) and not self.lines[end].strip():
            self.lines[end] = ANSWER_END

"""Cards whose sides are called by their names become headings over their answers, line for line.

`**Front:** Tensor` with `**Back:** An array` below it, as notes and language models write them, and the
headings `# Front` and `# Back`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cards.guide.decoration import LONGEST_QUESTION
from cards.guide.form.line.question_html import ANSWER_END, prose_lines, question_line
from cards.regex import regex

_BOLD = r"(?:\*\*|__)?"
_SIDE = regex(
    rf"(?:(?:[-*+][ \t]+)?{_BOLD}(?P<side>front|back)(?:[ \t]side)?{_BOLD}[ \t]*:{_BOLD}"
    r"|#{1,6}[ \t]+(?P<heading>front|back)(?:[ \t]side)?(?::|(?=[ \t]*$)))[ \t]*(?P<words>.*)",
    re.IGNORECASE,
)
_COUNTED_CARD = regex(r"#{1,6}[ \t]+(?:flash)?card[ \t]*[#№]?\d+\b.*", re.IGNORECASE)
_BESIDE = regex(
    rf"(?:[-*+][ \t]+)?{_BOLD}(?:tags?|decks?|note type|model|id|guid|difficulty|level|topic|category|source)"
    rf"{_BOLD}[ \t]*:.*|#{{1,6}}[ \t]+(?:extra|notes?|explanation|examples?|tags?):?[ \t]*",
    re.IGNORECASE,
)
"""What a card has beside its sides, and headings over what its back says on."""
_END = regex(r"(?:-{3,}|\*{3,}|_{3,})[ \t]*|#{1,6}[ \t].*")


class _Side(NamedTuple):
    """A line that begins one side of a card."""

    line: int
    is_front: bool
    words: str
    """What stands behind the name."""


def headings_of_sides(text: str) -> str:
    """Return the text with each card of two named sides as a question; the number of its lines stays."""
    if "ront" not in text and "RONT" not in text:
        return text
    lines = text.split("\n")
    named = [side for number, line in enumerate(lines) if (side := _side_of(number, line))]
    outside = prose_lines(lines) if named else {}
    sides = [side for side in named if side.line in outside]
    fronts, backs = sides[::2], sides[1::2]
    in_turn = all(front.is_front for front in fronts) and not any(back.is_front for back in backs)
    if sides and in_turn and len(fronts) == len(backs):
        ends = [*(front.line for front in fronts[1:]), len(lines)]
        for front, back, end in zip(fronts, backs, ends, strict=True):
            _write_card(lines, front, back, end)
    return "\n".join(lines)


def _side_of(number: int, line: str) -> _Side | None:
    match = _SIDE.fullmatch(line)
    if match is None:
        return None
    return _Side(number, (match["side"] or match["heading"]).lower() == "front", match["words"].strip())


def _write_card(lines: list[str], front: _Side, back: _Side, end: int) -> None:
    """Write the card between two lines as a question with the label of its answer."""
    asked = front.words or _take_paragraph(lines, front.line + 1, back.line)
    if not asked or len(asked) > LONGEST_QUESTION:
        return
    _take_counted_heading(lines, front.line)
    lines[front.line] = question_line(_without_bold(asked))
    lines[back.line] = f"Answer: {back.words}" if back.words else "Answer:"
    for number in range(back.line + 1, end):
        if _BESIDE.fullmatch(lines[number]):
            lines[number] = ""
        elif _END.fullmatch(lines[number]):
            if not lines[number].startswith("#"):
                lines[number] = ANSWER_END
            return


def _take_paragraph(lines: list[str], first: int, end: int) -> str:
    """Return the first paragraph between two lines, and leave blank lines in its place."""
    start = next((number for number in range(first, end) if lines[number].strip()), end)
    behind = next((number for number in range(start, end) if not lines[number].strip()), end)
    words = " ".join(line.strip() for line in lines[start:behind])
    lines[start:behind] = [""] * (behind - start)
    return words


def _take_counted_heading(lines: list[str], front: int) -> None:
    """Take away the heading right above a card that only counts it: `### Card 3`."""
    above = next((number for number in reversed(range(front)) if lines[number].strip()), None)
    if above is not None and _COUNTED_CARD.fullmatch(lines[above]):
        lines[above] = ""


def _without_bold(words: str) -> str:
    for mark in ("**", "__"):
        if words.startswith(mark) and words.endswith(mark) and words.count(mark) == 2:
            return words[len(mark) : -len(mark)]
    return words

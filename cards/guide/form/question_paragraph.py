"""Questions that are paragraphs, or begin one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from cards.guide.block import Prose
from cards.guide.decoration import LONGEST_QUESTION, asks, bare, is_imperative, question_end
from cards.guide.element import Asked, Certainty
from cards.guide.heading.number import is_number
from cards.guide.heading.question_answer import BoldQuestion, bold_question, question_answer_pairs
from cards.guide.inline import collapse_space, slice_inline
from cards.guide.text import Style, plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.element import Element
    from cards.guide.text import Inline

_CERTAINTY = {
    BoldQuestion.CERTAIN: Certainty.ALWAYS,
    BoldQuestion.NUMBERED: Certainty.UNLESS_HEADED,
    BoldQuestion.UNNUMBERED: Certainty.FOLLOW_UP,
}
_NUMBERED_LINE = regex(
    r"(?:(?P<certain>(?:Q\.?|Question|Pregunta|Frage|Вопрос)\s*\d+\s*[-.:)]|(?:问题?|問題?|質問)\s*\d+\s*[：:.、])"  # noqa: RUF001
    r"|[(\[]?\d{1,3}\s*[.)\]、．-]|#\d{1,3}\b)\s*(?=\S)",  # noqa: RUF001
    re.IGNORECASE,
)
_BONUS = regex(
    r"(?:bonus|extra|challenge)(?: question| round)?\s*\d*(?:\s*[:.]|\s*[–—-](?=\s))\s*",  # noqa: RUF001
    re.IGNORECASE,
)
"""A label; no part of a word: `Extra-Trees`."""
_DEFINITION = regex(r"\n:[ \t]+")
_MARK_BETWEEN = regex(
    r"\s*(?:[(\[]+(?:src|sources?|refs?|references?|links?)[)\]]+\s*)+(?=\w)", re.IGNORECASE
)
_SMALLEST_QUESTION_WORDS = 3


def bold_line(prose: Prose) -> Sequence[Element] | None:
    """`**Q3: What is a tensor?**`, `**What is a tensor? 🚀**`"""
    form = bold_question(prose.inline)
    if form is None:
        return None
    return [Asked(collapse_space(prose.inline), prose.span, _CERTAINTY[form])]


def bold_number(prose: Prose) -> Sequence[Element] | None:
    """`**3)** Count the users.`, `**Q3.** What is a tensor?`"""
    if len(prose.inline) < 2 or prose.inline[0].style is not Style.STRONG:
        return None
    number = prose.inline[0].text.strip()
    words = plain_text(prose.inline)
    if not is_number(number) or question_answer_pairs(words):
        return None
    certainty = (
        Certainty.UNLESS_HEADED if number.strip("().: ").replace(".", "").isdigit() else Certainty.ALWAYS
    )
    end = _end_of_question(words)
    if end > LONGEST_QUESTION:
        return None
    return [_asked(prose, end, certainty)]


def bonus(prose: Prose) -> Sequence[Element] | None:
    """`**Bonus:** What is a graph?`, with its answer below"""
    if not prose.inline or prose.inline[0].style is not Style.STRONG:
        return None
    words = plain_text(prose.inline)
    match = _BONUS.match(words)
    line = words[match.end() :].partition("\n")[0] if match else ""
    if match is None or not asks(line):
        return None
    unlabelled = replace(prose, inline=slice_inline(prose.inline, match.end()))
    return [_asked(unlabelled, question_end(line), Certainty.FOLLOW_UP)]


def bold_title(prose: Prose) -> Sequence[Element] | None:
    """`**3) Count.** Return how many users there are.`, answered by what is below, else by its second half"""
    first = prose.inline[0] if prose.inline else None
    if first is None or first.style is not Style.STRONG or len(prose.inline) < 2:
        return None
    words = plain_text(prose.inline)
    end = _end_of_bold(prose.inline)
    title, rest = words[:end], words[end:]
    match = _NUMBERED_LINE.match(title)
    if match is None or "\n" in title or question_answer_pairs(words) or asks(title):
        return None
    if not rest.strip(" \n:.–—-") or len(words) > LONGEST_QUESTION * 2:  # noqa: RUF001
        return None
    answer = slice_inline(prose.inline, end + len(rest) - len(rest.lstrip(" \n:.–—-")))  # noqa: RUF001
    certainty = Certainty.ALWAYS if match["certain"] else Certainty.UNLESS_HEADED
    whole = _asked(prose, len(words), certainty)
    return [replace(whole, split=(slice_inline(prose.inline, 0, end), answer))]


def bold_start(prose: Prose) -> Sequence[Element] | None:
    """`**Q3: What is a tensor?** An array.`, `**What is a tensor?**` with its answer in the next line"""
    first = prose.inline[0] if prose.inline else None
    if first is None or first.style is not Style.STRONG or len(prose.inline) < 2:
        return None
    words = plain_text(prose.inline)
    end = _end_of_bold(prose.inline)
    if words[end : end + 1] == "?":
        end += 1
    asked, rest = words[:end], words[end:]
    if not asks(asked) or len(asked.split()) < _SMALLEST_QUESTION_WORDS or not rest.strip(" \n:–—-"):  # noqa: RUF001
        return None
    if "\n" in asked.strip() or rest.lstrip(" ")[:1] in {",", ";", ")"}:
        return None
    number = _NUMBERED_LINE.match(asked)
    return [_asked(prose, end, Certainty.ALWAYS if number and number["certain"] else Certainty.FOLLOW_UP)]


def numbered_line(prose: Prose) -> Sequence[Element] | None:
    """`Q3. What is a tensor?` or `(3) What is a tensor?` on a line, with its answer below or behind it"""
    words = plain_text(prose.inline)
    line, _, rest = words.partition("\n")
    match = _NUMBERED_LINE.match(line)
    if match is None or question_answer_pairs(words):
        return None
    is_told = bool(match["certain"]) or is_imperative(line[match.end() :])
    if not asks(line) and (rest or not is_told or len(line) > LONGEST_QUESTION):
        return None
    certainty = Certainty.ALWAYS if match["certain"] else Certainty.UNLESS_HEADED
    return [_asked(prose, question_end(line) if asks(line) else len(line), certainty)]


def definition(prose: Prose) -> Sequence[Element] | None:
    """`What is a tensor?` with `: An array.` below it"""
    words = plain_text(prose.inline)
    match = _DEFINITION.search(words)
    if match is None or "\n" in words[: match.start()] or not asks(words[: match.start()]):
        return None
    answer = slice_inline(prose.inline, match.end())
    return [_of_parts(prose, slice_inline(prose.inline, 0, match.start()), answer, Certainty.FOLLOW_UP)]


def marked_line(prose: Prose) -> Sequence[Element] | None:
    """`❓ What is a tensor?`, or *What is a tensor?* in italics, on a line of its own"""
    words = plain_text(prose.inline)
    if "\n" in words.strip() or not asks(words):
        return None
    start, _ = bare(words)
    is_marked = start > 0 and bool(words[:start].strip())
    is_italic = all(run.style in {Style.EMPHASIS, Style.CODE} or not run.text.strip() for run in prose.inline)
    if not (is_marked or is_italic) or prose.inline[0].style is Style.CODE:
        return None
    return [_asked(prose, len(words), Certainty.FOLLOW_UP)]


def plain_line(prose: Prose) -> Sequence[Element] | None:
    """`What is a tensor?` on a line of its own, where a guide has no other questions"""
    words = plain_text(prose.inline)
    line = words.partition("\n")[0]
    if not asks(line) or len(line) > LONGEST_QUESTION:
        return None
    return [_asked(prose, len(line), Certainty.FOLLOW_UP)]


def _end_of_bold(inline: Inline) -> int:
    """Return where the bold words end that begin a paragraph; code among them is theirs."""
    own = takewhile(lambda run: run.style is Style.STRONG or run.style.is_verbatim, inline)
    return sum(len(run.text) for run in own)


def _end_of_question(words: str) -> int:
    """Return where a paragraph's question ends: with its first line if that asks, else with the paragraph."""
    line = words.partition("\n")[0]
    return question_end(line) if asks(line) else len(words)


def _asked(prose: Prose, end: int, certainty: Certainty) -> Asked:
    """Return the question that begins a paragraph; the rest answers it."""
    answer = slice_inline(prose.inline, end)
    # What decorates the question stands behind it, and before its answer in the same paragraph.
    mark = _MARK_BETWEEN.match(plain_text(answer))
    start = max(bare(plain_text(answer))[0], mark.end() if mark else 0)
    answer = slice_inline(answer, start) if start else answer
    return _of_parts(prose, slice_inline(prose.inline, 0, end), answer, certainty)


def _of_parts(prose: Prose, asked: Inline, answer: Inline, certainty: Certainty) -> Asked:
    return Asked(
        asked, prose.span, certainty, answer, otherwise=Prose(collapse_space(prose.inline), prose.span)
    )

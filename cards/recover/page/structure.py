"""Group classified lines into an outline: title, sections, questions and the parts of answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from cards.recover.page.boilerplate import is_boilerplate, mentions_topic, topic_words
from cards.recover.page.page import DroppedLine, LineKind, PageFormat
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.recover.page.page import Line, Page

QUESTION, HEADING, PROSE, LIST, TABLE, PYTHON, SHELL, PLAIN = LineKind


class LineRole(StrEnum):
    """What a part of the outline does."""

    SECTION = "section"
    QUESTION = "question"
    PAIR = "pair"
    """A FAQ entry: its first line asks, the others answer."""
    SUBHEADING = "subheading"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A run of lines with one role."""

    role: LineRole
    kind: LineKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A page as a title, parts with roles, and the lines left out."""

    title: str
    parts: tuple[AnswerPart, ...]
    dropped: tuple[DroppedLine, ...]


_QUESTION_NUMBER = regex(r"(?:Q\s*\d+\s*[.:)]|Question\s+\d+\s*[.:)-]?|\d{1,3}\s*[.)])\s*", re.IGNORECASE)
_FAQ_PAIR = regex(r"Q\s*:\s*(?P<asked>.+?)(?:\s+A\s*:\s*(?P<answer>.+))?\Z", re.DOTALL)
_ANSWER = regex(r"A\s*:\s*")
_FAQ = regex(r"(?:FAQs?|Frequently Asked Questions)\b", re.IGNORECASE)
_CLOSING = regex(
    r"(?:at a glance|cheat ?sheet|summary|conclusion|key takeaways|final thoughts|wrapping up|"
    r"quick reference|"
    r"in a nutshell|further reading|resources)\b",
    re.IGNORECASE,
)
_SECTION = regex(
    r"(?:^|\b)(?:easy|medium|hard|basic|beginner|intermediate|advanced|expert|level \d|part \d|section \d|"
    r"questions? \d+\s*[-–])",  # noqa: RUF001 - dashes people type
    re.IGNORECASE,
)


def outline_of(page: Page, kinds: Sequence[LineKind]) -> Outline:
    """Return the outline; every line is in a part or among the dropped."""
    lines = list(zip(page.lines, kinds, strict=True))
    dropped = list(page.dropped)
    lines = [(line, _kind_of_heading(line, kind)) for line, kind in lines]
    questions = [line.text for line, kind in lines if kind is QUESTION]
    title, lines = _split_title(page, lines)
    topics = topic_words(title, questions)
    lines = _without_tail(lines, dropped)
    lines = _without_boilerplate(lines, dropped)
    if page.source is PageFormat.FLAT:  # elsewhere the page says itself what belongs to it
        lines = _without_stray_preface(lines, topics, dropped)
    return Outline(title, tuple(_group_parts(lines)), tuple(sorted(dropped, key=lambda one: one.number)))


def _kind_of_heading(line: Line, kind: LineKind) -> LineKind:
    """A heading that the page marks as one may ask; a numbered line of code never does."""
    if (
        line.known is HEADING
        and line.level != 1
        and (_QUESTION_NUMBER.match(line.text) or line.text.rstrip("*_ ").endswith("?"))
    ):
        return QUESTION
    return kind


_KindedLines = list[tuple["Line", LineKind]]


def _split_title(page: Page, lines: _KindedLines) -> tuple[str, _KindedLines]:
    marked = next((place for place, (line, _) in enumerate(lines) if line.level == 1), None)
    if marked is not None:
        return lines[marked][0].text, [*lines[:marked], *lines[marked + 1 :]]
    if lines:
        first, kind = lines[0]
        follows = lines[1][1] if len(lines) > 1 else None
        short = len(first.text.split()) <= 16 and not first.text.endswith((".", ":"))
        if kind in {HEADING, PROSE} and short and follows is not None and not first.known:
            return first.text, lines[1:]
    return page.title, lines


def _without_tail(lines: _KindedLines, dropped: list[DroppedLine]) -> _KindedLines:
    """Drop everything from the first boilerplate line behind the last question."""
    last = max((place for place, (_, kind) in enumerate(lines) if kind is QUESTION), default=None)
    if last is None:
        return lines
    for place in range(last + 1, len(lines)):
        line, kind = lines[place]
        if kind in {HEADING, PROSE, LIST} and is_boilerplate(line.text):
            dropped += [
                DroppedLine(left.number, left.text, "behind the end of the guide")
                for left, _ in lines[place:]
            ]
            return lines[:place]
    return lines


def _without_boilerplate(lines: _KindedLines, dropped: list[DroppedLine]) -> _KindedLines:
    kept = []
    for line, kind in lines:
        if kind in {HEADING, PROSE} and is_boilerplate(line.text):
            dropped.append(DroppedLine(line.number, line.text, "page furniture"))
        else:
            kept.append((line, kind))
    return kept


def _without_stray_preface(
    lines: _KindedLines, topics: frozenset[str], dropped: list[DroppedLine]
) -> _KindedLines:
    """Drop what stands before the first question and does not speak of what the questions ask."""
    first = next((place for place, (_, kind) in enumerate(lines) if kind is QUESTION), 0)
    end = first
    while end and lines[end - 1][1] is HEADING:
        end -= 1  # what stands right above the first question names its section
    kept: _KindedLines = []
    for group in _heading_groups(lines[:end]):
        for (line, kind), related in zip(group, _related_lines(group, topics), strict=True):
            if related:
                kept.append((line, kind))
            else:
                dropped.append(DroppedLine(line.number, line.text, "before the guide, on something else"))
    return [*kept, *lines[end:]]


def _related_lines(group: _KindedLines, topics: frozenset[str]) -> Iterator[bool]:
    """Tell for each line of a heading's group whether it has to do with the topics; code always has."""
    content = [line for line, kind in group if kind is not HEADING]
    listed = " ".join(line.text for line, kind in group if kind is LIST)
    for line, kind in group:
        match kind:
            case LineKind.HEADING:
                yield any(mentions_topic(one.text, topics) for one in (line, *content[:1]))
            case LineKind.LIST:
                yield mentions_topic(listed, topics)
            case LineKind.PROSE:
                yield mentions_topic(line.text, topics)
            case LineKind.QUESTION:
                yield False
            case LineKind.TABLE | LineKind.PYTHON | LineKind.SHELL | LineKind.PLAIN:
                yield True
            case _:
                assert_never(kind)


def _heading_groups(lines: _KindedLines) -> list[_KindedLines]:
    """Return the lines in groups that begin with a heading; the first may begin with something else."""
    groups: list[_KindedLines] = []
    for line, kind in lines:
        if kind is HEADING or not groups:
            groups.append([])
        groups[-1].append((line, kind))
    return groups


def _group_parts(lines: _KindedLines) -> list[AnswerPart]:
    parts: list[AnswerPart] = []
    asked = faq = False
    place = 0
    while place < len(lines):
        line, kind = lines[place]
        if kind is HEADING:
            parts.append(AnswerPart(_heading_role(lines, place, asked=asked), kind, (line,)))
            faq = bool(_FAQ.match(line.text)) if parts[-1].role is LineRole.SECTION else faq
        elif kind is QUESTION and _FAQ_PAIR.match(line.text):
            parts.append(_faq_pair(lines, place))
            place += len(parts[-1].lines) - 1 - _answers_in_same_line(line)
            asked = True
        elif kind is QUESTION:
            parts.append(AnswerPart(LineRole.QUESTION, kind, (line,)))
            asked = True
        else:
            last = parts[-1] if parts else None
            if last is not None and last.role is LineRole.BLOCK and _continues(last, line, kind):
                parts[-1] = replace(last, lines=(*last.lines, line))
            else:
                parts.append(AnswerPart(LineRole.BLOCK, kind, (line,)))
        place += 1
    return parts


def _continues(part: AnswerPart, line: Line, kind: LineKind) -> bool:
    return part.kind is kind and kind is not PROSE and part.lines[-1].block == line.block


def _heading_role(lines: _KindedLines, place: int, *, asked: bool) -> LineRole:
    line = lines[place][0]
    after = next((kind for _, kind in lines[place + 1 :] if kind is not HEADING), None)
    directly = lines[place + 1][1] if place + 1 < len(lines) else None
    if directly is QUESTION or _FAQ.match(line.text) or not asked:
        return LineRole.SECTION
    if after is QUESTION and _SECTION.search(line.text):
        return LineRole.SECTION
    if _SECTION.search(line.text) and re.search(r"\bquestions?\b", line.text, re.IGNORECASE):
        return LineRole.SECTION
    if _CLOSING.search(line.text) and not any(
        kind is QUESTION and not _FAQ_PAIR.match(later.text) for later, kind in lines[place:]
    ):
        return LineRole.SECTION
    if line.known is HEADING:
        below = [later.level for later, kind in lines[:place] if kind is QUESTION and later.level]
        if below and line.level < below[-1]:
            return LineRole.SECTION
    return LineRole.SUBHEADING


def _answers_in_same_line(line: Line) -> int:
    """Return 1 where question and answer stand in one line, so that a pair has a line more than it took."""
    match = _FAQ_PAIR.match(line.text)
    return int(bool(match and match["answer"]))


def _faq_pair(lines: _KindedLines, place: int) -> AnswerPart:
    line = lines[place][0]
    match = _FAQ_PAIR.match(line.text)
    assert match is not None  # noqa: S101 - for the type checker
    asked = replace(line, text=match["asked"])
    if match["answer"]:
        return AnswerPart(LineRole.PAIR, QUESTION, (asked, replace(line, text=match["answer"])))
    if place + 1 < len(lines) and lines[place + 1][1] is PROSE:
        answer = lines[place + 1][0]
        return AnswerPart(
            LineRole.PAIR, QUESTION, (asked, replace(answer, text=_ANSWER.sub("", answer.text, count=1)))
        )
    return AnswerPart(LineRole.QUESTION, QUESTION, (asked,))


def reads_as_question(text: str) -> bool:
    """Tell whether a heading of these words would be a question in our format."""
    return bool(_QUESTION_NUMBER.match(text)) or text.rstrip("*_ ").endswith("?") or text.startswith("Q:")


def split_number(text: str) -> tuple[str, str]:
    """Return a question's number, if it has one, and its words."""
    match = _QUESTION_NUMBER.match(text)
    if match is None:
        return "", text
    digits = re.search(r"\d+", match[0])
    return digits[0] if digits else "", text[match.end() :] or text

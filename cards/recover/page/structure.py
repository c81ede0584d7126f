"""Typed lines -> what the guide is made of: title, sections, questions, and the parts of their answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from cards.recover.page.boilerplate import is_furniture, topics_of, touches
from cards.recover.page.page import Dropped, LineKind, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.page.page import Line, Page

QUESTION, HEADING, PROSE, LIST, TABLE, PYTHON, SHELL, PLAIN = LineKind


class Role(StrEnum):
    """What a part of the outline does."""

    TITLE = "title"
    SECTION = "section"
    QUESTION = "question"
    PAIR = "pair"
    """A FAQ entry: its first line asks, the others answer."""
    SUBHEADING = "subheading"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together."""

    role: Role
    kind: LineKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A page in order."""

    title: str
    parts: tuple[Part, ...]
    dropped: tuple[Dropped, ...]


_ASKED = re.compile(r"(?:Q\s*\d+\s*[.:)]|Question\s+\d+\s*[.:)-]?|\d{1,3}\s*[.)])\s*", re.IGNORECASE)
_PAIRED = re.compile(r"Q\s*:\s*(?P<asked>.+?)(?:\s+A\s*:\s*(?P<answer>.+))?\Z", re.DOTALL)
_ANSWER = re.compile(r"A\s*:\s*")
_FAQ = re.compile(r"(?:FAQs?|Frequently Asked Questions)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:at a glance|cheat ?sheet|summary|conclusion|key takeaways|final thoughts|wrapping up|"
    r"quick reference|"
    r"in a nutshell|further reading|resources)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:^|\b)(?:easy|medium|hard|basic|beginner|intermediate|advanced|expert|level \d|part \d|section \d|"
    r"questions? \d+\s*[-–])",  # noqa: RUF001 - dashes people type
    re.IGNORECASE,
)


def outlined(page: Page, kinds: Sequence[LineKind]) -> Outline:
    """Return the page in order; every line is in a part, or among what was dropped."""
    lines = list(zip(page.lines, kinds, strict=True))
    dropped = list(page.dropped)
    lines = [(line, _asks(line, kind)) for line, kind in lines]
    questions = [line.text for line, kind in lines if kind is QUESTION]
    title, lines = _title(page, lines)
    topics = topics_of(title, questions)
    lines = _without_tail(lines, dropped)
    lines = _without_furniture(lines, dropped)
    if page.source is Source.FLAT:  # elsewhere the page says itself what belongs to it
        lines = _without_stray_preface(lines, topics, dropped)
    return Outline(title, tuple(_parts(lines)), tuple(sorted(dropped, key=lambda one: one.number)))


def _asks(line: Line, kind: LineKind) -> LineKind:
    """A heading that the page marks as one may ask; a numbered line of code never does."""
    if (
        line.known is HEADING
        and line.level != 1
        and (_ASKED.match(line.text) or line.text.rstrip("*_ ").endswith("?"))
    ):
        return QUESTION
    return kind


_Typed = list[tuple["Line", LineKind]]


def _title(page: Page, lines: _Typed) -> tuple[str, _Typed]:
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


def _without_tail(lines: _Typed, dropped: list[Dropped]) -> _Typed:
    """Drop everything from the first piece of furniture behind the last question."""
    last = max((place for place, (_, kind) in enumerate(lines) if kind is QUESTION), default=None)
    if last is None:
        return lines
    for place in range(last + 1, len(lines)):
        line, kind = lines[place]
        if kind in {HEADING, PROSE, LIST} and is_furniture(line.text):
            dropped += [
                Dropped(left.number, left.text, "behind the end of the guide") for left, _ in lines[place:]
            ]
            return lines[:place]
    return lines


def _without_furniture(lines: _Typed, dropped: list[Dropped]) -> _Typed:
    kept = []
    for line, kind in lines:
        if kind in {HEADING, PROSE} and is_furniture(line.text):
            dropped.append(Dropped(line.number, line.text, "page furniture"))
        else:
            kept.append((line, kind))
    return kept


def _without_stray_preface(lines: _Typed, topics: frozenset[str], dropped: list[Dropped]) -> _Typed:
    """Drop what stands before the first question and does not speak of what the questions ask."""
    first = next((place for place, (_, kind) in enumerate(lines) if kind is QUESTION), 0)
    end = first
    while end and lines[end - 1][1] is HEADING:
        end -= 1  # what stands right above the first question names its section
    kept: _Typed = []
    for group in _groups(lines[:end]):
        (head, kind), *content = group
        if kind is not HEADING or touches(head.text, topics):
            content, head_stays = (group, False) if kind is not HEADING else (content, True)
        else:
            head_stays = bool(content) and touches(content[0][0].text, topics)
        listed = touches(" ".join(line.text for line, what in content if what is LIST), topics)
        for line, what in [*([(head, kind)] if kind is HEADING else []), *content]:
            stays = head_stays if line is head and kind is HEADING else what in {TABLE, PYTHON, SHELL, PLAIN}
            stays = stays or (listed if what is LIST else what is PROSE and touches(line.text, topics))
            if stays:
                kept.append((line, what))
            else:
                dropped.append(Dropped(line.number, line.text, "before the guide, on something else"))
    return [*kept, *lines[end:]]


def _groups(lines: _Typed) -> list[_Typed]:
    """Return the lines in groups that begin with a heading; the first may begin with something else."""
    groups: list[_Typed] = []
    for line, kind in lines:
        if kind is HEADING or not groups:
            groups.append([])
        groups[-1].append((line, kind))
    return groups


def _parts(lines: _Typed) -> list[Part]:
    parts: list[Part] = []
    asked = faq = False
    place = 0
    while place < len(lines):
        line, kind = lines[place]
        if kind is HEADING:
            parts.append(Part(_heading_role(lines, place, asked=asked), kind, (line,)))
            faq = bool(_FAQ.match(line.text)) if parts[-1].role is Role.SECTION else faq
        elif kind is QUESTION and _PAIRED.match(line.text):
            parts.append(_pair(lines, place))
            place += len(parts[-1].lines) - 1 - _split_answer(line)
            asked = True
        elif kind is QUESTION:
            parts.append(Part(Role.QUESTION, kind, (line,)))
            asked = True
        else:
            last = parts[-1] if parts else None
            if last is not None and last.role is Role.BLOCK and _belongs(last, line, kind):
                parts[-1] = replace(last, lines=(*last.lines, line))
            else:
                parts.append(Part(Role.BLOCK, kind, (line,)))
        place += 1
    return parts


def _belongs(part: Part, line: Line, kind: LineKind) -> bool:
    return part.kind is kind and kind is not PROSE and part.lines[-1].block == line.block


def _heading_role(lines: _Typed, place: int, *, asked: bool) -> Role:
    line = lines[place][0]
    after = next((kind for _, kind in lines[place + 1 :] if kind is not HEADING), None)
    directly = lines[place + 1][1] if place + 1 < len(lines) else None
    if directly is QUESTION or _FAQ.match(line.text) or not asked:
        return Role.SECTION
    if after is QUESTION and _SECTION.search(line.text):
        return Role.SECTION
    if _SECTION.search(line.text) and re.search(r"\bquestions?\b", line.text, re.IGNORECASE):
        return Role.SECTION
    if _CLOSING.search(line.text) and not any(
        kind is QUESTION and not _PAIRED.match(later.text) for later, kind in lines[place:]
    ):
        return Role.SECTION
    if line.known is HEADING:
        below = [later.level for later, kind in lines[:place] if kind is QUESTION and later.level]
        if below and line.level < below[-1]:
            return Role.SECTION
    return Role.SUBHEADING


def _split_answer(line: Line) -> int:
    """Return 1 where question and answer stand in one line, so that a pair has a line more than it took."""
    match = _PAIRED.match(line.text)
    return int(bool(match and match["answer"]))


def _pair(lines: _Typed, place: int) -> Part:
    line = lines[place][0]
    match = _PAIRED.match(line.text)
    assert match is not None  # noqa: S101 - for the type checker
    asked = replace(line, text=match["asked"])
    if match["answer"]:
        return Part(Role.PAIR, QUESTION, (asked, replace(line, text=match["answer"])))
    if place + 1 < len(lines) and lines[place + 1][1] is PROSE:
        answer = lines[place + 1][0]
        return Part(Role.PAIR, QUESTION, (asked, replace(answer, text=_ANSWER.sub("", answer.text, count=1))))
    return Part(Role.QUESTION, QUESTION, (asked,))


def asks(text: str) -> bool:
    """Tell whether a heading of these words would be a question in our format."""
    return bool(_ASKED.match(text)) or text.rstrip("*_ ").endswith("?") or text.startswith("Q:")


def wording(text: str) -> tuple[str, str]:
    """Return a question's number, if it has one, and its words."""
    match = _ASKED.match(text)
    if match is None:
        return "", text
    digits = re.search(r"\d+", match[0])
    return digits[0] if digits else "", text[match.end() :] or text

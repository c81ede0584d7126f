"""What comments tell beside the code: sentences, terms with what they do, and counted points."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from cards.atomize.commented.reason import line_spoken_of
from cards.python.comments import gives_reason, joined_comments
from cards.python.syntax import tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from cards.python.comments import CodeComment

_COUNTED = regex(r"\d+[.)] (?P<point>[^:]+: .+)", re.DOTALL)
_STEP = regex(r"(?P<sort>phase|step|stage) (?P<number>\d+)[:.)]? (?P<done>\S+ \S.*)", re.IGNORECASE)
_TERM = regex(r"(?P<name>[A-Za-z_]\w*(?:\.\w+)*): (?P<text>[a-z]+s(?<!ss) (?:\S+ ){2,}\S+)\Z")
_NO_TERM = frozenset(
    {"note", "tip", "warning", "gotcha", "example", "usage", "output", "result", "todo", "then"}
)
_VERB = regex(
    r"(?:is|are|must|will|would|can|cannot|requires?|needs?|prevents?|avoids?|recovers?|inserts?|happens?"
    r"|returns?|raises?|keeps?|becomes?|does|costs?|takes?)\b"
)
_SENTENCE = regex(rf"[A-Z]\S*(?: \S+){{0,8}} {_VERB.pattern} (?:\S+ ?){{2,}}\Z|(?:If|When) [^,]+, \S+ .+")
_LEAST_POINTS = 2


class ToldSort(Enum):
    """What comments tell."""

    SENTENCE = auto()
    TERM = auto()
    """`name: what it does`."""
    COUNTED = auto()
    """Several points `name: text` below what they are of."""
    STEPS = auto()
    """Several steps that count themselves: `Phase 1: ...`."""


class Told(NamedTuple):
    """What one comment tells, or several that count points."""

    points: tuple[str, ...]
    sort: ToldSort
    lead: str = ""
    """The comment right above counted points or steps; empty for none."""


def told_in_comments(source: str) -> list[Told]:
    """Return what comments on lines of their own tell; none that says why its line is there."""
    found: list[Told] = []
    counted: list[str] = []
    lead, above = "", ""
    for comment in joined_comments(source):
        words = " ".join(comment.text.split())
        if comment.trailing:
            continue
        if point := _COUNTED.fullmatch(words):
            lead = lead if counted else above
            counted.append(point["point"])
        else:
            found += _points(counted, lead)
            counted = []
            found += _told(comment, words, source)
        above = words
    return [*found, *_points(counted, lead), *_steps(source)]


def _points(counted: list[str], lead: str) -> list[Told]:
    is_list = len(counted) >= _LEAST_POINTS and lead.endswith(":")
    return [Told(tuple(counted), ToldSort.COUNTED, lead)] if is_list else []


def _steps(source: str) -> list[Told]:
    """Return the steps that comments of one block count from 1, all of them; none where one is missing."""
    own = [each for each in joined_comments(source) if not each.trailing]
    found = [(each, step) for each in own if (step := _STEP.fullmatch(" ".join(each.text.split())))]
    numbers = [int(step["number"]) for _, step in found]
    is_one_sort = len({step["sort"].casefold() for _, step in found}) == 1
    if len(found) < _LEAST_POINTS or not is_one_sort or numbers != list(range(1, len(found) + 1)):
        return []
    first = found[0][0].line
    lead = next((each.text for each in own if each.line + each.text.count("\n") + 1 == first), "")
    return [Told(tuple(step["done"] for _, step in found), ToldSort.STEPS, " ".join(lead.split()))]


def _told(comment: CodeComment, words: str, source: str) -> list[Told]:
    is_reason = gives_reason(comment.text) and line_spoken_of(comment, source) is not None
    if is_reason or tree_of(words) is not None:
        return []
    sort = sort_of_told(words)
    return [Told((words,), sort)] if sort else []


def sort_of_told(words: str) -> ToldSort | None:
    """Return what a comment tells that stands on its own; None for a label or a remark on its line."""
    if (term := _TERM.match(words)) and term["name"].casefold() not in _NO_TERM:
        return ToldSort.TERM
    if _COUNTED.fullmatch(words):
        return ToldSort.COUNTED
    return ToldSort.SENTENCE if _SENTENCE.match(words) else None

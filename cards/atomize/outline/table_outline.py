"""Tables as outlines: the rows that answer a question, each as a point."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.atomize.outline.asked_part import AskedFor, all_stems, content_stems
from cards.atomize.whole.point import MAX_POINTS, MAX_WORDS, MIN_POINTS
from cards.guide.block import Item
from cards.guide.inline import merge_adjacent
from cards.guide.text import Style, StyledText, plain_text
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cards.atomize.outline.asked_part import AskedPart
    from cards.guide.block import Row, Table
    from cards.guide.text import Inline

_MAX_POINT_WORDS = 20
# Headers of tables that say what is wrong or what there is, and beside it what one does or takes.
_SAYS_WHAT_TO_DO = regex(
    r"(?:symptoms?|problems?|causes?|errors?|pitfalls?|traps?|parts?|pieces?|stages?|components?|needs?|goals?"
    r"|situations?|concerns?|layers?)\b",
    re.IGNORECASE,
)
_IS_DONE = regex(
    r"(?:remed(?:y|ies)|fix(?:es)?|solutions?|cures?|choices?|tasks?|roles?|what (?:to do|it does|helps)"
    r"|answers?"
    r"|tools?|purposes?)\b",
    re.IGNORECASE,
)
_OCCASION = regex(r"(?:when\b|use(?:d| it| for)?\b|best for\b|suits?\b|good for\b|fits?\b)", re.IGNORECASE)
_CONDITION = regex(
    r"(?:when\b|what (?:leads to|causes?|triggers?|starts?|makes?|brings)\b).*\?", re.IGNORECASE
)
_MARKS = " :.?"


def contrast_points(table: Table, parts: Sequence[AskedPart]) -> tuple[Item, ...]:
    """Return how the two things that a question compares differ, aspect by aspect; none of other tables."""
    if not any(part.wish is AskedFor.DIFFERENCE for part in parts):
        return ()
    asked = frozenset().union(*(all_stems(part.words) for part in parts))
    named = [place for place in range(1, len(table.header)) if _is_named(table.header[place], asked)]
    if len(named) != 2:
        return ()
    names = _short_names([plain_text(table.header[place]) for place in named])
    return _that_fit(_contrast(row, named, names) for row in table.rows)


def row_points(table: Table, parts: Sequence[AskedPart]) -> tuple[Item, ...]:
    """Return the rows of a short table of two columns that answers what is asked: `this: that`."""
    if len(table.header) != 2 or not MIN_POINTS <= len(table.rows) <= MAX_POINTS:
        return ()
    asked = frozenset().union(*(part.stems for part in parts))
    head, value = map(plain_text, table.header)
    things = [content_stems(plain_text(row.cells[0])) for row in table.rows]
    of_things = sum(bool(stems & asked) for stems in things)
    tells_what_to_do = bool(_SAYS_WHAT_TO_DO.match(head) and _IS_DONE.match(value))
    is_way = any(part.wish in {AskedFor.WAY, AskedFor.NAMES} for part in parts)
    if not is_way or not (tells_what_to_do or of_things * 2 > len(things)):
        return ()
    points = _that_fit(_labelled(row.cells[0], row.cells[1]) for row in table.rows)
    return points if len(points) == len(table.rows) else ()


def occasion_points(table: Table, parts: Sequence[AskedPart]) -> tuple[Item, ...]:
    """Return when one uses the thing that a question names, or when it happens, where a table says so."""
    if not any(part.wish is AskedFor.OCCASION for part in parts):
        return ()
    value = plain_text(table.header[-1])
    if len(table.header) == 2 and len(table.rows) <= MAX_POINTS and _CONDITION.fullmatch(value):
        return (_conditions(table),)
    asked = frozenset().union(*(all_stems(part.words) for part in parts))
    named = [place for place in range(1, len(table.header)) if _is_named(table.header[place], asked)]
    if len(named) != 1:
        return ()
    rows = (row for row in table.rows if _OCCASION.match(plain_text(row.cells[0])))
    return tuple(_labelled(row.cells[0], row.cells[named[0]]) for row in rows)[:1]


def _conditions(table: Table) -> Item:
    """Return what the rows of a table say of when something happens, as one point."""
    said = [
        run
        for row in table.rows
        for run in (StyledText("; "), *row.cells[0], StyledText(": "), *row.cells[1])
    ]
    return Item(merge_adjacent((*table.header[1], StyledText(" "), *said[1:])))


def _is_named(header: Inline, asked: frozenset[str]) -> bool:
    stems = all_stems(plain_text(header))
    return bool(stems) and stems <= asked


def _short_names(names: Sequence[str]) -> list[str]:
    """Return names without the words that they share: `Eager`, not `Eager execution`."""
    one, other = (name.split() for name in names)
    shared = {word.casefold() for word in one} & {word.casefold() for word in other}
    short = [" ".join(word for word in each if word.casefold() not in shared) for each in (one, other)]
    return short if all(any(letter.isalpha() for letter in each) for each in short) else list(names)


def _contrast(row: Row, places: Sequence[int], names: Sequence[str]) -> Item:
    (one, other), (left, right) = (row.cells[place] for place in places), names
    return Item(
        merge_adjacent(
            (*_as_label(row.cells[0]), *one, StyledText(f" ({left}); "), *other, StyledText(f" ({right})"))
        )
    )


def _labelled(label: Inline, said: Inline) -> Item:
    return Item(merge_adjacent((*_as_label(label), *said)))


def _as_label(cell: Inline) -> Inline:
    """Return a cell as what stands before a point: `**Cell**: `."""
    is_verbatim = any(run.style.is_verbatim for run in cell)
    label = cell if is_verbatim else (StyledText(plain_text(cell).strip(_MARKS), Style.STRONG),)
    return (*label, StyledText(": "))


def _that_fit(points: Iterable[Item]) -> tuple[Item, ...]:
    """Return the first points that one says at once; none where they are fewer than two."""
    kept: list[Item] = []
    words = 0
    for point in points:
        long = count_words(plain_text(point.inline))
        words += long
        if long > _MAX_POINT_WORDS or words > MAX_WORDS or len(kept) == MAX_POINTS:
            break
        kept.append(point)
    return tuple(kept) if len(kept) >= MIN_POINTS else ()

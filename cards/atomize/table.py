"""Tables: a cell, a contrast or a reverse question, never the whole table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.topic import (
    NoCard,
    Result,
    Topic,
    ask,
    lower_start,
    said,
    sentence_case,
    strong,
    tokens,
    tried,
    without_stop,
)
from cards.card.kind import Kind
from cards.guide.block import Item, Listing, Row, Table
from cards.guide.text import Inline, Run, plain

if TYPE_CHECKING:
    from cards.card.card import Draft

# What an author calls the first column where every other column is a thing.
_ASPECTS = frozenset(
    {"", "aspect", "aspects", "property", "criterion", "question", "feature", "dimension", "point", "what"}
)
_EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "?", "..."})  # noqa: RUF001 - dashes people type


_SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"})


def table_cards(topic: Topic, table: Table) -> list[Result]:
    """Return the table's cards, and a reason for each place that made none."""
    if not table.rows or len(table.header) < 2:
        return ["a table without rows or with a single column"]
    columns_are_things = plain(table.header[0]).strip(" .:").casefold() in _ASPECTS
    results: list[Result] = []
    for row in table.rows:
        if columns_are_things and len(table.header) == 3:
            results.append(tried(_contrast, topic, table, row))
            continue
        for column in range(1, len(table.header)):
            meeting = _by_column(table, row, column) if columns_are_things else _by_row(table, row, column)
            results.append(tried(_cell, topic, table, row, meeting))
        if not columns_are_things and len(table.header) > 1:
            results.append(tried(_reverse, topic, table, row))
    return results


def is_empty(cell: Inline) -> bool:
    """Tell whether a cell says nothing."""
    return plain(cell).strip().casefold() in _EMPTY


def _contrast(topic: Topic, table: Table, row: Row) -> Draft:
    """One row of two things: how do they differ in this?"""
    _, one, other = table.header
    aspect, left, right = row.cells
    if any(map(is_empty, (aspect, left, right, one, other))):
        raise NoCard("a cell is empty")
    if tokens(plain(left)) == tokens(plain(right)):
        raise NoCard("both things have the same value")
    joint = " How do " if plain(aspect).endswith("?") else ": how do "
    front = (
        said(sentence_case(without_stop(aspect)), joint, strong(one), " and ", strong(other), " differ?"),
    )
    back = (Listing(ordered=False, items=(_named(one, left), _named(other, right))),)
    return topic.draft(
        Kind.CONTRAST,
        f"{plain(aspect)} {plain(one)} {plain(other)}",
        front,
        back,
        span=row.span,
        context=(table,),
    )


def _named(thing: Inline, value: Inline) -> Item:
    return Item((*strong(thing), Run(": "), *value))


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Where a thing and an aspect meet."""

    thing: Inline
    noun: Inline
    """The word for what the things are; empty where the table does not say."""
    aspect: Inline
    value: Inline


def _by_column(table: Table, row: Row, column: int) -> _Meeting:
    return _Meeting(table.header[column], (), row.cells[0], row.cells[column])


def _by_row(table: Table, row: Row, column: int) -> _Meeting:
    return _Meeting(row.cells[0], table.header[0], table.header[column], row.cells[column])


def _cell(topic: Topic, table: Table, row: Row, meeting: _Meeting) -> Draft:
    """One thing, one aspect -> its value."""
    if any(map(is_empty, (meeting.value, meeting.thing, meeting.aspect))):
        raise NoCard("a cell is empty")
    if sum(plain(other.cells[0]) == plain(row.cells[0]) for other in table.rows) > 1:
        raise NoCard("two rows start alike")
    unnamed = not meeting.noun or _names_itself(meeting.thing, meeting.noun)
    naming: Inline = () if unnamed else (*meeting.noun, Run(" "))
    return topic.draft(
        Kind.CELL,
        f"{plain(meeting.thing)} {plain(meeting.aspect)}",
        (said(naming, strong(meeting.thing), ": ", ask(lower_start(meeting.aspect))),),
        (said(sentence_case(meeting.value)),),
        span=row.span,
        context=(table,),
    )


def _names_itself(thing: Inline, noun: Inline) -> bool:
    """Tell whether the thing's name holds the word for its kind (`Sequential API`, `API`)."""
    return bool((set(tokens(plain(noun))) & set(tokens(plain(thing)))) - _SMALL_WORDS)


def _reverse(topic: Topic, table: Table, row: Row) -> Draft:
    """The value that only one thing has -> the thing."""
    thing, value = row.cells[0], row.cells[1]
    if is_empty(value) or is_empty(thing) or is_empty(table.header[1]):
        raise NoCard("a cell is empty")
    same = [other for other in table.rows if tokens(plain(other.cells[1])) == tokens(plain(value))]
    if len(same) > 1 or len(tokens(plain(value))) < 3:
        raise NoCard("the value does not point back to one thing")
    noun = table.header[0]
    if len(table.rows) < 2 or not tokens(plain(noun)):
        raise NoCard("nothing to tell it from")
    front = (said("Which ", lower_start(noun), "? ", table.header[1], ": ", lower_start(value), "."),)
    if plain(table.header[1]).rstrip().endswith("?"):
        front = (said("Which ", lower_start(noun), "? ", table.header[1], " ", sentence_case(value), "."),)
    return topic.draft(
        Kind.REVERSE, f"{plain(value)}", front, (said(thing),), span=row.span, context=(table,)
    )

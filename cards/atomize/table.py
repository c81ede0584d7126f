"""Tables: a cell, a contrast or a reverse question, never the whole table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.question_context import (
    DraftOrReason,
    NoCard,
    QuestionContext,
    draft_or_reason,
    in_bold,
    lower_first_letter,
    prose_of,
    sentence_case,
    tokens,
    with_question_mark,
    without_full_stop,
)
from cards.card.kind import CardKind
from cards.guide.block import Item, Listing, Row, Table
from cards.guide.text import Inline, StyledText, plain_text

if TYPE_CHECKING:
    from cards.card.card import Draft

# What an author calls the first column where every other column is a thing.
_ASPECT_HEADINGS = frozenset(
    {"", "aspect", "aspects", "property", "criterion", "question", "feature", "dimension", "point", "what"}
)
_EMPTY_CELLS = frozenset({"", "-", "–", "—", "n/a", "na", "?", "..."})  # noqa: RUF001 - dashes people type


_SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"})


def table_cards(topic: QuestionContext, table: Table) -> list[DraftOrReason]:
    """Return the table's cards, and a reason for each place that made none."""
    if not table.rows or len(table.header) < 2:
        return ["a table without rows or with a single column"]
    columns_are_things = plain_text(table.header[0]).strip(" .:").casefold() in _ASPECT_HEADINGS
    results: list[DraftOrReason] = []
    for row in table.rows:
        if columns_are_things and len(table.header) == 3:
            results.append(draft_or_reason(_contrast_card, topic, table, row))
            continue
        for column in range(1, len(table.header)):
            meeting = (
                _thing_in_column(table, row, column)
                if columns_are_things
                else _thing_in_row(table, row, column)
            )
            results.append(draft_or_reason(_cell_card, topic, table, row, meeting))
        if not columns_are_things and len(table.header) > 1:
            results.append(draft_or_reason(_reverse_card, topic, table, row))
    return results


def is_empty_cell(cell: Inline) -> bool:
    """Tell whether a cell says nothing."""
    return plain_text(cell).strip().casefold() in _EMPTY_CELLS


def _contrast_card(topic: QuestionContext, table: Table, row: Row) -> Draft:
    """One row of two things: how do they differ in this?"""
    _, one, other = table.header
    aspect, left, right = row.cells
    if any(map(is_empty_cell, (aspect, left, right, one, other))):
        raise NoCard("a cell is empty")
    if tokens(plain_text(left)) == tokens(plain_text(right)):
        raise NoCard("both things have the same value")
    joint = " How do " if plain_text(aspect).endswith("?") else ": how do "
    front = (
        prose_of(
            sentence_case(without_full_stop(aspect)), joint, in_bold(one), " and ", in_bold(other), " differ?"
        ),
    )
    back = (Listing(ordered=False, items=(_labelled_item(one, left), _labelled_item(other, right))),)
    return topic.draft(
        CardKind.CONTRAST,
        f"{plain_text(aspect)} {plain_text(one)} {plain_text(other)}",
        front,
        back,
        span=row.span,
        context=(table,),
    )


def _labelled_item(thing: Inline, value: Inline) -> Item:
    return Item((*in_bold(thing), StyledText(": "), *value))


@dataclass(frozen=True, slots=True)
class _AspectOfThing:
    """Where a thing and an aspect meet."""

    thing: Inline
    noun: Inline
    """The word for what the things are; empty where the table does not say."""
    aspect: Inline
    value: Inline


def _thing_in_column(table: Table, row: Row, column: int) -> _AspectOfThing:
    return _AspectOfThing(table.header[column], (), row.cells[0], row.cells[column])


def _thing_in_row(table: Table, row: Row, column: int) -> _AspectOfThing:
    return _AspectOfThing(row.cells[0], table.header[0], table.header[column], row.cells[column])


def _cell_card(topic: QuestionContext, table: Table, row: Row, meeting: _AspectOfThing) -> Draft:
    """One thing, one aspect -> its value."""
    if any(map(is_empty_cell, (meeting.value, meeting.thing, meeting.aspect))):
        raise NoCard("a cell is empty")
    if sum(plain_text(other.cells[0]) == plain_text(row.cells[0]) for other in table.rows) > 1:
        raise NoCard("two rows start alike")
    unnamed = not meeting.noun or _name_holds_noun(meeting.thing, meeting.noun)
    naming: Inline = () if unnamed else (*meeting.noun, StyledText(" "))
    return topic.draft(
        CardKind.CELL,
        f"{plain_text(meeting.thing)} {plain_text(meeting.aspect)}",
        (
            prose_of(
                naming, in_bold(meeting.thing), ": ", with_question_mark(lower_first_letter(meeting.aspect))
            ),
        ),
        (prose_of(sentence_case(meeting.value)),),
        span=row.span,
        context=(table,),
    )


def _name_holds_noun(thing: Inline, noun: Inline) -> bool:
    """Tell whether the thing's name holds the word for its kind (`Sequential API`, `API`)."""
    return bool((set(tokens(plain_text(noun))) & set(tokens(plain_text(thing)))) - _SMALL_WORDS)


def _reverse_card(topic: QuestionContext, table: Table, row: Row) -> Draft:
    """The value that only one thing has -> the thing."""
    thing, value = row.cells[0], row.cells[1]
    if is_empty_cell(value) or is_empty_cell(thing) or is_empty_cell(table.header[1]):
        raise NoCard("a cell is empty")
    same = [other for other in table.rows if tokens(plain_text(other.cells[1])) == tokens(plain_text(value))]
    if len(same) > 1 or len(tokens(plain_text(value))) < 3:
        raise NoCard("the value does not point back to one thing")
    noun = table.header[0]
    if len(table.rows) < 2 or not tokens(plain_text(noun)):
        raise NoCard("nothing to tell it from")
    front = (
        prose_of(
            "Which ", lower_first_letter(noun), "? ", table.header[1], ": ", lower_first_letter(value), "."
        ),
    )
    if plain_text(table.header[1]).rstrip().endswith("?"):
        front = (
            prose_of(
                "Which ", lower_first_letter(noun), "? ", table.header[1], " ", sentence_case(value), "."
            ),
        )
    return topic.draft(
        CardKind.REVERSE, f"{plain_text(value)}", front, (prose_of(thing),), span=row.span, context=(table,)
    )

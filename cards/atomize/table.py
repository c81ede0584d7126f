"""Cards about tables: a cell, a contrast or a reverse question; never the whole table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.question_context import NoCard
from cards.atomize.term import names_under_question
from cards.atomize.wording import (
    in_bold,
    lower_first_letter,
    prose_of,
    sentence_case,
    tokens,
    without_end_mark,
    without_full_stop,
)
from cards.card.kind import CardKind
from cards.guide.block import Item, Listing, Row, Table
from cards.guide.text import Inline, StyledText, plain_text
from cards.language.frame import Frame
from cards.language.natural_language import QUESTION_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.atomize.question_context import CardOrReason, QuestionContext

# What an author calls the first column where every other column is a thing.
_ASPECT_HEADINGS = frozenset(
    {"", "aspect", "aspects", "property", "criterion", "question", "feature", "dimension", "point", "what"}
    | {"方面", "特性", "特点", "属性", "对比项", "比较项", "项目", "観点", "項目", "特徴"}
    | {"аспект", "свойство", "критерий", "характеристика", "параметр", "признак", "вопрос"}
    | {"aspecto", "propiedad", "característica", "criterio", "pregunta", "propriedade", "critério"}
    | {"aspekt", "eigenschaft", "merkmal", "kriterium", "frage", "propriété", "critère", "caractéristique"}
    | {"الجانب", "الخاصية", "المعيار", "السمة", "وجه المقارنة", "وجه الاختلاف", "من حيث"}
    | {
        "היבט",
        "מאפיין",
        "תכונה",
        "קריטריון",
        "נושא",
        "aspetto",
        "caratteristica",
        "özellik",
        "항목",
        "구분",
        "특징",
    }
)
_EMPTY_CELLS = frozenset({"", "-", "–", "—", "n/a", "na", "?", "..."})  # noqa: RUF001 - dashes people type


_SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"})


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, and how the table is to be read."""

    table: Table
    row: Row
    columns_are_things: bool
    """Whether each column but the first is about one thing; otherwise each row is."""

    @property
    def sets_two_things_apart(self) -> bool:
        """Whether the row compares the only two things of its table."""
        return self.columns_are_things and len(self.table.header) == 3


def table_rows(table: Table) -> list[TableRow | NoCard]:
    """Return the rows of a table that cards can be made from, or why there are none."""
    if not table.rows or len(table.header) < 2:
        return [NoCard("a table without rows or with a single column")]
    columns_are_things = plain_text(table.header[0]).strip(" .:").casefold() in _ASPECT_HEADINGS
    return [TableRow(table, row, columns_are_things) for row in table.rows]


def contrast_cards(row: TableRow, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a row that compares two things: how do they differ in this aspect?"""
    return [_contrast_card(row.table, row.row, context)] if row.sets_two_things_apart else []


def cell_cards(row: TableRow, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make a card of each cell: a thing and an aspect -> the value."""
    if row.sets_two_things_apart:
        return []
    place = _thing_in_column if row.columns_are_things else _thing_in_row
    columns = range(1, len(row.table.header))
    return [_cell_card(row.table, row.row, place(row.table, row.row, each), context) for each in columns]


def reverse_cards(row: TableRow, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the reverse card of a row about one thing: the value that only it has -> the thing."""
    return [] if row.columns_are_things else [_reverse_card(row.table, row.row, context)]


def is_empty_cell(cell: Inline) -> bool:
    """Tell whether a cell says nothing."""
    return plain_text(cell).strip().casefold() in _EMPTY_CELLS


def _contrast_card(table: Table, row: Row, context: QuestionContext) -> CardOrReason:
    _, one, other = table.header
    aspect, left, right = row.cells
    if any(map(is_empty_cell, (aspect, left, right, one, other))):
        return NoCard("a cell is empty")
    if tokens(plain_text(left)) == tokens(plain_text(right)):
        return NoCard("both things have the same value")
    frame = Frame.DIFFERENCE_ASKED if plain_text(aspect).endswith(QUESTION_MARKS) else Frame.DIFFERENCE
    asked, left_name, right_name = sentence_case(without_full_stop(aspect)), in_bold(one), in_bold(other)
    front = (
        context.ask(frame, aspect=asked, one=left_name, other=right_name)
        or prose_of(asked, ": ", left_name, " / ", right_name),
    )
    back = (Listing(ordered=False, items=(_labelled_item(one, left), _labelled_item(other, right))),)
    return context.draft(
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
    """A table cell with the thing and the aspect that it is about."""

    thing: Inline
    noun: Inline
    """The word for what the things are; empty where the table does not say."""
    aspect: Inline
    value: Inline


def _thing_in_column(table: Table, row: Row, column: int) -> _AspectOfThing:
    return _AspectOfThing(table.header[column], (), row.cells[0], row.cells[column])


def _thing_in_row(table: Table, row: Row, column: int) -> _AspectOfThing:
    return _AspectOfThing(row.cells[0], table.header[0], table.header[column], row.cells[column])


def _cell_card(table: Table, row: Row, cell: _AspectOfThing, context: QuestionContext) -> CardOrReason:
    if any(map(is_empty_cell, (cell.value, cell.thing, cell.aspect))):
        return NoCard("a cell is empty")
    if sum(plain_text(other.cells[0]) == plain_text(row.cells[0]) for other in table.rows) > 1:
        return NoCard("two rows start alike")
    unnamed = not cell.noun or _name_holds_noun(cell.thing, cell.noun)
    naming: Inline = () if unnamed else (*cell.noun, StyledText(" "))
    return context.draft(
        CardKind.CELL,
        f"{plain_text(cell.thing)} {plain_text(cell.aspect)}",
        (
            context.ask(
                Frame.ASPECT,
                thing=(*naming, *in_bold(cell.thing)),
                aspect=without_end_mark(lower_first_letter(cell.aspect, context.language)),
            )
            or names_under_question((cell.thing, cell.aspect), context),
        ),
        (prose_of(sentence_case(cell.value)),),
        span=row.span,
        context=(table,),
    )


def _name_holds_noun(thing: Inline, noun: Inline) -> bool:
    """Tell whether the thing's name holds the word for its kind (`Sequential API`, `API`)."""
    return bool((set(tokens(plain_text(noun))) & set(tokens(plain_text(thing)))) - _SMALL_WORDS)


def _reverse_card(table: Table, row: Row, context: QuestionContext) -> CardOrReason:
    thing, value = row.cells[0], row.cells[1]
    if is_empty_cell(value) or is_empty_cell(thing) or is_empty_cell(table.header[1]):
        return NoCard("a cell is empty")
    same = [other for other in table.rows if tokens(plain_text(other.cells[1])) == tokens(plain_text(value))]
    if len(same) > 1 or len(tokens(plain_text(value))) < 3:
        return NoCard("the value does not point back to one thing")
    noun = table.header[0]
    if len(table.rows) < 2 or not tokens(plain_text(noun)):
        return NoCard("nothing to tell it from")
    is_asked = plain_text(table.header[1]).rstrip().endswith(QUESTION_MARKS)
    front = context.ask(
        Frame.WHICH_ASKED if is_asked else Frame.WHICH,
        noun=lower_first_letter(noun, context.language),
        heading=table.header[1],
        value=sentence_case(value) if is_asked else lower_first_letter(value, context.language),
    )
    if front is None:
        return NoCard("no words to ask for the thing in this language")
    return context.draft(
        CardKind.REVERSE,
        plain_text(value),
        (front,),
        (prose_of(thing),),
        span=row.span,
        context=(table,),
    )

"""Cards about tables: a cell, a contrast or a reverse question; never the whole table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.question_context import NoCard
from cards.atomize.tables.column import Column, columns_of, tables_shown
from cards.atomize.tables.column_heading import (
    ASPECT_HEADINGS,
    COMMON_NOUNS,
    DESCRIPTIONS,
    REMARK_HEADINGS,
    SAID_OF_QUESTION,
    VAGUE_HEADINGS,
    heading_key,
)
from cards.atomize.tables.heading_question import question_of_heading, questions_of_two
from cards.atomize.tables.row_name import name_of_row, noun_of_rows
from cards.atomize.tables.way_back import question_back, why_not_asked_back
from cards.atomize.term import is_comparison, names_under_question
from cards.atomize.wording import (
    contains_words,
    fill_frame,
    in_bold,
    lower_first_letter,
    prose_of,
    sentence_case,
    tokens,
    with_end_mark,
    without_end_mark,
    without_full_stop,
)
from cards.card.kind import CardKind
from cards.guide.block import Item, Listing, Prose, Row, Table
from cards.guide.text import Inline, StyledText, plain_text
from cards.language.frame import Frame
from cards.language.natural_language import QUESTION_MARKS, Language
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.atomize.question_context import CardOrReason, QuestionContext

_REMARK_FRAMES = {
    "meaning": Frame.WHAT_DOES_IT_MEAN,
    "what it means": Frame.WHAT_DOES_IT_MEAN,
    "what it does": Frame.WHAT_DOES_IT_DO,
    "what it is": Frame.WHAT_IS,
    "definition": Frame.WHAT_IS,
}
_NOT_APPLICABLE = regex(r"\W*(?:n/a|not applicable)\W*")
_EMPTY_CELLS = frozenset({"", "-", "–", "—", "na", "?", "..."})  # noqa: RUF001 - dashes people type


_ASKING_WORDS = frozenset({"why", "what", "how", "when", "where", "which", "who"})
_NUMBER = regex(r"[-+]?\d[\d.,:/-]*(?: \d[\d:.]*)?|nan|none|null|true|false", re.IGNORECASE)
_MOST = 0.8
"""Share of the cells from which a table holds numbers."""
_FEWEST_ALIKE = 3
"""Rows that say the same, from which a value is what one expects."""
_JOINING_WORDS = frozenset(
    {"across", "after", "before", "between", "during", "per", "for", "of", "with", "by"}
)
"""Words between others that stand with a capital in no name, only in a heading."""
_SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"})


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, and how the table is to be read."""

    table: Table
    row: Row
    columns_are_things: bool
    """Whether each column but the first is about one thing; otherwise each row is."""
    columns: tuple[Column, ...]
    """The table's, with what their cells have in common."""
    shown: Table
    """What the cards of the row show of the table."""
    is_title_case: bool = False
    """The words of all aspects begin with capitals."""

    @property
    def sets_two_things_apart(self) -> bool:
        """Whether the row compares the only two things of its table."""
        return self.columns_are_things and len(self.table.header) == 3


def table_rows(table: Table) -> list[TableRow | NoCard]:
    """Return the rows of a table that cards can be made from, or why there are none."""
    if not table.rows or len(table.header) < 2:
        return [NoCard("a table without rows or with a single column")]
    if _is_data(table):
        return [NoCard("a table of data")]
    first, *others = map(_heading, table.header)
    columns_are_things = first in ASPECT_HEADINGS and not any(each in REMARK_HEADINGS for each in others)
    columns = columns_of(table, tokens)
    # An aspect is a row's label or a column's heading.
    is_title_case = _are_in_title_case(columns[0].cells if columns_are_things else table.header)
    return [
        TableRow(table, row, columns_are_things, columns, shown, is_title_case)
        for row, shown in zip(table.rows, tables_shown(table), strict=True)
    ]


def _heading(cell: Inline) -> str:
    return heading_key(plain_text(cell))


def _is_data(table: Table) -> bool:
    """Tell whether a table holds the numbers of an example: rows counted or dated, or columns of letters."""
    heads = [plain_text(row.cells[0]).strip() for row in table.rows]
    heads = [head for head in heads if head]
    cells = [plain_text(cell).strip() for row in table.rows for cell in row.cells[1:] if plain_text(cell)]
    names = [plain_text(cell).strip() for cell in table.header[1:]]
    has_numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells) >= _MOST * len(cells)
    return has_numbers and (
        all(_NUMBER.fullmatch(head) or len(head) < 2 for head in heads)
        or all(len(name) < 2 for name in names)
    )


def contrast_cards(row: TableRow, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a row that compares two things: how do they differ in this aspect?"""
    return [_contrast_card(row, context)] if row.sets_two_things_apart else []


def cell_cards(row: TableRow, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make a card of each cell: a thing and an aspect -> the value."""
    if row.sets_two_things_apart:
        return []
    if _faces_two_things(row.table, context):
        return [_facing_card(row, context)]
    return [_cell_card(row, column, context) for column in range(1, len(row.table.header))]


def reverse_cards(row: TableRow, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the reverse card of a row about one thing: the value that only it has -> the thing."""
    if row.columns_are_things or _faces_two_things(row.table, context):
        return []
    return [_reverse_card(row, context)]


def _faces_two_things(table: Table, context: QuestionContext) -> bool:
    """Tell whether the two columns of a table are the two things that the question compares."""
    names = [plain_text(cell).strip() for cell in table.header]
    return (
        len(names) == 2
        and is_comparison(context.question.wording, context.language)
        and all(tokens(name) and contains_words(context.question.title, name) for name in names)
    )


def _facing_card(row: TableRow, context: QuestionContext) -> CardOrReason:
    """Return the card of what is said of one thing -> what is said of the other."""
    one, other = row.table.header
    left, right = row.row.cells
    if is_empty_cell(left) or is_empty_cell(right):
        return NoCard("a cell is empty")
    if tokens(plain_text(left)) == tokens(plain_text(right)):
        return NoCard("both things have the same value")
    said = (*in_bold(one), StyledText(": "), *without_full_stop(left))
    return context.draft(
        CardKind.CELL,
        f"{plain_text(other)} {plain_text(left)}",
        (prose_of(said), prose_of(in_bold(other), "?")),
        (prose_of(sentence_case(without_full_stop(right))),),
        span=row.row.span,
        context=(row.shown,),
    )


def is_empty_cell(cell: Inline) -> bool:
    """Tell whether a cell says nothing."""
    words = plain_text(cell).strip().casefold()
    return words in _EMPTY_CELLS or bool(_NOT_APPLICABLE.fullmatch(words))


def _contrast_card(row: TableRow, context: QuestionContext) -> CardOrReason:
    _, one, other = row.table.header
    aspect, left, right = row.row.cells
    if any(map(is_empty_cell, (aspect, left, right, one, other))):
        return NoCard("a cell is empty")
    if tokens(plain_text(left)) == tokens(plain_text(right)):
        return NoCard("both things have the same value")
    by_grammar = _front_of_two(row, (one, other), context)
    frame = Frame.DIFFERENCE_ASKED if plain_text(aspect).endswith(QUESTION_MARKS) else Frame.DIFFERENCE
    asked, left_name, right_name = sentence_case(without_full_stop(aspect)), in_bold(one), in_bold(other)
    front = (
        by_grammar
        or context.ask(frame, aspect=asked, one=left_name, other=right_name)
        or prose_of(asked, ": ", left_name, " / ", right_name),
    )
    back = (Listing(ordered=False, items=(_labelled_item(one, left), _labelled_item(other, right))),)
    return context.draft(
        CardKind.CONTRAST,
        f"{plain_text(aspect)} {plain_text(one)} {plain_text(other)}",
        front,
        back,
        span=row.row.span,
        context=(row.shown,),
    )


def _front_of_two(row: TableRow, things: tuple[Inline, Inline], context: QuestionContext) -> Prose | None:
    """Return the question that an aspect asks of one thing, and then of the other; None for a noun."""
    aspect, *values = row.row.cells
    if context.language is not Language.ENGLISH or any(run.style.is_verbatim for run in aspect):
        return None
    heading = _within_sentence(aspect, context.language, is_title_case=row.is_title_case)
    asked = questions_of_two(plain_text(heading), tuple(map(plain_text, values)))
    if asked is None:
        return None
    first, then = (
        fill_frame(question, {"thing": in_bold(thing)}) for question, thing in zip(asked, things, strict=True)
    )
    return prose_of(sentence_case(first), " ", then)


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
    values: tuple[str, ...] = ()
    """What the table says of all things in this aspect."""
    is_title_case: bool = False
    """The aspect's words begin with capitals only because all of their kind do."""


def _thing_in_column(row: TableRow, column: int) -> _AspectOfThing:
    cells = row.row.cells
    values = tuple(map(plain_text, cells[1:]))
    return _AspectOfThing(row.table.header[column], (), cells[0], cells[column], values, row.is_title_case)


def _thing_in_row(row: TableRow, column: int) -> _AspectOfThing:
    header, cells = row.table.header, row.row.cells
    values = row.columns[column].words
    return _AspectOfThing(cells[0], header[0], header[column], cells[column], values, row.is_title_case)


def _are_in_title_case(headings: tuple[Inline, ...]) -> bool:
    """Tell whether two headings or more have several words, and all of those begin with capitals."""
    longer = [words for each in headings if len(words := plain_text(each).split()) > 1]
    capital = all(word[:1].isupper() or len(word) < 4 for words in longer for word in words)
    return len(longer) > 1 and capital


def _cell_card(row: TableRow, column: int, context: QuestionContext) -> CardOrReason:
    table = row.table
    cell = _thing_in_column(row, column) if row.columns_are_things else _thing_in_row(row, column)
    if any(map(is_empty_cell, (cell.value, cell.thing, cell.aspect))):
        return NoCard("a cell is empty")
    if row.columns[0].by_words[plain_text(row.row.cells[0])] > 1:
        return NoCard("two rows start alike")
    if _most_rows_say(row, column):
        return NoCard("many rows say the same")
    return context.draft(
        CardKind.CELL,
        f"{plain_text(cell.thing)} {plain_text(cell.aspect)}",
        (
            _front_of_remark(table, cell, context)
            or _front_by_grammar(cell, context)
            or context.ask(
                Frame.ASPECT,
                thing=_with_noun(cell),
                aspect=without_end_mark(_within_sentence(cell.aspect, context.language)),
            )
            or names_under_question((cell.thing, cell.aspect), context),
        ),
        (prose_of(sentence_case(cell.value)),),
        span=row.row.span,
        context=(row.shown,),
    )


def _with_noun(cell: _AspectOfThing) -> Inline:
    """Return a thing in bold behind the word for what it is, unless its name holds that."""
    unnamed = not cell.noun or _name_holds_noun(cell.thing, cell.noun)
    return (*(() if unnamed else (*cell.noun, StyledText(" "))), *in_bold(cell.thing))


def _front_by_grammar(cell: _AspectOfThing, context: QuestionContext) -> Prose | None:
    """Return the sentence that the heading asks of the thing; None where its grammar is not known."""
    if context.language is not Language.ENGLISH or any(run.style.is_verbatim for run in cell.aspect):
        return None
    heading = _within_sentence(cell.aspect, context.language, is_title_case=cell.is_title_case)
    question = question_of_heading(plain_text(heading), cell.values)
    if question is None:
        return None
    return Prose(sentence_case(fill_frame(question, {"thing": _within_question(cell, context.language)})))


def _within_question(cell: _AspectOfThing, language: Language) -> Inline:
    """Return a thing as it stands within a question: `the **Functional** style`."""
    is_code = any(run.style.is_verbatim for run in cell.thing)
    name = name_of_row(plain_text(cell.noun), plain_text(cell.thing), is_code=is_code)
    thing = lower_first_letter(cell.thing, language) if name.begins_small else cell.thing
    return prose_of(name.before, in_bold(thing), name.after).inline


def _front_of_remark(table: Table, cell: _AspectOfThing, context: QuestionContext) -> Prose | None:
    """Return the question for what is said of a row, where the heading only says that something is said."""
    heading = _heading(cell.aspect)
    if frame := _REMARK_FRAMES.get(heading):
        return context.ask(frame, term=in_bold(cell.thing))
    is_of_question = len(table.header) == 2 and _heading(table.header[0]) in ASPECT_HEADINGS
    is_said = heading in DESCRIPTIONS | SAID_OF_QUESTION or (is_of_question and heading in REMARK_HEADINGS)
    if not is_said:
        return None
    cue = with_end_mark(context.question.wording, context.language)
    return context.ask(Frame.WHAT_IS_SAID_OF, cue=cue, term=in_bold(cell.thing))


def _most_rows_say(row: TableRow, column: int) -> bool:
    """Tell whether three or more rows, and more than a third of all, say the same in a column as this one."""
    said, rows = tokens(plain_text(row.row.cells[column])), len(row.table.rows)
    same = row.columns[column].by_tokens[said]
    is_common = same >= _FEWEST_ALIKE or same == rows
    return is_common and same > 1 and same * 3 > rows and bool(said)


def _within_sentence(heading: Inline, language: Language, *, is_title_case: bool = False) -> Inline:
    """Return a heading as it stands within a sentence; one In Title Case stays, as it may be a name.

    Not where all headings beside it are in title case too.
    """
    words = plain_text(heading).split()
    in_title_case = len(words) > 1 and all(word[:1].isupper() for word in words)
    is_phrase = words[-1].casefold() in COMMON_NOUNS or any(
        word.casefold() in _JOINING_WORDS for word in words[1:-1]
    )
    is_title_case = is_title_case or (in_title_case and is_phrase)
    if in_title_case and is_title_case and not any(run.style.is_verbatim for run in heading):
        small = [plain_text(lower_first_letter((StyledText(word),), language)) for word in words]
        return (StyledText(" ".join(small)),)
    in_title_case = in_title_case and words[0].casefold() not in _ASKING_WORDS
    return heading if in_title_case else lower_first_letter(heading, language)


def _name_holds_noun(thing: Inline, noun: Inline) -> bool:
    """Tell whether the thing's name holds the word for its kind (`Sequential API`, `API`)."""
    return bool((set(tokens(plain_text(noun))) & set(tokens(plain_text(thing)))) - _SMALL_WORDS)


def _reverse_card(row: TableRow, context: QuestionContext) -> CardOrReason:
    table, (thing, value, *_) = row.table, row.row.cells
    if is_empty_cell(value) or is_empty_cell(thing) or is_empty_cell(table.header[1]):
        return NoCard("a cell is empty")
    said = tokens(plain_text(value))
    if row.columns[1].by_tokens[said] > 1 or len(said) < 3:
        return NoCard("the value does not point back to one thing")
    noun = table.header[0]
    if _heading(table.header[1]) in VAGUE_HEADINGS:
        return NoCard("the heading says nothing of what the value is")
    if len(table.rows) < 2 or not tokens(plain_text(noun)):
        return NoCard("nothing to tell it from")
    # Its own value stands there once.
    said_elsewhere = [other for other in row.columns[1].words if other != plain_text(value)]
    words = (plain_text(lower_first_letter(noun, context.language)), plain_text(thing), plain_text(value))
    if reason := why_not_asked_back(*words, said_elsewhere):
        return NoCard(reason)
    front = _front_of_reverse(noun, table.header[1], value, context)
    if isinstance(front, NoCard):
        return front
    return context.draft(
        CardKind.REVERSE,
        plain_text(value),
        (front,),
        (prose_of(thing),),
        span=row.row.span,
        context=(row.shown,),
    )


def _front_of_reverse(
    noun: Inline, heading: Inline, value: Inline, context: QuestionContext
) -> Prose | NoCard:
    """Return the question for a thing by its value; in English only below a heading that one asks from."""
    is_asked = plain_text(heading).rstrip().endswith(QUESTION_MARKS)
    within = sentence_case(value) if is_asked else lower_first_letter(value, context.language)
    if context.language is Language.ENGLISH:
        question = question_back(plain_text(heading))
        if question is None:
            return NoCard(f"nobody asks for it by “{plain_text(heading)}”")
        if question.startswith("Which"):
            within = lower_first_letter(value, context.language)
        within = without_full_stop(within)
        pieces: dict[str, str | Inline] = {"noun": noun_of_rows(plain_text(noun)), "value": within}
        return Prose(fill_frame(question, pieces))
    front = context.ask(
        Frame.WHICH_ASKED if is_asked else Frame.WHICH,
        noun=lower_first_letter(noun, context.language),
        heading=heading,
        value=within,
    )
    return front or NoCard("no words to ask for the thing in this language")

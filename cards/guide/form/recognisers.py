"""The closed, ordered lists of the forms in which questions are written.

Each form is a function: it takes what is written and returns what that is, or None. The first that knows a
thing decides. A new form is a function in its family's file, a place in one of these lists, and cases in
`tests/cards/guide/form/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.guide.form.line.admonition import headings_of_boxes
from cards.guide.form.line.answer_key import answers_of_key
from cards.guide.form.line.bullet_line import entries_of_bullets
from cards.guide.form.line.card_sides import headings_of_sides
from cards.guide.form.line.cloze import questions_of_clozes
from cards.guide.form.line.defined_term import entries_of_terms
from cards.guide.form.line.heading_line import headings_of_labels, tight_headings
from cards.guide.form.line.html_list import entries_of_html
from cards.guide.form.line.note_app import headings_of_notes
from cards.guide.form.line.question_html import headings_of_html
from cards.guide.form.line.table_bar import bars_within_cells
from cards.guide.form.question_list import (
    listed_headings,
    listed_questions,
    lone_question,
    question_list,
    told_list,
    topic_list,
)
from cards.guide.form.question_paragraph import (
    bold_line,
    bold_number,
    bold_start,
    bold_title,
    bonus,
    definition,
    marked_line,
    numbered_line,
    plain_line,
)
from cards.guide.form.question_table import question_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cards.guide.block import Prose, Table
    from cards.guide.element import Element
    from cards.guide.form.entry import WrittenList

TEXT_FORMS: tuple[Callable[[str], str], ...] = (
    entries_of_html,
    entries_of_bullets,
    entries_of_terms,
    tight_headings,
    answers_of_key,
    headings_of_boxes,
    headings_of_notes,
    questions_of_clozes,
    headings_of_sides,
    headings_of_html,
    headings_of_labels,
    bars_within_cells,
)
"""What is read line by line, before Markdown is; the number of lines stays."""

PROSE_FORMS: tuple[Callable[[Prose], Sequence[Element] | None], ...] = (
    bonus,
    bold_line,
    bold_number,
    bold_title,
    bold_start,
    definition,
    numbered_line,
    marked_line,
)

LIST_FORMS: tuple[Callable[[WrittenList], Sequence[Element] | None], ...] = (
    listed_headings,
    listed_questions,
    told_list,
    lone_question,
    topic_list,
    question_list,
)

TABLE_FORMS: tuple[Callable[[Table], Sequence[Element] | None], ...] = (question_rows,)

LAST_RESORTS: tuple[Callable[[Prose], Sequence[Element] | None], ...] = (plain_line,)
"""Forms that are tried where a guide has no question in any other."""


def recognise_text(text: str) -> str:
    """Return the text with its questions in Markdown's own forms, line for line."""
    for form in TEXT_FORMS:
        text = form(text)
    return text


def recognise_prose(prose: Prose, *, at_last: bool) -> Sequence[Element]:
    """Return the questions that a paragraph is or begins with; the paragraph if it asks nothing."""
    forms = (*PROSE_FORMS, *LAST_RESORTS) if at_last else PROSE_FORMS
    return next((found for form in forms if (found := form(prose))), (prose,))


def recognise_list(written: WrittenList) -> Sequence[Element]:
    """Return the questions that a list holds; the list if it asks nothing."""
    found = next((found for form in LIST_FORMS if (found := form(written))), None)
    return written.as_read if found is None else found


def recognise_table(table: Table) -> Sequence[Element]:
    """Return the questions that a table's rows are; the table if they are none."""
    return next((found for form in TABLE_FORMS if (found := form(table))), (table,))

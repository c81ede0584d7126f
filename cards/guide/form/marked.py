"""Headings that stand for something else: what HTML was, and a paragraph right above a rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.guide.block import Prose
from cards.guide.decoration import asks
from cards.guide.element import AnswerEnd, HeadingForm
from cards.guide.form.line.question_html import ANSWER_MARK, END_MARK, INNER_MARK, SUMMARY_MARK
from cards.guide.heading.number import has_question_number
from cards.guide.inline import slice_inline
from cards.guide.text import plain_text

if TYPE_CHECKING:
    from cards.guide.element import Element, Heading

_MOST_TITLE_WORDS = 12


def is_paragraph_over_rule(words: str) -> bool:
    """Tell whether words with a line of hyphens right below them are a paragraph and no heading.

    A heading is one short line and no sentence; one with a question's number may end as a sentence does.
    """
    words = words.strip()
    if "\n" not in words and has_question_number(words):
        return False
    if "\n" in words or words.endswith((".", "!", ":", ";", ",", "。")):
        return True
    return len(words.split()) > _MOST_TITLE_WORDS and not asks(words)


def read_marked_heading(heading: Heading) -> list[Element]:
    """Return what a heading stands for: itself, a summary and what answers it, or the end of an answer."""
    words = plain_text(heading.inline)
    if words == END_MARK:
        return [AnswerEnd(heading.span)]
    if words.startswith(INNER_MARK):
        return [replace(heading, inline=slice_inline(heading.inline, 1), form=HeadingForm.INNER)]
    if not words.startswith(SUMMARY_MARK):
        return [heading]
    asked, mark, _ = words.partition(ANSWER_MARK)
    summary = replace(heading, inline=slice_inline(heading.inline, 1, len(asked)), form=HeadingForm.SUMMARY)
    return [summary, Prose(slice_inline(heading.inline, len(asked) + 1), heading.span)] if mark else [summary]

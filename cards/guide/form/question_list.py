"""Lists whose entries are questions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.guide.block import Listing, Prose
from cards.guide.decoration import asks, is_imperative, question_end
from cards.guide.element import Asked, Certainty, Heading, HeadingForm, QuestionList
from cards.guide.inline import collapse_space, slice_inline
from cards.guide.text import Style, plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.guide.block import Item
    from cards.guide.element import Element
    from cards.guide.form.entry import Entry, WrittenList

_LEAST_SHARE = 2 / 3
_LEAST_MIXED = 1 / 3
"""Of entries with a question mark among others that are bold, or tell somebody to answer."""
_DASH = regex(r"\s+[–—-]{1,3}\s+")  # noqa: RUF001
"""What may part a question from its answer."""
_TO_DO = regex(r"(?:\{\{)?(?:\[\[)?(?:TODO|DONE|LATER|NOW|DOING)\b")
"""Begins what an outliner's owner is to do yet."""
_TELLS_TO_ANSWER = regex(
    r"(?:(?:briefly|please)\s+)?(?:explain|describe|define|discuss|differentiate|distinguish|contrast)\b",
    re.IGNORECASE,
)
"""Begins what an interviewer says, and never a step of an answer."""


def listed_headings(written: WrittenList) -> Sequence[Element] | None:
    """`1. ### What is a tensor?` with its answer in the entry or below it"""
    heads = [entry.elements[0] for entry in written.entries if entry.elements]
    headings = [head for head in heads if isinstance(head, Heading) and head.form is HeadingForm.PLAIN]
    if not headings or len(headings) < len(heads) * _LEAST_SHARE:
        return None
    if not (written.listing.ordered or any(asks(plain_text(head.inline)) for head in headings)):
        return None
    return [element for entry in written.entries for element in _elements_of_headed(entry)]


def listed_questions(written: WrittenList) -> Sequence[Element] | None:
    """`- What is a tensor?` with its answer in the entry, `* **What is a tensor?** An array.`"""
    asked = [_asked_of(entry) for entry in written.entries]
    found = [one for one in asked if one is not None]
    told = sum(_is_told(entry) for entry, one in zip(written.entries, asked, strict=True) if one is None)
    is_mixed = written.listing.ordered and len(found) >= len(written.entries) * _LEAST_MIXED
    share = len(found) + (told if is_mixed else 0)
    if not found or share < len(written.entries) * _LEAST_SHARE or not any(map(_is_answered, found)):
        return None
    elements: list[Element] = []
    for entry, one in zip(written.entries, asked, strict=True):
        elements += one or ([] if _is_to_do(entry) else _told_of(entry))
    return elements


def told_list(written: WrittenList) -> Sequence[Element] | None:
    """`1. Explain broadcasting.` with its answer in the entry, none of them with a question mark"""
    heads = [entry.elements[0] for entry in written.entries if len(entry.elements) > 1]
    told = [
        head
        for head in heads
        if isinstance(head, Prose) and _TELLS_TO_ANSWER.match(plain_text(head.inline).strip())
    ]
    is_ordered = written.listing.ordered and len(heads) == len(written.entries)
    if not (is_ordered and told) or len(told) < len(heads) * _LEAST_SHARE:
        return None
    elements: list[Element] = []
    for entry in written.entries:
        elements += _told_of(entry, Certainty.UNLESS_HEADED)
    return elements


def topic_list(written: WrittenList) -> Sequence[Element] | None:
    """`- Databases` over `- What is an index?` over `- A structure.`, as outliners have them"""
    found = [
        item
        for topic in written.listing.items
        for item in topic.items
        if not _TO_DO.match(plain_text(item.inline))
    ]
    if not found or written.moved_out or any(asks(plain_text(item.inline)) for item in written.listing.items):
        return None
    if not all(asks(plain_text(item.inline)) and item.items for item in found):
        return None
    return [element for item in found for element in _elements_of_item(item)]


def lone_question(written: WrittenList) -> Sequence[Element] | None:
    """`2. What is a rank?` on a line, with its answer below the list"""
    if len(written.entries) != 1 or not written.listing.ordered or written.moved_out:
        return None
    (entry,) = written.entries
    head = entry.elements[0] if entry.elements else None
    if len(entry.elements) != 1 or not isinstance(head, Prose | Asked):
        return None
    if isinstance(head, Asked) and head.answer:
        return None
    words = plain_text(head.inline)
    if not (asks(words) or is_imperative(words)) or "\n" in words.strip():
        return None
    return [
        Asked(collapse_space(head.inline), entry.span, Certainty.UNLESS_HEADED, otherwise=written.listing)
    ]


def question_list(written: WrittenList) -> Sequence[Element] | None:
    """A list of questions none of which is answered"""
    entries = written.entries
    heads = [entry.elements[0] if entry.elements else None for entry in entries]
    if len(entries) < 2 or not all(isinstance(head, Prose) for head in heads):
        return None
    words = [plain_text(item.inline) for item in written.listing.items]
    asking = sum(asks(each) or is_imperative(each) for each in words)
    if asking < len(words) * _LEAST_SHARE or not sum(map(asks, words)) >= 2:
        return None
    return [QuestionList(written.listing)]


def _elements_of_item(item: Item) -> Iterator[Element]:
    """Yield the question that an entry is, and what answers it below: a paragraph, or a list."""
    yield Asked(item.inline, item.span, Certainty.FOLLOW_UP)
    yield from _unfolded([Listing(ordered=False, items=item.items, span=item.items[0].span)])


def _elements_of_headed(entry: Entry) -> Iterator[Element]:
    for place, element in enumerate(entry.elements):
        if isinstance(element, Heading) and element.form is HeadingForm.PLAIN:
            yield replace(element, form=HeadingForm.LISTED if place == 0 else HeadingForm.INNER)
        else:
            yield element


def _asked_of(entry: Entry) -> list[Element] | None:
    """Return the question that an entry begins with, and what answers it; None if it begins with none."""
    head = entry.elements[0] if entry.elements else None
    if isinstance(head, Asked) and not (head.answer and not asks(plain_text(head.inline))):
        return [replace(head, certainty=_in_list(head.certainty)), *entry.elements[1:]]
    if not isinstance(head, Prose | Heading):
        return None
    words = plain_text(head.inline)
    line = words.partition("\n")[0]
    if not asks(line):
        return None
    end = question_end(line)
    dash = _DASH.match(words, end)
    asked, answer = slice_inline(head.inline, 0, end), slice_inline(head.inline, dash.end() if dash else end)
    return [Asked(asked, head.span, Certainty.FOLLOW_UP, answer), *_unfolded(entry.elements[1:])]


def _in_list(certainty: Certainty) -> Certainty:
    return Certainty.FOLLOW_UP if certainty is Certainty.UNLESS_HEADED else certainty


def _unfolded(elements: Sequence[Element]) -> Iterator[Element]:
    """Yield what answers a question; a list of one entry is the paragraph in it: `- Answer: ...`."""
    for element in elements:
        if isinstance(element, Listing) and len(element.items) == 1 and not element.items[0].items:
            yield Prose(element.items[0].inline, element.items[0].span)
        else:
            yield element


def _told_of(entry: Entry, certainty: Certainty = Certainty.FOLLOW_UP) -> list[Element]:
    """Return the question of an entry that tells somebody to answer (`Explain ...`), else its elements."""
    head = entry.elements[0] if entry.elements else None
    if isinstance(head, Prose) and _is_told(entry):
        asked = Asked(collapse_space(head.inline), head.span, certainty)
        return [asked, *_unfolded(entry.elements[1:])]
    return list(entry.elements)


def _is_to_do(entry: Entry) -> bool:
    head = entry.elements[0] if entry.elements else None
    return isinstance(head, Prose) and bool(_TO_DO.match(plain_text(head.inline)))


def _is_told(entry: Entry) -> bool:
    """Tell whether an entry has an answer below what tells somebody to answer, or is bold as a whole."""
    head = entry.elements[0] if entry.elements else None
    if not isinstance(head, Prose) or len(entry.elements) < 2:
        return False
    words = [run for run in head.inline if run.text.strip(" .:") and not run.style.is_verbatim]
    is_bold = bool(words) and all(run.style is Style.STRONG for run in words)
    return is_bold or is_imperative(plain_text(head.inline))


def _only_asks(element: Element) -> bool:
    """Tell whether all that an element says are further questions."""
    match element:
        case Asked():
            return not element.answer
        case Prose():
            return asks(plain_text(element.inline))
        case Listing():
            return all(asks(plain_text(item.inline)) and not item.items for item in element.items)
        case QuestionList():
            return True
        case _:
            return False


def _is_answered(asked: Sequence[Element]) -> bool:
    """Tell whether something stands below a question that does not ask itself."""
    first, *below = asked
    return any(not _only_asks(element) for element in below) or (
        isinstance(first, Asked) and bool(first.answer)
    )

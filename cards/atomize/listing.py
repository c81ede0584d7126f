"""Lists: terms both ways, what follows a step, one entry hidden; never the whole list at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.atomize.prose import prose_cards
from cards.atomize.question_context import (
    GAP_TEXT,
    DraftOrReason,
    NoCard,
    QuestionContext,
    draft_or_reason,
    prose_of,
    sentence_case,
    tokens,
    without_full_stop,
)
from cards.atomize.sentence import Paragraph
from cards.atomize.term import is_comparison, split_term, term_cards
from cards.card.kind import CardKind
from cards.guide.block import Item, Listing, Prose
from cards.guide.inline import slice_inline
from cards.guide.text import Inline, plain_text

if TYPE_CHECKING:
    from cards.card.card import Draft
    from cards.card.sides import Side

MAX_ITEMS = 7
"""A longer list is no set to recall; facts on chunking and every card author agree."""
MAX_ITEM_WORDS = 25


def listing_cards(topic: QuestionContext, listing: Listing, lead: Paragraph | None) -> list[DraftOrReason]:
    """Return the list's cards, and a reason for each entry that made none.

    `lead` is the paragraph that leads into the list, if there is one.
    """
    items = listing.items
    terms = [(item, *halves) for item in items if (halves := split_term(item.inline))]
    if len(terms) == len(items):
        return term_cards(topic, terms, comparing=is_comparison(_lead_words(topic, lead)))
    if not listing.ordered and all(_is_sentence(item.inline) for item in items):
        return [
            result
            for item in items
            for result in prose_cards(topic, Paragraph.of(Prose(item.inline, item.span)))
        ]
    if len(items) < 2:
        return ["a list of one"]
    if not listing.ordered and not 3 <= len(items) <= MAX_ITEMS:
        return [f"{len(items)} entries: a set of three to {MAX_ITEMS} can be asked; split or shorten it"]
    rule = _step_card if listing.ordered else _item_card
    return [draft_or_reason(rule, topic, listing, position, lead) for position in range(len(items))]


def _is_sentence(inline: Inline) -> bool:
    words = plain_text(inline)
    return words.endswith((".", "!")) and len(words.split()) > 5 and words[:1].isupper()


def _list_context(listing: Listing, lead: Paragraph | None) -> Side:
    return (Prose(lead.prose.inline), listing) if lead else (listing,)


def _step_card(topic: QuestionContext, listing: Listing, position: int, lead: Paragraph | None) -> Draft:
    """What is the first step; what follows step k?"""
    items = listing.items
    step = _item_answer(items[position].inline, "a step")
    cue = _lead_words(topic, lead)
    if position == 0:
        front = (prose_of(sentence_case(cue), " What is the first step?"),)
    else:
        before = _item_answer(items[position - 1].inline, "the step before: a step")
        if sum(tokens(plain_text(item.inline)) == tokens(plain_text(before)) for item in items) > 1:
            raise NoCard("the step before it stands twice")
        front = (prose_of(sentence_case(cue), " What comes right after “", before, "”?"),)
    return topic.draft(
        CardKind.STEP,
        f"{position + 1} {plain_text(step)}",
        front,
        (prose_of(sentence_case(step)),),
        span=items[position].span,
        context=_list_context(listing, lead),
    )


def _item_card(topic: QuestionContext, listing: Listing, position: int, lead: Paragraph | None) -> Draft:
    """One entry hidden, its neighbours shown."""
    item = listing.items[position]
    entry = _item_answer(item.inline, "an entry")
    hidden = tuple(
        Item((GAP_TEXT,)) if place == position else Item(other.inline)
        for place, other in enumerate(listing.items)
    )
    front = (
        prose_of(sentence_case(_lead_words(topic, lead)), " Which one is missing?"),
        Listing(listing.ordered, hidden),
    )
    return topic.draft(
        CardKind.ITEM,
        plain_text(entry),
        front,
        (prose_of(sentence_case(entry)),),
        span=item.span,
        context=_list_context(listing, lead),
    )


def _item_answer(inline: Inline, what: str) -> Inline:
    """Return an entry that can be an answer, without its full stop; raise NoCard for others."""
    words = plain_text(inline).split()
    if not words:
        raise NoCard(f"{what} without words")
    if len(words) > MAX_ITEM_WORDS:
        raise NoCard(f"{what} of more than {MAX_ITEM_WORDS} words")
    return without_full_stop(inline)


def _lead_words(topic: QuestionContext, lead: Paragraph | None) -> Inline:
    """Return what a list is a list of: the lead-in's last sentence if it stands alone, else the question."""
    last = lead.sentences[-1] if lead and lead.sentences else ""
    if isinstance(last, str):
        return prose_of(topic.question.title).inline
    words = plain_text(last)
    return (*slice_inline(last, 0, len(words) - 1), *prose_of(".").inline) if words.endswith(":") else last

"""Lists: terms both ways, what follows a step, one entry hidden; never the whole list at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.atomize.prose import prose_cards
from cards.atomize.sentence import Paragraph
from cards.atomize.term import compares, split_term, term_cards
from cards.atomize.topic import GAP, NoCard, Result, Topic, said, sentence_case, tokens, tried, without_stop
from cards.card.kind import Kind
from cards.guide.block import Item, Listing, Prose
from cards.guide.inline import part
from cards.guide.text import Inline, plain

if TYPE_CHECKING:
    from cards.card.card import Draft
    from cards.card.sides import Side

MOST_ITEMS = 7
"""A longer list is no set to recall; facts on chunking and every card author agree."""
LONGEST_ITEM_WORDS = 25


def listing_cards(topic: Topic, listing: Listing, lead: Paragraph | None) -> list[Result]:
    """Return the list's cards, and a reason for each entry that made none.

    `lead` is the paragraph that leads into the list, if there is one.
    """
    items = listing.items
    terms = [(item, *halves) for item in items if (halves := split_term(item.inline))]
    if len(terms) == len(items):
        return term_cards(topic, terms, comparing=compares(_lead_words(topic, lead)))
    if not listing.ordered and all(_is_sentence(item.inline) for item in items):
        return [
            result
            for item in items
            for result in prose_cards(topic, Paragraph.of(Prose(item.inline, item.span)))
        ]
    if len(items) < 2:
        return ["a list of one"]
    if not listing.ordered and not 3 <= len(items) <= MOST_ITEMS:
        return [f"{len(items)} entries: a set of three to {MOST_ITEMS} can be asked; split or shorten it"]
    rule = _step if listing.ordered else _item
    return [tried(rule, topic, listing, position, lead) for position in range(len(items))]


def _is_sentence(inline: Inline) -> bool:
    words = plain(inline)
    return words.endswith((".", "!")) and len(words.split()) > 5 and words[:1].isupper()


def _context(listing: Listing, lead: Paragraph | None) -> Side:
    return (Prose(lead.prose.inline), listing) if lead else (listing,)


def _step(topic: Topic, listing: Listing, position: int, lead: Paragraph | None) -> Draft:
    """What is the first step; what follows step k?"""
    items = listing.items
    step = _short(items[position].inline, "a step")
    cue = _lead_words(topic, lead)
    if position == 0:
        front = (said(sentence_case(cue), " What is the first step?"),)
    else:
        before = _short(items[position - 1].inline, "the step before: a step")
        if sum(tokens(plain(item.inline)) == tokens(plain(before)) for item in items) > 1:
            raise NoCard("the step before it stands twice")
        front = (said(sentence_case(cue), " What comes right after “", before, "”?"),)
    return topic.draft(
        Kind.STEP,
        f"{position + 1} {plain(step)}",
        front,
        (said(sentence_case(step)),),
        span=items[position].span,
        context=_context(listing, lead),
    )


def _item(topic: Topic, listing: Listing, position: int, lead: Paragraph | None) -> Draft:
    """One entry hidden, its neighbours shown."""
    item = listing.items[position]
    entry = _short(item.inline, "an entry")
    hidden = tuple(
        Item((GAP,)) if place == position else Item(other.inline) for place, other in enumerate(listing.items)
    )
    front = (
        said(sentence_case(_lead_words(topic, lead)), " Which one is missing?"),
        Listing(listing.ordered, hidden),
    )
    return topic.draft(
        Kind.ITEM,
        plain(entry),
        front,
        (said(sentence_case(entry)),),
        span=item.span,
        context=_context(listing, lead),
    )


def _short(inline: Inline, what: str) -> Inline:
    """Return an entry that can be an answer, without its full stop; raise NoCard for others."""
    words = plain(inline).split()
    if not words:
        raise NoCard(f"{what} without words")
    if len(words) > LONGEST_ITEM_WORDS:
        raise NoCard(f"{what} of more than {LONGEST_ITEM_WORDS} words")
    return without_stop(inline)


def _lead_words(topic: Topic, lead: Paragraph | None) -> Inline:
    """Return what a list is a list of: the lead-in's last sentence if it stands alone, else the question."""
    last = lead.sentences[-1] if lead and lead.sentences else ""
    if isinstance(last, str):
        return said(topic.question.title).inline
    words = plain(last)
    return (*part(last, 0, len(words) - 1), *said(".").inline) if words.endswith(":") else last

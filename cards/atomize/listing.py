"""Cards about lists: terms both ways, the next step, one hidden entry; never the whole list at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.atomize.question_context import NoCard
from cards.atomize.sentence import Paragraph
from cards.atomize.term import TermEntry, is_comparison, term_entries
from cards.atomize.wording import GAP_TEXT, prose_of, sentence_case, tokens, without_full_stop
from cards.card.kind import CardKind
from cards.guide.block import Item, Listing, Prose
from cards.guide.inline import slice_inline
from cards.guide.text import Inline, Style, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.card.sides import Side

MAX_ITEMS = 7
"""The most entries of a list that is asked as a set: nobody recalls a longer one."""
MAX_ITEM_WORDS = 25
_CHECK_BOX = re.compile(r"\[[ xX]\]\s+")


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A step, or a member of a set, in its list."""

    listing: Listing
    position: int
    cue: Inline
    """The words that say what the list lists."""
    list_context: Side
    """The whole list, below the paragraph that leads into it."""

    @property
    def item(self) -> Item:
        """The entry itself."""
        return self.listing.items[self.position]


def listing_parts(
    listing: Listing, lead_in: Paragraph | None, context: QuestionContext
) -> list[Paragraph | TermEntry | ListEntry | NoCard]:
    """Return the parts of a list that cards are made of: terms, sentences or entries; or why there are none.

    `lead_in` is the paragraph that leads into the list, if there is one.
    """
    listing = replace(listing, items=tuple(map(_without_check_box, listing.items)))
    items = listing.items
    cue = _cue_words(lead_in, context)
    if terms := term_entries(items, comparing=is_comparison(cue)):
        return [*terms]
    if not listing.ordered and all(_is_sentence(item.inline) for item in items):
        return [Paragraph.of(Prose(item.inline, item.span)) for item in items]
    if len(items) < 2:
        return [NoCard("a list of one")]
    if not listing.ordered and not 3 <= len(items) <= MAX_ITEMS:
        reason = f"{len(items)} entries: a set of three to {MAX_ITEMS} can be asked; split or shorten it"
        return [NoCard(reason)]
    whole: Side = (Prose(lead_in.prose.inline), listing) if lead_in else (listing,)
    return [ListEntry(listing, position, cue, whole) for position in range(len(items))]


def step_cards(entry: ListEntry, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a step: the step before it (or `first step?`) -> the step."""
    return [_step_card(entry, context)] if entry.listing.ordered else []


def item_cards(entry: ListEntry, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a list entry: the list with the entry hidden -> the entry."""
    return [] if entry.listing.ordered else [_item_card(entry, context)]


def _without_check_box(item: Item) -> Item:
    """Return the entry without the box that a person ticks (`[x]`)."""
    box = _CHECK_BOX.match(plain_text(item.inline))
    return replace(item, inline=slice_inline(item.inline, box.end())) if box else item


def _is_sentence(inline: Inline) -> bool:
    words = plain_text(inline)
    return words.endswith((".", "!")) and len(words.split()) > 5 and words[:1].isupper()


def _step_card(entry: ListEntry, context: QuestionContext) -> CardOrReason:
    step = _item_answer(entry.item.inline, "a step")
    front = _step_front(entry)
    if isinstance(step, NoCard):
        return step
    if isinstance(front, NoCard):
        return front
    return context.draft(
        CardKind.STEP,
        f"{entry.position + 1} {plain_text(step)}",
        (front,),
        (prose_of(sentence_case(step)),),
        span=entry.item.span,
        context=entry.list_context,
    )


def _step_front(entry: ListEntry) -> Prose | NoCard:
    """Return the question for a step, which names the step before it."""
    cue = sentence_case(entry.cue)
    if entry.position == 0:
        return prose_of(cue, " What is the first step?")
    items = entry.listing.items
    before = _item_answer(items[entry.position - 1].inline, "the step before: a step")
    if isinstance(before, NoCard):
        return before
    if sum(tokens(plain_text(item.inline)) == tokens(plain_text(before)) for item in items) > 1:
        return NoCard("the step before it stands twice")
    return prose_of(cue, " What comes right after “", before, "”?")


def _item_card(entry: ListEntry, context: QuestionContext) -> CardOrReason:
    answer = _item_answer(entry.item.inline, "an entry")
    if isinstance(answer, NoCard):
        return answer
    hidden = tuple(
        Item((GAP_TEXT,)) if place == entry.position else Item(other.inline)
        for place, other in enumerate(entry.listing.items)
    )
    front = (
        prose_of(sentence_case(entry.cue), " Which one is missing?"),
        Listing(entry.listing.ordered, hidden),
    )
    return context.draft(
        CardKind.ITEM,
        plain_text(answer),
        front,
        (prose_of(sentence_case(answer)),),
        span=entry.item.span,
        context=entry.list_context,
    )


def _item_answer(inline: Inline, what: str) -> Inline | NoCard:
    """Return an entry that can be an answer, without its full stop, or why it cannot be one."""
    words = plain_text(inline).split()
    if not words:
        return NoCard(f"{what} without words")
    if len(words) > MAX_ITEM_WORDS:
        return NoCard(f"{what} of more than {MAX_ITEM_WORDS} words")
    return without_full_stop(inline)


def _asked(context: QuestionContext) -> Inline:
    """Return the question, in plain words unless it holds a formula."""
    wording = context.question.wording
    has_formula = any(run.style is Style.FORMULA for run in wording)
    return wording if has_formula else prose_of(context.question.title).inline


def _cue_words(lead_in: Paragraph | None, context: QuestionContext) -> Inline:
    """Return the words above a list: the lead-in's last sentence if it stands alone, else the question."""
    last = lead_in.sentences[-1] if lead_in and lead_in.sentences else NoCard("there is none")
    if isinstance(last, NoCard):
        return _asked(context)
    words = plain_text(last)
    return (*slice_inline(last, 0, len(words) - 1), *prose_of(".").inline) if words.endswith(":") else last

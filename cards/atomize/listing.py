"""Cards about lists: terms both ways, the next step, one hidden entry; never the whole list at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.question_context import NoCard
from cards.atomize.sentence import Paragraph
from cards.atomize.term import TermEntry, is_comparison, term_entries
from cards.atomize.wording import GAP_TEXT, prose_of, sentence_case, tokens, without_full_stop
from cards.card.kind import CardKind
from cards.guide.block import Item, Listing, Prose
from cards.guide.inline import slice_inline
from cards.guide.text import Inline, plain_text
from cards.language.frame import Frame
from cards.language.natural_language import COLONS, EXCLAMATION_MARKS, FULL_STOPS
from cards.language.word_count import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.card.sides import Side

MAX_ITEMS = 7
"""The most entries of a list that is asked as a set: nobody recalls a longer one."""
MAX_ITEM_WORDS = 25


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
    items = listing.items
    cue = _cue_words(lead_in, context)
    if terms := term_entries(items, comparing=is_comparison(cue, context.language)):
        return [*terms]
    if not listing.ordered and all(_is_sentence(item.inline) for item in items):
        return [Paragraph.of(Prose(item.inline, item.span), context.language) for item in items]
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


def _is_sentence(inline: Inline) -> bool:
    words = plain_text(inline)
    is_closed = words.endswith((*FULL_STOPS, *EXCLAMATION_MARKS))
    return is_closed and count_words(words) > 5 and not words[:1].islower()


def _step_card(entry: ListEntry, context: QuestionContext) -> CardOrReason:
    step = _item_answer(entry.item.inline, "a step")
    front = _step_front(entry, context)
    if isinstance(step, NoCard):
        return step
    if isinstance(front, NoCard):
        return front
    return context.draft(
        CardKind.STEP,
        f"{entry.position + 1} {plain_text(step)}",
        front,
        (prose_of(sentence_case(step)),),
        span=entry.item.span,
        context=entry.list_context,
    )


def _step_front(entry: ListEntry, context: QuestionContext) -> Side | NoCard:
    """Return the question for a step, which names the step before it, or shows all of them."""
    cue = sentence_case(entry.cue)
    if entry.position == 0 and (first := context.ask(Frame.FIRST_STEP, cue=cue)):
        return (first,)
    items = entry.listing.items
    before = _item_answer(items[max(entry.position - 1, 0)].inline, "the step before: a step")
    if isinstance(before, NoCard):
        return before
    if sum(tokens(plain_text(item.inline)) == tokens(plain_text(before)) for item in items) > 1:
        return NoCard("the step before it stands twice")
    if following := context.ask(Frame.NEXT_STEP, cue=cue, step=before):
        return (following,)
    steps = (*(Item(item.inline) for item in items[: entry.position]), Item((GAP_TEXT,)))
    return (Prose(cue), Listing(ordered=True, items=steps))


def _item_card(entry: ListEntry, context: QuestionContext) -> CardOrReason:
    answer = _item_answer(entry.item.inline, "an entry")
    if isinstance(answer, NoCard):
        return answer
    hidden = tuple(
        Item((GAP_TEXT,)) if place == entry.position else Item(other.inline)
        for place, other in enumerate(entry.listing.items)
    )
    front = (
        context.ask(Frame.MISSING, cue=sentence_case(entry.cue)) or Prose(sentence_case(entry.cue)),
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
    words = count_words(plain_text(inline))
    if not words:
        return NoCard(f"{what} without words")
    if words > MAX_ITEM_WORDS:
        return NoCard(f"{what} of more than {MAX_ITEM_WORDS} words")
    return without_full_stop(inline)


def _cue_words(lead_in: Paragraph | None, context: QuestionContext) -> Inline:
    """Return the words above a list: the lead-in's last sentence if it stands alone, else the question."""
    last = lead_in.sentences[-1] if lead_in and lead_in.sentences else NoCard("there is none")
    if isinstance(last, NoCard):
        return prose_of(context.question.title).inline
    words = plain_text(last)
    if not words.endswith(COLONS):
        return last
    return (*slice_inline(last, 0, len(words) - 1), *prose_of(context.language.full_stop).inline)

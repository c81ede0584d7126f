"""Cards about lists: terms both ways, the next step, one hidden entry; never the whole list at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from cards.atomize.lists.list_kind import (
    MAX_ITEM_WORDS,
    ListKind,
    ListReading,
    is_options_or_navigation,
    read_list,
)
from cards.atomize.question_context import NoCard
from cards.atomize.sentence import Paragraph
from cards.atomize.term import TermEntry, split_term, term_entries
from cards.atomize.whole.asked_whole import shown_code, shown_snippet, snippets_of
from cards.atomize.whole.list_outline import is_asked_as_outline
from cards.atomize.whole.point import is_note_to_self
from cards.atomize.wording import (
    GAP_TEXT,
    prose_of,
    sentence_case,
    tokens,
    with_end_mark,
    without_bold,
    without_full_stop,
)
from cards.card.kind import CardKind
from cards.guide.block import Code, Item, Listing, Prose
from cards.guide.inline import slice_inline, without_colon
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.language.frame import Frame
from cards.language.natural_language import COLONS, Language
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.card.sides import Side

MAX_HIDDEN_WORDS = 10
_SENDS = regex(r"<?(?:https?://|www\.)\S+>?\Z|(?:See|Check out|Read more)\b(?:(?! to | for ).){0,60}\Z")
_CHECK_BOX = regex(r"\[[ xX]\]\s+")
# A sentence that goes on in the list: `The kinds are:`.
_OPEN_END = regex(
    r"\b(?:are|is|be|includes?|including|such as|follows|following|of|for|to|with|by|and|or|like|where|when|"
    r"as|if|from|in|on|at|into|that|which|than|can|should|must|will|because|while|using|namely|has|have)\W*\Z",
    re.IGNORECASE,
)
_MAX_LABEL_WORDS = 3
"""A lead-in of so few words says nothing without the question: `Best practices:`."""
_MAX_LIST_WORDS = 36
_MAX_NAME_WORDS = 6
"""The most words of an entry that is the name for the text below it."""
_MAX_CUE_WORDS = 12
"""The most words of an entry that says what the list below it lists."""


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


@dataclass(frozen=True, slots=True)
class AnswerList:
    """A list where it stands in the answer."""

    listing: Listing
    lead_in: Paragraph | None
    """The paragraph that leads into it, if there is one."""
    cue: Inline
    """The words that say what it lists."""


def listing_parts(
    written: AnswerList, context: QuestionContext
) -> list[Paragraph | TermEntry | ListEntry | NoCard]:
    """Return the parts of a list that cards are made of: terms, sentences, entries; or why there are none."""
    listing, lead_in, cue = with_text_below(written.listing), written.lead_in, written.cue
    reading = reading_of(listing, lead_in, context)
    listing = replace(listing, items=tuple(map(_without_check_box, listing.items)))
    match reading.kind:
        case ListKind.TERMS:
            return [*term_entries(listing.items, cue, context.language)]
        case ListKind.SENTENCES:
            return [Paragraph.of(Prose(item.inline, item.span), context.language) for item in listing.items]
        case ListKind.SET if is_asked_as_outline(listing, context.language):
            return [NoCard("entries too long to hide one: said as a whole, if it answers the question")]
        case ListKind.STEPS | ListKind.SET:
            steps = reading.kind is ListKind.STEPS
            items = tuple(replace(item, inline=without_colon(item.inline)) for item in listing.items)
            said = items if steps else tuple(item for item in items if _says_something(item))
            listing = Listing(steps, said, listing.span)
            whole: Side = (Prose(lead_in.prose.inline), listing) if lead_in else (listing,)
            entries = [ListEntry(listing, position, cue, whole) for position in range(len(said))]
            return [*entries, *[NoCard("an entry without words of its own")] * (len(items) - len(said))]
        case ListKind.OPTIONS | ListKind.NAVIGATION | ListKind.TEXT:
            return [NoCard(reading.why)]
        case _:
            assert_never(reading.kind)


def nested_lists(written: AnswerList, context: QuestionContext) -> Iterable[AnswerList | NoCard]:
    """Yield the lists below the entries of a list, each entry in its cue, or why one is not asked."""
    if is_options_or_navigation(written.listing):
        return
    for item in with_text_below(written.listing).items:
        if not item.items:
            continue
        halves = split_term(item.inline)
        entry = without_colon(halves[0] if halves else item.inline)
        if not 0 < count_words(plain_text(entry)) <= _MAX_CUE_WORDS:
            yield NoCard(f"a list below an entry of more than {_MAX_CUE_WORDS} words")
            continue
        space = " " if context.language.has_spaces else ""
        above = with_end_mark(written.cue, context.language)
        cue = prose_of(above, space, entry, context.language.colon).inline
        yield AnswerList(Listing(ordered=False, items=item.items, span=item.span), None, cue)


def with_text_below(listing: Listing) -> Listing:
    """Return a list whose entries are each a name with one entry below it as one of `term: text`."""
    if not all(_is_name_over_text(item) for item in listing.items):
        return listing
    items = tuple(
        replace(item, inline=(*item.inline, StyledText(": "), *item.items[0].inline), items=())
        for item in map(_with_plain_name, listing.items)
    )
    return replace(listing, items=items)


def _is_name_over_text(item: Item) -> bool:
    below = item.items[0] if len(item.items) == 1 else None
    words = count_words(plain_text(item.inline).rstrip(":"))
    return below is not None and not below.items and 0 < words <= _MAX_NAME_WORDS and not item.code


def _with_plain_name(item: Item) -> Item:
    return replace(item, inline=without_colon(item.inline))


def reading_of(listing: Listing, lead_in: Paragraph | None, context: QuestionContext) -> ListReading:
    """Return what a list is, and why."""
    listing = with_text_below(listing)
    return read_list(
        listing,
        context.question.title,
        plain_text(lead_in.prose.inline) if lead_in else "",
        context.language,
        has_terms=all(split_term(item.inline) for item in listing.items),
    )


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


def _step_card(entry: ListEntry, context: QuestionContext) -> CardOrReason:
    step = _item_answer(entry.item.inline, "a step")
    front = _step_front(entry, context)
    if isinstance(step, NoCard):
        return step
    if isinstance(front, NoCard):
        return front
    code = _code_of_step(entry.item, context)
    return context.draft(
        CardKind.STEP,
        plain_text(step),
        front,
        (
            prose_of(sentence_case(step)),
            *shown_code(context.question, code),
            *_entries_below(entry.item),
        ),
        span=entry.item.span,
        context=entry.list_context,
        snippets=snippets_of(context.question, code),
    )


def _code_of_step(item: Item, context: QuestionContext) -> tuple[Code, ...]:
    """Return the code that a step leads into (`Save the model:`); none where it is not meant to hold."""
    if not plain_text(item.inline).endswith(COLONS):
        return ()
    snippets = [shown_snippet(context.question, block) for block in item.code]
    return item.code if all(each is None or each.directives.is_meant_to_hold for each in snippets) else ()


def _step_front(entry: ListEntry, context: QuestionContext) -> Side | NoCard:
    """Return the question for a step, which names the step before it, or shows all of them."""
    cue = sentence_case(with_end_mark(entry.cue, context.language))
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
    if count_words(plain_text(answer)) > MAX_HIDDEN_WORDS:
        return NoCard(f"an entry of more than {MAX_HIDDEN_WORDS} words is not said from its neighbours")
    if sum(count_words(plain_text(other.inline)) for other in entry.listing.items) > _MAX_LIST_WORDS:
        return NoCard(f"a list of more than {_MAX_LIST_WORDS} words is not read to name one entry of it")
    cue = sentence_case(with_end_mark(entry.cue, context.language))
    code = _code_of_step(entry.item, context)
    hidden = tuple(
        Item((GAP_TEXT,)) if place == entry.position else Item(other.inline)
        for place, other in enumerate(entry.listing.items)
    )
    front = (
        context.ask(Frame.MISSING, cue=cue) or Prose(cue),
        Listing(entry.listing.ordered, hidden),
    )
    return context.draft(
        CardKind.ITEM,
        plain_text(answer),
        front,
        (
            prose_of(sentence_case(answer)),
            *shown_code(context.question, code),
            *_entries_below(entry.item),
        ),
        span=entry.item.span,
        context=entry.list_context,
        snippets=snippets_of(context.question, code),
    )


def _entries_below(item: Item) -> Side:
    """Return the list below an entry where it is short; it says what the entry means."""
    words = sum(count_words(plain_text(inner.inline)) for inner in item.items)
    return (Listing(ordered=False, items=item.items),) if 0 < words <= MAX_ITEM_WORDS else ()


def _says_something(item: Item) -> bool:
    """Tell whether an entry has words, and is not an address or sends a reader somewhere."""
    words = plain_text(item.inline).strip()
    return bool(words) and not (_SENDS.match(words) or is_note_to_self(words))


def _item_answer(inline: Inline, what: str) -> Inline | NoCard:
    """Return an entry that can be an answer, without its full stop, or why it cannot be one."""
    words = count_words(plain_text(inline))
    if not words:
        return NoCard(f"{what} without words")
    if words > MAX_ITEM_WORDS:
        return NoCard(f"{what} of more than {MAX_ITEM_WORDS} words")
    return without_full_stop(inline)


def _asked(context: QuestionContext) -> Inline:
    """Return the question, in plain words unless it holds a formula."""
    wording = context.question.wording
    has_formula = any(run.style is Style.FORMULA for run in wording)
    return wording if has_formula else prose_of(context.question.title).inline


def list_cue(lead_in: Paragraph | None, context: QuestionContext) -> Inline:
    """Return the words above a list: the lead-in's last sentence if it stands alone, else the question."""
    last = lead_in.sentences[-1] if lead_in and lead_in.sentences else NoCard("there is none")
    if isinstance(last, NoCard):
        return _asked(context)
    words = plain_text(last)
    if words.endswith(COLONS) and count_words(words) <= _MAX_LABEL_WORDS:
        space = " " if context.language.has_spaces else ""
        asked = with_end_mark(_asked(context), context.language)
        return prose_of(asked, space, without_bold(last)).inline
    if not words.endswith(COLONS) or context.language is not Language.ENGLISH or _OPEN_END.search(words):
        return last
    return (*slice_inline(last, 0, len(words) - 1), StyledText("."))

"""Cards about a whole question: its outline, or, where it has no other card, the question itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from cards.atomize.lists.list_kind import ListKind, is_asked_about, is_options_or_navigation, read_list
from cards.atomize.outline.asked_part import AskedFor, all_stems, asked_parts, content_stems
from cards.atomize.outline.choice import Saying, SayingPlace, chosen_points, points_back
from cards.atomize.outline.fit import answers
from cards.atomize.outline.named_points import (
    NamedThing,
    named_in_sentence,
    named_thing,
    names_asked_for,
    things_in_sentences,
)
from cards.atomize.outline.step_outline import ordered_steps
from cards.atomize.outline.table_outline import contrast_points, occasion_points, row_points
from cards.atomize.prose import only_asks, question_answer_card
from cards.atomize.question_context import NoCard
from cards.atomize.sentence import ADVICE, EXAMPLE, Paragraph, points_elsewhere, without_answer_label
from cards.atomize.term import split_term
from cards.atomize.whole.asked_whole import shown_snippet
from cards.atomize.whole.code_outline import comment_outline, definition_outline
from cards.atomize.whole.list_outline import (
    has_labelled_lists,
    is_asked_as_outline,
    is_name_of_entries,
    labelled_outline,
    labelled_point,
    list_that_answers,
    outline_of_list,
    short_list_answer,
)
from cards.atomize.whole.point import (
    MAX_POINTS,
    MAX_WORDS,
    MIN_POINTS,
    begins_answer,
    is_entry,
    is_point,
    is_told_elsewhere,
    talks_to_reader,
)
from cards.atomize.wording import tokens
from cards.card.card import Draft
from cards.card.kind import CardKind
from cards.card.picture import shown_pictures
from cards.guide.block import Code, Item, Listing, Other, Picture, Prose, Subheading, Table
from cards.guide.decoration import asks, is_imperative
from cards.guide.inline import split_sentences
from cards.guide.text import Inline, plain_text
from cards.language.natural_language import COLONS, FULL_STOPS, QUESTION_MARKS
from cards.language.word_count import count_words
from cards.program.snippet import SnippetRole
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cards.atomize.outline.asked_part import AskedPart
    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.language.natural_language import Language
    from cards.program.snippet import SnippetName
    from cards.span import Span

_MOST_SENTENCES = 30
"""Nobody tells a longer text in five sentences of it."""
_POINTS_BELOW = regex(r"\b(?:below|following)\b", re.IGNORECASE)
_ASKS_MEANING = regex(
    r"(?:what(?:[’']s| is| are| does .* mean| do .* mean)|define|explain|who)\b(?!.*\bdifferen)",  # noqa: RUF001
    re.IGNORECASE,
)
_ASKS_WHAT = regex(r"what(?:[’']s| is| are| do| does)\b(?!.*\bdifferen)", re.IGNORECASE)  # noqa: RUF001
_MOST_SHORT_WORDS = 12
_NAMES_NO_SUBJECT = regex(r"(?:It|They)\s|[A-Z][a-z]*[^\W\ds]s\s|(?:An?|The)\s(?:\S+\s+){0,3}\S+\Z")
"""Begins what says what the thing asked about is or does: `It copies ...`, `Copies ...`, `An endpoint.`"""
_SUBJECT_WORDS = 8
"""Words at the start of a definition among which its subject stands."""
_NO_OUTLINE = NoCard("the answer has no outline")


@dataclass(frozen=True, slots=True)
class WholeQuestion:
    """A question with its paragraphs, after the cards of its blocks were made."""

    question: Question
    paragraphs: tuple[Paragraph, ...]
    has_other_cards: bool


def outline_cards(whole: WholeQuestion, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the overview of a question: as its author writes it, else what of its answer answers it."""
    question = whole.question
    if written := written_outline(question):
        points = tuple(Item(item.inline, item.items) for item in written.items)
        return [_overview_card(points, context, ordered=written.ordered)]
    if has_labelled_lists(question):
        has_terms = any(_has_terms(each) for each in question.blocks if isinstance(each, Listing))
        labelled = () if has_terms else labelled_outline(question)
        labelled = _below_lead(whole, labelled) if labelled else ()
        return [_overview_card(labelled, context)] if labelled else [_NO_OUTLINE]
    steps, code = ordered_steps(question)
    told = steps or _points_of_blocks(whole, context.language)
    points = _points_of_sentences(whole, context.language) if told is None else told
    if len(points) < MIN_POINTS and (short := _short_answer(whole, context.language)):
        return [_only_sentence_card(short, whole, context)]
    if told is None and whole.has_other_cards and not answers(question.title, points, context.language):
        return [NoCard("no few sentences of the answer answer the question")]
    if len(points) == 1 and _is_answer(points[0].inline, whole):
        return [_only_sentence_card(points[0].inline, whole, context)]
    if len(points) < MIN_POINTS:
        return [_NO_OUTLINE]
    return [_with_code_below(_overview_card(points, context, ordered=bool(steps)), code, question)]


def written_outline(question: Question) -> Listing | None:
    """Return the list that its author calls the outline of a question's answer; None for none."""
    block = None if question.outline is None else question.blocks[question.outline]
    return block if isinstance(block, Listing) else None


def _only_sentence_card(only: Inline, whole: WholeQuestion, context: QuestionContext) -> CardOrReason:
    """Return the card of a question that one sentence answers."""
    question = whole.question
    told = Prose(only, whole.paragraphs[0].prose.span)
    card = question_answer_card(question.wording, told, CardKind.OVERVIEW, context)
    all_code = [block for block in question.blocks if isinstance(block, Code)]
    lists = tuple(block for block in question.blocks if isinstance(block, Listing))
    if isinstance(card, Draft) and not whole.has_other_cards:
        card = replace(card, context=(*card.context, *lists))
    return _with_code_below(card, all_code, question)


def _short_answer(whole: WholeQuestion, language: Language) -> Inline:
    """Return the one short sentence that an answer to `What is ...?` or `What does ... do?` begins with.

    Nothing where the sentence names a subject of its own, or the question asks for more than it says.
    """
    question = whole.question
    first = question.blocks[0] if question.blocks else None
    if not isinstance(first, Prose) or 0 in question.context or not _ASKS_WHAT.match(question.title):
        return ()
    said = first.inline
    words = plain_text(said).strip()
    is_short = words.endswith(FULL_STOPS) and 1 < count_words(words) <= _MOST_SHORT_WORDS
    is_alone = len(list(split_sentences(said, language))) == 1 and is_entry(said) and begins_answer(said)
    is_whole = is_short and is_alone and not talks_to_reader(words)
    is_of_asked = _NAMES_NO_SUBJECT.match(words) is not None
    return said if is_whole and is_of_asked and answers(question.title, (Item(said),), language) else ()


def _below_lead(whole: WholeQuestion, labelled: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return labelled points below the sentence that the answer begins with, where both fit on one card."""
    first = whole.question.blocks[0]
    if not isinstance(first, Prose) or 0 in whole.question.context:
        return labelled
    said = _sentence_points(whole.paragraphs[:1], whole.question.language)[:1]
    points = (*(Item(point.inline) for point in said), *labelled)
    words = sum(count_words(plain_text(point.inline)) for point in points)
    return points if words <= MAX_WORDS else labelled


def _points_of_blocks(whole: WholeQuestion, language: Language) -> tuple[Item, ...] | None:
    """Return the points of the list or table that answers a question; None where none does.

    No points where one does and has more to say than a person says at once.
    """
    question = whole.question
    parts = asked_parts(question.title, language)
    if points := _points_of_list(whole, parts, language):
        return points
    tables = [
        block
        for place, block in enumerate(question.blocks)
        if isinstance(block, Table) and place not in question.context
    ]
    if points := next(filter(None, (contrast_points(table, parts) for table in tables)), ()):
        return points
    main = _main_blocks(question)
    asks_names = whole.has_other_cards and any(part.wish is AskedFor.NAMES for part in parts)
    if asks_names and (things := _asked_things(whole, main, parts, language)):
        named = names_asked_for(things, parts)
        if named is None or len(named) > 1:
            return named or ()
        return (*named, *chosen_points(_sayings_of(whole, language), parts, language, named))
    rows = (row_points(block, parts) for block in main if isinstance(block, Table))
    found = next(filter(None, rows), ())
    return _below_first(_sayings_of(whole, language), found, parts, language) if found else None


def _points_of_list(whole: WholeQuestion, parts: Sequence[AskedPart], language: Language) -> tuple[Item, ...]:
    """Return the entries of the list that answers a question; none where they are not what it asks for."""
    listed = list_that_answers(whole.question)
    if listed is None:
        return ()
    wishes = {part.wish for part in parts} if whole.has_other_cards else set()
    if not _has_terms(listed):
        is_asked = wishes & {AskedFor.NAMES, AskedFor.WAY} and _is_plain_set(listed, whole.question)
        is_outline = is_asked or is_asked_as_outline(listed, language)
        return outline_of_list(listed, language) if is_outline else ()
    things = [thing for item in listed.items if (thing := _thing_of(item.inline, language))]
    asked = all_stems(whole.question.title)
    compares = AskedFor.DIFFERENCE in wishes and all(
        all_stems(plain_text(thing.name)) <= asked for thing in things
    )
    return names_asked_for(things, ()) or () if compares or AskedFor.REASON in wishes else ()


def _is_plain_set(listed: Listing, question: Question) -> bool:
    """Tell whether a list has entries that stand alone, none above others."""
    reading = read_list(listed, question.title, "", question.language, has_terms=False)
    is_flat = not any(item.items or item.is_link for item in listed.items)
    return is_flat and reading.kind in {ListKind.SET, ListKind.STEPS}


def _points_of_sentences(whole: WholeQuestion, language: Language) -> tuple[Item, ...]:
    """Return the sentences of an answer that answer its question, with what a table says of when."""
    parts = asked_parts(whole.question.title, language)
    tables = (block for block in _main_blocks(whole.question) if isinstance(block, Table))
    occasion = next(filter(None, (occasion_points(table, parts) for table in tables)), ())
    return (*chosen_points(_sayings_of(whole, language), parts, language, occasion), *occasion)


def _sayings_of(whole: WholeQuestion, language: Language) -> list[Saying]:
    """Return what the sentences of an answer say, those below a heading of it after the others."""
    question = whole.question
    silent = {question.blocks[place].span for place in question.context}
    paragraphs = [each for each in whole.paragraphs if each.prose.span not in silent]
    if not whole.has_other_cards:
        return _sentence_points(tuple(paragraphs), language)
    headings = _headings(question)
    sayings = _sentence_points(
        tuple(each for each in paragraphs if each.prose.span not in headings), language
    )
    for of_what in (True, False):
        below = tuple(each for each in paragraphs if headings.get(each.prose.span) is of_what)
        place = SayingPlace.BELOW_HEADING if of_what else SayingPlace.ASIDE
        sayings += [replace(each, place=place) for each in _sentence_points(below, language)]
    return sayings


def _headings(question: Question) -> dict[Span, bool]:
    """Return the paragraphs below a heading of the answer, and whether it shares a word with the question."""
    asked, headings = content_stems(question.title), {}
    of_what: bool | None = None
    for block in question.blocks:
        if isinstance(block, Subheading):
            of_what = bool(asked & content_stems(plain_text(block.inline)))
        elif isinstance(block, Prose) and of_what is not None:
            headings[block.span] = of_what
    return headings


def _main_blocks(question: Question) -> list[Block]:
    """Return the blocks above the first heading of an answer, without what is context only."""
    blocks = enumerate(question.blocks)
    above = takewhile(lambda each: not isinstance(each[1], Subheading), blocks)
    return [block for place, block in above if place not in question.context]


def _below_first(
    sayings: Sequence[Saying], rows: tuple[Item, ...], parts: Sequence[AskedPart], language: Language
) -> tuple[Item, ...]:
    """Return points below the sentence that the answer begins with, where both fit on one card."""
    points = (*chosen_points(sayings[:1], parts, language), *rows)
    words = sum(count_words(plain_text(point.inline)) for point in points)
    return points if len(points) <= MAX_POINTS and words <= MAX_WORDS else rows


def _asked_things(
    whole: WholeQuestion, main: Sequence[Block], parts: Sequence[AskedPart], language: Language
) -> tuple[NamedThing, ...]:
    """Return the things that a list, or the rows of a table that lists what is asked for, name."""
    for block in main:
        if isinstance(block, Listing) and not is_options_or_navigation(block):
            things = [_thing_of(item.inline, language) for item in block.items]
            if len(things) > 1 and all(things):
                return tuple(thing for thing in things if thing)
        elif isinstance(block, Table) and _lists_what_is_asked(block, parts):
            names = [row.cells[0] for row in block.rows]
            said = things_in_sentences(names, [saying.inline for saying in _sayings_of(whole, language)])
            return said or tuple(named_thing(row.cells[0], row.cells[1]) for row in block.rows)
    return ()


def _thing_of(entry: Inline, language: Language) -> NamedThing | None:
    if term := split_term(entry):
        name, text = term
        return named_thing(name, next(split_sentences(text, language), text))
    return named_in_sentence(entry, language)


def _lists_what_is_asked(table: Table, parts: Sequence[AskedPart]) -> bool:
    """Tell whether the rows of a table are the things that a question asks for."""
    wanted = [part for part in parts if part.wish is AskedFor.NAMES]
    head = content_stems(plain_text(table.header[0]))
    return any(head & part.stems or (part.number > 1 and part.number == len(table.rows)) for part in wanted)


def _is_answer(point: Inline, whole: WholeQuestion) -> bool:
    """Tell whether an only sentence answers a question: nothing else does, or it says what something is."""
    question = whole.question
    first = next((place for place, each in enumerate(question.blocks) if not isinstance(each, Picture)), 0)
    if not isinstance(question.blocks[first], Prose) or first in question.context:
        return False
    asked, said = tokens(question.title), tokens(plain_text(point))[:_SUBJECT_WORDS]
    is_about = any(word in asked for word in said if len(word) > len("the"))
    return not whole.has_other_cards or (is_about and bool(_ASKS_MEANING.match(question.title)))


def fallback_cards(whole: WholeQuestion, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a question that has no other: its paragraph, or what its code says or defines."""
    return [] if whole.has_other_cards else [_fallback_card(whole.question, context)]


def says_its_steps(code: Sequence[Code]) -> bool:
    """Tell whether the comments of code make an outline."""
    return bool(comment_outline(code))


def _has_terms(listing: Listing) -> bool:
    return all(split_term(item.inline) for item in listing.items)


def _sentence_points(paragraphs: tuple[Paragraph, ...], language: Language) -> list[Saying]:
    """Return the sentences of an answer that say something: none that asks or leads into a list."""
    points: list[Saying] = []
    if _is_essay([paragraph.prose for paragraph in paragraphs], language):
        return points
    is_kept, is_first = True, True
    for paragraph in paragraphs:
        is_answer_to_asked = False
        for number, (written, alone) in enumerate(
            zip(split_sentences(paragraph.prose.inline, language), paragraph.sentences, strict=True)
        ):
            if alone in {ADVICE, EXAMPLE}:
                is_kept, is_first = False, False
                continue
            if is_told_elsewhere(plain_text(written)):
                continue
            leans = isinstance(alone, NoCard) or is_answer_to_asked
            is_answer_to_asked = _is_asked(written, language)
            shown = without_answer_label(written) if isinstance(alone, NoCard) else alone
            # What leans on a sentence that is left out has nothing to lean on.
            has_support = is_first or is_kept or not leans
            # What counts or takes some at the start of a paragraph speaks of a list or of code above.
            is_apart = (number == 0 and points_back(shown)) or (leans and points_elsewhere(written, language))
            begins = bool(points) or begins_answer(shown)
            is_kept = has_support and begins and not is_apart and _says_a_point(shown, language)
            is_first = False
            if is_kept:
                points.append(Saying(shown, leans and bool(points)))
    return points


def _is_asked(sentence: Inline, language: Language) -> bool:
    return only_asks(sentence, language) or plain_text(sentence).endswith(QUESTION_MARKS)


def _says_a_point(sentence: Inline, language: Language) -> bool:
    return is_point(sentence) and not only_asks(sentence, language)


def _is_essay(prose: Sequence[Prose], language: Language) -> bool:
    """Tell whether a text has so many sentences that a few of them are no outline of it."""
    return sum(len(list(split_sentences(each.inline, language))) for each in prose) > _MOST_SENTENCES


def _listed_points(question: Question) -> list[Saying]:
    """Return what the paragraphs and lists of an answer say, in order; of each entry its first sentence."""
    points: list[Saying] = []
    for place, block in enumerate(question.blocks):
        if place in question.context:
            continue
        if isinstance(block, Prose):
            paragraph = Paragraph.of(block, question.language)
            points += _sentence_points((paragraph,), question.language)
        elif isinstance(block, Listing) and not (
            is_options_or_navigation(block) or is_asked_about(block, question.title)
        ):
            points += _entry_points(block, question.language)
    return points


def _entry_points(listing: Listing, language: Language) -> Iterator[Saying]:
    """Yield the first sentence of each entry of a list, and all of them of a list of one."""
    for item in listing.items:
        if item.items and is_name_of_entries(item):
            yield from (
                Saying(labelled_point(item.inline, inner.inline, language), leans=False)
                for inner in item.items
                if is_entry(inner.inline)
            )
            continue
        sentences = list(split_sentences(item.inline, language))
        is_alone = len(listing.items) == 1
        for sentence in sentences if is_alone else sentences[:1]:
            if is_point(sentence) if is_alone else is_entry(sentence):
                yield Saying(sentence, leans=sentence is not sentences[0])


def _overview_card(
    points: tuple[Item, ...], context: QuestionContext, *, ordered: bool = False, code: tuple[Code, ...] = ()
) -> CardOrReason:
    """Return the card question -> points; the code stands below, with the names of its snippets."""
    question = context.question
    names = _shown_names(question)
    return context.draft(
        CardKind.OVERVIEW,
        "overview",
        (Prose(question.wording),),
        (Listing(ordered=ordered, items=points),),
        span=question.span,
        context=code,
        snippets=tuple(names[block.span] for block in code),
    )


def _fallback_card(question: Question, context: QuestionContext) -> CardOrReason:
    blocks = [
        block
        for place, block in enumerate(question.blocks)
        if place not in question.context and not isinstance(block, Picture | Other)
    ]
    prose = [block for block in blocks if isinstance(block, Prose)]
    if _is_essay(prose, question.language):
        return NoCard("the answer is too long to be told in a few points")
    pictures = shown_pictures(question)
    if not blocks and pictures:
        asked = (Prose(question.wording),)
        return context.draft(CardKind.FAQ, question.title, asked, pictures, span=question.span)
    if has_labelled_lists(question):
        return NoCard("several lists that are too long to be said as a whole")
    if listed := list_that_answers(question):
        return _list_card(listed, blocks, context)
    code = [block for block in blocks if isinstance(block, Code)]
    first = next((block for block in blocks if not isinstance(block, Code | Subheading)), None)
    if isinstance(first, Prose) and _can_answer(first, context.language):
        return _with_code_below(
            question_answer_card(question.wording, first, CardKind.OVERVIEW, context), code, question
        )
    if not code and any(isinstance(block, Listing) for block in blocks):
        return _listed_card(question, context)
    return _code_outline_card(code, context)


def _code_outline_card(code: Sequence[Code], context: QuestionContext) -> CardOrReason:
    """Return the card of an answer of code: what its comments say, or what it defines where that is asked."""
    question = context.question
    points = comment_outline(code)
    if not points and (asks(question.title) or is_imperative(question.title)):
        points = definition_outline(code)
    if not points:
        return NoCard("the answer is code that says nothing of itself")
    used = [block for block, _ in points]
    names = _shown_names(question)
    python = tuple(block for block in code if block in used and block.span in names)
    return _overview_card(tuple(item for _, item in points), context, code=python)


def _can_answer(prose: Prose, language: Language) -> bool:
    """Tell whether a paragraph says something itself: it leads into nothing, and begins with a sentence."""
    words = plain_text(prose.inline).rstrip()
    first = next(iter(split_sentences(prose.inline, language)), ())
    return (
        not words.endswith((*COLONS, ","))
        and is_point(first)
        and begins_answer(first)
        and not _POINTS_BELOW.search(plain_text(first))
    )


def _list_card(listed: Listing, blocks: Sequence[Block], context: QuestionContext) -> CardOrReason:
    """Return the card of a question that a list answers: as it stands where it is short, else its points.

    A list of one is a paragraph.
    """
    question = context.question
    if short := short_list_answer(blocks, context.language):
        asked = (Prose(question.wording),)
        return context.draft(CardKind.FAQ, question.title, asked, short, span=question.span)
    if len(listed.items) == 1:
        if listed.items[0].items or not is_point(listed.items[0].inline):
            return NoCard("a list of one that says too little")
        told = Prose(listed.items[0].inline, listed.span)
        return question_answer_card(question.wording, told, CardKind.OVERVIEW, context)
    if points := outline_of_list(listed, context.language):
        return _overview_card(points, context, ordered=listed.ordered)
    return _listed_card(question, context)


def _listed_card(question: Question, context: QuestionContext) -> CardOrReason:
    """Return the card of an answer that lists its points: most of them, with the whole answer below."""
    points = _listed_points(question)
    entries = sum(len(block.items) for block in question.blocks if isinstance(block, Listing))
    if 2 * len(points) < entries:
        return NoCard("few of its entries say something alone")
    if len(points) == 1:
        answer = Prose(points[0].inline, question.span)
        return question_answer_card(question.wording, answer, CardKind.OVERVIEW, context)
    shown = chosen_points(points, asked_parts(question.title, context.language), context.language)
    if len(shown) < MIN_POINTS or 2 * len(shown) < len(points):
        return NoCard("the answer is too long to be told in a few points")
    card = _overview_card(shown, context)
    below = tuple(block for block in question.blocks if isinstance(block, Prose | Listing))
    is_whole = len(shown) == len(points)
    return card if isinstance(card, NoCard) or is_whole else replace(card, context=below)


def _with_code_below(card: CardOrReason, code: list[Code], question: Question) -> CardOrReason:
    """Return a card in words with the code of the answer below it; Python only where it is to hold."""
    if isinstance(card, NoCard):
        return card
    shown = [
        (block, snippet)
        for block in code
        if (snippet := shown_snippet(question, block)) is None or snippet.directives.is_meant_to_hold
    ]
    return replace(
        card,
        context=(*card.context, *(Code(block.source, block.language) for block, _ in shown)),
        snippets=tuple(snippet.name for _, snippet in shown if snippet is not None),
    )


def _shown_names(question: Question) -> dict[Span, SnippetName]:
    """Return the names of the snippets that the answer shows and that are run, by where they stand."""
    return {
        snippet.span: snippet.name
        for snippet in question.snippets
        if snippet.role is SnippetRole.SHOWN and not snippet.directives.is_excused
    }

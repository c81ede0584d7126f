"""Cut each sort of block into parts, and make their cards by the rules for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from cards.atomize.code import is_told_in_code
from cards.atomize.commented.said_command import SHELL_LANGUAGES, said_commands
from cards.atomize.commented.told import ToldSort, told_in_comments
from cards.atomize.listing import AnswerList, ListEntry, list_cue, listing_parts, nested_lists
from cards.atomize.question_context import NoCard
from cards.atomize.rules import (
    CODE_RULES,
    FAILING_CODE_RULES,
    LIST_RULES,
    SENTENCE_RULES,
    TABLE_RULES,
    TERM_RULES,
    apply_rules,
    first_card,
)
from cards.atomize.sentence import Paragraph, Sentence
from cards.atomize.table import table_rows
from cards.atomize.term import TermEntry, is_full_sentence, split_term
from cards.atomize.whole.asked_whole import NOT_RUN
from cards.atomize.wording import in_bold, parse_backticks, prose_of, sentence_case, with_end_mark
from cards.card.card import Draft
from cards.card.kind import CardKind
from cards.guide.block import Code, Item, Listing, Prose
from cards.guide.text import plain_text
from cards.language.frame import Frame
from cards.language.natural_language import COLONS, QUESTION_MARKS

if TYPE_CHECKING:
    from cards.atomize.code import ShownSnippet
    from cards.atomize.commented.told import Told
    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.guide.block import Table
    from cards.guide.text import Inline
    from cards.program.snippet import Snippet

_NOTHING_TO_ASK = NoCard("nothing in it can be asked: set the point in bold")


def paragraph_cards(paragraph: Paragraph, context: QuestionContext) -> list[CardOrReason]:
    """Return a card or a reason for each sentence."""
    results: list[CardOrReason] = []
    fronts = []
    for sentence in paragraph.sentences:
        result = _sentence_card(sentence, paragraph, context)
        if isinstance(result, Draft) and result.front in fronts:
            result = NoCard("the sentences before ask the same")
        elif isinstance(result, Draft):
            fronts.append(result.front)
        results.append(result)
    return results


def _sentence_card(sentence: Inline | NoCard, paragraph: Paragraph, context: QuestionContext) -> CardOrReason:
    if isinstance(sentence, NoCard):
        return sentence
    if plain_text(sentence).endswith(COLONS):
        return NoCard("it leads into what follows")
    if plain_text(sentence).endswith(QUESTION_MARKS):
        return NoCard("it asks something itself")
    return first_card(SENTENCE_RULES, Sentence(sentence, paragraph), context) or _NOTHING_TO_ASK


def listing_cards(
    listing: Listing, lead_in: Paragraph | None, context: QuestionContext
) -> list[CardOrReason]:
    """Return the list's cards, and a reason for each entry that made none; those of nested lists follow."""
    return _list_cards(AnswerList(listing, lead_in, list_cue(lead_in, context)), context)


def _list_cards(written: AnswerList, context: QuestionContext) -> list[CardOrReason]:
    results = [
        result for part in listing_parts(written, context) for result in _list_part_cards(part, context)
    ]
    for inner in nested_lists(written, context):
        results += [inner] if isinstance(inner, NoCard) else _list_cards(inner, context)
    return results


def _list_part_cards(
    part: Paragraph | TermEntry | ListEntry | NoCard, context: QuestionContext
) -> list[CardOrReason]:
    match part:
        case NoCard():
            return [part]
        case Paragraph():
            return paragraph_cards(part, context)
        case TermEntry():
            return _term_entry_cards(part, context)
        case ListEntry():
            return apply_rules(LIST_RULES, part, context)
        case _:
            assert_never(part)


def _term_entry_cards(entry: TermEntry, context: QuestionContext) -> list[CardOrReason]:
    """Return an entry's cards; in a comparison, a text that stands alone is asked as prose if it can be."""
    if entry.is_compared and is_full_sentence(entry.text, context.language):
        paragraph = Paragraph.of(Prose(sentence_case(entry.text), entry.item.span), context.language)
        results = paragraph_cards(paragraph, context)
        if any(isinstance(result, Draft) for result in results):
            return results
    return apply_rules(TERM_RULES, entry, context)


def table_cards(table: Table, context: QuestionContext) -> list[CardOrReason]:
    """Return the table's cards, and a reason for each place that made none."""
    results: list[CardOrReason] = []
    for row in table_rows(table):
        results += [row] if isinstance(row, NoCard) else apply_rules(TABLE_RULES, row, context)
    return results


def snippet_cards(shown: ShownSnippet, context: QuestionContext) -> list[CardOrReason]:
    """Return the cards of a shown block and the reason where it makes none.

    What was measured when it ran makes further ones: what it prints where the guide does not say so, the
    shape of a value, and the gaps.
    """
    directives = shown.snippet.directives
    if directives.no_run or directives.skip:
        return [NoCard(f"not run: {directives.no_run or directives.skip}")]
    if directives.raises is not None:
        return apply_rules(FAILING_CODE_RULES, shown, context)
    if directives.syntax_error:
        return [NoCard("meant not to parse")]
    results = [
        NoCard("left out, as the guide says")
        if isinstance(result, Draft) and result.kind.value in shown.snippet.without
        else result
        for result in apply_rules(CODE_RULES, shown, context)
    ]
    results += _told_cards(shown.snippet, context)
    results = _without_twins(results)
    return results or [NoCard("neither a stated output nor a comment that gives a reason")]


def command_cards(block: Code, context: QuestionContext) -> list[CardOrReason]:
    """Return a card of each command in a shell block whose comment says what it does, where code answers."""
    if block.language not in SHELL_LANGUAGES or not is_told_in_code(context.question):
        return []
    cue = with_end_mark(context.question.wording, context.language)
    return [
        context.draft(
            CardKind.LINE,
            f"{said.words} {said.command}",
            (front,),
            (Code(said.command, block.language), NOT_RUN),
            span=block.span,
            context=(Code(block.source, block.language),),
        )
        for said in said_commands(block.source, context.question.title)
        if (front := context.ask(Frame.WHICH_CODE, cue=cue, term=in_bold(parse_backticks(said.words))))
    ]


def _told_cards(snippet: Snippet, context: QuestionContext) -> list[CardOrReason]:
    """Return the cards of what a block's comments tell, where code is the answer: they hold as it does."""
    told = told_in_comments(snippet.source) if is_told_in_code(context.question) else []
    found = [result for each in told for result in _cards_of_told(each, snippet, context)]
    code = (Code(snippet.source, "python"),)
    return [
        replace(draft, span=snippet.span, snippets=(snippet.name,), context=code)
        for draft in found
        if isinstance(draft, Draft) and draft.kind is not CardKind.NAME
    ]


def _cards_of_told(told: Told, snippet: Snippet, context: QuestionContext) -> list[CardOrReason]:
    words = [parse_backticks(each) for each in told.points]
    match told.sort:
        case ToldSort.SENTENCE:
            prose = Prose(words[0], snippet.span)
            return paragraph_cards(Paragraph.of(prose, context.language), context)
        case ToldSort.TERM:
            return listing_cards(Listing(ordered=False, items=(Item(words[0]),)), None, context)
        case ToldSort.COUNTED:
            cue = with_end_mark(parse_backticks(told.lead.rstrip(":")), context.language)
            return [
                context.draft(
                    CardKind.TERM,
                    plain_text(name),
                    (front,),
                    (prose_of(sentence_case(text)),),
                    span=snippet.span,
                )
                for name, text in filter(None, map(split_term, words))
                if (front := context.ask(Frame.WHAT_IS_SAID_OF, term=in_bold(name), cue=cue))
            ]
        case ToldSort.STEPS:
            return _cards_of_steps(words, told.lead, snippet, context)
        case _:
            assert_never(told.sort)


def _cards_of_steps(
    steps: list[Inline], lead: str, snippet: Snippet, context: QuestionContext
) -> list[CardOrReason]:
    """Return the cards of steps that comments count; which is the first is asked where a comment leads in."""
    lead_in = Paragraph.of(prose_of(parse_backticks(f"{lead.rstrip(':')}:")), context.language)
    cue = list_cue(lead_in if lead else None, context)
    listing = Listing(ordered=True, items=tuple(map(Item, steps)), span=snippet.span)
    entries = [ListEntry(listing, position, cue, (listing,)) for position in range(len(steps))]
    asked = entries if lead else entries[1:]
    return [result for entry in asked for result in apply_rules(LIST_RULES, entry, context)]


def _without_twins(results: list[CardOrReason]) -> list[CardOrReason]:
    """Return the cards of a block without that which asks what it prints where a gap's card shows that.

    A gap beside an output asks for a setting, or for a name that the answer's words hold: there the block
    is about that.
    """
    if not any(isinstance(result, Draft) and result.gap is not None for result in results):
        return results
    reason = NoCard("its gap shows what it prints")
    return [reason if isinstance(each, Draft) and each.kind is CardKind.PREDICT else each for each in results]

"""Prose: a sentence that defines, gives a cause, a number or a name makes one card; others make none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.atomize.question_context import (
    GAP_TEXT,
    DraftOrReason,
    NoCard,
    QuestionContext,
    contains_words,
    draft_or_reason,
    in_bold,
    prose_of,
    prose_words,
    sentence_case,
    tokens,
    without_bold,
    without_full_stop,
)
from cards.atomize.sentence import mask_code, split_sentences, text_from
from cards.card.card import Draft
from cards.card.kind import CardKind
from cards.guide.block import FollowUp, Prose
from cards.guide.inline import collapse_space, merge_adjacent, slice_inline
from cards.guide.text import Inline, Style, StyledText, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.atomize.sentence import Paragraph
    from cards.card.sides import Side

MAX_UNCUT_ANSWER_WORDS = 25
"""A longer answer is cut to its first sentence; the rest stays as context."""

_LINKING = re.compile(r"(?P<verb>is|are|means|was|were)\s+")
# What follows `is` in a sentence that tells something else of its subject than what it is.
_NOT_A_DEFINITION = re.compile(
    r"(?:not|also|only|often|still|already|always|never|now|then|usually|very|more|less|most|too|so|as|like|easy|"
    r"hard|fast|slow|faster|slower|cheap|small|large|good|bad|in|on|at|of|for|from|by|with|about|under|over|"
    r"inside|outside|between|after|before|during|known|taken|written|given|chosen|shown|drawn|held|kept|made|"
    r"built|run|set|lost|sent|found|\w{2,}ed|\w+ly)\b(?!-)"
)
_CAUSE = re.compile(
    r"(?:,?\s+(?:only|mainly|mostly|partly|largely|chiefly|simply|just|precisely))?,?\s+"
    r"(?P<word>because|so that)\s+"
)
_NUMBER = re.compile(
    r"(?<![\w.`])(?P<number>[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?"  # noqa: RUF001 - a minus sign
    r"(?:\s?(?:%|ms|GB|MB|KB|bits?|bytes?|times))?)(?![\w]|\.\d)"
)
_PROPER_NAME_BEFORE = re.compile(
    r"(?<![A-Za-z])(?!(?:About|After|All|At|By|Every|For|From|Nearly|Of|On|Only|Over|The|Up|With)\s)"
    r"[A-Z][A-Za-z]*\s\Z"
)
_BARE_YES_OR_NO = re.compile(r"(?:yes|no)\W*\Z", re.IGNORECASE)


def prose_cards(topic: QuestionContext, paragraph: Paragraph) -> list[DraftOrReason]:
    """Return a card or a reason for each sentence."""
    results: list[DraftOrReason] = []
    for sentence in paragraph.sentences:
        result = _sentence_card(topic, sentence, paragraph)
        again = isinstance(result, Draft) and any(
            isinstance(other, Draft) and other.front == result.front for other in results
        )
        results.append("the sentences before ask the same" if again else result)
    return results


def follow_up_card(topic: QuestionContext, exchange: FollowUp) -> DraftOrReason:
    """A follow-up question as it stands, its answer cut to its claim."""
    return draft_or_reason(question_answer_card, topic, exchange.asked, Prose(exchange.answer, exchange.span))


def question_answer_card(
    topic: QuestionContext, asked: Inline, prose: Prose, kind: CardKind = CardKind.FAQ
) -> Draft:
    """Question -> answer, cut to its first sentence where it is long; raises NoCard."""
    answer: Inline = prose.inline
    context: Side = ()
    if len(plain_text(answer).split()) > MAX_UNCUT_ANSWER_WORDS:
        answer = _short_answer(answer)
        context = (Prose(prose.inline),)
    front = (Prose(without_bold(asked)),)
    return topic.draft(
        kind, plain_text(asked), front, (Prose(sentence_case(answer)),), span=prose.span, context=context
    )


def _short_answer(answer: Inline) -> Inline:
    """Return the first sentence of an answer, with the next one where the first is a bare yes or no."""
    first, *more = split_sentences(answer)
    return (
        merge_adjacent((*first, StyledText(" "), *more[0]))
        if more and _BARE_YES_OR_NO.match(plain_text(first))
        else first
    )


def _sentence_card(topic: QuestionContext, sentence: Inline | str, paragraph: Paragraph) -> DraftOrReason:
    if isinstance(sentence, str):
        return sentence
    if plain_text(sentence).endswith(":"):
        return "it leads into what follows"
    if plain_text(sentence).endswith("?"):
        return "it asks something itself"
    reason = "nothing in it can be asked: set the point in bold"
    for rule in SENTENCE_RULES:
        try:
            if card := rule(topic, sentence, paragraph):
                return card
        except NoCard as why:
            reason = str(why)
    return reason


def _definition_card(topic: QuestionContext, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """`**Term** is ...` -> What is Term?"""
    words = plain_text(sentence)
    article = re.match(r"(?:The|An|A)\s+", words)
    place = article.end() if article else 0
    term = _styled_text_at(sentence, place)
    if term is None or term.style not in {Style.STRONG, Style.CODE}:
        return None
    after = plain_text(text_from(sentence, place + len(term.text)))
    linking = re.match(r"\s+", after) and _LINKING.match(after.lstrip())
    if linking and linking["verb"] != "means" and _NOT_A_DEFINITION.match(after.lstrip()[linking.end() :]):
        return None
    if not linking:
        return None
    verb = linking["verb"]
    rest = slice_inline(sentence, place + len(term.text) + (len(after) - len(after.lstrip())) + linking.end())
    if len(plain_text(rest).split()) < 3:
        return None
    named = (StyledText(article[0].lower() if article else ""), *in_bold((term,)))
    if verb == "means":
        front = prose_of("What does ", merge_adjacent(named), " mean?")
    else:
        front = prose_of(f"What {verb} ", merge_adjacent(named), "?")
    back = (prose_of(sentence_case(without_full_stop(rest))),)
    return topic.draft(
        CardKind.FACT,
        f"{term.text} {verb}",
        (front,),
        back,
        span=paragraph.prose.span,
        context=paragraph.context,
    )


def _cause_card(topic: QuestionContext, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """`X because Y` -> X. Why?"""
    words = mask_code(sentence)
    causes = list(_CAUSE.finditer(words))
    if len(causes) != 1:
        return None
    claim = collapse_space(slice_inline(sentence, 0, causes[0].start()))
    reason = slice_inline(sentence, causes[0].start("word"))
    if len(plain_text(claim).split()) < 3:
        return None
    front = prose_of(without_bold(claim), ". Why?")
    back = (prose_of(sentence_case(without_full_stop(reason))),)
    return topic.draft(
        CardKind.FACT,
        f"why {plain_text(claim)}",
        (front,),
        back,
        span=paragraph.prose.span,
        context=paragraph.context,
    )


def _bold_card(topic: QuestionContext, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """The first bold phrase is hidden, with names in code that are bold too."""
    bold = [place for place, run in enumerate(sentence) if run.style is Style.STRONG or run.is_bold]
    if not bold:
        return None
    last = bold[0]
    while last + 1 in bold:
        last += 1
    return _gap_card(topic, sentence, (bold[0], last), paragraph)


def _number_card(topic: QuestionContext, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """The only number is hidden, unless it belongs to a name (`TensorFlow 2`)."""
    found = [
        (place, match)
        for place, run in enumerate(sentence)
        if run.style in {Style.PLAIN, Style.EMPHASIS}
        for match in _NUMBER.finditer(run.text)
        if not _PROPER_NAME_BEFORE.search(run.text[: match.start()])
    ]
    if len(found) != 1:
        return None
    place, match = found[0]
    run = sentence[place]
    split = (
        *sentence[:place],
        StyledText(run.text[: match.start()], run.style),
        StyledText(match["number"], Style.EMPHASIS),
        StyledText(run.text[match.end() :], run.style),
        *sentence[place + 1 :],
    )
    return _gap_card(topic, split, (place + 1, place + 1), paragraph)


def _code_name_card(topic: QuestionContext, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """The only name in code is hidden."""
    names = {run.text for run in sentence if run.style is Style.CODE}
    if len(names) > 1:
        raise NoCard("several names in code: set in bold the one to ask for")
    for place, run in enumerate(sentence):
        if run.style is Style.CODE:
            return _gap_card(topic, sentence, (place, place), paragraph)
    return None


def _gap_card(
    topic: QuestionContext, sentence: Inline, places: tuple[int, int], paragraph: Paragraph
) -> Draft:
    """The sentence with its runs from one place to another hidden -> these runs."""
    first, last = places
    hidden = sentence[first : last + 1]
    shown = (*sentence[:first], GAP_TEXT, *sentence[last + 1 :])
    front = Prose(without_bold(tuple(run for run in shown if run.text)))
    if len(tokens(prose_words((front,)))) < 4:
        raise NoCard("too little is left around what would be hidden")
    if contains_words(prose_words((front,)), plain_text(hidden)):
        raise NoCard("what would be hidden stands in the sentence twice")
    answer = merge_adjacent(run if run.style is Style.CODE else StyledText(run.text) for run in hidden)
    words = " ".join(plain_text(sentence).split()[:12])
    return topic.draft(
        CardKind.FACT,
        f"{plain_text(hidden)} {words}",
        (front,),
        (prose_of(answer),),
        span=paragraph.prose.span,
        context=paragraph.context,
    )


def _styled_text_at(inline: Inline, place: int) -> StyledText | None:
    position = 0
    for run in inline:
        if position == place:
            return run
        position += len(run.text)
        if position > place:
            return None
    return None


SENTENCE_RULES: tuple[Callable[[QuestionContext, Inline, Paragraph], Draft | None], ...] = (
    _definition_card,
    _cause_card,
    _bold_card,
    _number_card,
    _code_name_card,
)
"""Tried in this order; the first that makes a card wins."""

"""Prose: a sentence that defines, gives a cause, a number or a name makes one card; others make none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.atomize.sentence import masked, rest_from, sentences
from cards.atomize.topic import (
    GAP,
    NoCard,
    Result,
    Topic,
    contains,
    prose_words,
    said,
    sentence_case,
    strong,
    tokens,
    tried,
    unstressed,
    without_stop,
)
from cards.card.card import Draft
from cards.card.kind import Kind
from cards.guide.block import Exchange, Prose
from cards.guide.inline import joined, part, tidy
from cards.guide.text import Inline, Run, Style, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.atomize.sentence import Paragraph
    from cards.card.sides import Side

LONGEST_ANSWER_WORDS = 25
"""A longer answer is cut to its first sentence; the rest stays as context."""

_LINKING = re.compile(r"(?P<verb>is|are|means|was|were)\s+")
# What follows `is` in a sentence that tells something else of its subject than what it is.
_NO_DEFINITION = re.compile(
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
_PROPER_BEFORE = re.compile(
    r"(?<![A-Za-z])(?!(?:About|After|All|At|By|Every|For|From|Nearly|Of|On|Only|Over|The|Up|With)\s)"
    r"[A-Z][A-Za-z]*\s\Z"
)
_BARE = re.compile(r"(?:yes|no)\W*\Z", re.IGNORECASE)


def prose_cards(topic: Topic, paragraph: Paragraph) -> list[Result]:
    """Return a card or a reason for each sentence."""
    results: list[Result] = []
    for sentence in paragraph.sentences:
        result = _sentence_card(topic, sentence, paragraph)
        again = isinstance(result, Draft) and any(
            isinstance(other, Draft) and other.front == result.front for other in results
        )
        results.append("the sentences before ask the same" if again else result)
    return results


def exchange_card(topic: Topic, exchange: Exchange) -> Result:
    """A follow-up question as it stands, its answer cut to its claim."""
    return tried(asked_card, topic, exchange.asked, Prose(exchange.answer, exchange.span))


def asked_card(topic: Topic, asked: Inline, prose: Prose, kind: Kind = Kind.FAQ) -> Draft:
    """Question -> answer, cut to its first sentence where it is long; raises NoCard."""
    answer: Inline = prose.inline
    context: Side = ()
    if len(plain(answer).split()) > LONGEST_ANSWER_WORDS:
        answer = _claim(answer)
        context = (Prose(prose.inline),)
    front = (Prose(unstressed(asked)),)
    return topic.draft(
        kind, plain(asked), front, (Prose(sentence_case(answer)),), span=prose.span, context=context
    )


def _claim(answer: Inline) -> Inline:
    """Return the first sentence of an answer, with the next one where the first is a bare yes or no."""
    first, *more = sentences(answer)
    return joined((*first, Run(" "), *more[0])) if more and _BARE.match(plain(first)) else first


def _sentence_card(topic: Topic, sentence: Inline | str, paragraph: Paragraph) -> Result:
    if isinstance(sentence, str):
        return sentence
    if plain(sentence).endswith(":"):
        return "it leads into what follows"
    if plain(sentence).endswith("?"):
        return "it asks something itself"
    reason = "nothing in it can be asked: set the point in bold"
    for rule in SENTENCE_RULES:
        try:
            if card := rule(topic, sentence, paragraph):
                return card
        except NoCard as why:
            reason = str(why)
    return reason


def _definition(topic: Topic, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """`**Term** is ...` -> What is Term?"""
    words = plain(sentence)
    article = re.match(r"(?:The|An|A)\s+", words)
    place = article.end() if article else 0
    term = _run_at(sentence, place)
    if term is None or term.style not in {Style.STRONG, Style.CODE}:
        return None
    after = plain(rest_from(sentence, place + len(term.text)))
    linking = re.match(r"\s+", after) and _LINKING.match(after.lstrip())
    if linking and linking["verb"] != "means" and _NO_DEFINITION.match(after.lstrip()[linking.end() :]):
        return None
    if not linking:
        return None
    verb = linking["verb"]
    rest = part(sentence, place + len(term.text) + (len(after) - len(after.lstrip())) + linking.end())
    if len(plain(rest).split()) < 3:
        return None
    named = (Run(article[0].lower() if article else ""), *strong((term,)))
    if verb == "means":
        front = said("What does ", joined(named), " mean?")
    else:
        front = said(f"What {verb} ", joined(named), "?")
    back = (said(sentence_case(without_stop(rest))),)
    return topic.draft(
        Kind.FACT, f"{term.text} {verb}", (front,), back, span=paragraph.prose.span, context=paragraph.context
    )


def _cause(topic: Topic, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """`X because Y` -> X. Why?"""
    words = masked(sentence)
    causes = list(_CAUSE.finditer(words))
    if len(causes) != 1:
        return None
    claim = tidy(part(sentence, 0, causes[0].start()))
    reason = part(sentence, causes[0].start("word"))
    if len(plain(claim).split()) < 3:
        return None
    front = said(unstressed(claim), ". Why?")
    back = (said(sentence_case(without_stop(reason))),)
    return topic.draft(
        Kind.FACT, f"why {plain(claim)}", (front,), back, span=paragraph.prose.span, context=paragraph.context
    )


def _bold(topic: Topic, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """The first bold phrase is hidden, with names in code that are bold too."""
    bold = [place for place, run in enumerate(sentence) if run.style is Style.STRONG or run.stressed]
    if not bold:
        return None
    last = bold[0]
    while last + 1 in bold:
        last += 1
    return _gap(topic, sentence, (bold[0], last), paragraph)


def _number(topic: Topic, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """The only number is hidden, unless it belongs to a name (`TensorFlow 2`)."""
    found = [
        (place, match)
        for place, run in enumerate(sentence)
        if run.style in {Style.PLAIN, Style.EMPHASIS}
        for match in _NUMBER.finditer(run.text)
        if not _PROPER_BEFORE.search(run.text[: match.start()])
    ]
    if len(found) != 1:
        return None
    place, match = found[0]
    run = sentence[place]
    split = (
        *sentence[:place],
        Run(run.text[: match.start()], run.style),
        Run(match["number"], Style.EMPHASIS),
        Run(run.text[match.end() :], run.style),
        *sentence[place + 1 :],
    )
    return _gap(topic, split, (place + 1, place + 1), paragraph)


def _name(topic: Topic, sentence: Inline, paragraph: Paragraph) -> Draft | None:
    """The only name in code is hidden."""
    names = {run.text for run in sentence if run.style is Style.CODE}
    if len(names) > 1:
        raise NoCard("several names in code: set in bold the one to ask for")
    for place, run in enumerate(sentence):
        if run.style is Style.CODE:
            return _gap(topic, sentence, (place, place), paragraph)
    return None


def _gap(topic: Topic, sentence: Inline, places: tuple[int, int], paragraph: Paragraph) -> Draft:
    """The sentence with its runs from one place to another hidden -> these runs."""
    first, last = places
    hidden = sentence[first : last + 1]
    shown = (*sentence[:first], GAP, *sentence[last + 1 :])
    front = Prose(unstressed(tuple(run for run in shown if run.text)))
    if len(tokens(prose_words((front,)))) < 4:
        raise NoCard("too little is left around what would be hidden")
    if contains(prose_words((front,)), plain(hidden)):
        raise NoCard("what would be hidden stands in the sentence twice")
    answer = joined(run if run.style is Style.CODE else Run(run.text) for run in hidden)
    words = " ".join(plain(sentence).split()[:12])
    return topic.draft(
        Kind.FACT,
        f"{plain(hidden)} {words}",
        (front,),
        (said(answer),),
        span=paragraph.prose.span,
        context=paragraph.context,
    )


def _run_at(inline: Inline, place: int) -> Run | None:
    position = 0
    for run in inline:
        if position == place:
            return run
        position += len(run.text)
        if position > place:
            return None
    return None


SENTENCE_RULES: tuple[Callable[[Topic, Inline, Paragraph], Draft | None], ...] = (
    _definition,
    _cause,
    _bold,
    _number,
    _name,
)
"""Tried in this order; the first that makes a card wins."""

"""Terms: an entry `term: text` is asked both ways, in words that fit the term."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cards.atomize.prose import prose_cards
from cards.atomize.sentence import Paragraph
from cards.atomize.topic import (
    NoCard,
    Result,
    Topic,
    ask,
    contains,
    lower_start,
    said,
    sentence_case,
    strong,
    tokens,
    tried,
    without_stop,
)
from cards.card.card import Draft
from cards.card.kind import Kind
from cards.guide.block import Item, Prose
from cards.guide.inline import part
from cards.guide.text import Inline, Style, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_TERM = re.compile(r"(?P<term>[^:\n]{1,60}?)(?::\s+|\s+[–—]\s+)(?P<text>\S.*)\Z", re.DOTALL)  # noqa: RUF001
_NOUN_AFTER = frozenset(
    {"of", "that", "which", "and", "plus", "with", "for", "in", "from", "on", "or", "instead", "rather"}
    | {"are", "is", "were", "was", "have", "has", "can", "must", "may", "will", "do", "does"}
)
_NO_VERB = re.compile(r"(?:ss|us|is)\Z")
_ONE = re.compile(r"(?:ss|us|is|as|os|ics)\Z")
_LABEL = re.compile(
    r"(?:pros?|cons?|(?:dis)?advantages?|benefits?|drawbacks?|notes?|examples?|tips?|warnings?|yes|no)\Z",
    re.IGNORECASE,
)
_BIDS = frozenset(
    {
        "add",
        "avoid",
        "call",
        "check",
        "choose",
        "do",
        "don't",
        "keep",
        "make",
        "move",
        "never",
        "pass",
        "prefer",
    }
    | {"put", "read", "run", "save", "set", "start", "stop", "turn", "use", "write"}
)
"""Words that begin an order (`Use small batches`), not a name."""
_NO_NAME = frozenset(
    {"a", "after", "an", "are", "at", "before", "between", "by", "during", "for", "from", "has", "have", "if"}
    | {"in", "is", "no", "not", "on", "over", "than", "the", "to", "too", "under", "was", "were", "when"}
    | {"while", "with", "without"}
)
"""Words that stand in a sentence or a circumstance (`NaN after warm-up`), not in a name."""
_VERB = re.compile(
    r"(?<=\s)(?:is|are|was|were|has|have|can|cannot|may|must|will|does|do|needs?|takes?|gives?|costs?)\b"
)
_RELATIVE = frozenset({"that", "which", "who", "whose", "where", "when", "what", "how", "why", "if", "while"})
_COMPARES = re.compile(
    r"\b(?:differ\w*|compar\w+|versus|vs|contrast\w*|distinguish\w*|better|worse|trade-?offs?|"
    r"choos\w+ between|instead of|(?:dis)?similar\w*)\b",
    re.IGNORECASE,
)


def term_cards(
    topic: Topic, terms: Sequence[tuple[Item, Inline, Inline]], *, comparing: bool
) -> list[Result]:
    """Return the cards of a list of terms; where it compares, a text that stands alone is asked as prose."""
    results: list[Result] = []
    meanings = Counter(tokens(plain(text)) for _, _, text in terms)
    for item, term, text in terms:
        told = (
            prose_cards(topic, Paragraph.of(Prose(sentence_case(text), item.span)))
            if comparing and is_whole(text)
            else []
        )
        if any(isinstance(result, Draft) for result in told):
            results += told
            continue
        results.append(tried(_term, topic, item, term, text, comparing=comparing))
        if meanings[tokens(plain(text))] > 1:
            results.append("two terms have the same text")
        else:
            results.append(tried(_name, topic, item, term, text, comparing=comparing))
    return results


def split_term(inline: Inline) -> tuple[Inline, Inline] | None:
    """Return term and text of an entry `term: text`, without emphasis on the term, or None."""
    words = plain(inline)
    match = _TERM.match(words)
    if not match or len(match["term"].split()) > 6:
        return None
    colon = match.end("term")
    position = 0
    for run in inline:  # a colon inside code (`x: int`) separates nothing
        if run.style is Style.CODE and position <= colon < position + len(run.text):
            return None
        position += len(run.text)
    return part(inline, *match.span("term")), part(inline, *match.span("text"))


def starts_with_verb(inline: Inline) -> bool:
    """Tell whether a text goes on a sentence: `stops training ...`, as in `EarlyStopping: stops ...`."""
    words = plain(inline).split()
    if len(words) < 2 or inline[0].style is not Style.PLAIN:
        return False
    first = words[0].casefold()
    return (
        first.isalpha()
        and first.endswith("s")
        and not _NO_VERB.search(first)
        and words[1].casefold() not in _NOUN_AFTER
        and first not in {"its", "this", "always", "sometimes", "perhaps", "as", "plus", "yes", "less"}
    )


def is_name(term: Inline) -> bool:
    """Tell whether a term names something: one in code, or a noun phrase of at most three words."""
    words = [word.casefold() for word in plain(term).split()]
    if all(run.style is Style.CODE for run in term):
        return True
    return len(words) <= 3 and words[0] not in _BIDS and not _NO_NAME & set(words)


def is_whole(text: Inline) -> bool:
    """Tell whether a text is a sentence with a subject of its own: `GPUs are faster`."""
    verb = _VERB.search(plain(text))
    before = plain(text)[: verb.start()].casefold().split() if verb else []
    return 0 < len(before) <= 6 and not _RELATIVE & set(before)


def compares(words: Inline) -> bool:
    """Tell whether a question or a lead-in sets things against each other."""
    return bool(_COMPARES.search(plain(words)))


def _term(topic: Topic, item: Item, term: Inline, text: Inline, *, comparing: bool) -> Draft:
    """`term: text`: term -> text."""
    if _LABEL.match(plain(term)):
        raise NoCard(f"“{plain(term)}” is no term")
    many, does = _is_plural(term), starts_with_verb(lower_start(text))
    if plain(term).endswith("?"):
        front = said(strong(term))
    elif not is_name(term) or (many and does) or (comparing and is_whole(text)):
        front = said(strong(term), ": what do you say?")
    elif does:
        front = said("What does ", strong(term), " do?")
    else:
        front = said("What are " if many else "What is ", strong(term), "?")
    back = (said(sentence_case(without_stop(text))),)
    return topic.draft(Kind.TERM, plain(term), (front,), back, span=item.span)


def _name(topic: Topic, item: Item, term: Inline, text: Inline, *, comparing: bool) -> Draft:
    """`term: text`: text -> term, where the text points to one term."""
    if _LABEL.match(plain(term)) or plain(term).endswith("?"):
        raise NoCard(f"“{plain(term)}” is no term")
    if len(tokens(plain(text))) < 4:
        raise NoCard("the text is too short to point back")
    if any(contains(plain(text), word) for word in tokens(plain(term)) if len(word) > 3):
        raise NoCard("the text names its term")
    text = lower_start(without_stop(text))
    if starts_with_verb(text):
        front = said("What ", ask(text))
    elif is_name(term) and not (comparing and is_whole(text)):
        front = said("What is this called: ", ask(text))
    else:
        front = said("What is this said about: ", ask(text))
    return topic.draft(Kind.NAME, plain(term), (front,), (said(term),), span=item.span)


def _is_plural(term: Inline) -> bool:
    """Tell whether a term in plain words names several things: `Weights`, but not `Loss` or `Bias`."""
    last = plain(term).split()[-1:]
    return (
        bool(last) and term[-1].style is not Style.CODE and last[0].endswith("s") and not _ONE.search(last[0])
    )

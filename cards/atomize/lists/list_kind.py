"""Decide what a list is: steps, a set, terms, sentences, options, navigation or plain text; and say why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cards.atomize.lists.equation import equation_of
from cards.guide.decoration import asks
from cards.guide.text import Style, plain_text
from cards.language.grammar import GRAMMARS
from cards.language.natural_language import COLONS, EXCLAMATION_MARKS, FULL_STOPS, Language
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.block import Item, Listing

MAX_ITEMS = 7
"""The most entries of a list that is asked as a set: nobody recalls a longer one."""
MAX_ITEM_WORDS = 25
"""The most words of an entry that can be an answer."""
_MIN_SET_ITEMS = 3
_MIN_SENTENCE_WORDS = 6
_MIN_SENTENCE_SHARE = 0.6


class ListKind(StrEnum):
    """What a list is, in words for the author."""

    STEPS = "steps"
    SET = "a set"
    TERMS = "terms"
    SENTENCES = "sentences"
    OPTIONS = "options"
    NAVIGATION = "navigation"
    TEXT = "plain text"


@dataclass(frozen=True, slots=True)
class ListReading:
    """What a list is, and the reason, as a phrase for the author."""

    kind: ListKind
    why: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.why}"


_SEVERAL_SENTENCES = regex(r"\w[.!?]\s+[^\W\d_a-z]")
_CHECK_BOX = regex(r"\[[ xX]?\](?=\s|\Z)|[\u2610-\u2612\u2705\u274c\u2b1c]")
_LETTER = regex(r"\(?(?P<letter>[A-Ha-h])(?:[.):]|\s*[-–])(?=\s|\Z)")  # noqa: RUF001 - dashes people type
_ADDRESS = regex(r"<?(?:https?://|www\.)\S+>?\Z")
_ASKS_ABOUT = regex(
    r"\A(?:briefly |please )?(?:explain|describe|define|discuss|compare|for each|determine"
    r"|what (?:is|are|does)|which)\b.*\b(?:(?:the|each of) (?:following|these|below)|following)\b",
    re.IGNORECASE,
)
_SAYS = regex(r":\s|\s[-–—=]\s|[.!?]\Z")  # noqa: RUF001 - dashes people type
_MAX_NAME_WORDS = 5
_EXPLAINS_SYMBOLS = regex(r"where\W*\Z|.*[,.$)\]]\s*where:?\Z", re.IGNORECASE | re.DOTALL)
_EXAMPLES = regex(
    r"(?:(?:for )?examples?|e\.g\.|for instance|input|output|sample (?:input|output))\b[^.]*\Z|.*"
    r"\b(?:for example|for instance|e\.g\.)\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
_LEANS = regex(r"(?:if not|otherwise|then|the (?:rest|latter|former)|so|but|and)\b", re.IGNORECASE)
_RESULT = regex(r"[^=]=[^=]|=>|->|\u21d2|\u2192")
_ORDINAL = regex(
    r"(?:first(?:ly)?|second(?:ly)?|then|next|after that|afterwards|finally|lastly|step \d+)\b", re.IGNORECASE
)
_STEPS_IN_QUESTION = regex(
    r"\b(?:steps?|process|procedure|workflow|pipeline|life-?\s?cycle|stages?|phases?|"
    r"walk (?:me |us )?through|"
    r"what happens (?:when|if|after|during)|(?:in what|in which|the) order|sequence of)\b",
    re.IGNORECASE,
)
_HOW_TO = regex(
    r"\bhow (?:do|does|can|could|would|should|to|is|are|did)\b(?!.*\b(?:differ\w*|compare\w*)\b)",
    re.IGNORECASE,
)
_SEVERAL = regex(
    r"\b(?:types?|kinds?|sorts?|reasons?|causes?|(?:dis)?advantages?|benefits?|drawbacks?|differences?|"
    r"examples?|options?|ways|methods|approaches|techniques|strategies|features|properties|principles|components?|parts|"
    r"factors|tips|best practices|use cases|pros|cons|problems|issues|challenges|tools|libraries|resources|"
    r"links|references|books|any of|one of|either)\b",
    re.IGNORECASE,
)
# Orders that follow one another; `use`, `avoid`, `prefer` give advice in no order.
_STEP_VERB_WORDS = (
    "add append apply assign build calculate call check clean clear click clone collect combine "
    "commit compare compile compute configure connect convert copy create cut declare define delete "
    "deploy detect divide download draw enter evaluate execute export extract fetch fill filter find "
    "fit fix freeze generate get go identify implement import initialise initialize insert install "
    "iterate join launch list load log loop make map measure merge move normalise normalize open "
    "parse pass pick plot predict prepare press print process pull push put read receive record "
    "remove rename repeat replace reset resize restore return run sample save scale search select "
    "send set sort split start stop store subtract sum swap switch take test train transform try tune "
    "type update upload validate verify visit wait walk write"
)
_STEP_VERBS = frozenset(_STEP_VERB_WORDS.split())
_MIN_VERB_SHARE = 2 / 3


def read_list(
    listing: Listing, question: str, lead_in: str, language: Language, *, has_terms: bool
) -> ListReading:
    """Return what a list is.

    `lead_in` are the words that lead into it, empty for none; `has_terms` tells whether every entry is
    `term: text`.
    """
    items = listing.items
    words = [plain_text(item.inline).strip() for item in items]
    if why := _options_reason(words):
        return ListReading(ListKind.OPTIONS, why)
    if why := _navigation_reason(items, words):
        return ListReading(ListKind.NAVIGATION, why)
    if len(items) > 1 and all(map(asks, words)):
        return ListReading(ListKind.TEXT, "its entries ask something themselves")
    if is_asked_about(listing, question) and not lead_in:
        return ListReading(ListKind.TEXT, "what the question asks about, and not its answer")
    if why := _examples_reason(items, words, lead_in):
        return ListReading(ListKind.TEXT, why)
    if has_terms:
        return ListReading(ListKind.TERMS, "every entry is `term: text`")
    why = _steps_reason(words, question, lead_in, language) if listing.ordered and len(items) > 1 else ""
    if why:
        return ListReading(ListKind.STEPS, why)
    if all(equation_of(each) for each in words):
        return ListReading(ListKind.SENTENCES, "every entry is an equation")
    if why := _sentences_reason(words):
        return ListReading(ListKind.SENTENCES, why)
    if len(items) == 1:
        return ListReading(ListKind.TEXT, "a list of one")
    said = sum(bool(each) and not _ADDRESS.match(each) for each in words)
    if not _MIN_SET_ITEMS <= said <= MAX_ITEMS:
        why = f"{len(items)} entries: a set of three to {MAX_ITEMS} can be asked; split or shorten it"
        return ListReading(ListKind.TEXT, why)
    if sum("://" in each for each in words) * 3 >= len(words):
        return ListReading(ListKind.NAVIGATION, "its entries lead elsewhere")
    if why := _prose_reason(items, words, language):
        return ListReading(ListKind.TEXT, why)
    numbered = "numbered, and nothing says that one follows another"
    return ListReading(ListKind.SET, numbered if listing.ordered else "entries in no order")


def is_asked_about(listing: Listing, question: str) -> bool:
    """Tell whether a list only names what a question asks about: `Explain the following:`."""
    if not _ASKS_ABOUT.search(question):
        return False
    words = [plain_text(item.inline).strip() for item in listing.items]
    bare = all(0 < count_words(each) <= _MAX_NAME_WORDS and not _SAYS.search(each) for each in words)
    return bare and not any(item.items or item.code for item in listing.items)


def is_options_or_navigation(listing: Listing) -> bool:
    """Tell whether the entries of a list are no answer by themselves."""
    words = [plain_text(item.inline).strip() for item in listing.items]
    return bool(_options_reason(words) or _navigation_reason(listing.items, words))


def _options_reason(words: Sequence[str]) -> str:
    """Return why a list offers options; empty where it does not."""
    if len(words) > 1 and all(_CHECK_BOX.match(each) for each in words):
        return "every entry has a box to tick"
    letters = [found["letter"].upper() for each in words if (found := _LETTER.match(each))]
    if len(words) > 1 and letters == [chr(ord("A") + place) for place in range(len(words))]:
        return "its entries are lettered, none marked as right: tick one, or write `Answer: B` below"
    return ""


def _navigation_reason(items: Sequence[Item], words: Sequence[str]) -> str:
    """Return why a list only leads elsewhere; empty where it does not."""
    if all(_leads_elsewhere(item) for item in items):
        return "every entry leads elsewhere"
    if all(_ADDRESS.match(each) for each in words):
        return "every entry is an address"
    return ""


def _leads_elsewhere(item: Item) -> bool:
    """Tell whether an entry leads elsewhere, or stands above a list that does."""
    return item.is_link or (bool(item.items) and all(map(_leads_elsewhere, item.items)))


def _examples_reason(items: Sequence[Item], words: Sequence[str], lead_in: str) -> str:
    """Return why a list gives examples or explains symbols; empty where it does not."""
    if _EXPLAINS_SYMBOLS.match(lead_in):
        return "it explains the symbols of a formula"
    if _EXAMPLES.match(lead_in):
        return "the words above say that it gives examples"
    if all(
        item.inline and item.inline[0].style is Style.CODE and _RESULT.search(each)
        for item, each in zip(items, words, strict=True)
    ):
        return "examples: every entry is code with its result"
    return ""


def _sentences_reason(words: Sequence[str]) -> str:
    """Return why the entries of a list are read as sentences; empty where they are not."""
    sentences = sum(map(_is_sentence, words))
    if sentences == len(words):
        return "every entry is a whole sentence"
    explains = any(map(_SEVERAL_SENTENCES.search, words)) and all(each.endswith(FULL_STOPS) for each in words)
    if explains or sentences >= _MIN_SENTENCE_SHARE * len(words):
        return "most entries are whole sentences"
    return ""


def _prose_reason(items: Sequence[Item], words: Sequence[str], language: Language) -> str:
    """Return why entries in no order are asked together and not one by one; empty where each can be asked."""
    if any(count_words(each) > MAX_ITEM_WORDS for each in words):
        return f"an entry has more than {MAX_ITEM_WORDS} words"
    leads = any(item.items and each.endswith(COLONS) for item, each in zip(items, words, strict=True))
    if leads or sum(bool(item.items) for item in items) * 2 > len(items):
        return "its entries head lists of their own"
    grammar = GRAMMARS[language]
    if any(_LEANS.match(each) or grammar.pronoun.match(each) for each in words):
        return "an entry leans on the one before"
    return ""


def _steps_reason(words: Sequence[str], question: str, lead_in: str, language: Language) -> str:
    """Return why numbered entries follow one another; empty where nothing says so."""
    if any(_ADDRESS.match(each) for each in words):
        return ""
    said = GRAMMARS[language].steps.search(lead_in)
    if said:
        return f"the words above say “{said[0].strip()}”"
    if language is not Language.ENGLISH:
        asked = GRAMMARS[language].steps.search(question)
        return f"the question says “{asked[0].strip()}”" if asked and not lead_in else ""
    if all(_ORDINAL.match(each) for each in words[1:]):
        return "its entries begin with “then”, “next”, “finally”"
    if _SEVERAL.search(lead_in) or (not lead_in and _SEVERAL.search(question)):
        return ""
    if asked := _STEPS_IN_QUESTION.search(question):
        return f"the question says “{asked[0].strip()}”"
    verbs = sum(each.split()[0].strip(",.:").casefold() in _STEP_VERBS for each in words if each)
    if verbs < _MIN_VERB_SHARE * len(words):
        return ""
    if _HOW_TO.search(question) or _HOW_TO.search(lead_in):
        return "the question asks how, and the entries say what to do"
    return "the entries say what to do, one after another"


def _is_sentence(words: str) -> bool:
    is_closed = words.endswith((*FULL_STOPS, *EXCLAMATION_MARKS)) and not words.endswith(COLONS)
    return is_closed and count_words(words) >= _MIN_SENTENCE_WORDS and not words[:1].islower()

"""Find the sentences of an explanation that say what code comes to: `This returns false.`"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.block import Prose
from cards.guide.inline import mask_code, merge_adjacent, split_sentences
from cards.guide.text import StyledText, plain_text
from cards.language.natural_language import COLONS, Language
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.guide.text import Inline

MAX_BRIEF_WORDS = 25
"""An explanation of no more words stands on the back as it is."""
_MAX_OUTPUT_WORDS = 12
"""A first paragraph of no more words is what comes out."""
_MAX_SENTENCES = 3
_MAX_WORDS = 60
_ASKS_FOR_RESULT = regex(
    r"\b(?:outputs?|prints?|printed|logs?|logged|results?|returns?|values?|evaluates?|displays?|happens?)\b",
    re.IGNORECASE,
)
# What a run shows, and what only a step of it yields.
_SHOWS = regex(
    r"\b(?:(?:gets?|is|are|be|was|were|been) (?:then )?(?:logged|printed|displayed|thrown|raised|shown)"
    r"|outputs?|(?:it|this|that|which|code|we|program|statement|call|console\.log) (?:then |will |now )?"
    r"(?:logs?|prints?|throws?|displays?|raises?|shows?))\b",
    re.IGNORECASE,
)
_YIELDS = regex(
    r"\b(?:returns?|returned|results? in|resulting in|evaluates? to|evaluated to|equals?|equal to|throws?"
    r"|logs?|prints?|raises?|becomes?|holds? the value|has the value|value (?:of|is)"
    r"|(?:is|are|be|it[’']s)(?= [`\d]|"  # noqa: RUF001
    r" (?:true|false|undefined|null|none|nan|an? (?:empty|\w*error))\b))",
    re.IGNORECASE,
)
_VALUE = regex(
    r"[`\d\"“”]|(?<!\w)['‘][^'’]*['’]|\b(?:true|false|undefined|null|none|nan|infinity|empty|\w*error|nothing)\b",  # noqa: RUF001
    re.IGNORECASE,
)
_SUPPOSES = regex(
    r"(?:if|when(?:ever)?|for example|note|suppose|had we)\b|.*\b(?:would(?:[’']ve| have)|could have)\b",  # noqa: RUF001
    re.IGNORECASE,
)
"""Says what other code does."""


def stated_result(question: Question, answer: Sequence[Block]) -> Prose | None:
    """Return the sentences of a long explanation that say what is shown, else those that say what is yielded.

    None where the question asks for something else, where the answer begins with what comes out or is short,
    or where none of its sentences says that.
    """
    told = [block for block in answer if isinstance(block, Prose)]
    if question.language is not Language.ENGLISH or not _ASKS_FOR_RESULT.search(question.title):
        return None
    lengths = [count_words(plain_text(block.inline)) for block in told]
    if answer[:1] != told[:1] or sum(lengths) <= MAX_BRIEF_WORDS or lengths[0] <= _MAX_OUTPUT_WORDS:
        return None
    sentences = [each for block in told for each in split_sentences(block.inline, Language.ENGLISH)]
    for verbs in (_SHOWS, _YIELDS):
        if found := _last_that_fit([each for each in sentences if _says(each, verbs)]):
            return Prose(_joined(found))
    return None


def _says(sentence: Inline, verbs: re.Pattern[str]) -> bool:
    words = mask_code(sentence).strip()
    is_apart = words.endswith(COLONS) or _SUPPOSES.match(words)
    return not is_apart and bool(verbs.search(words)) and bool(_VALUE.search(words))


def _last_that_fit(sentences: list[Inline]) -> list[Inline]:
    """Return the last sentences that fit on a back: an explanation comes to its end there."""
    kept: list[Inline] = []
    words = 0
    for sentence in reversed(sentences):
        words += count_words(plain_text(sentence))
        if len(kept) == _MAX_SENTENCES or words > _MAX_WORDS:
            break
        kept.insert(0, sentence)
    return kept


def _joined(sentences: list[Inline]) -> Inline:
    first, *others = sentences
    return merge_adjacent((*first, *(run for each in others for run in (StyledText(" "), *each))))

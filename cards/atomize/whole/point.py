"""What a sentence or an entry must be to be said as a point of an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.text import plain_text
from cards.language.natural_language import COLONS, QUESTION_MARKS
from cards.language.word_count import count_words, has_unspaced
from cards.regex import regex

if TYPE_CHECKING:
    from cards.guide.text import Inline

MIN_POINTS = 2
MAX_POINTS = 5
MAX_WORDS = 60
"""More, in points or in words, nobody says at once."""
MIN_POINT_WORDS = 3
"""Fewer say nothing: `Disclaimer #1.`"""
_YES_OR_NO = regex(r"(?:yes|no)\W*", re.IGNORECASE)
_ANNOUNCES = regex(
    r"(?:(?:here|below|these|there) (?:are|is|exist)"
    r"|(?:we|you|one) (?:can |could )?(?:have|distinguish|divide|use))"
    r"\b.{0,30}\b(?:few|two|three|four|five|six|several|many|various|different|multiple|some|[2-9])\b"
    r"[^,;:]{0,60}[,.]?\Z"
    r"|.*\b(?:includes?|are|is|be|the following|such as|namely|when)\s*\Z|.*\bas follows\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence that says that something follows, and not what."""
_COUNTS = regex(
    r"[^,;:()]*\b(?:several|many|various|numerous|a (?:number|variety|range) of)\s+(?:\w+\s+){0,2}"
    r"(?:advantages|benefits|drawbacks|ways|features|reasons|methods|approaches|techniques|options|factors|types)\b"
    r"(?!.*\b(?:like|such as|including)\b[^,]*(?:,|\band\b))[^,;:()]*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence that says that there are several, and names none: `It has several advantages.`"""
_LEFT_OUT = regex(r",\s*[,.]|(?<!\w)\(\s*\)|\s,\s")
"""A sentence that lost a picture of a formula."""
_EXCLAIMS = regex(r"(?:\S+\s+){0,12}\S+[!！]\Z")  # noqa: RUF001 - a fullwidth mark
_CONTINUES = regex(
    r"(?:But|And|Or|Instead|Otherwise|Again|Likewise|Well)\b|但|不过|而且|然而|并且|此外|另外|下面|注意|Pero\b|Aber\b"
)
"""What no answer begins with."""
_FRAGMENT = regex(
    r"(?:and|or|for|in|by|via|from|to|with|at|on|of|see)\b|(?:See|Check out|Read) "
    r"|\S*://\S*\Z"
    r"|(?:参考|推荐|详见|参见|转自|摘自|来源|出处)(?:[:：]|\S{0,12}\Z)"  # noqa: RUF001
)
"""What goes on with words that stand elsewhere, or sends a reader there."""
_LEADS_ELSEWHERE = regex(
    r"(?:[^\w\s]+\s*)?(?:(?:learn|read|see|find out)\s+(?:more|also|the (?:docs|documentation|article))\b"
    r"|(?:further reading|references?|sources?|more (?:info|information|details)|credits?|docs|links?)"
    r"\s*:?\s*(?:\Z|here\b|https?:)"
    r"|(?:examples?|sample(?: code)?|demo|code|output|usage|syntax|note|deprecated|warning)\b[^.!?]{0,40}\Z"
    r"|take\b.{0,20}\bexample\b|deprecated\s*:|i\.e\b|let['’]?s\b|to-?do\b|[^.!?]{0,40}https?://\S+\Z)",  # noqa: RUF001
    re.IGNORECASE,
)
"""Begins what leads a reader on and answers nothing: `Learn more: ...`, `Example: a dialog`."""
_CHATS = regex(
    r"(?:traceback|phew|okay|ok|oh|wow|hmm+|yeah|yep|nope|oops|congrat\w*|let[’']s|let us"  # noqa: RUF001
    r"|now,? let|so,? let|(?:first|next|then|now),? (?:let|we(?:[’']ll| will))|feel free"  # noqa: RUF001
    r"|(?:you can )?(?:read|learn|find) (?:more|out more)|check (?:out|the documentation)|refer to"
    r"|for (?:more|further) (?:insights?|details?|information|examples?)"
    r"|stay tuned|(?:as )?(?:you|we) (?:might|may|will|can) (?:have )?(?:see|guess|notice)\w*"
    r"|(?:this|these|answer|it)\b.{0,40}\binterview questions?"
    r"|(?:here|in this (?:answer|post|article|section)),? (?:we|i)(?:[’']ll| will| am| are))\b",  # noqa: RUF001
    re.IGNORECASE,
)
"""A sentence that talks to the reader and says nothing of the matter."""
_ONLY_SENDS = regex(
    r"(?:[^.!?。\n]{0,60}?[:：]\s*)?<?(?:https?://|www\.)(?!localhost)\S+?>?[.。]?"  # noqa: RUF001
    r"|(?:推荐|参考|详见|参见|更多.{0,12}(?:可见|参见|请看|见))[:：].{0,60}",  # noqa: RUF001
    re.IGNORECASE,
)
"""An address, behind a label at most, or the title of a page to read."""
_NOTE_TO_SELF = regex(
    r"(?:i (?:will|should|need to) )?(?:ask|check with|consult) "
    r"(?:someone|somebody|anyone|others|me|an expert)\b[^.]*[.!]?\Z",
    re.IGNORECASE,
)
"""What an author is to do yet: `Ask someone for details.`"""
_TOLD_ELSEWHERE = regex(
    r".*\b(?:explained|described|discussed|shown|seen|found|illustrated|covered)\b[^.,;:]{0,20}\b(?:in|by|here)\b"
    r"[^.,;:]{0,40}\b(?:papers?|articles?|posts?|blogs?|books?|videos?|docs|documentation|links?|threads?"
    r"|tutorials?|here)\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence that only says where it is told: `This is explained in the paper.`"""
_WORD = regex(r"[^\W\d_]{2,}|[^\W\d_a-z]")
_SAYS_NOTHING = (_EXCLAIMS, _LEADS_ELSEWHERE, _CHATS, _COUNTS, _NOTE_TO_SELF, _TOLD_ELSEWHERE)
_OPEN_ENDS = (*COLONS, *QUESTION_MARKS, ",")


def is_point(sentence: Inline) -> bool:
    """Tell whether a sentence says something itself: it neither asks, leads on, nor sends a reader away."""
    words = plain_text(sentence)
    says_enough = count_words(words) >= MIN_POINT_WORDS or _YES_OR_NO.fullmatch(words)
    has_words = has_unspaced(words) or bool(_WORD.search(words))
    is_apart = words.startswith(("[", "{", "<")) or any(form.match(words) for form in _SAYS_NOTHING)
    is_whole = not (is_apart or _LEFT_OUT.search(words))
    return is_whole and has_words and bool(says_enough) and is_entry(sentence)


def is_entry(words: Inline) -> bool:
    """Tell whether an entry of a list says something: no question, address or words above a list."""
    text = plain_text(words).strip()
    is_apart = any(form.match(text) for form in (_ANNOUNCES, _FRAGMENT, _NOTE_TO_SELF))
    return bool(text) and not (text.endswith(_OPEN_ENDS) or is_apart)


def is_told_elsewhere(words: str) -> bool:
    """Tell whether words only say where the matter is told: `This is explained in the paper.`"""
    return bool(_TOLD_ELSEWHERE.match(words))


def begins_answer(sentence: Inline) -> bool:
    """Tell whether an answer can begin with a sentence: it goes on with none before it."""
    return not _CONTINUES.match(plain_text(sentence))


def talks_to_reader(words: str) -> bool:
    """Tell whether words are about reading and nothing else: `Let us look at it.`"""
    return bool(_CHATS.match(words))


def only_sends(words: str) -> bool:
    """Tell whether words only send a reader elsewhere: `A good page: https://...`."""
    return bool(_ONLY_SENDS.fullmatch(words.strip()))


def is_note_to_self(words: str) -> bool:
    """Tell whether an author only says what is to be found out yet."""
    return bool(_NOTE_TO_SELF.match(words.strip()))

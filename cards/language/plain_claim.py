"""Find what a plain English sentence, with nothing set apart in it, defines, explains, or says of a case.

Each pattern asks for little and refuses much: a sentence of which it is in doubt what it says makes no card.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cards.language.frame import Frame
from cards.regex import regex

_CLAUSE = r"\S+(?: \S+){3,}?"
"""Four words or more."""
_NO_SUBJECT = r"(?!(?:that|it|they|this|these|those|he|she|you|we|as|far|is|are|does|do)\b)"
_NO_THING = (
    r"(?!(?:only|first|second|third|last|next|best|main|result|reason|problem|same|other|rest|difference|idea|goal"
    r"|answer|point|default|key|trick|following|above|most"
    r"|common|typical|simple|good|example|examples)\b)"
)
_NO_MEANING = r"(?!(?:same|case|problem|reason|best|most|only|good|bad|better|number|name)\b)"
_NO_CONJUNCTION = r"(?!(?:well|in|if|long|soon|far|much|many|opposed|with|for|usual|part)\b)"
_OF = r"(?:of|for|in) (?:an? |the )?"
_VERB = (
    r"(?:skips|runs|returns|creates|makes|writes|reads|stores|keeps|frees|resets|updates|raises|fails|stops|starts"
    r"|loads|copies|drops|uses|takes|gives|sends|waits|blocks|calls|computes|adds|removes|replaces|ignores"
    r"|traces|compiles)"
)
_NO_ASIDE = r"(?!(?i:if|while|when|for|in|on|as|since|because|although|here|there|after|before|with)\b)"
_NAMED = regex(
    rf"(?P<answer>{_NO_ASIDE}{_CLAUSE})(?<! it)(?<! which)(?<! process) (?:is|are) (?:also |often |usually )?"
    r"(?:known as|called|termed|referred to as) "
    r"(?P<asked>(?:the |an? )?(?!(?:when|by|with|in|on|at|from|before|after|once|twice|for|every|each|again"
    r"|outside|inside|during|until|automatically|immediately)\b)[\w`-]+(?: [\w`-]+){0,3})\.?\Z"
)
_AS = regex(
    rf"(?P<asked>{_CLAUSE}), as (?P<answer>{_NO_CONJUNCTION}(?:\S+ ){{1,7}}?"
    r"(?:is|are|was|were|has|have|can|cannot|must|does|do|\w{3,}s) \S.*)\Z"
)
_OR = regex(
    rf"(?P<asked>(?=.*\b(?:must|should|needs? to|has to|have to)\b){_CLAUSE}), "
    r"or (?:else )?(?P<answer>(?=.*\b(?:would|could|will)\b)\S+(?: \S+){2,})\Z"
)
_SO = regex(
    rf"(?!.*\b(?:it|its|they|them|their)\b)(?P<answer>{_CLAUSE}), "
    rf"so {_NO_SUBJECT}(?P<asked>\S+(?: \S+){{3,}})\Z"
)
_DEFINED = regex(
    rf"(?P<asked>(?:An? {_NO_THING}|The {_NO_THING}(?=\S+ (?!is )))"
    rf"[\w`-]+(?: {_OF}[\w`-]+| [\w`-]+){{0,3}}?) is "
    rf"(?P<answer>(?:an?|the) {_NO_MEANING}\S+(?: \S+){{3,}})\Z"
)
_DOES = regex(
    r"(?P<asked>An? [\w`-]+(?: [\w`-]+){0,2} (?:with|without|inside|outside|after|before) [\w`-]+"
    rf"(?: [\w`-]+){{0,3}}?) (?P<answer>{_VERB} \S+(?: \S+){{2,}})\Z"
)
_IF = regex(
    r"If (?P<asked>(?![^,]*\b(?:you|your|we|our|I|this|that|these|those|it|they|them|their)\b)"
    r"[^,;:]+(?: [^,;:\s]+){2,}), (?:then )?(?P<answer>(?!(?:you|we|I|please|see)\b)\S+(?: \S+){2,})\Z"
)
_IF_YOU = regex(
    r"If (?P<asked>you (?:assign|call|change|close|delete|forget|leave|modify|mutate|omit|pass|reassign"
    r"|remove|rename|return|run|set|skip|train)\b(?![^,]*\b(?:this|that|these|those|it|they|them|their|want|need)\b)"
    r"[^,;:]+(?: [^,;:\s]+){2,}), (?:then )?"
    r"(?P<answer>(?!(?:you|we|I|please|see|it|they)\b)(?=\S+(?: \S+){0,3} (?:will|would|\w{3,}s)\b)[^.;]+)"
    r"(?:[.;].*)?\Z"
)
_GOES_ON = regex(r",\s+(?:is|are|was|were)\b")
_MOST_WORDS = 25
"""Longer answers, and longer sentences to be explained, are no single point."""


class PlainClaim(NamedTuple):
    """What a sentence can be asked for: the frame of the question, and where its two halves stand."""

    frame: Frame
    piece: str
    """The name of the frame's piece."""
    lead: str
    """What the answer begins with besides."""
    asked: tuple[int, int]
    answer: tuple[int, int]


_PATTERNS = (
    (_NAMED, Frame.WHAT_IS, "term", ""),
    (_AS, Frame.WHY, "claim", "because "),
    (_OR, Frame.WHY, "claim", "otherwise "),
    (_SO, Frame.WHY, "claim", ""),
    (_IF, Frame.WHAT_IF, "condition", ""),
    (_IF_YOU, Frame.WHAT_IF, "condition", ""),
    (_DEFINED, Frame.WHAT_IS, "term", ""),
    (_DOES, Frame.WHAT_DOES_IT_DO, "term", ""),
)


def plain_claim(words: str) -> PlainClaim | None:
    """Return what a sentence can be asked for; `words` have backticks in the place of code."""
    for pattern, frame, piece, lead in _PATTERNS:
        found = pattern.match(words)
        if found and not any(_is_unclear(found[half]) for half in ("asked", "answer")):
            return PlainClaim(
                frame,
                piece,
                lead,
                _trimmed(words, *found.span("asked")),
                _trimmed(words, *found.span("answer")),
            )
    return None


def goes_on(rest: str) -> bool:
    """Tell whether a sentence goes on behind a clause in commas, so that what stands before it is not whole.

    In `The function that ..., so that ..., is f` it does.
    """
    return _GOES_ON.search(rest) is not None


def _is_unclear(words: str) -> bool:
    """Tell whether a half of a sentence is long, or points to what stands before it."""
    return len(words.split()) > _MOST_WORDS or re.search(r"\b(?:this|these|those)\b", words) is not None


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    """Return where a stretch of words stands without the marks at its end."""
    return start, start + len(words[start:end].rstrip(".,; "))

"""Sentences from which nobody can say the hidden words alone, or everybody can; English only.

Each pattern was found by reading the gaps of a guide blind: a verb between two objects may be any of several,
a whole is said by its parts, and a call that every program makes fits any short sentence.
"""

from __future__ import annotations

from cards.regex import regex

_VERB = regex(r"(?!\w*(?:ss|us|is)\Z)[a-z]+s\Z")
_BEFORE_VERB = regex(r"(?:\b(?:and|then|or)|\b(?:it|which|that))\s\Z")
_BEHIND_VERB = regex(r"\s(?:the|an?|its|their|all|each|every)\s")
_PARTS = {
    "dictionary": regex(r"\bkeys?\b"),
    "mapping": regex(r"\bkeys?\b"),
    "matrix": regex(r"\b(?:rows?|columns?)\b"),
    "table": regex(r"\b(?:rows?|columns?)\b"),
    "tree": regex(r"\b(?:leaf|leaves|roots?|branch(?:es)?)\b"),
    "graph": regex(r"\b(?:nodes?|edges?)\b"),
    "queue": regex(r"\b(?:enqueued?|dequeued?|first in)\b"),
    "class": regex(r"\bmethods?\b"),
    "function": regex(r"\breturn(?:s|ed)?\b"),
}
"""Wholes, and the words for their parts."""
_WORD = regex(r"[^\W\d_]{4,}")
_FEWEST_WORDS = 4
"""Words of four letters and more around a call that every program makes."""
_ASIDE = regex(
    r",\s+(?:which|who|that) (?P<verb>is|are) (?P<called>called|named|known as)\s(?P<article>an? |the )?\Z"
)


def why_cue_is_weak(before: str, hidden: str, after: str, *, is_common_call: bool) -> str:
    """Return why a sentence is no question for the words that are hidden in it; empty where it is one."""
    whole = _PARTS.get(hidden.strip().casefold())
    if whole and whole.search(f"{before} {after}"):
        return "the sentence names its parts, which give it away"
    if _VERB.match(hidden.strip()) and _BEFORE_VERB.search(before) and _BEHIND_VERB.match(after):
        return "a verb, in place of which others fit"
    if is_common_call and len(_WORD.findall(f"{before} {after}")) < _FEWEST_WORDS:
        return "a call that every program makes, and too little says which"
    return ""


def without_aside(before: str, after: str) -> tuple[str, str] | None:
    """Return what stands before and behind a name that an aside gives, as a sentence of its own.

    `A traced function, which is called a ..., needs none.` becomes `A traced function is called a ...`.
    None for any other sentence.
    """
    found = _ASIDE.search(before)
    if found is None or not after.startswith(","):
        return None
    return f"{before[: found.start()]} {found['verb']} {found['called']} {found['article'] or ''}", "."

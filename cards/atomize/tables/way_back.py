"""Decide whether one asks for a row's thing from its value, and in which words; those are English."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cards.atomize.tables.column_heading import heading_key
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

_IDENTIFYING = frozenset(
    {"purpose", "role", "job", "task", "function", "use", "goal", "aim", "idea", "main idea", "key idea"}
    | {
        "structure",
        "principle",
        "mechanism",
        "behaviour",
        "behavior",
        "effect",
        "action",
        "operation",
        "use case",
    }
)
"""Headings of what makes a thing the one it is; by its size, its default or its remedy nobody asks for it."""
_FRAMES = {
    "what it means": "Which {noun} means this: {value}?",
    "meaning": "Which {noun} means this: {value}?",
    "how it works": "Which {noun} works like this: {value}?",
    "use when": "Which {noun} do you use in this case: {value}?",
    "when to use": "Which {noun} do you use in this case: {value}?",
    "used when": "Which {noun} do you use in this case: {value}?",
} | dict.fromkeys(("what it does", "operation", "action"), "Which {noun} does this: {value}?")
_FRAMES |= dict.fromkeys(
    ("what it is", "definition", "description", "descriptions", "explanation"),
    "Which {noun} is this: {value}?",
)
_DONE_TO = regex(
    r"(?:best|good|ideal|suited|suitable|useful|used|triggered|called|made|built|created|defined|measured)"
    r"(?: used| suited)? (?:for|by|in|with|from)",
    re.IGNORECASE,
)
_DOES = regex(r"what does it (?P<verb>\w+)(?P<rest>(?: \w+)*)\Z", re.IGNORECASE)
_SAYS_IT = regex(r"\bits?\b", re.IGNORECASE)
_ASKS_BACK = regex(r"(?:what|where|which|who)\b", re.IGNORECASE)
_NOBODY_NAMES = frozenset(
    {"symptom", "problem", "error", "scenario", "situation", "reason", "question", "case", "mistake", "step"}
)
"""Words for rows that nobody is asked to name."""
_MOST_WORDS_OF_NAME = 3
_SMALL_WORDS = frozenset(
    "a an and are as at be by for from in into is it its no not of on one or per so that the to with".split()  # noqa: SIM905
)
_MOST_SHARED = 0.5
"""The share of a value's words in another row's value from which either may be meant."""


def why_not_asked_back(noun: str, thing: str, value: str, other_values: Iterable[str]) -> str:
    """Return why nobody can be asked for a thing from its value; empty where somebody can."""
    if noun.casefold() in _NOBODY_NAMES or noun.casefold().startswith(("kind of", "type of", "sort of")):
        return f"nobody is asked to name a {noun}"
    if len(thing.split()) > _MOST_WORDS_OF_NAME:
        return "its name is a phrase that nobody would answer with"
    said = _content(value)
    for other in other_values:
        if said and len(said & _content(other)) >= _MOST_SHARED * len(said):
            return "the value of another row says nearly the same"
    return ""


def question_back(heading: str) -> str | None:
    """Return the question for a thing by what stands below a heading; None where nobody asks from there.

    `{noun}` is what the rows are, `{value}` what stands in the cell.
    """
    key, bare = heading_key(heading), heading.strip().rstrip("?.: ")
    if "{" in heading or "}" in heading:
        return None
    if framed := _FRAMES.get(key):
        return framed
    if found := _DOES.match(bare):
        rest = found["rest"]
        verb = f"{_third(found['verb'])}{rest or ' this'}"
        return None if found["verb"] == "mean" else f"Which {{noun}} {verb}: {{value}}?"
    if heading.rstrip().endswith("?"):
        asked = "Which {noun} is that?" if _SAYS_IT.search(bare) else "For which {noun} is that so?"
        return f"{heading.strip()} {{value}}. {asked}" if _ASKS_BACK.match(bare) else None
    if _DONE_TO.fullmatch(bare):
        return f"Which {{noun}} is {bare.lower()} this: {{value}}?"
    if key in {"returns", "stores", "yields", "computes", "measures", "raises", "holds", "prints", "adds"}:
        return f"Which {{noun}} {key} this: {{value}}?"
    return f"Which {{noun}} has this {key}: {{value}}?" if key in _IDENTIFYING else None


@lru_cache(maxsize=4096)  # each row of a table is compared with each
def _content(value: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+(?:[._][^\W_]+)*", value.casefold())) - _SMALL_WORDS


def _third(verb: str) -> str:
    """Return the third person of a verb: `add` -> `adds`."""
    if verb in {"do", "go"} or verb.endswith(("s", "sh", "ch", "x")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y\Z", verb) else {"have": "has"}.get(verb, f"{verb}s")

"""Make the question that a heading of a table asks of a thing, by the heading's grammar; English only.

`Main limit` asks *What is the main limit of ...?*, `How is it read back?` asks *How is ... read back?*. Each
pattern is a function: it takes a heading and returns the question with `{thing}` in it, or None where it is
no such heading. The first that knows it decides; where none does, nobody can say what is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable

_ASKING = r"(?P<word>what|how|when|where|why|who|which \w+)"
_PREPOSITION = (
    r"(?:of|for|in|on|at|by|with|to|after|before|per|from|under|during|without|as|into|over|against|between"
    r"|across)"
)
_AUXILIARY = r"(?:is|are|was|were|does|do|did|can|could|must|may|should|will|has|have)"
_PARTICIPLE = (
    r"(?:\w+ed|built|made|kept|held|read|written|known|given|shown|seen|sent|taken|done|driven|fed|bound|run"
    r"|set)"
)
_SUITED = r"(?:best|good|great|ideal|perfect|suited|suitable|useful|meant|better)"
_TRANSITIVE = frozenset(
    {"returns", "stores", "needs", "requires", "supports", "holds", "contains", "raises", "prints", "accepts"}
    | {"takes", "gives", "provides", "handles", "keeps", "creates", "modifies", "reads", "writes", "allows"}
    | {"measures", "computes", "calls", "saves", "adds", "removes", "updates", "learns", "predicts", "has"}
    | {
        "prevents",
        "ensures",
        "protects",
        "detects",
        "enables",
        "avoids",
        "describes",
        "defines",
        "represents",
    }
    | {"implements", "extends", "inherits", "replaces", "sends", "receives", "shows", "includes", "excludes"}
    | {"consumes", "emits", "expects", "affects", "improves", "reduces", "increases", "decreases", "solves"}
    | {
        "covers",
        "enforces",
        "validates",
        "converts",
        "transforms",
        "contains",
        "controls",
        "decides",
        "means",
    }
    | {"produces", "yields", "guarantees", "checks", "minimises", "minimizes", "assumes", "suits", "costs"}
)
_NO_FIRST_WORDS = frozenset(
    {"since", "until", "with", "without", "by", "from", "on", "in", "at", "as", "more"}
)
_INTRANSITIVE = frozenset({"runs", "works", "lives", "depends", "belongs", "relies", "acts", "operates"})
_ADJECTIVE = regex(
    r"(?:[\w-]+(?:able|ible|ed|ful|less|ous|ive)|[\w-]+-(?:safe|free|only|bound|readable|place|language)|(?:cross|multi|single|built)-\w+"
    r"|fast|slow|unique|stable|lazy|eager|optional|mandatory|atomic|static|dynamic|safe|free|cheap|public"
    r"|private|synchronous|asynchronous|linear|convex|parametric|idempotent|consistent|persistent|concurrent"
    r"|redundant|resilient|efficient|transparent|deterministic)\Z",
    re.IGNORECASE,
)
_NO_ADJECTIVE = frozenset(
    {
        "alternative",
        "objective",
        "variable",
        "variables",
        "table",
        "speed",
        "seed",
        "need",
        "feed",
        "derivative",
    }
    | {"incentive", "perspective", "narrative", "directive", "executable", "deliverable", "archive", "drive"}
)
_LINK = (
    {"alternative": "to", "alternatives": "to", "remedy": "for", "fix": "for", "cure": "for"}
    | {
        "solution": "for",
        "solutions": "for",
        "syntax": "for",
        "reason": "for",
        "command": "for",
    }
    | dict.fromkeys(("tool", "tools", "library", "libraries", "framework", "frameworks"), "for")
)
"""What stands between a noun and its thing; `of` after all others."""
_ONE_OF_SEVERAL = frozenset({"alternative", "example", "competitor", "disadvantage", "advantage", "drawback"})
"""Nouns of which a cell names one and there are more."""
_SOME_OF_SEVERAL = frozenset({"alternatives", "examples", "competitors"})
"""Nouns of which a cell names some and there are more."""
_SINGULAR_ENDINGS = ("ss", "us", "is", "as", "access")
_NO_NOUN_PHRASE = regex(
    r"[\d(){}/&+=<>`|:;,!?]|\b(?:is|are|was|were|has|have|not|if|and|or|vs)\b|ly\Z", re.IGNORECASE
)
_EXPLETIVE = regex(
    r"\bit (?:is )?(?:possible|safe|good|best|better|worth|necessary|time|useful)\s+(?:to|that)\b",
    re.IGNORECASE,
)
_YES_OR_NO = regex(
    r"\W*(?:(?:yes|no|true|false|partly|partial|partially|sometimes|depends|limited)(?=\s*(?:\Z|[(,;:.!/–—-]))"  # noqa: RUF001
    r"|[✓✔✅✗✘❌☑])",
    re.IGNORECASE,
)
_NOTHING = regex(r"\W*(?:n/?a)?\W*", re.IGNORECASE)
_MOST_NOUN_WORDS = 5


class _Heading(NamedTuple):
    words: str
    """Without marks at its end, its first letter small unless it is a name."""
    asks: bool
    """It ends in a question mark."""
    is_yes_or_no: bool
    """Most of its values say yes or no."""


@lru_cache(maxsize=64)  # a column's cards ask it of the same values
def question_of_heading(words: str, values: tuple[str, ...]) -> str | None:
    """Return the question that a heading asks of a thing, `{thing}` in its place; None for no known grammar.

    `words` stand as within a sentence; `values` are those of its column or row.
    """
    heading = _read(words, values)
    if heading is None:
        return None
    for pattern in _PATTERNS:
        question = pattern(heading)
        if question is not None:
            return f"{question[:1].upper()}{question[1:]}?"
    return None


def _read(words: str, values: tuple[str, ...]) -> _Heading | None:
    """Return a heading as the patterns read it; None for one that says nothing."""
    bare = words.strip().rstrip(".:?？ ")  # noqa: RUF001 - fullwidth marks
    if not bare or "{" in words or "}" in words:
        return None
    said = [value for value in values if not _NOTHING.fullmatch(value)]
    is_yes_or_no = bool(said) and sum(bool(_YES_OR_NO.match(value)) for value in said) * 2 > len(said)
    return _Heading(bare, words.rstrip().endswith(("?", "？")), is_yes_or_no)  # noqa: RUF001


def questions_of_two(words: str, values: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the question that a heading asks of a thing, and how it goes on: `And with {thing}?`.

    None for a noun: of two things one asks how they differ in that.
    """
    question = question_of_heading(words, values)
    if question is None or question == _question_of_noun(words, values):
        return None
    found = re.search(rf"(?P<link>\b{_PREPOSITION} )?{{thing}}\?\Z", question)
    return question, f"And {(found and found['link']) or ''}{{thing}}?"


def _question_of_noun(words: str, values: tuple[str, ...]) -> str | None:
    heading = _read(words, values)
    question = _noun_phrase(heading) if heading else None
    return f"{question[:1].upper()}{question[1:]}?" if question else None


def _whole_question(heading: _Heading) -> str | None:
    """Ask a question of a thing: `How is it read back?`, `Where are the replicas?`, `Why TensorFlow?`."""
    words = heading.words
    begins = re.match(rf"(?:{_ASKING}|{_AUXILIARY})\b", words, re.IGNORECASE)
    if not heading.asks or begins is None:
        return None
    pronoun = re.search(r"\b(?P<it>it|its)\b", words)
    if pronoun and not _EXPLETIVE.search(words):
        named = "{thing}" if pronoun["it"] == "it" else "{thing}’s"  # noqa: RUF001 - typographic apostrophe
        return f"{words[: pronoun.start()]}{named}{words[pronoun.end() :]}"
    if words.casefold() in {"why", "how", "when", "where"}:
        return _lone_asking_word(heading)
    return f"{words} {_link_after(words)} {{thing}}"


def _link_after(words: str) -> str:
    """Return the word that ties a thing to a question: `why TensorFlow for ...`, `what runs with ...`."""
    return "for" if words.casefold().startswith("why ") or " with " in words else "with"


def _lone_asking_word(heading: _Heading) -> str | None:
    """Ask when a thing is used, or why: `When`, `Why`."""
    match heading.words.casefold():
        case "when":
            return "when do you use {thing}"
        case "why":
            return "why {thing}"
        case _:
            return None


def _clause(heading: _Heading) -> str | None:
    """Ask a clause about `it`: `What it returns`, `How it is read`, `Why they use it`, `Why you need it`."""
    if found := re.fullmatch(
        rf"{_ASKING} (?P<who>they|you) (?P<verb>[a-z]+)(?P<rest> .+)?", heading.words, re.IGNORECASE
    ):
        return _clause_of_people(found)
    found = re.fullmatch(rf"{_ASKING} it (?P<verb>\w+)(?P<rest> .+)?", heading.words, re.IGNORECASE)
    if found is None:
        return None
    word, verb, rest = found["word"], found["verb"], found["rest"] or ""
    if re.fullmatch(_AUXILIARY, verb) and verb not in {"does", "has"}:
        return f"{word} {verb} {{thing}}{rest}"
    return f"{word} does {{thing}} {_base_of(verb)}{rest}" if verb.endswith("s") else None


def _clause_of_people(found: re.Match[str]) -> str | None:
    """Ask why or when they do something: `Why they use Go`; or you: `When you need it`."""
    word, verb, rest = found["word"], found["verb"], found["rest"] or ""
    if re.fullmatch(_AUXILIARY, verb):
        return None
    if found["who"].lower() == "they":
        return f"{word} do {{thing}} {verb}{rest}" if " it" not in rest else None
    return f"{word} do you {verb} {{thing}}{rest.removeprefix(' it')}" if rest.startswith(" it") else None


def _to_do(heading: _Heading) -> str | None:
    """Ask how or when something is done: `When to use`, `How to read it back`, `When not to use it`."""
    found = re.fullmatch(
        r"(?P<word>how|when|where|why)(?P<no> not)? to (?:use|(?P<verb>\w+))(?: it\b)?(?P<rest>(?: \w+)?)",
        heading.words,
        re.IGNORECASE,
    )
    if found is None or (
        found["rest"] and not re.fullmatch(rf" (?:back|{_PREPOSITION}|up|out)", found["rest"])
    ):
        return None
    verb = "should you not" if found["no"] else "do you"
    return f"{found['word']} {verb} {found['verb'] or 'use'} {{thing}}{found['rest']}"


def _subject_question(heading: _Heading) -> str | None:
    """Ask what comes with a thing: `What is removed`, `Why Python`, `What leads to a new graph`."""
    words = heading.words
    if not re.match(r"(?:what|why|where|which|how)\s+\w", words, re.IGNORECASE):
        return None
    is_clause = re.match(
        rf"(?:what|which \w+|where|how|why)\s+(?:{_AUXILIARY}\b|\w+s\b)", words, re.IGNORECASE
    )
    is_why_name = re.fullmatch(r"why\s+[A-Z][\w.]*", words, re.IGNORECASE)
    return f"{words} {_link_after(words)} {{thing}}" if is_clause or is_why_name else None


def _use(heading: _Heading) -> str | None:
    """Ask when or for what something is used: `Use when`, `Used when`, `Avoid if`, `Use for`."""
    found = re.fullmatch(r"(?P<verb>use|avoid)d? (?P<link>when|if|for|as|in)", heading.words, re.IGNORECASE)
    if found is None:
        return None
    verb, link = found["verb"].lower(), found["link"].lower()
    if link in {"when", "if"}:
        return f"when do you {verb} {{thing}}"
    return f"what do you {verb} {{thing}} {link}" if link != "in" else "where do you use {thing}"


def _suited(heading: _Heading) -> str | None:
    """Ask for what a thing is: `Best for`, `Triggered by`, `Suitable when`, `Best used for`."""
    found = re.fullmatch(
        rf"(?P<how>{_SUITED}(?: used| suited)?|{_PARTICIPLE}) (?P<link>{_PREPOSITION}|when|if)",
        heading.words,
        re.IGNORECASE,
    )
    if found is None:
        return None
    if found["link"].lower() in {"when", "if"}:
        return f"when is {{thing}} {found['how'].lower()}"
    return f"what is {{thing}} {found['how'].lower()} {found['link'].lower()}"


def _what_for(heading: _Heading) -> str | None:
    """Ask for what a thing is the one: `Usual choice for`, `First choice in`."""
    found = re.fullmatch(r"(?P<noun>\w+ [\w ]*\w) (?P<link>for|in)", heading.words)
    if found is None or heading.asks or _NO_NOUN_PHRASE.search(found["noun"]):
        return None
    head = found["noun"].split()[-1]
    is_noun = not _is_plural(head) and not re.fullmatch(_PARTICIPLE, head) and not _ADJECTIVE.match(head)
    return f"what is {{thing}} the {found['noun']} {found['link']}" if is_noun else None


def _participle_phrase(heading: _Heading) -> str | None:
    """Ask what something is done to: `Added to the loss`, `Stored as int8`."""
    if not re.fullmatch(rf"{_PARTICIPLE} {_PREPOSITION} \w.*", heading.words, re.IGNORECASE):
        return None
    return f"what is {heading.words} {_link_after(heading.words)} {{thing}}"


def _relative_clause(heading: _Heading) -> str | None:
    """Ask for what a clause tells of: `Methods you write`, `Memory it needs`."""
    found = re.fullmatch(r"(?P<noun>\w[\w -]*?) (?P<who>you|it) (?P<verb>\w+)(?P<rest> .+)?", heading.words)
    if found is None or heading.asks or re.fullmatch(_ASKING, found["noun"], re.IGNORECASE):
        return None
    noun, rest = found["noun"], found["rest"] or ""
    if found["who"] == "you":
        which = "which" if _is_plural(noun) else "what"
        return f"{which} {noun} do you {found['verb']}{rest} for {{thing}}"
    return f"what {noun} does {{thing}} {_base_of(found['verb'])}{rest}"


def _verb(heading: _Heading) -> str | None:
    """Ask what a thing does: `Returns`, `Runs on`, `Returns a new list`."""
    verb, _, rest = heading.words.partition(" ")
    verb = verb.lower()
    if verb not in _TRANSITIVE | _INTRANSITIVE:
        return None
    if not rest:
        return f"what does {{thing}} {_base_of(verb)}" if verb in _TRANSITIVE else None
    if re.fullmatch(_PREPOSITION, rest):
        return f"what does {{thing}} {_base_of(verb)} {rest}"
    return f"does {{thing}} {_base_of(verb)} {rest}" if verb in _TRANSITIVE else None


def _modal(heading: _Heading) -> str | None:
    """Ask whether a thing may or can: `Can be called in a loop`."""
    found = re.fullmatch(r"(?P<verb>can|may|must|should) (?P<rest>\w.*)", heading.words, re.IGNORECASE)
    return f"{found['verb']} {{thing}} {found['rest']}" if found else None


def _adjective(heading: _Heading) -> str | None:
    """Ask what a thing is like: `Mutable`, `Thread-safe`; what is done for it: `Preferred`."""
    word = heading.words
    if " " in word or word.casefold() in _NO_ADJECTIVE or not _ADJECTIVE.match(word):
        return None
    if heading.is_yes_or_no:
        return f"is {{thing}} {'in place' if word.casefold() == 'in-place' else word}"
    return f"what is {word} for {{thing}}" if word.endswith("ed") else None


def _yes_or_no(heading: _Heading) -> str | None:
    """Ask whether there is something: `Python control flow`, where most values say yes or no."""
    if not heading.is_yes_or_no or _NO_NOUN_PHRASE.search(heading.words):
        return None
    verb = "have" if "support" in heading.words.casefold() else "support"
    return f"does {{thing}} {verb} {heading.words}"


def _noun_phrase(heading: _Heading) -> str | None:
    """Ask for a noun: `Main limit`, `Dtype after parsing`, `Key libraries`."""
    words = re.sub(r"\A(?:the|its) ", "", heading.words, flags=re.IGNORECASE)
    is_name = " " in words and all(word[:1].isupper() for word in words.split())
    too_long = len(words.split()) > _MOST_NOUN_WORDS
    if heading.asks or is_name or too_long or _NO_NOUN_PHRASE.search(words):
        return None
    found = re.search(rf" {_PREPOSITION} ", words)
    noun, rest = (words[: found.start()], words[found.start() :]) if found else (words, "")
    head = noun.split()[-1]
    if re.fullmatch(_PREPOSITION, head):
        return None
    is_other = head.casefold() in _NO_ADJECTIVE
    if (
        re.match(
            r"(?:an?|my|our|they|you|we|it|this|that|how|what|when|why|where|which|who)\b",
            words,
            re.IGNORECASE,
        )
        or (not is_other and (head.endswith("ing") or _ADJECTIVE.match(head)))
        or words.split()[0].casefold() in _INTRANSITIVE | _NO_FIRST_WORDS
    ):
        return None
    verb = "are" if _is_plural(head) else "is"
    if head.casefold() in _ONE_OF_SEVERAL:
        article = "an" if noun[:1].casefold() in "aeiou" else "a"
        return f"what is {article} {noun} {_LINK.get(head.casefold(), 'of')} {{thing}}{rest}"
    if head.casefold() in _SOME_OF_SEVERAL:
        return f"what are {noun} {_LINK.get(head.casefold(), 'of')} {{thing}}{rest}"
    if rest.startswith(" of "):
        return f"what {verb} the {noun}{rest} with {{thing}}"
    return f"what {verb} the {noun} {_LINK.get(head.casefold(), 'of')} {{thing}}{rest}"


_PATTERNS: tuple[Callable[[_Heading], str | None], ...] = (
    _whole_question,
    _lone_asking_word,
    _clause,
    _to_do,
    _subject_question,
    _use,
    _suited,
    _what_for,
    _participle_phrase,
    _relative_clause,
    _verb,
    _modal,
    _adjective,
    _yes_or_no,
    _noun_phrase,
)


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") and not noun.casefold().endswith(_SINGULAR_ENDINGS)


def _base_of(verb: str) -> str:
    """Return the base of a verb in the third person: `returns` -> `return`."""
    verb = verb.lower()
    if verb in {"does", "has", "goes"}:
        return {"does": "do", "has": "have", "goes": "go"}[verb]
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if re.search(r"(?:ss|sh|ch|x|zz)es\Z", verb):
        return verb[:-2]
    return verb.removesuffix("s")

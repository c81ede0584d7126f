"""Recognise text of the site that is not the guide's: navigation, advertisements, related links."""

from __future__ import annotations

import re
from collections import Counter

from cards.regex import regex

_BOILERPLATE_START = regex(
    r"""^(?:
      related\s(?:articles?|posts?|topics?|reading|links|questions)\b
      | more\s(?:from|resources)\b | read\smore\b
      | you\s(?:may|might)\salso\b | recommended\sfor\syou | share\s(?:this|on|article)\b | follow\sus\b
      | (?:sign|log)\s(?:up|in)\b | subscribe\b | join\s(?:our|the)\b.*\b(?:newsletter|community|channel)
      | advertisements?$ | sponsored\b | table\sof\scontents$ | on\sthis\spage$ | in\sthis\sarticle$
      | (?:home|menu|skip\sto\s(?:main\s)?content)\b(?:\s*[\u203a>»/|].*)?$
      | (?:last\s)?(?:updated|verified|modified|reviewed)(?:\son|:|\sby)\b | _?last\s(?:updated|verified)\b
      | (?:written|posted|published|reviewed|edited)\s(?:by|on)\b | by\s[A-Z]\w+\s[A-Z]\w+$
      | about\sthe\sauthor\b
      | editorial\scommentary\b | \S+'s\stake: | methodology\sapplied\b
      | (?:start|take)\b.*\b(?:mock\stest|quiz|free\strial|course)\b | ready\sto\s(?:practi[cs]e|start)\b
      | (?:all\srights\sreserved|copyright\b|©) | privacy\spolicy | terms\s(?:of|and)\b | cookies?\b
      | explore\s(?:all|this|more|our)\b | submit\syour\b | paid\scontributor\b | use\sthe\scategory\shub\b
      | comments?(?:\s\(\d+\))?$ | leave\sa\s(?:reply|comment)\b
      | \d+\s(?:comments|shares|views|likes|claps)\b
      | (?:previous|next)(?:\s(?:article|post|page|chapter))?$ | \d+\smin(?:ute)?s?\sread\b | tags?:\s
      | back\sto\stop | print\sthis | download\s(?:the\s)?(?:pdf|app)\b | get\sthe\sapp\b | popular\sposts\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BOILERPLATE_ANYWHERE = regex(
    r"\ball rights reserved\b|\bnot generated, not aggregated\b|→\s*(?:[A-Z]|$)|\baffiliate links?\b|"
    r"\bsubscribe to (?:our|my|the)\b",
    re.IGNORECASE,
)
_STOP_WORDS = frozenset(
    [
        "what",
        "which",
        "when",
        "where",
        "with",
        "from",
        "that",
        "this",
        "your",
        "have",
        "does",
        "they",
        "them",
        "their",
        "there",
        "about",
        "into",
        "than",
        "then",
        "how",
        "why",
        "are",
        "the",
        "and",
        "for",
        "you",
        "can",
        "use",
        "used",
        "using",
        "questions",
        "question",
        "answers",
        "answer",
        "interview",
        "code",
        "guide",
        "complete",
        "between",
        "difference",
        "explain",
        "describe",
        "implement",
        "model",
        "data",
        "work",
        "works",
        "make",
        "many",
        "most",
        "more",
        "some",
        "such",
        "other",
        "like",
        "also",
        "between",
        "example",
        "examples",
        "type",
        "types",
    ]
)


def is_boilerplate(text: str) -> bool:
    """Tell whether a line is boilerplate by its words alone."""
    return bool(_BOILERPLATE_START.match(text) or _BOILERPLATE_ANYWHERE.search(text))


def topic_words(title: str, questions: list[str]) -> frozenset[str]:
    """Return what the guide is about: words of its title that questions use, else their commonest."""
    counts = Counter(word for question in questions for word in set(_content_words(question)))
    often = max(2, len(questions) // 6)
    named = {word for word in _content_words(title) if counts[word]}
    return frozenset(named or {word for word, count in counts.items() if count >= often})


def mentions_topic(text: str, topics: frozenset[str]) -> bool:
    """Tell whether a text mentions a topic word; true where none are known."""
    return not topics or any(word in topics for word in _content_words(text))


def _content_words(text: str) -> list[str]:
    """Return the words that carry meaning, in lower case and without a plural's `s`."""
    words = re.findall(r"[a-z][a-z0-9+#]{2,}", text.lower())
    return [word.removesuffix("s") if len(word) > 4 else word for word in words if word not in _STOP_WORDS]

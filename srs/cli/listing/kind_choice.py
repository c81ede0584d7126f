"""Which kind of card a person means."""

from __future__ import annotations

import click

from cards.card.kind import CardKind
from cards.regex import regex

_WORD = regex(r"\w+")


def find_kind(words: str) -> CardKind:
    """Return the kind that some words name, as reports, tags or files have it; raises a usage error."""
    wanted = _plain(words.removeprefix("kind::"))
    names = {_plain(name): kind for kind in CardKind for name in (kind.plural, kind.noun, kind.value)}
    if wanted in names:
        return names[wanted]
    begun = {kind for name, kind in names.items() if wanted and name.startswith(wanted)}
    if len(begun) == 1:
        return begun.pop()
    raise click.BadParameter(f"no kind of card is called {words!r}. {_advice(wanted)}", param_hint="--kind")


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.casefold()))


def _advice(wanted: str) -> str:
    from difflib import get_close_matches

    names = {kind.plural: f"{kind.plural} {kind.noun} {kind.value}".split() for kind in CardKind}
    near = [
        plural for plural, words in names.items() if any(get_close_matches(w, words) for w in wanted.split())
    ]
    if near:
        return f"Near it: {', '.join(near)}."
    return f"There are: {', '.join(names)}."

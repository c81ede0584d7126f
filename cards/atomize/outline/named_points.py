"""Points that name things: the entries of a list, each `name: what it is`, or all names in one point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.outline.asked_part import AskedFor, all_stems
from cards.atomize.outline.clause import main_clause
from cards.atomize.whole.point import MAX_POINTS, MAX_WORDS
from cards.guide.block import Item
from cards.guide.inline import merge_adjacent, slice_inline
from cards.guide.text import Style, StyledText, plain_text
from cards.language.natural_language import FULL_STOPS
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.atomize.outline.asked_part import AskedPart
    from cards.guide.text import Inline
    from cards.language.natural_language import Language

_MAX_NAME_WORDS = 4
_MAX_JOINED_NAMES = 8
_MAX_JOINED_WORDS = 24
_THE_ONE_THAT = regex(
    r"the\s+(?:[\w-]+\s+){1,3}?(?:that|which)\s+(?P<rest>.+?)\s+(?:is|are)\s*\Z", re.IGNORECASE
)
"""`The callback that ends training is` before its name."""
_MADE_BY = regex(r"(?P<rest>.+?)\s+by(?: the (?:[\w-]+\s+){0,2}[\w-]+)?\s*\Z", re.IGNORECASE | re.DOTALL)
"""`Types are inferred by` before its name."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A thing that a list or table names."""

    name: Inline
    point: Inline
    """What is said of it, its name included."""


def named_in_sentence(entry: Inline, language: Language) -> NamedThing | None:
    """Return what a sentence with one name set apart says of it; None for any other.

    `The callback that ends training is EarlyStopping.` says `EarlyStopping: ends training`.
    """
    names = [place for place, run in enumerate(entry) if _is_name(run)]
    if len(names) != 1:
        return None
    name, before = (entry[names[0]],), entry[: names[0]]
    after = plain_text(entry[names[0] + 1 :]).strip()
    words = _masked(before)
    said = _THE_ONE_THAT.fullmatch(words) or _MADE_BY.fullmatch(words)
    if said is None or after.strip("".join(FULL_STOPS)):
        return NamedThing(name, main_clause(entry, language))
    return named_thing(name, slice_inline(before, *said.span("rest")))


def named_thing(name: Inline, said: Inline) -> NamedThing:
    """Return a thing with its point `name: what is said of it`."""
    words = plain_text(said)
    text = slice_inline(said, 0, len(words) - 1) if words.endswith(FULL_STOPS) else said
    return NamedThing(name, merge_adjacent((*_as_name(name), StyledText(": "), *text)))


def names_asked_for(things: Sequence[NamedThing], parts: Sequence[AskedPart]) -> tuple[Item, ...] | None:
    """Return the points that say the names which a question asks for; None where they are too many.

    Where it asks something of each, or nothing else, a point a name; else one point with all names, which
    leaves room for the rest of the answer.
    """
    others = [part for part in parts if part.wish is not AskedFor.NAMES and not part.is_of_each]
    is_of_each = any(part.is_of_each for part in parts)
    points = tuple(Item(thing.point) for thing in things)
    words = sum(count_words(plain_text(point.inline)) for point in points)
    if len(points) <= MAX_POINTS and words <= MAX_WORDS and not others:
        return points
    if is_of_each or len(things) > _MAX_JOINED_NAMES:
        return None
    joined = _joined_names([thing.name for thing in things])
    return (joined,) if count_words(plain_text(joined.inline)) <= _MAX_JOINED_WORDS else None


def things_in_sentences(names: Sequence[Inline], sentences: Sequence[Inline]) -> tuple[NamedThing, ...]:
    """Return things, each with the first sentence that has its name in bold; none if one has none."""
    found = []
    for name in names:
        stems = all_stems(plain_text(name))
        said = next((each for each in sentences if _names_in_bold(each, stems)), None)
        if said is None:
            return ()
        found.append(NamedThing(name, said))
    return tuple(found)


def _names_in_bold(sentence: Inline, stems: frozenset[str]) -> bool:
    return any(run.style is Style.STRONG and stems <= all_stems(run.text) for run in sentence)


def _joined_names(names: Sequence[Inline]) -> Item:
    """Return one point that says all names: `A, B, C`."""
    runs = [run for name in names for run in (StyledText(", "), *_as_name(name))]
    return Item(merge_adjacent(runs[1:]))


def _as_name(name: Inline) -> Inline:
    if any(run.style.is_verbatim for run in name):
        return name
    return (StyledText(plain_text(name), Style.STRONG),)


def _is_name(run: StyledText) -> bool:
    is_set_apart = run.style is Style.STRONG or run.style is Style.CODE
    return is_set_apart and 0 < count_words(run.text) <= _MAX_NAME_WORDS


def _masked(inline: Inline) -> str:
    return "".join("`" * len(run.text) if run.style.is_verbatim else run.text for run in inline)

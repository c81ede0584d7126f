"""What a build is to be asked about before it is saved: many cards that would go, and the lines at fault."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.card.card import question_of_key
from cards.check.enclosure import Enclosure, EnclosureKind, enclosures, lines_of
from cards.check.swallowed_heading import heading_words, quoted, swallowing
from cards.errors import Problem
from cards.guide.heading.number import without_bare_number, without_number
from cards.guide.heading.slug import slug_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cards.guide.guide import Guide
    from cards.lock.lock import LockedCard

BIG_SHARE = 0.2
"""More of a deck than this is not retired without a question."""
FEW_CARDS = 2
"""So many may go from the smallest deck without one: a sentence was taken out."""
_LATER_TWIN = regex(r"-\d+$")


@dataclass(frozen=True, slots=True)
class Loss:
    """Cards that a build would retire, and why."""

    retired: int
    total: int
    """How many cards the guide made before."""
    causes: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A question's words in the text."""

    line: int
    within: Enclosure | None


def loss_to_ask_about(
    retired: Sequence[LockedCard], total: int, text: str, path: str, guide: Guide
) -> Loss | None:
    """Return what a build would retire if a person must be asked first, with the lines that are the cause.

    They are asked where it is more than a fifth of the `total`, or where a code block holds the headings
    of questions that had cards.
    """
    is_big = len(retired) > FEW_CARDS and len(retired) > BIG_SHARE * total
    of_question = Counter(question_of_key(card.key) for card in retired)
    if not is_big and of_question.keys() <= {question.slug for question in guide.questions}:
        return None
    places = _places_of(of_question, text)
    in_code = any(each.within and each.within.kind is EnclosureKind.CODE for each in places.values())
    if not is_big and not in_code:
        return None
    return Loss(len(retired), total, tuple(_causes(of_question, places, text, path, guide)))


def _places_of(slugs: Iterable[str], text: str) -> dict[str, _Place]:
    """Return where the words of questions stand in the text: as a heading if they do, and in no enclosure."""
    wanted = {form: slug for slug in slugs for form in (slug, _LATER_TWIN.sub("", slug))}
    within = {number: each for each in enclosures(text) for number in range(each.first, each.last + 1)}
    found: dict[str, tuple[tuple[bool, bool], _Place]] = {}
    for number, line in enumerate(lines_of(text), start=1):
        if not line.strip() or len(line) > 400:
            continue
        words = heading_words(line)
        for form in {slug_of(words), slug_of(without_number(words)), slug_of(without_bare_number(words))}:
            # A table of contents has the words too.
            rank = (not line.lstrip(" \t>").startswith("#"), number in within)
            if (slug := wanted.get(form)) and (slug not in found or rank < found[slug][0]):
                found[slug] = (rank, _Place(number, within.get(number)))
    return {slug: place for slug, (_, place) in found.items()}


def _causes(
    of_question: Counter[str], places: dict[str, _Place], text: str, path: str, guide: Guide
) -> Iterator[Problem]:
    """Yield a sentence for each place at fault, in the order of the lines."""
    yield from _enclosing(places, text, path)
    kept = {str(question.slug) for question in guide.questions}
    for slug, place in sorted(places.items(), key=lambda one: one[1].line):
        if place.within is not None:
            continue
        number = of_question[slug]
        cards = "1 card goes" if number == 1 else f"{number} cards go"
        if slug in kept:
            sentence = f"{cards} with words that this question had before."
        else:
            sentence = f"this is not read as a question any more: {cards}."
        yield Problem(path, place.line, sentence)
    if gone := [slug for slug in of_question if slug not in places]:
        number = sum(of_question[slug] for slug in gone)
        cards = "1 card goes" if number == 1 else f"{number} cards go"
        are = "a question is" if len(gone) == 1 else f"{len(gone)} questions are"
        built_first = "unless a guide that has them now is built first"
        yield Problem(path, 0, f"{are} not in the guide any more ({quoted(gone)}): {cards}, {built_first}.")


def _enclosing(places: dict[str, _Place], text: str, path: str) -> Iterator[Problem]:
    """Yield a sentence for each enclosure that holds questions which had cards."""
    lines = lines_of(text)
    by_first: dict[int, list[_Place]] = {}
    for place in sorted(places.values(), key=lambda one: one.line):
        if place.within is not None:
            by_first.setdefault(place.within.first, []).append(place)
    for inside in by_first.values():
        block = inside[0].within
        if block is not None:
            numbers = [place.line for place in inside]
            yield swallowing(block, numbers, [heading_words(lines[number - 1]) for number in numbers], path)

"""Export a proved deck as an Anki package that can be imported again after every change of its guide."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cards.card.card import Card
from cards.card.sides import words
from cards.errors import ExportError, StaleCacheError
from cards.files import read_file, write_atomically
from cards.regex import regex
from exporters.anki.apkg import NO_PROGRESS, pack
from exporters.anki.audit import audit, card_location
from exporters.anki.collection_rows import package_progress
from exporters.anki.note import notes_of
from exporters.anki.subdeck import subdeck_names
from exporters.html.safe_text import clean, collapse_spaces

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.deck import ProvedDeck
    from cards.card.sides import Side
    from cards.part_cache import PartCache
    from exporters.anki.progress import Progress

CLOCK_SLACK_SECONDS = 300
"""How far ahead of the clock a change may lie: two machines seldom agree to the second."""

_TAG_LEVEL = regex("[^\\s:\x00-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    path: Path
    deck_name: str
    """The deck's name in Anki."""
    notes: int
    scheduled: int
    """How many of them carry a schedule."""
    answers: int
    """How many answers the log of the package holds."""
    size_bytes: int
    changed: bool
    """False if the file was there already, byte for byte the same."""


def export_package(
    deck: ProvedDeck,
    path: Path,
    *,
    now: int,
    progress: Progress | None = None,
    utc_offset_minutes: int = 0,
    has_subdecks: bool = False,
    has_typing: bool = False,
    parts: PartCache | None = None,
) -> ExportReport:
    """Write the deck to `path` as an .apkg; a file that is there already is replaced at once or not at all.

    `now` is in seconds since 1970. Anki takes progress only for notes that it does not have yet, and only
    where the person switches *Import any learning progress* on; due days are those of a place so many
    minutes east of Greenwich. With `has_subdecks` each section has a deck of its own below the guide's; the
    cards must be whole then. With `has_typing` what fills a gap is typed in Anki. Raises ExportError, with
    nothing written, for a deck that Anki would not take as it is meant. `parts` has texts of earlier builds.

    A deck with unchanged cards is written over the last build's package, with the same bytes as the whole
    deck would be; raises StaleCacheError if that package is not there.
    """
    _check_deck(deck, now)
    name = deck_name(deck)
    study = NO_PROGRESS
    if progress is not None:
        study = package_progress(progress, frozenset(card.id for card in deck.cards), utc_offset_minutes)
    last_package = _read_last_package(path) if deck.has_unchanged_cards else None
    subdecks = subdeck_names(deck, name, _level_name) if has_subdecks else {}
    notes = notes_of(deck, parts)
    package = pack(name, deck.id, notes, study, last_package, deck.pictures, subdecks, has_typing=has_typing)
    try:
        changed = write_atomically(
            path,
            package,
            check=lambda written: audit(deck, name, written, study.scheduled, subdecks),
            make_folder=False,
        )
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from error
    return ExportReport(
        path, name, len(deck.cards), len(study.scheduled), len(study.log), len(package), changed=changed
    )


def no_package(deck: ProvedDeck, path: Path) -> ExportReport:
    """Return the report on a deck without cards, of which nothing is written."""
    return ExportReport(path, deck_name(deck), 0, 0, 0, 0, changed=False)


def _read_last_package(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise StaleCacheError(f"{path} cannot be read: {error.strerror or error}.") from error


def deck_name(deck: ProvedDeck) -> str:
    """Return the name of a deck in Anki, as Anki itself would store it.

    That is what it is called, with its levels; else its title, as one level.
    """
    levels = map(_level_name, re.split(":{2,}", deck.name))
    return "::".join(filter(None, levels)) or _level_name(deck.title) or deck.slug


def _level_name(words: str) -> str:
    """Return words as the name of one level in Anki's deck tree."""
    return collapse_spaces(re.sub(":{2,}", ":", clean(words))).strip(": ")


def _check_deck(deck: ProvedDeck, now: int) -> None:
    if not deck.cards:
        raise ExportError(f"{deck.title or deck.slug}: there is no card to export yet.")
    for guid, count in Counter(card.id for card in deck.cards).items():
        if count > 1:
            raise ExportError(
                f"The id {guid} belongs to {count} cards; Anki would mix them up. "
                "Remove the double line from the lock and build again."
            )
    for card in deck.cards:
        if card.changed_at > now + CLOCK_SLACK_SECONDS:
            hours = (card.changed_at - now) / 3600
            raise ExportError(
                f"{card_location(card)} was last changed {hours:.1f} hours in the future; "
                "Anki would ignore later changes. "
                "Set this computer's clock, or wait."
            )
        if isinstance(card, Card):
            _check_card(card)


def _check_card(card: Card) -> None:
    if _is_blank(card.front):
        raise ExportError(f"{card_location(card)} has a blank front; Anki would show nothing to answer.")
    for tag in card.tags:
        if not _is_tag(tag):
            raise ExportError(
                f"{card_location(card)} has the malformed tag {tag!r}; "
                "use lower case without spaces, and :: between levels that are not empty."
            )


def _is_blank(side: Side) -> bool:
    # Cf: zero-width spaces and joiners, marks of direction.
    return not any(
        not letter.isspace() and unicodedata.category(letter) not in {"Cf", "Cc"} for letter in words(side)
    )


@cache
def _is_tag(tag: str) -> bool:
    levels = tag.split("::")
    return tag == clean(tag).lower() and all(_TAG_LEVEL.fullmatch(level) for level in levels)

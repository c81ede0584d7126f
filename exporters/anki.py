"""A proved deck as an Anki package that may be imported again after every change of its guide."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cards.errors import ExportError
from cards.face import words
from exporters.apkg import pack
from exporters.audit import audit, where
from exporters.markup import clean, collapse
from exporters.note import notes_of

if TYPE_CHECKING:
    from cards.card import Card, ProvedDeck
    from cards.guide import Face

CLOCK_SLACK_SECONDS = 300
"""How far ahead of the clock a change may lie: two machines seldom agree to the second."""

_TAG_LEVEL = re.compile("[^\\s:\x00-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    path: Path
    deck_name: str
    """As Anki shows it."""
    notes: int
    size_bytes: int
    changed: bool
    """False if the file was there already, byte for byte the same."""


def export(deck: ProvedDeck, path: Path, *, now: int) -> ExportReport:
    """Write the deck to `path` as an .apkg; a file that is there already is replaced at once or not at all.

    `now` is in seconds since 1970. Raises ExportError, with nothing written, for a deck that Anki would
    not take as it is meant.
    """
    _refuse(deck, now)
    name = deck_name(deck.title) or deck.slug
    package = pack(name, deck.slug, notes_of(deck.cards))
    changed = _write(deck, name, package, path)
    return ExportReport(path, name, len(deck.cards), len(package), changed)


def deck_name(title: str) -> str:
    """Return the title as one level of Anki's deck tree, as Anki itself would keep it."""
    return collapse(re.sub(":{2,}", ":", clean(title))).strip(": ")


def _refuse(deck: ProvedDeck, now: int) -> None:
    if not deck.cards:
        raise ExportError(f"{deck.title or deck.slug}: there is no card to export yet.")
    for guid, count in Counter(card.id for card in deck.cards).items():
        if count > 1:
            raise ExportError(
                f"The id {guid} belongs to {count} cards; Anki would mix them up. "
                "Remove the double line from the lock and build again."
            )
    for card in deck.cards:
        _refuse_card(card, now)


def _refuse_card(card: Card, now: int) -> None:
    if card.changed_at > now + CLOCK_SLACK_SECONDS:
        hours = (card.changed_at - now) / 3600
        raise ExportError(
            f"{where(card)} was last changed {hours:.1f} hours in the future; "
            "Anki would ignore later changes. "
            "Set this computer's clock, or wait."
        )
    if _is_blank(card.front):
        raise ExportError(f"{where(card)} has a blank front; Anki would show nothing to answer.")
    for tag in card.tags:
        if not _is_tag(tag):
            raise ExportError(
                f"{where(card)} has the malformed tag {tag!r}; "
                "use lower case without spaces, and :: between levels that are not empty."
            )


def _is_blank(side: Face) -> bool:
    # Cf: zero-width spaces and joiners, marks of direction.
    return not any(
        not letter.isspace() and unicodedata.category(letter) not in {"Cf", "Cc"} for letter in words(side)
    )


@cache
def _is_tag(tag: str) -> bool:
    levels = tag.split("::")
    return tag == clean(tag).lower() and all(_TAG_LEVEL.fullmatch(level) for level in levels)


def _write(deck: ProvedDeck, name: str, package: bytes, path: Path) -> bool:
    # A link keeps pointing to the deck: the file behind it is replaced.
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.is_file() and target.read_bytes() == package:
            return False
        part.write_bytes(package)
        audit(deck, name, part.read_bytes())
        part.replace(target)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return True

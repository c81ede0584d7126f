"""Time the export of 10,000 cards against genanki alone: `python tests/bench/bench_export.py [NOTES]`.

genanki alone gets the same HTML, rendered anew as well, and does what it does by default: it compresses
nothing, keeps no card's own change time, and does not read back what it wrote.
"""

from __future__ import annotations

import math
import sys
import tempfile
import warnings
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import genanki

from cards.card.card import CardId
from cards.card.sides import decode
from cards.guide.guide import QuestionSlug
from exporters.anki import note_type
from exporters.anki.anki_export import export_package
from exporters.anki.note import notes_of
from exporters.html.code_html import coloured_lines
from tests.bench.row import Row
from tests.builders.card import NOW
from tests.builders.card_shapes import every_shape
from tests.builders.deck import deck
from tests.builders.encoded_side import encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.card.card import Card
    from cards.card.deck import ProvedDeck
    from exporters.anki.note import Note

ROUNDS = 5


def many(count: int) -> tuple[Card, ...]:
    """Return cards of every kind, over and over; each seven are a question with its own words and code."""
    kinds = every_shape()
    return tuple(
        replace(
            kinds[number % len(kinds)],
            id=CardId(f"card{number:012}"),
            slug=QuestionSlug(f"question-{number // len(kinds)}"),
            changed_at=NOW - number,
            front=decode(own(encode(kinds[number % len(kinds)].front), number // len(kinds))),
            back=decode(own(encode(kinds[number % len(kinds)].back), number // len(kinds))),
        )
        for number in range(count)
    )


def own(side: Any, question: int) -> Any:  # noqa: ANN401 - JSON
    """Return the side with every long text ending differently."""
    if isinstance(side, list):
        return [own(part, question) for part in side]
    return f"{side} # {question}" if isinstance(side, str) and len(side) > 12 else side


def rendered(proved: ProvedDeck) -> tuple[Note, ...]:
    """Return the HTML of all cards, with nothing remembered from the round before."""
    coloured_lines.cache_clear()
    return tuple(notes_of(proved))


def ours(proved: ProvedDeck, folder: Path) -> int:
    """Render, pack and check; return the size."""
    coloured_lines.cache_clear()
    target = folder / "ours.apkg"
    target.unlink(missing_ok=True)
    return export_package(proved, target, now=NOW).size_bytes


def genanki_alone(notes: tuple[Note, ...], folder: Path) -> int:
    """Pack finished fields; return the size."""
    theme = note_type.theme()
    model = genanki.Model(
        note_type.ID,
        note_type.NAME,
        fields=[{"name": field.name} for field in note_type.FIELDS],
        templates=[{"name": "Card", "qfmt": theme.front, "afmt": theme.back}],
        css=theme.style,
    )
    made = genanki.Deck(2_059_400_110, "bench")
    for note in notes:
        made.add_note(genanki.Note(model, list(note.fields), tags=note.tags, guid=note.guid))
    target = folder / "genanki.apkg"
    genanki.Package(made).write_to_file(target)
    return target.stat().st_size


def best(*runs: Callable[[], int]) -> list[tuple[float, int]]:
    """Return the shortest of several times of each in seconds, and its size; they run in turn."""
    times = [(math.inf, 0)] * len(runs)
    for _ in range(ROUNDS):
        for place, run in enumerate(runs):
            start = perf_counter()
            size = run()
            times[place] = min(times[place], (perf_counter() - start, size))
    return times


def rows_of(count: int) -> list[Row]:
    """Return the time and the size of a package as ratios to genanki's."""
    warnings.simplefilter("ignore")
    proved = deck(*many(count))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tempfile.tempdir = name  # genanki leaves its database behind
        (alone, alone_size), (whole, whole_size) = best(
            lambda: genanki_alone(rendered(proved), folder), lambda: ours(proved, folder)
        )
        tempfile.tempdir = None
    notes = f"package of {count} notes"
    return [
        Row(f"{notes}: time", "genanki and rendering", 1.2, whole / alone, f"{whole:.2f} s"),
        Row(f"{notes}: size", "genanki's", 0.2, whole_size / alone_size, f"{whole_size / 1e6:.2f} MB"),
    ]


if __name__ == "__main__":
    for row in rows_of(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000):
        sys.stdout.write(f"{row.line}\n")

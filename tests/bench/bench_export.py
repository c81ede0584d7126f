"""Time the export of 10,000 cards against genanki alone: `python tests/bench/bench_export.py [NOTES]`.

genanki alone gets the same HTML, rendered anew as well, and does what it does by default: it compresses
nothing, keeps no card's own change time, and does not read back what it wrote.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import genanki

from cards.card.card import CardId
from cards.card.sides import decode, encode
from exporters.anki import note_type
from exporters.anki.anki_export import export_package
from exporters.anki.note import notes_of
from exporters.html.code_html import coloured_lines
from tests.builders.card import NOW
from tests.builders.card_shapes import every_shape
from tests.builders.deck import deck

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
    return tuple(notes_of(proved.cards))


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


def best(run: Callable[[], int]) -> tuple[float, int]:
    """Return the shortest of several times in seconds, and the size."""
    times: list[float] = []
    size = 0
    for _ in range(ROUNDS):
        start = perf_counter()
        size = run()
        times.append(perf_counter() - start)
    return min(times), size


def main(count: int) -> None:
    """Print both times and their ratio."""
    warnings.simplefilter("ignore")
    proved = deck(*many(count))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tempfile.tempdir = name  # genanki leaves its database behind
        alone, alone_size = best(lambda: genanki_alone(rendered(proved), folder))
        finished = rendered(proved)
        packing, _ = best(lambda: genanki_alone(finished, folder))
        whole, whole_size = best(lambda: ours(proved, folder))
    sys.stdout.write(
        f"{count} notes, best of {ROUNDS}\n"
        f"genanki alone  {alone:6.2f} s  {alone_size / 1e6:6.2f} MB\n"
        f"  of that, HTML {alone - packing:5.2f} s\n"
        f"export         {whole:6.2f} s  {whole_size / 1e6:6.2f} MB\n"
        f"ratio          {whole / alone:6.2f}\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

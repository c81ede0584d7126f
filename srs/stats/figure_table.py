"""Tables of statistics in lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from srs.stats.figure import Pace, QuestionStats, Recall, SectionStats

_MOST_BAR_COLUMNS = 40
_LEAST_BAR_COLUMNS = 6
_LEAST_NAME_COLUMNS = 12


def recall_lines(recalls: Mapping[str, Recall], width: int) -> list[Text]:
    """Return a line for each name: a bar, the share that was known, and of how many."""
    rows = [
        (name, recall.share, f"{recall.share:>4.0%}  of {recall.reviews}") for name, recall in recalls.items()
    ]
    return _bar_lines(rows, width, "green")


def number_lines(numbers: Mapping[str, int], width: int) -> list[Text]:
    """Return a line for each name: a bar, and its number."""
    most = max(numbers.values(), default=0)
    return _bar_lines([(name, number / most, f"{number}") for name, number in numbers.items()], width, "blue")


def section_lines(sections: Sequence[SectionStats], width: int) -> list[Text]:
    """Return a line for each section: its cards that were begun, and the share that was known when due."""
    digits = max(len(str(each.cards)) for each in sections)
    rows = []
    for each in sections:
        known = f"  {each.recall.share:>4.0%}" if each.recall.reviews else ""
        begun = f"{each.begun:>{digits}} of {each.cards:>{digits}}"
        rows.append((each.section or "no section", each.share_begun, f"{begun}{known}"))
    return _bar_lines(rows, width, "blue")


def pace_lines(pace: Mapping[str, Pace], width: int) -> list[Text]:
    """Return a line for each kind: the seconds that half of its answers took, and nine of ten."""
    widest = max(map(cell_len, pace), default=0)
    return [
        _cut(
            Text.assemble(
                set_cell_size(name, widest),
                f"  {each.median_seconds:>5g}",
                (f"  one in ten over {each.slow_seconds:g}", "dim"),
            ),
            width,
        )
        for name, each in pace.items()
    ]


def hardest_lines(hardest: Iterable[QuestionStats], width: int) -> list[Text]:
    """Return two lines for each question: the share that was known with its words, and its place."""
    lines = []
    for topic in hardest:
        lines += [
            _cut(Text(f"{topic.recall.share:>4.0%}  {topic.title}"), width),
            _cut(Text(f"{'':6}{topic.source}", "dim"), width),
        ]
    return lines


def _bar_lines(rows: Sequence[tuple[str, float, str]], width: int, style: str) -> list[Text]:
    """Return lines of a name, a bar for a share, and words; the bar goes first where there is no room."""
    named = max((cell_len(name) for name, _, _ in rows), default=0)
    said = max((cell_len(words) for _, _, words in rows), default=0)
    room = width - said - 4
    bar = min(_MOST_BAR_COLUMNS, room - named)
    if bar < _LEAST_BAR_COLUMNS:
        bar = _LEAST_BAR_COLUMNS if room - _LEAST_BAR_COLUMNS >= _LEAST_NAME_COLUMNS else 0
    named = min(named, room - bar if bar else room + 2)
    lines = []
    for name, share, words in rows:
        line = _cut(Text(name), named)
        line.append(" " * (named - line.cell_len))
        if bar:
            filled = round(bar * share) or (1 if share else 0)
            line.append("  ").append("━" * filled, style).append("─" * (bar - filled), "dim")
        lines.append(_cut(line.append("  ").append(words, "dim"), width))
    return lines


def _cut(text: Text, width: int) -> Text:
    """Return a line cut to some columns, with … where something is missing."""
    text.truncate(max(1, width), overflow="ellipsis")
    return text

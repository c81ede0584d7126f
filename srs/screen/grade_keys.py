"""Draw the keys that grade a card, each with its word and the interval that it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from srs.review.button import grade_for_key, interval_caption, key_captions
from srs.screen.line.screen_line import ScreenLine, joined, styled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from srs.review.preferences import Buttons
    from srs.schedule.sm2 import Grade

_CHOSEN = "▸"
"""Before the suggested key, where the terminal shows no weights too."""
_GAP_COLUMNS = 1
"""The least that stands between two keys."""


class _Key(NamedTuple):
    key: str
    word: str
    interval: str
    is_pass: bool
    is_suggested: bool

    @property
    def width(self) -> int:
        """The columns of the key and its word, with the place of the mark before them."""
        return len(_CHOSEN) + len(self.key) + len(self.word) + bool(self.word)


def grade_keys(
    buttons: Buttons, intervals: Mapping[Grade, int], suggested: Grade | None, width: int
) -> list[ScreenLine]:
    """Return the lines with the grading keys.

    Where the words have no room in one line, they stand in two; where not even there, initials do, or none.
    """
    keys = _keys(buttons, intervals, suggested)
    one_line = len(keys) * (max(key.width for key in keys) + _GAP_COLUMNS)
    if one_line <= width + _GAP_COLUMNS:
        return _with_intervals_below(keys, width)
    half = (len(keys) + 1) // 2
    for shown in (keys, [key if key.is_pass else key._replace(interval="") for key in keys], _bare(keys)):
        rows = [[_with_interval(key) for key in part] for part in (shown[:half], shown[half:])]
        columns = [max(key.width for key in column) + _GAP_COLUMNS for column in zip(*rows, strict=False)]
        if sum(columns) <= width + _GAP_COLUMNS:
            spare = (width + _GAP_COLUMNS - sum(columns)) // len(columns)
            return [_row(row, [column + spare for column in columns], width) for row in rows]
    return _with_intervals_below(_short(keys, width // len(keys)), width)


def _keys(buttons: Buttons, intervals: Mapping[Grade, int], suggested: Grade | None) -> list[_Key]:
    keys = []
    chosen = suggested_key(suggested, buttons) if suggested is not None else None
    for key, word in key_captions(buttons).items():
        grade = grade_for_key(key, buttons)
        days = intervals.get(grade) if grade is not None else None
        interval = interval_caption(days) if days is not None else ""
        keys.append(_Key(key, word, interval, grade is not None and grade.recalled, key == chosen))
    return keys


def suggested_key(grade: Grade, buttons: Buttons) -> str:
    """Return the key that gives a grade, or the nearest below it."""
    keys = key_captions(buttons)
    given = {key: found for key in keys if (found := grade_for_key(key, buttons)) is not None}
    return max((key for key in given if given[key] <= grade), key=lambda key: given[key])


def _caption(key: _Key) -> ScreenLine:
    digit = "bold green" if key.is_pass else "bold red"
    if key.is_suggested:
        return joined(styled(_CHOSEN, "bold"), styled(f"{key.key} {key.word}".rstrip(), "bold reverse"))
    return joined(styled(" "), styled(key.key, digit), styled(f" {key.word}" if key.word else ""))


def _with_intervals_below(keys: Sequence[_Key], width: int) -> list[ScreenLine]:
    columns = [width // len(keys)] * len(keys)
    names = _row([_caption(key) for key in keys], columns, width)
    spans = _row([styled(f" {key.interval}", "dim") for key in keys], columns, width)
    return [names, spans] if any(key.interval for key in keys) else [names]


def _short(keys: Sequence[_Key], column: int) -> Sequence[_Key]:
    """Return the keys with initials for words and with intervals, each as far as its column has room."""
    initials = [key._replace(word=key.word[:1]) for key in keys]
    if max(key.width for key in initials) > column:
        initials = [key._replace(word="") for key in keys]
    return initials if all(len(f" {key.interval}") <= column for key in keys) else _bare(initials)


def _bare(keys: Sequence[_Key]) -> list[_Key]:
    return [key._replace(interval="") for key in keys]


def _with_interval(key: _Key) -> ScreenLine:
    """Return a key with its interval behind it."""
    return joined(_caption(key), styled(f" {key.interval}" if key.interval else "", "dim"))


def _row(keys: Sequence[ScreenLine], columns: Sequence[int], width: int) -> ScreenLine:
    row = joined(*(key.padded(column) for key, column in zip(keys, columns, strict=False)))
    return row.stripped().cut(width)

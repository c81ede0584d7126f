"""Whether two runs of a program did the same: what they printed, and the values they left behind."""

from __future__ import annotations

import math
from itertools import zip_longest
from typing import TYPE_CHECKING

from cards.prove.compare import TOLERANCE, agree
from cards.prove.words import in_words

if TYPE_CHECKING:
    from cards.prove.transcript import PieceRun, Transcript, Value


def difference(wanted: Transcript, found: Transcript, since: int, tolerance: float | None = None) -> str:
    """Return how the pieces from `since` on did otherwise than wanted; empty where they did the same.

    What the wanted run leaves open (it differs between seeds) may differ here too.
    """
    for want, got in zip(wanted.pieces[since:], found.pieces[since:], strict=True):
        told = _ended_early(want, got) or _printed(want, got, tolerance)
        if told:
            return told
    if wanted.finished and not found.finished:
        return _unfinished(found)
    for want, got in zip(wanted.pieces[since:], found.pieces[since:], strict=True):
        if told := _bound(want, got, tolerance):
            return told
    return ""


def _ended_early(want: PieceRun, got: PieceRun) -> str:
    if got.syntax is not None:
        return f"{got.syntax.type}: {got.syntax.text}"
    flaw = got.error
    if flaw is not None and not want.error:
        return in_words(flaw)
    return ""


def _unfinished(found: Transcript) -> str:
    match found.ending:
        case "exited":
            return "the program ended before its last line"
        case "timed out":
            return "it did not finish in time"
        case ending:
            return f"the program was stopped: {ending}"


def _printed(want: PieceRun, got: PieceRun, tolerance: float | None) -> str:
    if not got.done and want.done and not got.printed:
        return ""
    if not want.printed or agree(want.printed, got.printed, tolerance):
        return ""
    lines = zip_longest(want.printed.split("\n"), got.printed.split("\n"))
    wanted, found = next(
        (pair for pair in lines if pair[0] != pair[1] and not _agree(*pair, tolerance)), ("", "")
    )
    return f"yours prints {_quoted(found)}, expected {_quoted(wanted)}"


def _agree(wanted: str | None, found: str | None, tolerance: float | None) -> bool:
    return wanted is not None and found is not None and agree(wanted, found, tolerance)


def _quoted(line: str | None) -> str:
    return "nothing more" if line is None else line if line.strip() else "an empty line"


def _bound(want: PieceRun, got: PieceRun, tolerance: float | None) -> str:
    last = _last_values(got)
    for name, value in _last_values(want).items():
        if name not in last:
            return f"`{name}` is not defined"
        if told := _value(value, last[name], tolerance):
            return f"`{name}`: {told}"
    return ""


def _last_values(piece: PieceRun) -> dict[str, Value]:
    return {name: value for statement in piece.statements for name, value in statement.bound}


def _value(want: Value, got: Value, tolerance: float | None) -> str:
    if want.shape and want.shape != got.shape:
        return f"yours has shape {got.shape or 'none'}, expected {want.shape}"
    if want.dtype and want.dtype != got.dtype:
        return f"yours is {got.dtype or got.type}, expected {want.dtype}"
    if want.numbers and got.numbers:
        return "" if _close(want.numbers, got.numbers, tolerance) else "the values differ"
    if want.shape or want.dtype:
        return ""
    if want.type != got.type:
        return f"yours is a {got.type}, expected a {want.type}"
    if want.text is None or got.text is None or agree(want.text, got.text, tolerance):
        return ""
    if max(len(want.text), len(got.text)) > _MOST_CHARACTERS:
        return "the values differ"
    return f"yours is {got.text}, expected {want.text}"


_MOST_CHARACTERS = 60
"""Of a value that is quoted."""


def _close(want: tuple[float, ...], got: tuple[float, ...], tolerance: float | None) -> bool:
    allowed = TOLERANCE if tolerance is None else tolerance
    return len(want) == len(got) and all(
        one == other
        or (math.isnan(one) and math.isnan(other))
        or math.isclose(one, other, rel_tol=allowed, abs_tol=allowed)
        for one, other in zip(want, got, strict=True)
    )

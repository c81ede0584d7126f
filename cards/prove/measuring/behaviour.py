"""Tells whether two runs of a program behave alike: what they print, and the values they leave behind."""

from __future__ import annotations

import math
import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from cards.prove.decide.error_text import error_sentence
from cards.prove.output.compare import TOLERANCE, agree_as_runs, noise_level
from cards.regex import regex

if TYPE_CHECKING:
    from cards.prove.client.transcript import ObservedValue, SnippetRun, Transcript


def difference(wanted: Transcript, found: Transcript, since: int, tolerance: float | None = None) -> str:
    """Return how the snippets from `since` on behave otherwise than wanted; empty where they do not.

    What the wanted run leaves open (it differs between seeds) may differ here too.
    """
    for want, got in zip(wanted.snippet_runs[since:], found.snippet_runs[since:], strict=True):
        message = _error_difference(want, got) or _output_difference(want, got, tolerance)
        if message:
            return message
    if wanted.finished and not found.finished:
        return _ending_sentence(found)
    for want, got in zip(wanted.snippet_runs[since:], found.snippet_runs[since:], strict=True):
        if message := _values_difference(want, got, tolerance):
            return message
    return ""


def _error_difference(want: SnippetRun, got: SnippetRun) -> str:
    if got.syntax is not None:
        return f"{got.syntax.type}: {got.syntax.text}"
    error = got.error
    if error is not None and not want.error:
        return error_sentence(error)
    return ""


def _ending_sentence(found: Transcript) -> str:
    match found.ending:
        case "exited":
            return "the program ended before its last line"
        case "timed out":
            return "it did not finish in time"
        case ending:
            return f"the program was stopped: {ending}"


def _output_difference(want: SnippetRun, got: SnippetRun, tolerance: float | None) -> str:
    if not got.done and want.done and not got.printed:
        return ""
    if not want.printed or agree_as_runs(want.printed, got.printed, tolerance):
        return ""
    lines = zip_longest(want.printed.split("\n"), got.printed.split("\n"))
    wanted, found = next(
        (pair for pair in lines if pair[0] != pair[1] and not _lines_agree(*pair, tolerance)), ("", "")
    )
    shown = _quote_line(found) if got.printed.strip() else "nothing"
    return f"yours prints {shown}, expected {_quote_line(wanted)}"


def _lines_agree(wanted: str | None, found: str | None, tolerance: float | None) -> bool:
    return wanted is not None and found is not None and agree_as_runs(wanted, found, tolerance)


def _quote_line(line: str | None) -> str:
    return "nothing more" if line is None else line if line.strip() else "an empty line"


def random_names(one: Transcript, other: Transcript, since: int) -> frozenset[str]:
    """Return the names whose numbers differ between two runs of the same code with two seeds."""
    first, second = _numbers_left(one, since), _numbers_left(other, since)
    return frozenset(name for name in first.keys() & second.keys() if first[name] != second[name])


def _numbers_left(found: Transcript, since: int) -> dict[str, tuple[float, ...]]:
    return {
        name: value.numbers
        for snippet_run in found.snippet_runs[since:]
        for name, value in snippet_run.left
        if value.numbers
    }


def _values_difference(want: SnippetRun, got: SnippetRun, tolerance: float | None) -> str:
    found = dict(got.left)
    for name, value in want.left:
        if name not in found:
            return f"`{name}` is not defined"
        if message := _value_difference(value, found[name], tolerance):
            return f"`{name}`: {message}"
    return ""


def _value_difference(want: ObservedValue, got: ObservedValue, tolerance: float | None) -> str:
    if kind := _number_kind(want):
        if kind == _number_kind(got):
            return _numbers_difference(want, got, tolerance)
        if not want.shape:
            return f"yours is of type {got.type}, expected {want.type}"
    if want.build:
        alike = _without_keras_names(want.build) == _without_keras_names(got.build)
        return "" if alike else f"yours has {got.build or 'none of it'}, expected {want.build}"
    if want.shape and want.shape != got.shape:
        return f"yours has shape {got.shape or 'none'}, expected {want.shape}"
    if want.dtype and want.dtype != got.dtype:
        return f"yours is {got.dtype or got.type}, expected {want.dtype}"
    if want.numbers:
        return _numbers_difference(want, got, tolerance)
    if not want.shape and want.type != got.type:
        return f"yours is of type {got.type}, expected {want.type}"
    if want.text is None or got.text is None:
        return ""
    if agree_as_runs(_without_keras_names(want.text), _without_keras_names(got.text), tolerance):
        return ""
    if max(len(want.text), len(got.text)) > _MOST_CHARACTERS:
        return "the values differ"
    return f"yours is {got.text}, expected {want.text}"


_KERAS_NAME = regex(r"\bname='?[^\s,>'()]*'?")


def _without_keras_names(text: str) -> str:
    """Return a text without the names that Keras counts up: `<LSTM name=lstm_3, built=True>`."""
    return _KERAS_NAME.sub("name", text)


def _number_kind(value: ObservedValue) -> str:
    """Return what sort of number a value is, of Python or of numpy alike; empty for anything else."""
    is_plain = not value.shape and value.type in {"bool", "int", "float"}
    is_scalar = value.shape == "()" and value.type.rstrip("_") == value.dtype
    return re.sub(r"[\d_]", "", value.type).removeprefix("u") if is_plain or is_scalar else ""


def _numbers_difference(want: ObservedValue, got: ObservedValue, tolerance: float | None) -> str:
    if not want.numbers or _numbers_agree(want.numbers, got.numbers, tolerance):
        return ""
    found, wanted = got.text or "", want.text or ""
    if len(want.numbers) == len(got.numbers) == 1 and not want.shape and found != wanted:
        return f"yours is {found}, expected {wanted}"
    return "the values differ"


_MOST_CHARACTERS = 60
"""Of a value that is quoted."""


def _numbers_agree(want: tuple[float, ...], got: tuple[float, ...], tolerance: float | None) -> bool:
    allowed, floor = (TOLERANCE, noise_level(want)) if tolerance is None else (tolerance, tolerance)
    return len(want) == len(got) and all(
        one == other
        or (math.isnan(one) and math.isnan(other))
        or math.isclose(one, other, rel_tol=allowed, abs_tol=floor)
        for one, other in zip(want, got, strict=True)
    )

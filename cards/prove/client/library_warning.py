"""What libraries warned of during a run, parsed from what went to standard error, by the statement that ran.

Python's warnings name the file they were raised in, which may be Keras' own; TensorFlow and Keras also warn
through their loggers. Both count. What changes from run to run - addresses, times, counts - is left out, so
that a lock stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_LENGTH = 160
"""Longest text kept of a warning."""
_WARNING = regex(
    r"^(?:"
    # As Python shows a warning: the file that raised it, and text that may go on in indented lines.
    r"(?P<path>(?:/|[A-Za-z]:\\|answer)[^\n:]*):(?P<line>\d+): (?P<category>\w*Warning): "
    r"(?P<text>[^\n]*(?:\n {4,}[^\n]*)*)"
    # As the loggers of TensorFlow and absl write one; Keras uses both.
    r"|(?:WARNING:(?P<logger>tensorflow|absl):|W\d{4} [\d:.]+ +\d+ (?P<file>\w+)\.py:\d+\] )"
    r"(?P<said>[^\n]*(?:\nInstructions for updating:\n[^\n]*)?)"
    r")",
    re.MULTILINE,
)
_CALLED_FROM = regex(r"From (?P<path>[^\n]*?):(?P<line>\d+): ")
_NOISE = regex(
    r"oneDNN|cuda|cuDNN|\bGPUs?\b|\bTPU\b|TensorRT|TF-TRT|cpu_feature_guard|CPU instructions|NUMA|XNNPACK|"
    r"Allocation of|[Mm]emory|All log messages before|Local rendezvous|end of sequence|OUT_OF_RANGE|"
    r"unable to open|slow compared|AutoGraph could not be transformed",
    re.IGNORECASE,
)
"""What says something about the machine and nothing about the code."""
_DEFINED_IN = regex(r" \(from tensorflow\.[\w.]+\)")
_IDENTITY = regex(r"(?: object)? at 0x[0-9a-fA-F]+|0x[0-9a-fA-F]+")
_NUMBER = regex(r"(?<![\w.`])\d+(?:\.\d+)*(?!\.?\w)")
_VERSIONED = regex(r"\b(?:TF|TensorFlow|Keras|NumPy|Python|[Vv]ersion)\s\Z")
_PATH = regex(r"(?<![\w.])/(?:[\w.-]+/)+[\w.-]*")
_SENTENCE_END = regex(r"(?<=[a-z)`'\]])[.;](?:\s|$)")


class LibraryWarning(NamedTuple):
    """A warning that was shown while a statement ran."""

    line: int
    """The program's line that it names, else the first of the statement that ran."""
    words: str
    """Its category or logger, and its first sentence."""


def parse_library_warnings(
    errors: str, statements: Sequence[tuple[int, int]], base: str
) -> tuple[LibraryWarning, ...]:
    """Return the warnings of a run, each once a line.

    `statements` are the lines of the statements that ended, each with how far the errors reached by then.
    """
    found = []
    for match in _WARNING.finditer(errors):
        line = _statement_line(match.start(), statements)
        warning = _parse_match(match, line, base)
        if warning is not None:
            found.append(warning)
    return tuple(dict.fromkeys(found))


def _statement_line(place: int, statements: Sequence[tuple[int, int]]) -> int:
    for line, reached in statements:
        if place < reached:
            return line
    return statements[-1][0] if statements else 0


def _parse_match(match: re.Match[str], line: int, base: str) -> LibraryWarning | None:
    found = match.groupdict()
    kind = found["category"] or found["logger"] or found["file"] or ""
    text = found["text"] if found["category"] else found["said"]
    if found["path"] and _is_program(found["path"], base):
        line = int(found["line"])
    if caller := _CALLED_FROM.match(text):
        if not _is_program(caller["path"], base):
            # A library that calls what is deprecated says nothing about the guide.
            return None
        line, text = int(caller["line"]), text[caller.end() :]
    if not text.strip() or (_NOISE.search(text) and "deprecated" not in text):
        return None
    return LibraryWarning(line, f"{kind}: {first_sentence(text)}")


def _is_program(path: str, base: str) -> bool:
    return path.endswith("answer.py") and (not base or path.startswith((base, "answer")))


def first_sentence(text: str) -> str:
    """Return the first sentence of a warning, short, without what differs from run to run."""
    said, _, instructions = text.partition("\nInstructions for updating:\n")
    parts = [_first_part(said)]
    if instructions:
        parts.append(_first_part(instructions))
    words = " ".join(parts)
    words = _PATH.sub("...", _IDENTITY.sub("", _DEFINED_IN.sub("", words)))
    words = _NUMBER.sub(lambda found: _stable_number(found, words), words)
    return words if len(words) <= _LENGTH else f"{words[: _LENGTH - 1].rstrip()}…"


def _first_part(text: str) -> str:
    line = " ".join(text.split()).removeprefix("Warning: ")
    end = _SENTENCE_END.search(line)
    return line[: end.start() + 1] if end else line


def _stable_number(found: re.Match[str], words: str) -> str:
    return found[0] if _VERSIONED.search(words[: found.start()]) else "N"

"""What stands in a lock and only a newer proofdeck knows: lines, words and fields, kept as they are.

A line of a kind, or with a word of a closed list, that this version does not know is not used and stays as it
is. A line that is known but for some fields is used, and keeps these.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NewType

from cards.exercise.gap import GapKind
from cards.exercise.measurement import Aspect
from cards.program.confinement import Confinement
from cards.program.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LineName = NewType("LineName", str)
"""Which card, proof, measurement or run of displayed code a line is of; of the head, which has no other."""

_RUNTIME = frozenset({"python", "tensorflow", "keras", "packages"})
_FIELDS: Mapping[str, frozenset[str]] = {
    "proofdeck-lock": frozenset({"guide", "id", "deck"}),
    "card": frozenset({"key", "section", "front", "back", "digest", "changed", "was", "retired"}),
    "measured": frozenset({"key", "printed", "gaps", "traits", "prints", "given", "words", "lacks gaps"}),
    "displayed": _RUNTIME | {"key", "fault"},
    "slot": frozenset(),
    "proof": _RUNTIME
    | {"key", "outcome", "on", "seconds", "confinement"}
    | {"sentence", "advice", "line", "output", "correction", "notes", "counted", "line in"},
}
"""The kinds of lines by the field that each has alone, and their other fields."""


def is_foreign(line: Mapping[str, Any]) -> bool:
    """Tell whether a line is of a kind, or says a word of a closed list, that this version does not know."""
    if not line:
        return False
    match _kind_of(line):
        case "":
            return True
        case "proof":
            return _is_new_word(line.get("outcome"), Outcome) or _is_new_word(
                line.get("confinement"), Confinement
            )
        case "measured":
            return any(_is_new_word(sort, GapKind) for sort, *_ in line.get("gaps", ())) or any(
                _is_new_word(aspect, Aspect) for _, aspect, *_ in line.get("traits", ())
            )
        case _:
            return False


def unknown_fields(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a line of a known kind that this version does not know."""
    kind = _kind_of(line)
    return {name: said for name, said in line.items() if name != kind and name not in _FIELDS[kind]}


def line_name(line: Mapping[str, Any]) -> LineName:
    """Return which line of a lock it is, whatever it says."""
    kind = _kind_of(line)
    has_key = kind in {"proof", "measured", "displayed"}
    said = "" if kind == "proofdeck-lock" else line[kind]
    return LineName(f"{kind} {said} {line['key'] if has_key else ''}")


def with_unknown_fields(lines: Iterable[str], unknown: Mapping[LineName, Mapping[str, Any]]) -> list[str]:
    """Return a lock's lines with the fields that they had and this version does not know."""
    return [_with_fields(line, unknown) for line in lines] if unknown else list(lines)


def _with_fields(line: str, unknown: Mapping[LineName, Mapping[str, Any]]) -> str:
    value: dict[str, Any] = json.loads(line) if line else {}
    fields = unknown.get(line_name(value)) if value and _kind_of(value) else None
    if not fields:
        return line
    # That a card is retired is told from the end of its line.
    end = {"retired": True} if value.pop("retired", False) else {}
    return json.dumps({**value, **fields, **end}, ensure_ascii=False)


def _kind_of(line: Mapping[str, Any]) -> str:
    return next((kind for kind in _FIELDS if kind in line), "")


def _is_new_word(said: object, known: type[Outcome | Confinement | GapKind | Aspect]) -> bool:
    return isinstance(said, str) and said not in set(known)

"""A lock with the marks of a merge, or with lines of both its sides, becomes one lock again.

The lines of both sides are joined: of each card the line that changed last, of what was seen when code ran
each line once. Where the sides say different things of one run, neither is believed, and the code runs again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cards.errors import LockError
from cards.lock.foreign import is_foreign
from cards.lock.lock import UnparsedLock, read_line, repair_advice
from cards.lock.slot import SLOTS, slot_of_versions
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OURS, _BASE, _BETWEEN, _THEIRS = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_MARK = regex(r"(<{7,}|\|{7,}|={7,}|>{7,})(?: .*)?$")
_HEAD = "proofdeck-lock"
_RAN = ("on", "seconds", "confinement")
"""What two runs of one outcome may differ in."""


@dataclass(frozen=True, slots=True)
class MergedLock:
    """A lock made of both sides of a merge, and what that took."""

    lock: UnparsedLock
    doubled: int
    """How many cards had two lines."""
    contradicted: int
    """Of how many runs the sides said different things; they count as never made."""
    marked: bool
    """Whether a merge had left its marks."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the lock and what it says."""

    text: str
    value: dict[str, Any]


def is_of_a_merge(lock: UnparsedLock) -> bool:
    """Tell whether a lock has the marks of a merge, or more than one line of a card, or two heads."""
    starts = [line[:48] for line in lock.lines]
    if any(_MARK.match(line) for line in lock.lines):
        return True
    cards = [start for start in starts if start.startswith('{"card": "')]
    heads = sum(start.startswith(f'{{"{_HEAD}"') for start in starts)
    return len({start.split('"', 4)[3] for start in cards}) < len(cards) or heads > 1


def merge_lock(lock: UnparsedLock) -> MergedLock:
    """Return one lock of what both sides of a merge say; raises LockError for a line that nobody can read."""
    lines = list(_lines_of_both_sides(lock))
    heads = [line for line in lines if _HEAD in line.value]
    if not heads:
        raise LockError(f"{lock.path}:1: {repair_advice('')}")
    cards, doubled = _join_cards(line for line in lines if "card" in line.value)
    # A card that kept its identity through other words has a history; its twin with the same key has none.
    cards.sort(key=lambda line: not line.value.get("was"))
    known = [line for line in lines if not is_foreign(line.value)]
    seen = [line for line in known if "proof" in line.value or "displayed" in line.value]
    kept, contradicted = _join_runs(seen)
    measured, remeasured = _join_runs([line for line in known if "measured" in line.value])
    joined = [
        # A side that has no identity yet was written before guides had one.
        max(heads, key=lambda line: (int(line.value[_HEAD]), "id" in line.value)).text,
        *(line.text for line in cards if not line.value.get("retired")),
        *(line.text for line in cards if line.value.get("retired")),
        *(line.text for line in measured),
        *(line.text for line in lines if is_foreign(line.value)),
        *_slotted(kept),
        "",
    ]
    marked = any(_MARK.match(line) for line in lock.lines)
    return MergedLock(UnparsedLock(joined, lock.path), doubled, contradicted + remeasured, marked)


def _lines_of_both_sides(lock: UnparsedLock) -> Iterator[_Line]:
    """Yield the lines of both sides, each once, without the marks and without what both sides began with."""
    is_base = False
    yielded: set[str] = set()
    for number, line in enumerate(lock.lines, start=1):
        if mark := _MARK.match(line.rstrip("\r")):
            is_base = mark[1].startswith(_BASE)
            continue
        text = line.rstrip("\r")
        if is_base or not text or text in yielded:
            continue
        yielded.add(text)
        yield _Line(text, read_line(text, f"{lock.path}:{number}"))


def _join_cards(lines: Iterable[_Line]) -> tuple[list[_Line], int]:
    """Return one line for each card: the one that changed last, of two alike the one that is not retired."""
    found: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        found[str(line.value["card"])].append(line)
    newest = [max(each, key=lambda line: _card_rank(line.value)) for each in found.values()]
    return newest, sum(len(each) > 1 for each in found.values())


def _card_rank(card: dict[str, Any]) -> tuple[float, bool]:
    changed = card.get("changed", 0)
    return (changed if isinstance(changed, int | float) else 0, not card.get("retired"))


def _join_runs(lines: Iterable[_Line]) -> tuple[list[_Line], int]:
    """Return one line for each run that the sides agree on, and how many runs they do not agree on."""
    found: dict[str, dict[str, _Line]] = defaultdict(dict)
    for line in lines:
        found[_run_name(line.value)].setdefault(_run_result(line.value), line)
    agreed = [next(iter(each.values())) for each in found.values() if len(each) == 1]
    return agreed, len(found) - len(agreed)


def _run_name(value: dict[str, Any]) -> str:
    """Return what ran and under which versions."""
    names = ("proof", "displayed", "measured", "key", "python", "tensorflow", "keras", "packages")
    return json.dumps([value.get(name) for name in names])


def _run_result(value: dict[str, Any]) -> str:
    return json.dumps({name: said for name, said in value.items() if name not in _RAN}, sort_keys=True)


def _slotted(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the lines of runs, each in the slot of its runtime, as builds write them."""
    if not lines:
        return
    by_slot: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        versions = str(line.value.get("python", "")), str(line.value.get("tensorflow", ""))
        by_slot[slot_of_versions(*versions)].append(line.text)
    for slot in range(SLOTS):
        yield json.dumps({"slot": slot})
        yield from by_slot[slot]

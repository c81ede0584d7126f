"""The lock file beside a guide: cards, proofs and measurements of its last build.

One JSON object a line: a head, the cards in the guide's order, the retired cards, what was measured, and for
each runtime the proofs and what was seen of the code that each card displays. It goes into git like a package
lock, so that every clone exports the same identities and change times.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from cards.card.card import CardId, CardKey
from cards.card.deck import NO_ID, GuideId
from cards.errors import LockError
from cards.lock.foreign import is_foreign, line_name, unknown_fields, with_unknown_fields
from cards.lock.proofs import Proofs
from cards.lock.run_record import (
    displayed_record,
    measured_record,
    parse_displayed,
    parse_measured,
    parse_proof,
    proof_record,
)
from cards.lock.slot import SLOTS, slot_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from cards.exercise.measurement import SnippetMeasurement
    from cards.lock.foreign import LineName
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.runtime import Runtime
    from cards.program.verdict import Verdict

LOCK_FORMAT = 2
"""2: proofs of many runtimes, each in its slot. A lock of format 1 has those of one runtime and no slots."""


@dataclass(frozen=True, slots=True)
class LockedCard:
    """The entry of a card in the lock."""

    id: CardId
    key: CardKey
    section: str
    """The section it stood in."""
    front: str
    """Its words, to know it again when they are edited, and so that a diff of the lock shows the edit."""
    back: str
    digest: str
    """Of all that it showed last; empty where nobody knows."""
    changed_at: int
    """When its content last changed, in seconds since 1970."""
    retired: bool = False
    was: CardKey = CardKey("")
    """The key it had before it was last rebound to another; empty if it never was."""

    @property
    def is_key_lost(self) -> bool:
        """Whether its key was lost together with a lock."""
        return self.key.endswith(f"{_LOST}{self.id}")


_LOST = "/?"
"""Stands before the identity in a key that was lost: no cue is a question mark and an identity."""


def lost_key(question: str, kind: str, card: CardId) -> CardKey:
    """Return the key of a card whose own was lost with a lock; it is that of no draft."""
    return CardKey(f"{question}/{kind}{_LOST}{card}")


@dataclass(frozen=True, slots=True)
class Lock:
    """The content of a guide's lock."""

    guide: str
    """The guide's slug."""
    cards: tuple[LockedCard, ...] = ()
    proofs: Proofs = field(default_factory=Proofs)
    measured: tuple[SnippetMeasurement, ...] = ()
    displayed: tuple[DisplayedVerdict, ...] = ()
    made_id: GuideId = NO_ID
    """The identity that was made for the guide; empty where its name is its identity, as in old locks."""
    deck: str = ""
    """What its deck is called where that is not the guide's title."""
    foreign: tuple[str, ...] = ()
    """Lines that only a newer proofdeck knows, as they are."""
    unknown: Mapping[LineName, dict[str, Any]] = field(default_factory=dict)
    """Fields of lines that are known otherwise."""

    @property
    def id(self) -> GuideId:
        """The guide's identity, which it keeps under every name and in every place."""
        return self.made_id or GuideId(self.guide)

    @property
    def active(self) -> tuple[LockedCard, ...]:
        """The cards that the guide still makes, in its order."""
        return tuple(card for card in self.cards if not card.retired)

    @property
    def retired(self) -> tuple[LockedCard, ...]:
        """The cards that the guide no longer makes."""
        return tuple(card for card in self.cards if card.retired)


class UnparsedLock(NamedTuple):
    """The text of a lock that is not parsed yet."""

    lines: list[str]
    """Its text, cut at the line feeds."""
    path: str
    """As messages show it."""


class LockHead(NamedTuple):
    """The first line of a lock: which guide it belongs to."""

    guide: str
    """The guide's slug when it was written."""
    made_id: GuideId = NO_ID
    deck: str = ""

    @property
    def id(self) -> GuideId:
        """The guide's identity."""
        return self.made_id or GuideId(self.guide)


def lock_text(lock: Lock, active: Iterable[str] | None = None) -> str:
    """Return the lock as the text of its file; `parse_lock_lines` gives an equal lock back.

    `active` are the lines of the active cards, where somebody has them already.
    """
    lines = [
        _json_line(_head_record(lock)),
        *(map(card_line, lock.active) if active is None else active),
        *map(card_line, lock.retired),
        *(_json_line(measured_record(each)) for each in lock.measured),
        *lock.foreign,
        *_slot_lines(lock),
        "",
    ]
    return "\n".join(with_unknown_fields(lines, lock.unknown))


def _head_record(lock: Lock) -> dict[str, Any]:
    made = {"id": lock.made_id} if lock.made_id not in {"", lock.guide} else {}
    return (
        {"proofdeck-lock": LOCK_FORMAT, "guide": lock.guide}
        | made
        | ({"deck": lock.deck} if lock.deck else {})
    )


def _slot_lines(lock: Lock) -> Iterator[str]:
    """Yield what was seen under each runtime, slot by slot behind the slots' lines; none if nothing ran."""
    lines: dict[int, dict[tuple[str, str], list[str]]] = {slot: {} for slot in range(SLOTS)}
    for verdict in lock.proofs.verdicts:
        _lines_of(verdict.runtime, lines).append(_json_line(proof_record(verdict)))
    for displayed in lock.displayed:
        _lines_of(displayed.runtime, lines).append(_json_line(displayed_record(displayed)))
    if any(lines.values()):
        for slot, by_versions in lines.items():
            yield _json_line({"slot": slot})
            for versions in sorted(by_versions):
                yield from by_versions[versions]


def _lines_of(runtime: Runtime | None, lines: dict[int, dict[tuple[str, str], list[str]]]) -> list[str]:
    """Return the lines that one of a runtime joins: those of one Python and TensorFlow stand together."""
    versions = (runtime.python, runtime.tensorflow) if runtime else ("", "")
    return lines[slot_of(runtime)].setdefault(versions, [])


def card_line(card: LockedCard) -> str:
    """Return a card's line, without its end."""
    return _json_line(_card_record(card))


def card_lines_by_id(lines: Iterable[str]) -> dict[CardId, str]:
    """Return a lock's card lines, unparsed, by identity; empty unless laid out as builds do."""
    found = [line for line in lines if line.startswith(_CARD_START)]
    by_id = {CardId(line.split('"', 4)[3]): line for line in found}
    retired = [line.endswith(_RETIRED_END) for line in found]
    return by_id if len(by_id) == len(found) and retired == sorted(retired) else {}


_CARD_START, _RETIRED_END = '{"card": "', '"retired": true}'


def _json_line(value: dict[str, Any]) -> str:
    return _JSON_LINE.encode(value)


_JSON_LINE = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def parse_lock_head(lines: Sequence[str], path: str) -> LockHead:
    """Return the head of a file's lines; raise LockError for a bad one."""
    try:
        return parse_head(json.loads(lines[0]), path)
    except _BAD_LINE:
        raise LockError(f"{path}:1: {repair_advice(lines[0])}") from None


def parse_lock_lines(lines: Sequence[str], path: str, known: Container[str] = ()) -> Lock:
    """Return the lock of a file's lines, without the lines in `known`; raise LockError for a bad one."""
    if not lines[-1]:
        lines = lines[:-1]
    head, records = LockHead(""), _Records()
    for number, line in enumerate(lines, start=1):
        if number > 1 and line in known:
            continue
        try:
            value = json.loads(line)
            if number == 1:
                head = parse_head(value, path)
                records.keep_unknown(value)
            else:
                records.add(value, line)
        except _BAD_LINE:
            raise LockError(f"{path}:{number}: {repair_advice(line)}") from None
    cards = records.cards
    if not lines:
        raise LockError(f"{path}: the lock is empty; restore it from git or delete it, then build again.")
    if double := _first_duplicate([card.id for card in cards]):
        places = [number for number, line in enumerate(lines, start=1) if f'"card": "{double}"' in line]
        raise LockError(
            f"{path}:{places[-1]}: the card {double} stands in line {places[0]} already, as after a merge; "
            "`proofdeck build` keeps the line that changed last."
        )
    return Lock(
        head.guide,
        tuple(cards),
        Proofs(tuple(records.proofs)),
        tuple(records.measured),
        tuple(records.displayed),
        made_id=head.made_id,
        deck=head.deck,
        foreign=tuple(records.foreign),
        unknown=records.unknown,
    )


_BAD_LINE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What parsing a damaged line may raise."""


@dataclass(slots=True)
class _Records:
    """What the lines of a lock below its head say."""

    cards: list[LockedCard] = field(default_factory=list)
    proofs: list[Verdict] = field(default_factory=list)
    measured: list[SnippetMeasurement] = field(default_factory=list)
    displayed: list[DisplayedVerdict] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    unknown: dict[LineName, dict[str, Any]] = field(default_factory=dict)

    def keep_unknown(self, value: dict[str, Any]) -> None:
        """Keep the fields of a line that this version does not know."""
        if unknown := unknown_fields(value):
            self.unknown[line_name(value)] = unknown

    def add(self, value: dict[str, Any], line: str) -> None:
        """Add what a line says."""
        if not isinstance(value, dict):
            raise TypeError(value)
        if is_foreign(value):
            self.foreign.append(line)
            return
        self.keep_unknown(value)
        if "card" in value:
            self.cards.append(_parse_card(value))
        elif "measured" in value:
            self.measured.append(parse_measured(value))
        elif "displayed" in value:
            self.displayed.append(parse_displayed(value))
        elif "slot" not in value:
            self.proofs.append(parse_proof(value))


def read_line(line: str, place: str) -> dict[str, Any]:
    """Return the value of any line of a lock; raises LockError, with its place, for a damaged one."""
    try:
        value: dict[str, Any] = json.loads(line)
        if "proofdeck-lock" in value:
            parse_head(value, place)
        else:
            _Records().add(value, line)
    except _BAD_LINE:
        raise LockError(f"{place}: {repair_advice(line)}") from None
    return value


def repair_advice(line: str) -> str:
    """Return the sentence for a line that cannot be read: what is wrong, and what to do about it."""
    if line.startswith(("<<<<<<<", "|||||||", "=======", ">>>>>>>")):
        return "the lock is a merge conflict here; `proofdeck build` joins both sides."
    return (
        "the lock is damaged here; restore it from git or delete it, then build again: without a lock, cards "
        "are known by their words from the store."
    )


def _first_duplicate(names: list[CardId]) -> CardId | None:
    seen: set[CardId] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def parse_head(value: dict[str, Any], path: str) -> LockHead:
    """Return what a lock's first line says; raises LockError for one of a newer proofdeck."""
    version = value["proofdeck-lock"]
    if not isinstance(version, int) or version < 1:
        raise ValueError(f"no format: {version!r}")
    if version > LOCK_FORMAT:
        raise LockError(
            f"{path}: the lock was written by a newer proofdeck (format {version}); update proofdeck."
        )
    return LockHead(str(value["guide"]), GuideId(str(value.get("id", ""))), str(value.get("deck", "")))


def _card_record(card: LockedCard) -> dict[str, Any]:
    line = {
        "card": card.id,
        "key": card.key,
        "section": card.section,
        "front": card.front,
        "back": card.back,
        "digest": card.digest,
        "changed": card.changed_at,
    }
    return line | ({"was": card.was} if card.was else {}) | ({"retired": True} if card.retired else {})


def _parse_time(value: Any) -> int:  # noqa: ANN401 - JSON
    """Return a time of change; of one that no clock can have said, that it was shown at some time."""
    time = int(value)
    return time if time >= 0 else 1


def _parse_card(value: dict[str, Any]) -> LockedCard:
    return LockedCard(
        id=CardId(str(value["card"])),
        key=CardKey(str(value["key"])),
        section=str(value["section"]),
        front=str(value["front"]),
        back=str(value["back"]),
        digest=str(value["digest"]),
        changed_at=_parse_time(value["changed"]),
        retired=bool(value.get("retired", False)),
        was=CardKey(str(value.get("was", ""))),
    )

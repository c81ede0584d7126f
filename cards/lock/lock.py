"""The lock file beside a guide: cards, proofs and measurements of its last build.

One JSON object a line: a head, the cards in the guide's order, the retired cards, the proofs, what was
measured, what was seen of the code that each card displays. It goes into git like a package lock, so that
every clone exports the same identities and change times.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from cards.card.card import CardId, CardKey
from cards.errors import LockError
from cards.exercise.gap import Gap, GapKind
from cards.exercise.measurement import Aspect, MeasureKey, PrintedStatement, SnippetMeasurement, Trait
from cards.program.confinement import Confinement
from cards.program.displayed_code import DisplayedVerdict, DisplayKey
from cards.program.proof_key import ProofKey
from cards.program.qualifier import parse_qualifier
from cards.program.runtime import Runtime
from cards.program.snippet import SnippetName
from cards.program.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

LOCK_FORMAT = 1


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


@dataclass(frozen=True, slots=True)
class Lock:
    """The content of a guide's lock."""

    guide: str
    """The guide's slug."""
    cards: tuple[LockedCard, ...] = ()
    proofs: tuple[Verdict, ...] = ()
    measured: tuple[SnippetMeasurement, ...] = ()
    displayed: tuple[DisplayedVerdict, ...] = ()

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


def lock_text(lock: Lock, active: Iterable[str] | None = None) -> str:
    """Return the lock as the text of its file; `parse_lock_lines` gives an equal lock back.

    `active` are the lines of the active cards, where somebody has them already.
    """
    lines = [
        _json_line({"proofdeck-lock": LOCK_FORMAT, "guide": lock.guide}),
        *(map(card_line, lock.active) if active is None else active),
        *map(card_line, lock.retired),
        *(_json_line(_proof_record(verdict)) for verdict in lock.proofs),
        *(_json_line(_measured_record(each)) for each in lock.measured),
        *(_json_line(_displayed_record(each)) for each in lock.displayed),
        "",
    ]
    return "\n".join(lines)


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
    return json.dumps(value, ensure_ascii=False)


def parse_lock_lines(lines: Sequence[str], path: str, known: Container[str] = ()) -> Lock:
    """Return the lock of a file's lines, without the lines in `known`; raise LockError for a bad one."""
    if not lines[-1]:
        lines = lines[:-1]
    guide, cards, proofs, measured, displayed = "", [], [], [], []
    for number, line in enumerate(lines, start=1):
        if number > 1 and line in known:
            continue
        try:
            value = json.loads(line)
            if number == 1:
                guide = _parse_head(value, path)
            elif "card" in value:
                cards.append(_parse_card(value))
            elif "measured" in value:
                measured.append(_parse_measured(value))
            elif "displayed" in value:
                displayed.append(_parse_displayed(value))
            else:
                proofs.append(_parse_proof(value))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            raise LockError(f"{path}:{number}: {_repair_advice(line)}") from None
    if not lines:
        raise LockError(f"{path}: the lock is empty; restore it from git or delete it, then build again.")
    if double := _first_duplicate([card.id for card in cards]):
        places = [number for number, line in enumerate(lines, start=1) if f'"card": "{double}"' in line]
        raise LockError(
            f"{path}:{places[-1]}: the card {double} stands in line {places[0]} already, as after a merge; "
            "keep the line with the later `changed`, then build again."
        )
    return Lock(guide, tuple(cards), tuple(proofs), tuple(measured), tuple(displayed))


def _repair_advice(line: str) -> str:
    """Return the sentence for a line that cannot be read: what is wrong, and what to do about it."""
    if line.startswith(("<<<<<<<", "|||||||", "=======", ">>>>>>>")):
        return (
            "the lock is a merge conflict here; keep the lines of both sides, but each card's only once, "
            "and delete the marks. Then build again."
        )
    return "the lock is damaged here; take one side's line (or restore the file from git), then build again."


def merge_proofs(old: tuple[Verdict, ...], new: Mapping[SnippetName, Verdict]) -> tuple[Verdict, ...]:
    """Return the new proofs; one that only repeats an old one under the same versions keeps the old one.

    So a second run of the same code changes no date, no card and no line of the lock.
    """
    before = {verdict.snippet: verdict for verdict in old}
    return tuple(_merge_proof(before.get(name), verdict) for name, verdict in new.items())


def _merge_proof(old: Verdict | None, new: Verdict) -> Verdict:
    if old is None or (old.outcome, old.output) != (new.outcome, new.output):
        return new
    if old.key == new.key and old.confinement == new.confinement:
        return old
    versions = (old.runtime.tensorflow, old.runtime.keras) == (new.runtime.tensorflow, new.runtime.keras)
    return replace(new, proved_on=old.proved_on) if versions else new


def _first_duplicate(names: list[CardId]) -> CardId | None:
    seen: set[CardId] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _parse_head(value: dict[str, Any], path: str) -> str:
    version = value["proofdeck-lock"]
    if not isinstance(version, int) or version < 1:
        raise ValueError(f"no format: {version!r}")
    if version > LOCK_FORMAT:
        raise LockError(
            f"{path}: the lock was written by a newer proofdeck (format {version}); update proofdeck."
        )
    return str(value["guide"])


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


def _parse_card(value: dict[str, Any]) -> LockedCard:
    return LockedCard(
        id=CardId(str(value["card"])),
        key=CardKey(str(value["key"])),
        section=str(value["section"]),
        front=str(value["front"]),
        back=str(value["back"]),
        digest=str(value["digest"]),
        changed_at=int(value["changed"]),
        retired=bool(value.get("retired", False)),
        was=CardKey(str(value.get("was", ""))),
    )


def _proof_record(verdict: Verdict) -> dict[str, Any]:
    line = {
        "proof": verdict.snippet,
        "key": verdict.key,
        "outcome": verdict.outcome.value,
        "python": verdict.runtime.python,
        "tensorflow": verdict.runtime.tensorflow,
        "keras": verdict.runtime.keras,
        "on": verdict.proved_on,
        "seconds": round(float(verdict.seconds), 2),
        "confinement": verdict.confinement.value,
    }
    said = {
        "packages": dict(verdict.runtime.packages),
        "sentence": verdict.sentence,
        "advice": verdict.advice,
        "line": verdict.line,
        "output": verdict.output,
        "correction": verdict.correction,
        "notes": [str(each) for each in verdict.qualifiers],
    }
    return line | {name: value for name, value in said.items() if value}


def _measured_record(measured: SnippetMeasurement) -> dict[str, Any]:
    said = {
        "printed": measured.printed,
        "gaps": [[gap.sort.value, gap.line, gap.start, gap.text] for gap in measured.gaps],
        "traits": [[trait.name, trait.aspect.value, trait.line, trait.text] for trait in measured.traits],
        "prints": [[each.line, each.text] for each in measured.prints],
        "given": dict(measured.given),
    }
    line: dict[str, Any] = {"measured": measured.snippet, "key": measured.key}
    return line | {name: value for name, value in said.items() if value}


def _parse_measured(value: dict[str, Any]) -> SnippetMeasurement:
    return SnippetMeasurement(
        SnippetName(str(value["measured"])),
        MeasureKey(str(value["key"])),
        str(value.get("printed", "")),
        tuple(
            Gap(GapKind(sort), int(line), int(start), int(start) + len(text), str(text))
            for sort, line, start, text in value.get("gaps", ())
        ),
        tuple(
            Trait(str(name), Aspect(aspect), int(line), str(text))
            for name, aspect, line, text in value.get("traits", ())
        ),
        tuple(PrintedStatement(int(line), str(text)) for line, text in value.get("prints", ())),
        tuple((str(name), str(words)) for name, words in value.get("given", {}).items()),
    )


def _displayed_record(verdict: DisplayedVerdict) -> dict[str, Any]:
    line = {"displayed": verdict.card, "key": verdict.key}
    return line | ({"fault": verdict.fault} if verdict.fault else {})


def _parse_displayed(value: dict[str, Any]) -> DisplayedVerdict:
    return DisplayedVerdict(
        str(value["displayed"]), DisplayKey(str(value["key"])), str(value.get("fault", ""))
    )


def _parse_proof(value: dict[str, Any]) -> Verdict:
    return Verdict(
        snippet=SnippetName(str(value["proof"])),
        key=ProofKey(str(value["key"])),
        outcome=Outcome(value["outcome"]),
        runtime=Runtime(
            str(value["python"]),
            str(value["tensorflow"]),
            str(value["keras"]),
            tuple((str(name), str(version)) for name, version in value.get("packages", {}).items()),
        ),
        sentence=str(value.get("sentence", "")),
        advice=str(value.get("advice", "")),
        line=int(value.get("line", 0)),
        output=str(value.get("output", "")),
        correction=str(value.get("correction", "")),
        seconds=float(value["seconds"]),
        proved_on=str(value["on"]),
        confinement=Confinement(value["confinement"]),
        qualifiers=tuple(parse_qualifier(str(each)) for each in value.get("notes", ())),
    )

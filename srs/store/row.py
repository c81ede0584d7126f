"""Values that the store returns, and their conversion from and to columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cards.errors import ProofdeckError, StoreError
from cards.value import NamedTuple
from srs.review.log import Act, EntryId, LogEntry, Standing
from srs.schedule.sm2 import EaseFactor, FsrsMemory, Grade, Schedule

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cards.card.card import CardId


class Conflict(ProofdeckError):  # noqa: N818 - it is news for the sitting, not a failure
    """Raised when a card was answered elsewhere since it was shown; nothing was written."""


class DamagedCard(StoreError):  # noqa: N818 - it is news for the sitting, which asks the other cards
    """Raised where what the store holds of one card is damaged."""

    def __init__(self, card: CardId, sentence: str = "") -> None:
        super().__init__(
            sentence
            or f"The card {card} is damaged in the store. `proofdeck doctor` says how far; a build of its "
            "guide writes its text anew."
        )


class UnknownKind(DamagedCard):
    """Raised where a card is of a kind that this version does not know; it is whole, and waits."""

    def __init__(self, card: CardId, kind: str) -> None:
        super().__init__(
            card,
            f"The card {card} is of a kind that this version of proofdeck does not know, {kind!r}: it is "
            "kept and not asked. Update proofdeck if a newer one wrote it, else run `proofdeck doctor`.",
        )


class ActResult(NamedTuple):
    """Result of an act on a card: its entry, and the card's standing and revision now."""

    entry: EntryId
    standing: Standing
    revision: int
    leech: bool = False
    """This answer made it a leech."""


class UndoResult(NamedTuple):
    """Result of an undo: the entry undone, and the card's standing now."""

    entry: LogEntry
    standing: Standing


def listed_words(column: str) -> tuple[str, ...]:
    """Return the words that a column lists as JSON; raises ValueError for JSON of another shape."""
    import json

    listed = json.loads(column)
    if not isinstance(listed, list) or not {*map(type, listed)} <= {str}:
        raise ValueError(f"not a list of words: {column!r}")
    return tuple(listed)


class BuildSource(NamedTuple):
    """Where a deck comes from."""

    path: str | None = None
    """Where its guide lies, absolute; without one the store keeps the path it has."""
    built: str | None = None
    """The name of the build, for `srs.store.read_only`."""
    built_on: str | None = None
    """The Day of the build."""
    short_name: str = ""
    """Empty for the guide's own name."""


UNKNOWN_SOURCE = BuildSource()


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return the wanted name, else the first of `NAME-2`, `NAME-3` that is not taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


STANDING_COLUMNS = (
    "card.repetitions, card.interval_days, card.ease_factor, card.due, card.lapses, "
    "card.stability_days, card.difficulty, card.shift_days, card.suspended, card.buried_until, card.flag"
)
ENTRY_COLUMNS = "id, card, act, at, day, grade, took_ms, note, until, cause, undone_at, due_on"


def standing_from_row(row: Sequence[Any]) -> Standing:
    """Return the standing from its eleven columns."""
    repetitions, interval_days, ease_factor, due, lapses, stability, difficulty, shift_days, *rest = row
    suspended, buried, flag = rest
    schedule = None
    if due is not None:
        memory = None if stability is None else FsrsMemory(stability, difficulty)
        schedule = Schedule(
            repetitions,
            interval_days,
            EaseFactor(ease_factor),
            date.fromisoformat(due),
            lapses,
            memory,
            shift_days,
        )
    return Standing(schedule, bool(suspended), date.fromisoformat(buried) if buried else None, flag)


def standing_values(standing: Standing) -> tuple[object, ...]:
    """Return the eleven columns of a standing."""
    schedule, suspended, buried_until, flag = standing
    rest = (int(suspended), buried_until.isoformat() if buried_until else None, flag)
    if schedule is None:
        return (None,) * 7 + (0, *rest)
    memory = schedule.memory
    return (
        schedule.repetitions,
        schedule.interval_days,
        int(schedule.ease_factor),
        schedule.due.isoformat(),
        schedule.lapses,
        memory.stability_days if memory else None,
        memory.difficulty if memory else None,
        schedule.shift_days,
        *rest,
    )


def entry_from_row(row: Sequence[Any]) -> LogEntry:
    """Return a log entry from its twelve columns."""
    identity, card, act, at, day, grade, took_ms, note, until, cause, undone_at, due_on = row
    return LogEntry(
        EntryId(str(identity)),
        card,
        Act(str(act)),
        str(at),
        date.fromisoformat(str(day)),
        None if grade is None else Grade(grade),
        took_ms,
        note,
        None if until is None else date.fromisoformat(str(until)),
        None if cause is None else EntryId(str(cause)),
        undone_at,
        None if due_on is None else date.fromisoformat(str(due_on)),
    )


def entry_values(entry: LogEntry) -> tuple[object, ...]:
    """Return the twelve columns of a log entry."""
    return (
        entry.id,
        entry.card,
        entry.act.value,
        entry.at,
        entry.day.isoformat(),
        None if entry.grade is None else int(entry.grade),
        entry.took_ms,
        entry.note,
        None if entry.until is None else entry.until.isoformat(),
        entry.cause,
        entry.undone_at,
        entry.due_on.isoformat() if entry.due_on else None,
    )

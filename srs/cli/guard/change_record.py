"""What a build's report says in JSON of the cards that changed."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

from srs.screen.word_diff import Change, word_diff
from srs.store.sync import SyncReport

if TYPE_CHECKING:
    from cards.build.changes import CardChanges, CardWords, Doubt, Rewording
    from srs.store.sync import SyncedDeck


def relink_command(guide: str) -> str:
    """Return the command that settles which card is which, but for the cards."""
    return f"proofdeck relink --guide {quote(guide)}"


def changes_record(changes: CardChanges, synced: SyncedDeck | None) -> dict[str, Any]:
    """Return the changes of the cards: the store's, if it knew the guide, else those since the lock."""
    lists: dict[str, Any]
    if synced is not None and synced.was_known:
        of_store = {name: list(ids) for name, ids in synced.cards.items()}
        lists = {
            "new": of_store["added"],
            "changed": of_store["changed"],
            "unchanged": len(of_store["unchanged"]),
            "retired": of_store["retired"],
            "revived": of_store["revived"],
        }
    else:
        lists = {
            "new": list(changes.new),
            "changed": list(changes.changed),
            "unchanged": len(changes.unchanged),
            "retired": list(changes.retired),
            "revived": list(changes.revived),
        }
    return lists | {
        "rebound": [
            {"card": one.id, "because": one.reason.value, "was": one.was, "is": one.front}
            for one in changes.rebound
        ],
        "answered_anew": [
            {"id": one.id, "front": one.front, "answer": one.answer, "was": one.was}
            for one in changes.new_answers
        ],
        "in_doubt": [{"new": doubt.new, "old": list(doubt.candidates)} for doubt in changes.doubts],
    }


def words_record(changes: CardChanges, relink: str) -> dict[str, Any]:
    """Return the words of what changed: of cards reworded, and of those in doubt, with what settles each."""
    found = {
        "reworded": [_rewording_record(one) for one in changes.reworded],
        "doubts": [_doubt_record(one, relink) for one in changes.doubts],
    }
    return {name: records for name, records in found.items() if records}


def store_record(changes: CardChanges, synced: SyncedDeck | None) -> dict[str, int]:
    """Return how many cards changed in the store; of a guide that no store keeps, since its lock."""
    report = synced.report if synced else SyncReport(len(changes.new), unchanged=len(changes.unchanged))
    return report._asdict()


def _rewording_record(one: Rewording) -> dict[str, Any]:
    pieces = [
        piece
        for was, now in ((one.was.front, one.now.front), (one.was.back, one.now.back))
        for piece in word_diff(was, now)
    ]
    return {
        "was": _words_record(one.was),
        "is": _words_record(one.now),
        "gone": [piece.text.strip() for piece in pieces if piece.change is Change.GONE],
        "came": [piece.text.strip() for piece in pieces if piece.change is Change.NEW],
    }


def _doubt_record(doubt: Doubt, relink: str) -> dict[str, Any]:
    return {
        "new": _words_record(doubt.card),
        "old": [_words_record(old) | {"settle": f"{relink} {old.id} {doubt.new}"} for old in doubt.old],
    }


def _words_record(card: CardWords) -> dict[str, str]:
    return {"card": card.id, "front": card.front, "back": card.back}

"""Check the store's file, and every stored standing against the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.errors import StoreError
from srs.review.log import NEW_STANDING, Standing, fold_log
from srs.store.connection import told_damage, translate_errors
from srs.store.standings import read_logs, read_standings, write_standings
from srs.store.sync import damaged_faces

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from cards.card.card import CardId
    from srs.schedule.sm2 import Scheduler
    from srs.store.store_file import StoreFile


class WrongStanding(NamedTuple):
    """A card whose stored standing differs from what its log implies."""

    card: CardId
    stored: Standing
    from_log: Standing


class HealthReport(NamedTuple):
    """The findings of a check of the store."""

    damage: tuple[str, ...]
    """What SQLite says of the file, and broken references; empty for a sound one."""
    wrong_standings: tuple[WrongStanding, ...]
    cards: int
    entries: int
    damaged_cards: tuple[tuple[CardId, str], ...] = ()
    """Cards in use whose text is not what a build wrote, with what is wrong.

    That of the others nobody is asked, and no build writes it.
    """
    wrong_words: tuple[CardId, ...] = ()
    """Cards whose words, by which they are found, are not those of their text."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with the file or with any card in it."""
        return not (self.damage or self.wrong_standings or self.damaged_cards or self.wrong_words)


def check_health(store: StoreFile) -> HealthReport:
    """Check the file from its pages to its references, and every card's standing against its log."""
    with told_damage(store.path), translate_errors(store.path):
        connection = store.connection
        damage = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        damage += [
            f"a row of {table} refers to a missing row of {parent}"
            for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check")
        ]
        if damage:
            return HealthReport(tuple(damage), (), 0, 0)
        (cards,) = connection.execute("SELECT count(*) FROM card").fetchone()
        (entries,) = connection.execute("SELECT count(*) FROM log").fetchone()
        wrong = tuple(_find_wrong_standings(connection, store.scheduler))
        damaged = dict(damaged_faces(connection))
        words = tuple(dict(_wrong_words(connection, frozenset(damaged))))
        in_use = {card for (card,) in connection.execute("SELECT id FROM card WHERE retired = 0")}
        in_need = tuple((card, what) for card, what in damaged.items() if card in in_use)
        return HealthReport((), wrong, cards, entries, in_need, words)


def is_sound(store: StoreFile) -> bool:
    """Tell whether a store can be checked and nothing is wrong with it."""
    try:
        return check_health(store).is_sound
    except StoreError:
        return False


def rebuild_standings(store: StoreFile) -> int:
    """Correct every standing that is not what the log implies, and return how many there were."""
    scheduler = store.scheduler
    with store.write_transaction() as connection:
        found = list(_find_wrong_standings(connection, scheduler))
        write_standings(connection, {wrong.card: wrong.from_log for wrong in found})
    return len(found)


def _find_wrong_standings(connection: sqlite3.Connection, scheduler: Scheduler) -> Iterator[WrongStanding]:
    stored = read_standings(connection)
    for card, entries in read_logs(connection).items():
        from_log = fold_log(entries, scheduler)
        if (before := stored.pop(card)) != from_log:
            yield WrongStanding(card, before, from_log)
    for card, standing in stored.items():
        if standing != NEW_STANDING:
            yield WrongStanding(card, standing, NEW_STANDING)


def forget_damaged_builds(store: StoreFile) -> None:
    """Let the next build of each guide with a damaged card write its cards anew, though nothing changed."""
    with told_damage(store.path), store.write_transaction() as connection:
        damaged = [card for card, _ in damaged_faces(connection)]
        connection.executemany(
            "UPDATE guide SET built = NULL WHERE id = (SELECT guide FROM card WHERE id = ?)",
            [(card,) for card in damaged],
        )


def mend_words(store: StoreFile) -> int:
    """Write the words of whole cards anew where they differ; return how many there were."""
    with store.write_transaction() as connection:
        damaged = frozenset(card for card, _ in damaged_faces(connection))
        wrong = dict(_wrong_words(connection, damaged))
        connection.executemany(
            "UPDATE face SET words = ? WHERE card = ?", [(words, card) for card, words in wrong.items()]
        )
    return len(wrong)


def _wrong_words(connection: sqlite3.Connection, damaged: frozenset[CardId]) -> Iterator[tuple[CardId, str]]:
    """Yield the cards whose words are not those of their text, each with the right ones."""
    import json

    from cards.card import sides

    rows = connection.execute(
        "SELECT card, front, back, CAST(words AS BLOB) FROM face "
        "WHERE card NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(damaged)),),
    )
    for card, front, back, words in rows:
        written = sides.words((*sides.decode(json.loads(front)), *sides.decode(json.loads(back))))
        if written.encode() != words:
            yield card, written

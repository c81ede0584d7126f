"""Read which cards are due, new or answered today."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cards.value import NamedTuple
from srs.store.connection import translate_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.card.card import CardId
    from srs.review.agenda import AnsweredToday, WaitingCard
    from srs.store.store_file import StoreFile


IS_ACTIVE = (
    "card.retired = 0 AND card.suspended = 0 AND (card.buried_until IS NULL OR card.buried_until <= :today)"
)
# A grade of 4 or more; spelled out here so that `due` need not load the grades.
_SETTLED_GRADE = 4

IN_DECK_AND_TAG = (
    "(:guide IS NULL OR card.guide = :guide) AND (:tag IS NULL OR EXISTS ("
    "SELECT 1 FROM face, json_each(face.tags) AS tag WHERE face.card = card.id "
    "AND (tag.value = :tag OR tag.value LIKE :tag || '::%')))"
)


class QueueCounts(NamedTuple):
    """The numbers of cards that wait today, and when the next one is due."""

    due: int
    new: int
    """New cards that there are, whatever the day's limit."""
    drills: int
    """Cards graded below 4 today and not settled since."""
    begun: int
    """New cards begun today."""
    next_due: date | None
    """The next Day after today on which something is due."""


class _StreamHead(NamedTuple):
    """The next card of the stream of cards with one interval."""

    key: tuple[float, int, str]
    """As `overdue_key`, which no two cards share; without an id before the stream is opened."""
    waiting: WaitingCard | None
    rest: Iterator[WaitingCard] | None


class _AnsweredRow(NamedTuple):
    card: CardId
    guide: str
    question: str
    active: int
    block: int | None
    was_new: int
    grade: int


class ReviewQueue:
    """Reads which cards are due, new or answered today."""

    def __init__(self, file: StoreFile) -> None:
        """Read an open store's file."""
        self._file = file

    def due_cards(
        self, today: date, guide: str | None = None, tag: str | None = None
    ) -> Iterator[WaitingCard]:
        """Yield the due cards, most overdue in relation to its interval first, reading no more than is taken.

        Of all cards with one interval the earliest due comes first, so one look at each interval's head is
        enough to begin, however many cards there are.
        """
        chosen = {"today": today.isoformat(), "guide": guide, "tag": tag}
        heads = self._file.rows(
            """
            WITH RECURSIVE each (interval_days) AS (
                SELECT min(interval_days) FROM card WHERE due IS NOT NULL AND suspended = 0 AND retired = 0
                UNION ALL
                SELECT (
                    SELECT min(card.interval_days) FROM card
                    WHERE card.interval_days > each.interval_days
                        AND due IS NOT NULL AND suspended = 0 AND retired = 0
                ) FROM each WHERE each.interval_days IS NOT NULL
            )
            SELECT interval_days, (
                SELECT min(card.due) FROM card
                WHERE card.interval_days = each.interval_days
                    AND card.due IS NOT NULL AND suspended = 0 AND retired = 0
            ) AS head FROM each WHERE interval_days IS NOT NULL AND head <= :today
            """,
            chosen,
        )
        if not heads:
            return
        from heapq import heappop, heappush

        from srs.review.agenda import overdue_key

        # A merge of sorted streams, one an interval: the heap holds each stream's next card, or, while the
        # stream is not opened yet, the place that its head will have.
        heap: list[_StreamHead] = []
        for interval_days, head in heads:
            # A damaged date or interval stops nobody: doctor finds it.
            day = _date_or_none(head) or today
            late = -(today - day).days / max(1, interval_days)
            heappush(heap, _StreamHead((late, interval_days, ""), None, None))
        while heap:
            key, waiting, rest = heappop(heap)
            if waiting is not None:
                yield waiting
            else:
                _, interval_days, _ = key
                rest = self._due_with_interval(interval_days, chosen)
            following = next(rest, None) if rest else None
            if following is not None:
                heappush(heap, _StreamHead(overdue_key(following, today), following, rest))

    def _due_with_interval(self, interval_days: int, chosen: dict[str, str | None]) -> Iterator[WaitingCard]:
        from srs.review.agenda import WaitingCard

        with translate_errors(self._file.path):
            for card, guide, question, due, block in self._file.connection.execute(
                f"""
                SELECT id, guide, question, due, block FROM card
                WHERE interval_days = :interval AND due <= :today AND {IS_ACTIVE} AND {IN_DECK_AND_TAG}
                ORDER BY due, id
                """,
                {**chosen, "interval": interval_days},
            ):
                if (day := _date_or_none(due)) is not None:
                    yield WaitingCard(card, guide, question, day, max(1, interval_days), block)

    def new_cards(
        self, today: date, guide: str | None = None, tag: str | None = None
    ) -> Iterator[WaitingCard]:
        """Yield the new cards deck by deck in the order in which they are introduced.

        The interview questions themselves only where they are wanted.
        """
        from srs.review.agenda import WaitingCard

        chosen = {"today": today.isoformat(), "tag": tag}
        guides = (
            [guide]
            if guide
            else [row[0] for row in self._file.rows("SELECT id FROM guide ORDER BY short_name")]
        )
        optional = "" if self._file.preferences.overviews else "AND optional = 0"
        for each in guides:
            with translate_errors(self._file.path):
                for card, question, block in self._file.connection.execute(
                    f"""
                    SELECT id, question, block FROM card
                    WHERE due IS NULL {optional} AND {IS_ACTIVE} AND {IN_DECK_AND_TAG}
                    ORDER BY place
                    """,
                    {**chosen, "guide": each},
                ):
                    yield WaitingCard(card, each, question, block=block)

    def answered_cards(
        self, today: date, guide: str | None = None, tag: str | None = None
    ) -> tuple[WaitingCard, ...]:
        """Return every card that was ever answered, soonest due first, for cramming."""
        from srs.review.agenda import WaitingCard

        rows = self._file.rows(
            f"""
            SELECT id, guide, question, due, interval_days, block FROM card
            WHERE due IS NOT NULL AND {IS_ACTIVE} AND {IN_DECK_AND_TAG} ORDER BY due, id
            """,
            {"today": today.isoformat(), "guide": guide, "tag": tag},
        )
        return tuple(
            WaitingCard(card, slug, question, day, max(1, interval_days), block)
            for card, slug, question, due, interval_days, block in rows
            if (day := _date_or_none(due)) is not None
        )

    def cards_ahead(
        self, today: date, number: int, guide: str | None = None, tag: str | None = None
    ) -> tuple[WaitingCard, ...]:
        """Return the cards that are due next, nearest first; none that was answered today."""
        from srs.review.agenda import WaitingCard

        rows = self._file.rows(
            f"""
            SELECT id, guide, question, due, interval_days, block FROM card
            WHERE due > :today AND date(due, '-' || (interval_days + shift_days) || ' days') < :today
                AND {IS_ACTIVE} AND {IN_DECK_AND_TAG}
            ORDER BY due, interval_days, id LIMIT :number
            """,
            {"today": today.isoformat(), "number": number, "guide": guide, "tag": tag},
        )
        return tuple(
            WaitingCard(card, slug, question, date.fromisoformat(due), interval_days, block)
            for card, slug, question, due, interval_days, block in rows
        )

    def answered_today(
        self, today: date, guide: str | None = None, tag: str | None = None
    ) -> list[AnsweredToday]:
        """Return the cards answered today with their last grades; only the chosen ones count as active.

        The Day after counts as today: only a flight to the west makes such entries, and its cards were
        asked on what the person lived as one Day.
        """
        from srs.review.agenda import AnsweredToday
        from srs.schedule.sm2 import Grade

        return [
            AnsweredToday(
                row.card,
                row.guide,
                row.question,
                bool(row.was_new),
                Grade(row.grade).settled,
                bool(row.active),
                row.block,
            )
            for row in self._answered_rows(today, guide, tag)
        ]

    def _answered_rows(self, today: date, guide: str | None, tag: str | None) -> list[_AnsweredRow]:
        window = {
            "today": today.isoformat(),
            "last": (today + timedelta(days=1)).isoformat(),
            "guide": guide,
            "tag": tag,
        }
        rows = self._file.rows(
            f"""
            SELECT card.id, card.guide, card.question, {IS_ACTIVE} AND {IN_DECK_AND_TAG}, card.block,
                NOT EXISTS (
                    SELECT 1 FROM log AS earlier WHERE earlier.card = card.id
                        AND earlier.act = 'review' AND earlier.undone_at IS NULL AND earlier.day < :today
                ),
                (
                    SELECT last.grade FROM log AS last WHERE last.card = card.id
                        AND last.act IN ('review', 'drill') AND last.undone_at IS NULL
                        AND last.day BETWEEN :today AND :last
                    ORDER BY last.at DESC, last.seq DESC LIMIT 1
                )
            FROM card WHERE card.id IN (
                SELECT card FROM log
                WHERE day BETWEEN :today AND :last AND act = 'review' AND undone_at IS NULL
            ) ORDER BY card.id
            """,
            window,
        )
        # A damaged grade counts as none.
        return [_AnsweredRow(*row) for row in rows if row[-1] in range(6)]

    def counts(self, today: date, guide: str | None = None, tag: str | None = None) -> QueueCounts:
        """Return how many cards wait, and when the next one is due."""
        chosen = {"today": today.isoformat(), "guide": guide, "tag": tag}
        optional = "" if self._file.preferences.overviews else "AND optional = 0"
        ((due, new, next_due),) = self._file.rows(
            f"""
            SELECT
                (SELECT count(*) FROM card WHERE due <= :today AND {IS_ACTIVE} AND {IN_DECK_AND_TAG}),
                (SELECT count(*) FROM card
                    WHERE due IS NULL {optional} AND {IS_ACTIVE} AND {IN_DECK_AND_TAG}),
                (SELECT min(max(due, ifnull(buried_until, due))) FROM card
                    WHERE due IS NOT NULL AND retired = 0 AND suspended = 0 AND {IN_DECK_AND_TAG}
                        AND max(due, ifnull(buried_until, due)) > :today)
            """,
            chosen,
        )
        answered = self._answered_rows(today, guide, tag)
        drills = sum(row.active and row.grade < _SETTLED_GRADE for row in answered)
        begun = sum(row.was_new for row in answered)
        return QueueCounts(due, new, drills, begun, _date_or_none(next_due))

    def new_left_today(self, today: date, counts: QueueCounts) -> int:
        """Return how many new cards an agenda holds where no deck has limits or minutes of its own.

        That is one of each block of which nothing is asked today, up to the limit of the Day; `counts` are
        those over all decks.
        """
        room = self._file.preferences.new_a_day - counts.begun
        if min(room, counts.new) <= 0:
            return 0
        optional = "" if self._file.preferences.overviews else "AND optional = 0"
        ((number,),) = self._file.rows(
            f"""
            WITH asked AS MATERIALIZED (
                SELECT guide, question, block FROM card
                WHERE block IS NOT NULL AND due <= :today AND {IS_ACTIVE}
                UNION SELECT guide, question, block FROM card WHERE block IS NOT NULL AND id IN (
                    SELECT card FROM log
                    WHERE day BETWEEN :today AND :last AND act = 'review' AND undone_at IS NULL
                )
            )
            SELECT count(*) FROM (
                SELECT DISTINCT guide, question, ifnull(block, id) FROM card
                WHERE due IS NULL {optional} AND {IS_ACTIVE}
                    AND (block IS NULL OR (guide, question, block) NOT IN asked)
                LIMIT :room
            )
            """,
            {"today": today.isoformat(), "last": (today + timedelta(days=1)).isoformat(), "room": room},
        )
        return int(number)


def _date_or_none(text: str | None) -> date | None:
    """Return a stored date; None where there is none, or a damaged one."""
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None

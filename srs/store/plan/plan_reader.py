"""Read what a plan until an interview depends on: cards, their memory, answer times, today's answers."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from cards.card.kind import CardKind
from srs.plan.answer_time import TimedAnswer, answer_times
from srs.plan.deck_plan import DeckPlan, DeckWish, PlanStart
from srs.plan.interview_day import PlannedCard
from srs.review.card_titles import FiledCard, card_titles, section_of
from srs.review.preferences import PLAN_START
from srs.schedule.memory_model import memory_after
from srs.schedule.sm2 import FsrsMemory, Grade
from srs.store.connection import told_damage
from srs.store.review_queue import IN_DECK_AND_TAG, IS_ACTIVE
from srs.store.row import STANDING_COLUMNS, listed_words, standing_from_row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cards.card.card import CardId
    from srs.plan.interview_day import InterviewDay
    from srs.store.store_file import StoreFile

_USUAL_DIFFICULTY = 5.0
"""In the middle of FSRS's scale from 1 to 10."""


class CardPast(NamedTuple):
    """What the log says of a card."""

    memory: FsrsMemory | None
    answers: tuple[tuple[date, TimedAnswer], ...]
    """One a Day, with the time of its drills."""


class PlanReader:
    """Reads and keeps what is set for interviews, and reads the decks that are learnt for one."""

    def __init__(self, file: StoreFile) -> None:
        """Read an open store's file."""
        self._file = file

    def wishes(self) -> dict[str, DeckWish]:
        """Return what is set for each deck that is not removed."""
        rows = self._file.rows(
            "SELECT id, interview, minutes_a_day FROM guide WHERE NOT removed ORDER BY short_name"
        )
        return {
            guide: DeckWish(date.fromisoformat(day) if day else None, minutes) for guide, day, minutes in rows
        }

    def save_wish(self, guide: str, wish: DeckWish) -> None:
        """Set one deck's own interview and minutes; None takes each away."""
        day = wish.interview.isoformat() if wish.interview else None
        with self._file.write_transaction() as connection:
            connection.execute(
                "UPDATE guide SET interview = ?, minutes_a_day = ? WHERE id = ?", (day, wish.minutes, guide)
            )

    def start(self, guide: str | None) -> PlanStart | None:
        """Return what was foretold when the plan of a deck, or of all without their own, was made."""
        rows = self._file.rows("SELECT value FROM setting WHERE name = ?", (_start_name(guide),))
        try:
            made_on, begun, target, last = json.loads(rows[0][0])
            return PlanStart(date.fromisoformat(made_on), int(begun), int(target), date.fromisoformat(last))
        except (LookupError, TypeError, ValueError):
            # None was made; of a damaged one nobody is late.
            return None

    def save_start(self, guide: str | None, start: PlanStart | None) -> None:
        """Keep what was foretold; None takes it away."""
        with self._file.write_transaction() as connection:
            connection.execute("DELETE FROM setting WHERE name = ?", (_start_name(guide),))
            if start is not None:
                value = [start.made_on.isoformat(), start.begun, start.target, start.last_new_day.isoformat()]
                connection.execute(
                    "INSERT INTO setting (name, value) VALUES (?, ?)",
                    (_start_name(guide), json.dumps(value)),
                )

    def deck_plan(
        self,
        guides: Collection[str],
        interview: InterviewDay,
        today: date,
        *,
        tag: str | None = None,
        start: PlanStart | None = None,
    ) -> DeckPlan:
        """Return the decks as a plan sees them: cards of every kind, each with its memory from the log."""
        with told_damage(self._file.path):
            pasts = self._pasts(guides)
            times = answer_times(answer for past in pasts.values() for _, answer in past.answers)
            cards = tuple(self._cards(guides, today, tag, pasts))
        used = sum(
            times.seconds_of(answer)
            for past in pasts.values()
            for day, answer in past.answers
            # The Day after counts as today, as in the queue: a flight to the west.
            if today <= day <= today + timedelta(days=1)
        )
        return DeckPlan(frozenset(guides), interview, cards, times, used, start)

    def _cards(
        self, guides: Collection[str], today: date, tag: str | None, pasts: dict[CardId, CardPast]
    ) -> Iterable[PlannedCard]:
        rows = self._file.rows(
            f"""
            SELECT card.id, card.importance, card.question, card.guide, card.block, card.position, card.kind,
                ifnull(face.tags, '[]'), ifnull(face.breadcrumb, '[]'), {STANDING_COLUMNS}
            FROM card LEFT JOIN face ON face.card = card.id
            WHERE card.guide IN (SELECT value FROM json_each(:guides)) AND {IS_ACTIVE} AND {IN_DECK_AND_TAG}
            ORDER BY card.importance DESC, card.place, card.guide
            """,
            {"guides": json.dumps(list(guides)), "guide": None, "tag": tag, "today": today.isoformat()},
        )
        filed = [_filed_card(guide=row[3], question=row[2], tags=row[7], breadcrumb=row[8]) for row in rows]
        titles = card_titles(filed)
        for each, row in zip(filed, rows, strict=True):
            card, importance, question, guide, block, position, kind, _, _, *standing = row
            try:
                schedule = standing_from_row(standing).schedule
            except (TypeError, ValueError):
                continue  # A damaged date stops nobody: doctor finds it.
            memory = None
            if schedule is not None:
                past = pasts.get(card)
                memory = past.memory if past else None
                memory = memory or FsrsMemory(schedule.interval_days, _USUAL_DIFFICULTY)
            section = titles.section(guide, each.section)
            is_of_line = kind == CardKind.WHY
            yield PlannedCard(
                card, importance, question, section, schedule, memory, guide, block, position, is_of_line
            )

    def _pasts(self, guides: Collection[str]) -> dict[CardId, CardPast]:
        """Return what the log says of each card: of several reviews on a Day the first counts."""
        rows = self._file.rows(
            """
            SELECT log.card, log.day, log.act, log.grade, ifnull(log.took_ms, 0)
            FROM log JOIN card ON card.id = log.card
            WHERE card.guide IN (SELECT value FROM json_each(?)) AND log.act IN ('review', 'drill')
                AND log.undone_at IS NULL AND log.day IS date(log.day) AND log.grade BETWEEN 0 AND 5
            ORDER BY log.card, log.at, log.id
            """,
            (json.dumps(list(guides)),),
        )
        by_card: dict[CardId, list[tuple[str, str, int, int]]] = {}
        for card, *answer in rows:
            by_card.setdefault(card, []).append(tuple(answer))
        return {card: _past(answers) for card, answers in by_card.items()}


def _past(answers: list[tuple[str, str, int, int]]) -> CardPast:
    memory: FsrsMemory | None = None
    last: date | None = None
    days: list[tuple[date, TimedAnswer]] = []
    for day_text, act, grade, took_ms in answers:
        day = date.fromisoformat(day_text)
        if last is not None and day == last:
            before = days[-1][1]
            days[-1] = (day, before._replace(took_ms=before.took_ms + took_ms))
        elif act == "review":
            memory = memory_after(memory, Grade(grade), max(0, (day - last).days) if last else 0)
            days.append((day, TimedAnswer(is_first=last is None, took_ms=took_ms)))
            last = day
    return CardPast(memory, tuple(days))


def _filed_card(guide: str, question: str, tags: str, breadcrumb: str) -> FiledCard:
    """Return what a card is filed under; damaged words are none, and stop nobody: doctor finds them."""
    try:
        return FiledCard(guide, question, section_of(listed_words(tags)), listed_words(breadcrumb))
    except ValueError:
        return FiledCard(guide, question, "", ())


def _start_name(guide: str | None) -> str:
    return f"{PLAN_START} {guide}" if guide else PLAN_START

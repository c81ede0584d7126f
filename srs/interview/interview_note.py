"""The note that keeps in the log what was said of a question, as JSON."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from cards.card.card import CardId
from srs.interview.interview_question import Point, QuestionKind, QuestionResult


def note_of(result: QuestionResult) -> str:
    """Return the note of a result; `result_from_note` gives an equal one back, but for the time it took."""
    return json.dumps(
        {
            "kind": result.kind.value,
            "words": result.words,
            "section": result.section,
            "points": [[point.words, list(point.cards), said] for point, said in result.points],
            "topic": result.topic,
            "source": result.source,
            "typed": result.typed,
            "minutes": result.minutes,
        },
        ensure_ascii=False,
    )


def result_from_note(note: str | None, took_ms: int | None) -> QuestionResult | None:
    """Return the result that a note holds; None for one that no version of this program wrote."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        return _result_from(json.loads(note or ""), took_ms or 0)
    return None


def _result_from(value: dict[str, Any], took_ms: int) -> QuestionResult:
    return QuestionResult(
        kind=QuestionKind(value["kind"]),
        words=str(value["words"]),
        section=str(value["section"]),
        points=tuple(
            (Point(str(words), tuple(CardId(str(card)) for card in cards)), bool(said))
            for words, cards, said in value["points"]
        ),
        topic=str(value.get("topic", "")),
        source=str(value.get("source", "")),
        typed=str(value.get("typed", "")),
        minutes=int(value.get("minutes", 0)),
        took_ms=took_ms,
    )

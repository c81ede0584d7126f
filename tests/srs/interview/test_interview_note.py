from __future__ import annotations

import json

import pytest

from cards.card.card import CardId
from srs.interview.interview_note import note_of, result_from_note
from srs.interview.interview_question import Point, QuestionKind, QuestionResult

RESULT = QuestionResult(
    kind=QuestionKind.FOLLOW_UP,
    words="Warum „so“?",
    section="Hard",
    points=((Point("a", (CardId("c1"), CardId("c2"))), True), (Point("b"), False)),
    topic="why",
    source="g.md:3",
    typed="one\ntwo",
    minutes=20,
    took_ms=1500,
)


def test_a_note_keeps_all_of_a_result() -> None:
    assert result_from_note(note_of(RESULT), 1500) == RESULT


def test_what_a_later_version_adds_to_a_note_does_no_harm() -> None:
    note = json.dumps(json.loads(note_of(RESULT)) | {"mood": "calm"})
    assert result_from_note(note, 1500) == RESULT


@pytest.mark.parametrize("note", [None, "", "{", "[]", "3", '{"kind": "song"}', '{"kind": "task"}'])
def test_what_is_no_note_is_no_result(note: str | None) -> None:
    assert result_from_note(note, None) is None

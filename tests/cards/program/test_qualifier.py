"""The sentences of qualifiers, and how they are read back from a lock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.program.qualifier import Qualifier, QualifierKind, parse_qualifier

WORDED = [kind for kind in QualifierKind if kind is not QualifierKind.OTHER]


@pytest.mark.parametrize("kind", WORDED)
@given(text=st.text(), line=st.integers(0, 99_999))
def test_a_qualifier_is_read_back_from_its_sentence(kind: QualifierKind, text: str, line: int) -> None:
    qualifier = Qualifier(kind, text if "{text}" in kind.value else "", line if "{line}" in kind.value else 0)
    assert parse_qualifier(str(qualifier)) == qualifier


@given(st.text())
def test_any_sentence_of_a_lock_stays_as_it_is(sentence: str) -> None:
    assert str(parse_qualifier(sentence)) == sentence


@pytest.mark.parametrize(
    ("sentence", "qualifier"),
    [
        ("never called: f", Qualifier(QualifierKind.NEVER_CALLED, "f")),
        ("warns, line 7: UserWarning", Qualifier(QualifierKind.WARNING, "UserWarning", 7)),
        ("the stand-in for x may be why", Qualifier(QualifierKind.STAND_INS_MAY_BE_WHY, "x")),
        ("warns, line 07: UserWarning", Qualifier(QualifierKind.OTHER, "warns, line 07: UserWarning")),
        ("what nobody words so today", Qualifier(QualifierKind.OTHER, "what nobody words so today")),
    ],
)
def test_sentences_are_told_apart(sentence: str, qualifier: Qualifier) -> None:
    assert parse_qualifier(sentence) == qualifier

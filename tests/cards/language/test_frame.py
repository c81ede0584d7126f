"""The table of frames is the same in every language, and its English is what English cards ask."""

from __future__ import annotations

import re

import pytest

from cards.language.frame import FRAMES, Frame
from cards.language.natural_language import QUESTION_MARKS, Language

WITH_FRAMES = [language for language in Language if language is not Language.OTHER]


def pieces(words: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", words))


def test_every_language_has_a_column() -> None:
    assert set(FRAMES) == set(Language)
    assert [frame for frame in Frame if frame not in FRAMES[Language.ENGLISH]] == []


@pytest.mark.parametrize("language", WITH_FRAMES)
def test_a_frame_takes_the_same_pieces_in_every_language(language: Language) -> None:
    english = FRAMES[Language.ENGLISH]
    differing = {
        frame.name: pieces(words)
        for frame, words in FRAMES[language].items()
        # No other language says in words what sort of piece is missing.
        if pieces(words) | {"which"} != pieces(english[frame]) | {"which"}
    }
    assert differing == {}


@pytest.mark.parametrize("language", WITH_FRAMES)
def test_every_frame_asks_something(language: Language) -> None:
    marks = (*QUESTION_MARKS, "か。")
    assert [words for words in FRAMES[language].values() if not any(mark in words for mark in marks)] == []


@pytest.mark.parametrize("language", WITH_FRAMES)
def test_what_english_alone_has_is_bound_to_its_verbs(language: Language) -> None:
    missing = {frame for frame in Frame if frame not in FRAMES[language]}
    assert missing <= {Frame.WHAT_WAS, Frame.WHAT_WERE, Frame.WHAT_DOES_THIS, Frame.WHAT_IF}

"""Where sentences begin, in any script."""

# ruff: noqa: RUF001 - the letters of other scripts look like Latin ones

from __future__ import annotations

from itertools import pairwise

import pytest

from cards.language.natural_language import Language
from cards.language.sentence_start import sentence_starts
from cards.language.word_count import count_words


def sentences(text: str, language: Language) -> list[str]:
    places = [0, *sentence_starts(text, language), len(text)]
    return [text[start:end].strip() for start, end in pairwise(places)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.ENGLISH, ["It is lazy, e.g. Python.", "It runs later.", "tf.function traces it."]),
        (Language.CHINESE, ["张量不可变。", "它有三个轴！", "为什么？", "因为共享。"]),
        (Language.JAPANESE, ["テンソルは配列です。", "形は固定です。"]),
        (
            Language.RUSSIAN,
            ["Это массив, т. е. Тензор.", "Есть и другие типы и т.д. по списку."],
        ),
        (Language.GERMAN, ["Das ist z. B. Keras.", "Im 19. Jahrhundert war das neu.", "Äpfel sind rot."]),
        (Language.SPANISH, ["Es lento, p. ej. Python.", "¿Por qué?", "Él lo sabe."]),
        (Language.FRENCH, ["C’est lent, p. ex. Python.", "À la fin, tout va bien."]),
        (Language.OTHER, ["الموتر مصفوفة.", "لا يتغير؟", "نعم."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language: Language, expected: list[str]) -> None:
    joint = "" if not language.has_spaces else " "
    assert sentences(joint.join(expected), language) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one two  three", 3),
        ("张量是多维数组", 4),
        ("用 Keras 训练模型", 4),
        ("тензор — это массив", 4),
        ("", 0),
    ],
)
def test_words_are_counted_with_and_without_blanks(text: str, words: int) -> None:
    assert count_words(text) == words

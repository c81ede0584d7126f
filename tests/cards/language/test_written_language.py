"""The language of a text: by its letters, and among Latin ones by its small words."""

# ruff: noqa: RUF001 - the letters of other scripts look like Latin ones

from __future__ import annotations

import pytest

from cards.language.natural_language import Language, language_named
from cards.language.written_language import GuideLanguage, written_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is a tensor? It is an array of numbers.", Language.ENGLISH),
        ("什么是张量？", Language.CHINESE),
        ("Keras 的 tf.keras.Model 和 Layer 有什么区别", Language.CHINESE),
        ("テンソルは多次元配列です", Language.JAPANESE),
        ("勾配とは何か", Language.JAPANESE),
        ("Что такое тензор?", Language.RUSSIAN),
        ("Що таке тензор і навіщо він?", Language.OTHER),
        ("¿Qué es un tensor y para qué sirve?", Language.SPANISH),
        ("Was ist ein Tensor und wie ist er gebaut?", Language.GERMAN),
        ("Was ist ein Tensor?", Language.GERMAN),
        ("Qu’est-ce que la normalisation dans un réseau ?", Language.FRENCH),
        ("O que é um tensor e para que serve?", Language.PORTUGUESE),
        ("Che cosa è un tensore e come si usa?", Language.OTHER),
        ("Wat is een tensor en hoe wordt het gebruikt?", Language.OTHER),
        ("ما هو الموتر؟", Language.OTHER),
        ("텐서란 무엇인가", Language.OTHER),
        ("GIL", None),
        ("@staticmethod和@classmethod", None),
        ("", None),
    ],
)
def test_a_text_says_what_it_is_written_in(text: str, language: Language | None) -> None:
    assert written_language(text) is language


def test_an_english_text_with_a_foreign_name_is_english() -> None:
    assert written_language("What is the work of 李飞飞 about, and why is it known?") is Language.ENGLISH


def test_a_question_that_does_not_say_takes_the_language_of_its_guide() -> None:
    guide = GuideLanguage.of("### Was ist ein Tensor?\n\nEin Feld von Zahlen, und das ist alles.\n")
    assert guide == GuideLanguage(Language.GERMAN, is_stated=False)
    assert guide.of_question("GIL") is Language.GERMAN
    assert guide.of_question("What is the GIL and why is it there?") is Language.ENGLISH


def test_a_latin_text_in_a_guide_of_other_letters_is_known_by_a_single_word() -> None:
    guide = GuideLanguage(Language.CHINESE, is_stated=False)
    assert guide.of_question("Welche Schichten?") is Language.GERMAN
    assert guide.of_question("GIL") is Language.CHINESE


def test_the_author_has_the_last_word() -> None:
    guide = GuideLanguage.of("What is the GIL?", Language.OTHER)
    assert guide.of_question("What is the GIL and why is it there?") is Language.OTHER


def test_code_says_nothing_of_a_language() -> None:
    code = "```python\nfor x in y:\n    # this is what it does with the rest of it\n```\n"
    assert GuideLanguage.of(f"### Was ist das?\n\n{code}\nDas ist ein Feld.\n").main is Language.GERMAN


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de", Language.GERMAN),
        ("pt-BR", Language.PORTUGUESE),
        ("zh_Hans", Language.CHINESE),
        ("EN", Language.ENGLISH),
        ("uk", Language.OTHER),
        ("", None),
    ],
)
def test_a_tag_names_a_language(tag: str, language: Language | None) -> None:
    assert language_named(tag) is language

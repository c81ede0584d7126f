"""Tell which language a text is written in: by its letters, and among Latin ones by its small words."""

# ruff: noqa: RUF001 - the letters of other scripts look like Latin ones

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.language.natural_language import Language
from cards.regex import regex

_HAN = regex("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = regex("[\u3041-\u3096\u30a1-\u30fa]")
_CYRILLIC = regex("[\u0400-\u052f]")
_LATIN = regex("[A-Za-z\u00c0-\u024f]")
_OTHER_LETTERS = regex(
    "[\u0370-\u03ff\u0530-\u1cff\ua840-\uabff\uac00-\ud7a3\u1100-\u11ff\ufb1d-\ufdff\ufe70-\ufefc]"
)
# Not what stands before a bracket: `O(n)` is no Portuguese.
_LATIN_WORD = regex(r"[A-Za-z\u00c0-\u024f]++(?!\()")
# Letters and words that Russian does not have: Ukrainian, Belarusian, Serbian, Macedonian, Bulgarian.
_NOT_RUSSIAN = regex(
    "[\u0404\u0406\u0407\u040e\u0454\u0456\u0457\u045e\u0490\u0491\u0402\u0403\u0405\u0408-\u040c\u040f"
    "\u0452\u0453\u0455\u0458-\u045c\u045f]|\\b(?:са|се|ще|което|който|които)\\b",
    re.IGNORECASE,
)
_NOT_LATIN = regex("[\u0370-\uffef]")
_IN_OTHER_LETTERS = frozenset({Language.CHINESE, Language.JAPANESE, Language.RUSSIAN, Language.OTHER})
_FENCED = regex(r"^[ \t>]*(`{3,}|~{3,}).*?(?:^[ \t>]*\1|\Z)", re.MULTILINE | re.DOTALL)
_CODE_SPAN = regex(r"`[^`\n]+`|https?://\S+")
_READ_CHARACTERS = 20_000
"""What is read of a guide: enough to know its language, however long it is."""

# Texts about code are full of Latin names: four such letters count as one letter of another script.
_LATIN_WEIGHT = 4

_SMALL_WORDS = {
    "en": "the is are of and to what how with for that it this which why does an by be or you from as can "
    "between when not have has if will your do no yes",
    "de": "der die das und ist ein eine einen einer eines was wie nicht mit für von zu den dem des sind wird "
    "werden auf im warum oder welche man sich bei aus nach kann durch nur wenn auch es gibt",
    "es": "el la los las de que es un una y en qué cómo por para con se del son cuál lo al su como más pero "
    "cuando está sirve",
    "fr": "le la les des est et un une que qui dans pour qu pas sur avec du ce sont quelle quel pourquoi "
    "comment il au aux cette par plus ou se",
    "pt": "o os as de que é um uma e em para com não por do da dos das são qual como se no na ao mais quando "
    "você isso",
    "it": "il lo la gli di che è un una e per con non sono del della dei nel cosa come da al perché più",
    "nl": "de het een en van wat zijn niet met voor op dat hoe waarom door wordt worden naar ook bij uit",
    "pl": "jest nie to się na co jak w z do dla są który która oraz przez czy czym",
    "tr": "bir ve bu için ile nedir ne olarak daha da nasıl gibi olan",
    "vi": "là của và các một cho không được có với khi này trong những gì",
    "id": "yang dan di adalah apa untuk dengan itu ini dari pada tidak dalam bagaimana",
    "sv": "och är en ett att det som för inte med på vad hur av den till varför kan",
    "cs": "je se na že to jak co pro není jsou který která proč",
}
_LANGUAGES_OF_WORD: dict[str, tuple[str, ...]] = {
    word: tuple(code for code, words in _SMALL_WORDS.items() if word in words.split())
    for word in {word for words in _SMALL_WORDS.values() for word in words.split()}
}


def written_language(text: str) -> Language | None:
    """Return the language that a text without code is written in, or None where it does not say."""
    text = _CODE_SPAN.sub(" ", text)
    if text.isascii():
        return _latin_language(text)
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    cyrillic, others = len(_CYRILLIC.findall(text)), len(_OTHER_LETTERS.findall(text))
    latin = len(_LATIN.findall(text)) // _LATIN_WEIGHT
    counts = ((han + kana, "east"), (cyrillic, "cyrillic"), (others, "other"))
    most, script = max(counts)
    if most <= latin:
        # A few foreign letters in a text of Latin ones: its small words decide, if there are any.
        return _latin_language(text)
    if most < 2:
        return None
    match script:
        case "east":
            return Language.JAPANESE if 20 * kana > han else Language.CHINESE
        case "cyrillic":
            return Language.OTHER if _NOT_RUSSIAN.search(text) else Language.RUSSIAN
        case _:
            return Language.OTHER


@dataclass(frozen=True, slots=True)
class GuideLanguage:
    """The language of a guide."""

    main: Language
    is_stated: bool
    """Its author says so; then no question decides for itself."""

    @classmethod
    def of(cls, markdown: str, stated: Language | None = None) -> GuideLanguage:
        """Return the stated language, else the one that most of the text is in, else English."""
        if stated is not None:
            return cls(stated, is_stated=True)
        prose = _FENCED.sub("\n", markdown[:_READ_CHARACTERS])
        return cls(written_language(prose) or Language.ENGLISH, is_stated=False)

    @property
    def name(self) -> str:
        """All that a question's language depends on besides its words."""
        return f"{self.main}!" if self.is_stated else self.main.value

    def of_question(self, words: str) -> Language:
        """Return the language of a question of the guide, given its words and those of its answer."""
        if self.is_stated:
            return self.main
        return written_language(words) or self._language_by_one_word(words) or self.main

    def _language_by_one_word(self, words: str) -> Language | None:
        """Return the language of a Latin text by a single small word, where the guide is in other letters."""
        if self.main in _IN_OTHER_LETTERS and not _NOT_LATIN.search(words):
            return _latin_language(words, least=1)
        return None


def _latin_language(text: str, least: int = 2) -> Language | None:
    """Return the language whose small words stand in a text at least so often, and most often."""
    found = dict.fromkeys(_SMALL_WORDS, 0)
    for word in _LATIN_WORD.findall(text.casefold()):
        for code in _LANGUAGES_OF_WORD.get(word, ()):
            found[code] += 1
    counts = sorted(((count, code) for code, count in found.items()), reverse=True)
    (most, code), (second, _) = counts[:2]
    if most < least or most == second:
        return None
    return Language(code) if code in set(Language) else Language.OTHER

"""The languages that cards have frames for, and the marks that end a question or lead in."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """The language of a text, by its code in ISO 639; `OTHER` for one without frames."""

    ENGLISH = "en"
    CHINESE = "zh"
    RUSSIAN = "ru"
    SPANISH = "es"
    GERMAN = "de"
    JAPANESE = "ja"
    FRENCH = "fr"
    PORTUGUESE = "pt"
    OTHER = "und"

    @property
    def has_spaces(self) -> bool:
        """Whether blanks stand between its words."""
        return self not in {Language.CHINESE, Language.JAPANESE}

    @property
    def colon(self) -> str:
        """The mark that leads into what follows."""
        return ":" if self.has_spaces else "\N{FULLWIDTH COLON}"


QUESTION_MARKS = ("?", "\N{FULLWIDTH QUESTION MARK}", "\N{ARABIC QUESTION MARK}")
"""The marks that end a question, in any language."""

COLONS = (":", "\N{FULLWIDTH COLON}")
"""The marks that lead into what follows."""

EXCLAMATION_MARKS = ("!", "\N{FULLWIDTH EXCLAMATION MARK}")
"""The marks that end an exclamation."""

FULL_STOPS = (".", "。", "\N{FULLWIDTH FULL STOP}", "\N{DEVANAGARI DANDA}", "\N{ARABIC FULL STOP}")
"""The marks that end a statement, in any language."""


def language_named(tag: str) -> Language | None:
    """Return the language of a tag such as `de`, `pt-BR` or `zh_Hans`; None for an empty tag."""
    code = tag.strip().casefold().replace("_", "-").partition("-")[0]
    if not code:
        return None
    return Language(code) if code in set(Language) else Language.OTHER

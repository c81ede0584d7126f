"""An old or a new card as it is compared with others: its words, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cards.card import sides
from cards.card.card import CardKey
from cards.card.kind import CardKind
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.card.card import Draft
    from cards.lock.lock import LockedCard

ENTRY_KINDS = frozenset({CardKind.ITEM, CardKind.STEP})
"""Kinds that hide an entry of a list: the entry is what they are about, whatever stands around it."""
WHOLE_KINDS = frozenset(
    {CardKind.FAQ, CardKind.FACT, CardKind.OVERVIEW, CardKind.CODE, CardKind.COMMAND, CardKind.OUTPUT}
)
"""Kinds of cards that may ask a question as the guide has it; which of them does, its answer decides."""

_WORD = regex(r"[\u3040-\u30ff\u3400-\u9fff]|[\w.]+?(?=[\u3040-\u30ff\u3400-\u9fff])|[\w.]+|[^\w\s]")
"""A word, a sign, or a character of a language that puts no blanks between words."""
_OPTION_LETTER = regex(r"^[A-Za-z]\) ")
_STEP_PLACE = regex(r"(?<=/step/)\d+-")


@dataclass(frozen=True, slots=True)
class ComparedCard:
    """An old or a new card as it is compared."""

    place: int
    """Its place among the remembered cards or among the drafts."""
    key: CardKey
    slug: str
    kind: str
    section: str
    front: str
    back: str
    was: str = ""
    """The key it had before it was last rebound; empty for a new card."""

    @property
    def words(self) -> str:
        """All its words."""
        return f"{self.front}\n{self.back}"

    @property
    def cue(self) -> str:
        """What tells it from the other cards of its kind and question."""
        return (*self.key.split("/", 2), "", "")[2]

    @property
    def entry(self) -> str:
        """The entry that a card of a list hides, without what stands below it."""
        return " ".join(normalized_words(self.back.partition("\n")[0]))


def compare_locked_card(place: int, card: LockedCard) -> ComparedCard:
    """Return a remembered card as it is compared."""
    slug, kind, _ = (*card.key.split("/", 2), "", "")[:3]
    return _compared(place, card.key, slug, kind, card.section, (card.front, card.back), card.was)


def compare_draft(place: int, draft: Draft, sections: Mapping[str, str]) -> ComparedCard:
    """Return a draft as it is compared; `sections` names each question's section."""
    section = sections.get(draft.slug, "")
    both = (sides.words(draft.front), sides.words(draft.back))
    return _compared(place, draft.key, draft.slug, draft.kind.value, section, both)


def _compared(
    place: int, key: CardKey, slug: str, kind: str, section: str, both: tuple[str, str], was: str = ""
) -> ComparedCard:
    front, back = map(_without_order, both) if kind == CardKind.QUIZ else both
    return ComparedCard(place, key, slug, kind, section, front, back, was)


def _without_order(side: str) -> str:
    """Return a side of a quiz without the order of its options, which hangs on its key, and their letters."""
    first, *others = (option_words(line) for line in side.split("\n"))
    return "\n".join([first, *sorted(others)])


@lru_cache(maxsize=32768)  # each card is compared with many
def normalized_words(words: str) -> tuple[str, ...]:
    """Return the words in lower case, without full stops and commas."""
    return tuple(word for word in _WORD.findall(words.casefold()) if word not in {".", ",", "。", "，"})  # noqa: RUF001


def option_words(line: str) -> str:
    """Return an option without the letter that the order of the options gives it."""
    return _OPTION_LETTER.sub("", line)


def key_without_place(key: CardKey) -> CardKey:
    """Return the key of a step without its place in the list, which keys had once; any other as it is."""
    return CardKey(_STEP_PLACE.sub("", key, count=1))

"""How likely it is that an old and a new card are one."""

from __future__ import annotations

from collections import Counter

from cards.card.kind import CardKind
from cards.lock.compared_card import ENTRY_KINDS, ComparedCard, normalized_words, option_words
from cards.regex import regex

MIN_SIMILARITY_IN_SLOT = 0.60
"""Least similarity in the same place of the same question."""
MIN_SIMILARITY_ELSEWHERE = 0.75
"""Least similarity anywhere else, and wherever both sides changed."""
MIN_SIMILARITY_OF_ANSWERS = 0.80
"""Least similarity of answers to questions of which one vanished and the other appeared."""
_MIN_ANSWER_WORDS = 6
_MIN_CARD_WORDS = 10
"""The fewest words of a card that is known again wherever it went."""

_CODE_KINDS = frozenset(
    {CardKind.PREDICT, CardKind.WHY, CardKind.SPOT, CardKind.OUTPUT, CardKind.CODE, CardKind.COMMAND}
)
GAP_KINDS = frozenset({CardKind.TRAIT, CardKind.COMPLETE, CardKind.LINE})
"""Kinds that ask several things of one piece of code: with another answer it is another card."""
_IDENTIFIER = regex(r"\S*[A-Za-z]\S*[A-Z0-9_]\S*|\S*\d\S*|\w+(?:[._]\w+)+")
_NUMBER = regex(r"\d+")
_MAX_VALUE_WORDS = 3
_MAX_RENAMED_WORDS = 2

WordChange = tuple[tuple[str, ...], tuple[str, ...]]
"""The words that went and those that came."""


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1, whatever the order of their words."""
    from rapidfuzz.fuzz import token_sort_ratio

    return token_sort_ratio(one.casefold(), other.casefold()) / 100


def likeness(old: ComparedCard, new: ComparedCard, *, same_question: bool) -> float:
    """Return how likely two cards of one kind are the same, 0 where they must not be matched.

    One side must hold still, or all words be nearly the same and no name or number differ: `L1` and `L2`
    stand in sentences that are otherwise alike. Code is made of names, so there its words decide alone; where
    one piece of code is asked several things, the answer has to be the same. An entry of a list is what is
    hidden: the list around it says nothing.
    """
    least = MIN_SIMILARITY_IN_SLOT if same_question else MIN_SIMILARITY_ELSEWHERE
    if normalized_words(old.front) == normalized_words(new.front):
        return float(_is_same_answer(old, new, same_question=same_question))
    front = similarity(old.front, new.front)
    if normalized_words(old.back) == normalized_words(new.back):
        is_other_name = old.kind == CardKind.TRAIT and _first_front_line(old) != _first_front_line(new)
        return front if front >= least and not is_other_name else 0.0
    if old.kind in GAP_KINDS:
        return 0.0
    if old.kind in _CODE_KINDS:
        whole = similarity(old.words, new.words)
        return whole if whole >= least else 0.0
    back = similarity(old.back, new.back)
    if min(front, back) < MIN_SIMILARITY_IN_SLOT or _names_differ(old.words, new.words):
        return 0.0
    whole = similarity(old.words, new.words)
    return whole if whole >= MIN_SIMILARITY_ELSEWHERE else 0.0


def likeness_of_answers(old: ComparedCard, new: ComparedCard) -> float:
    """Return how likely two cards are the same by their answers alone, 0 where these say too little."""
    score = similarity(old.back, new.back)
    if score < MIN_SIMILARITY_OF_ANSWERS or _names_differ(old.back, new.back):
        return 0.0
    is_long = min(len(normalized_words(card.back)) for card in (old, new)) >= _MIN_ANSWER_WORDS
    return score if is_long else 0.0


def likeness_anywhere(old: ComparedCard, new: ComparedCard) -> float:
    """Return how likely two cards are the same wherever they stand: one side is, and the other nearly.

    A card that says little, or that asks of code, is told from others only by where it stands. A short answer
    is that of many questions: the cue has to be the same too, or no word of the question another one.
    """
    is_told_by_place = old.kind in _CODE_KINDS | GAP_KINDS | {CardKind.OVERVIEW, CardKind.QUIZ}
    is_short = min(len(normalized_words(card.words)) for card in (old, new)) < _MIN_CARD_WORDS
    if is_told_by_place or is_short or _names_differ(old.words, new.words):
        return 0.0
    if normalized_words(old.front) == normalized_words(new.front):
        score = similarity(old.back, new.back)
    elif normalized_words(old.back) == normalized_words(new.back) and _is_asked_alike(old, new):
        score = similarity(old.front, new.front)
    else:
        return 0.0
    return score if score >= MIN_SIMILARITY_OF_ANSWERS else 0.0


def _is_asked_alike(old: ComparedCard, new: ComparedCard) -> bool:
    """Tell whether cards of one answer ask for one thing, so far as their words can tell."""
    if old.cue == new.cue or len(normalized_words(old.back)) >= _MIN_ANSWER_WORDS:
        return True
    return _replaced_words(old.front, new.front) is None


def is_replaced(old_back: str, new_back: str) -> bool:
    """Tell whether an answer is another one, and not the old one in other words."""
    return similarity(old_back, new_back) < MIN_SIMILARITY_IN_SLOT


def is_answered_anew(kind: str, old_back: str, new_back: str) -> bool:
    """Tell whether who knew the old answer of a card does not know the new one: another text or number."""
    if kind == CardKind.QUIZ:  # the explanation stays where another option is right
        old_back, new_back = (option_words(back.partition("\n")[0]) for back in (old_back, new_back))
    if kind == CardKind.CONTRAST:
        values = zip(_values(old_back), _values(new_back), strict=False)
        return any(is_answered_anew("", old, new) for old, new in values)
    return old_back != new_back and (
        is_replaced(old_back, new_back) or _NUMBER.findall(old_back) != _NUMBER.findall(new_back)
    )


def _values(contrast: str) -> list[str]:
    """Return the values that a card sets against each other, without the names of the columns."""
    return [line.partition(": ")[2] for line in contrast.split("\n")]


def word_change(one: str, other: str) -> WordChange | None:
    """Return the removed and the added words, if more words stayed than changed."""
    ours, theirs = Counter(normalized_words(one)), Counter(normalized_words(other))
    went, came, stayed = ours - theirs, theirs - ours, ours & theirs
    if not (went or came) or stayed.total() <= max(went.total(), came.total()):
        return None
    return tuple(sorted(went)), tuple(sorted(came))


def is_renamed_on_both_sides(old: ComparedCard, new: ComparedCard) -> bool:
    """Tell whether one name was replaced by another on the front and on the back, and no word besides."""
    if similarity(old.words, new.words) < MIN_SIMILARITY_IN_SLOT:
        return False
    front, back = _replaced_words(old.front, new.front), _replaced_words(old.back, new.back)
    is_name = front is not None and all(not any(map(str.isdigit, word)) for side in front for word in side)
    return is_name and front == back and max(map(len, front or ())) <= _MAX_RENAMED_WORDS


def _replaced_words(one: str, other: str) -> WordChange | None:
    ours, theirs = Counter(normalized_words(one)), Counter(normalized_words(other))
    went, came = ours - theirs, theirs - ours
    return (tuple(sorted(went)), tuple(sorted(came))) if went.total() and came.total() else None


def _is_same_answer(old: ComparedCard, new: ComparedCard, *, same_question: bool) -> bool:
    """Tell whether cards that ask the same are the same although they may be answered otherwise."""
    if same_question and old.kind not in ENTRY_KINDS:
        return True
    return not is_replaced(old.back, new.back) or (_is_value(old.back) and _is_value(new.back))


def _is_value(words: str) -> bool:
    """Tell whether an answer is a number with its unit."""
    return any(map(str.isdigit, words)) and len(words.split()) <= _MAX_VALUE_WORDS


def _first_front_line(card: ComparedCard) -> str:
    return card.front.partition("\n")[0]


def _names_differ(one: str, other: str) -> bool:
    """Tell whether a name or number stands in one text only, unless it is a slip of the pen."""
    ours, theirs = set(_IDENTIFIER.findall(one)), set(_IDENTIFIER.findall(other))
    lone, strange = sorted(ours - theirs), sorted(theirs - ours)
    if not lone and not strange:
        return False
    if len(lone) != len(strange) or any(char.isdigit() for name in (*lone, *strange) for char in name):
        return True
    return not all(similarity(name, twin) >= 0.85 for name, twin in zip(lone, strange, strict=True))

"""Match the cards that vanished with those that appeared, tier by tier, the surest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from cards.card.card import CardKey
from cards.card.kind import CardKind
from cards.lock.compared_card import (
    ENTRY_KINDS,
    WHOLE_KINDS,
    ComparedCard,
    key_without_place,
    normalized_words,
)
from cards.lock.likely_pairs import likely_pairs
from cards.lock.likeness import (
    GAP_KINDS,
    WordChange,
    is_renamed_on_both_sides,
    is_replaced,
    likeness,
    likeness_anywhere,
    likeness_of_answers,
    word_change,
)
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

MIN_LEAD = 0.10
"""By how much the best partner must beat the second best."""
_MIN_TELLING_WORDS = 3
"""The fewest words of an answer that says alone which card it is."""
_TABLE_KINDS = frozenset({CardKind.CELL, CardKind.CONTRAST, CardKind.REVERSE})

_Pairs = list[tuple[int, int]]
_CardPairs = list[tuple[ComparedCard, ComparedCard]]
_TWIN_TAIL = regex(r"-[0-9a-f]{1,4}\Z")
"""What the slug of a question ends in that another one has the words of."""
_TWIN_NUMBER = regex(r"-\d+\Z")
"""What the key of a card ends in that is the second of its cue."""
_MIN_SIBLINGS = 2
"""The fewest cards by which a question is known again."""
_ASKING_KINDS = (WHOLE_KINDS | GAP_KINDS | {CardKind.QUIZ, CardKind.PREDICT}) - {CardKind.FACT}
"""Kinds whose cue says nothing of what is asked: that is the question itself, or its code."""


class MatchReason(StrEnum):
    """The reason why a draft is matched with a card of the lock."""

    KEY = "same key"
    CONTENT = "same content elsewhere"
    ENTRY = "same hidden entry of a list"
    ANSWER = "same answer to a reworded question"
    QUESTION = "same question, answered anew"
    RENAMED = "same name changed throughout"
    SLOT = "similar words in the same place"
    SECTION = "similar words in the same section"
    ELSEWHERE = "nearly the same words in another section"
    SIBLINGS = "the question that its other cards were of"
    GUIDE = "same words in another guide"
    STORE = "same words in the store, unknown to the lock"


class Matcher:
    """Matches vanished cards with new ones, tier by tier; matched cards are removed.

    A tier compares only the cards that the tiers before it left over. A card that is as it was says nothing
    about others, so that a build which did not read it again comes to the same end.
    """

    def __init__(
        self,
        old: Iterable[ComparedCard],
        retired: Iterable[ComparedCard],
        new: Iterable[ComparedCard],
        questions: Collection[str],
    ) -> None:
        """Take the active and the retired old cards, the new ones, and all questions of the guide now."""
        self.old = {card.place: card for card in old}
        self.retired = {card.place: card for card in retired}
        self.new = {card.place: card for card in new}
        self.ties: dict[int, tuple[int, MatchReason]] = {}
        self.open: dict[int, list[tuple[float, int]]] = defaultdict(list)
        """New place -> the likely old ones with their scores, where none was clearly the best."""
        self._votes: dict[str, Counter[str]] = defaultdict(Counter)
        """New question -> how many of its cards come from each old question."""
        self._keys = {card.key for card in (*self.old.values(), *self.new.values())}
        self._cards_of = Counter(card.slug for card in self.new.values())
        self._sections = {card.slug: card.section for card in self.new.values()}
        self._cards_of_old = Counter(card.slug for card in self.old.values())
        known = set(self._cards_of_old)
        self._gone = known - set(questions)
        self._fresh = {card.slug for card in self.new.values()} - known

    def match(self) -> dict[int, tuple[int, MatchReason]]:
        """Return the old place and the reason for each new place whose match is sure."""
        self._keep_unchanged()
        for tier in (
            self._match_content,
            self._match_keys,
            self._match_entries,
            self._match_moved,
            self._match_reworded_questions,
            self._match_changed_kinds,
            self._match_former_keys,
            self._revive_similar,
            self._match_similar,
            self._match_nearly_identical,
            self._match_overviews,
            self._revive_others,
        ):
            if self.new and (self.old or self.retired):
                tier()
        return self.ties

    def doubts(self) -> dict[int, list[int]]:
        """Return the old places that may match each unmatched new place, best first."""
        return {
            new: left
            for new, likely in self.open.items()
            if new in self.new
            and (
                left := list(dict.fromkeys(old for _, old in sorted(likely, reverse=True) if old in self.old))
            )
        }

    def _keep_unchanged(self) -> None:
        """Match the cards that have the key and the content which they had."""
        self._take(_same_key_pairs(self.old, self.new, _has_same_content), MatchReason.KEY)

    def _match_content(self) -> None:
        """Match what is word for word the same elsewhere; only then what comes back so."""
        self._take(_identical_pairs(self.old, self.new), MatchReason.CONTENT)
        self._take(_same_key_pairs(self.retired, self.new, _has_same_content), MatchReason.KEY)
        self._take(_identical_pairs(self.retired, self.new), MatchReason.CONTENT)

    def _match_keys(self) -> None:
        """Match what has the same question and cue; for a name, only if it is asked for as before."""
        self._take(_unique_pairs(self.old, self.new, self._twin, self._twin), MatchReason.KEY)
        self._take(_same_key_pairs(self.old, self.new, _has_same_prompt), MatchReason.KEY)

    def _twin(self, card: ComparedCard) -> Hashable:
        """Return what tells a card among those of the same words: their keys differ in what they end in."""
        first = CardKey(_TWIN_NUMBER.sub("", card.key))
        cue = _TWIN_NUMBER.sub("", card.cue) if first in self._keys else card.cue
        return (_TWIN_TAIL.sub("", card.slug), card.kind, cue, card.back)

    def _match_entries(self) -> None:
        """Match entries of lists by what is hidden: in the same question, then wherever they moved."""
        here = _unique_pairs(
            self.old,
            self.new,
            lambda old: (old.slug, old.entry) if old.kind in ENTRY_KINDS else None,
            lambda new: (self._old_question(new), new.entry) if new.kind in ENTRY_KINDS else None,
        )
        self._take(here, MatchReason.ENTRY)
        moved = _unique_pairs(self.old, self.new, _entry, _entry)
        together = Counter((self.old[old].slug, self.new[new].slug) for old, new in moved)
        telling = [
            (old, new)
            for old, new in moved
            if together[self.old[old].slug, self.new[new].slug] > 1 or _is_telling(self.old[old].entry)
        ]
        self._take(telling, MatchReason.ENTRY)

    def _match_moved(self) -> None:
        """Match what has the same cue and answer below another question: its front names that question."""
        self._take(_unique_pairs(self.old, self.new, _cue_and_answer, _cue_and_answer), MatchReason.CONTENT)

    def _match_reworded_questions(self) -> None:
        """Match what is answered alike below a question whose words changed."""

        def answer(card: ComparedCard, moved: Collection[str]) -> Hashable | None:
            return _answer(card) if card.slug in moved and _is_telling(card.back) else None

        telling = _unique_pairs(
            self.old, self.new, lambda old: answer(old, self._gone), lambda new: answer(new, self._fresh)
        )
        self._take(telling, MatchReason.ANSWER)
        short = _unique_pairs(
            self.old,
            self.new,
            lambda old: (old.slug, _answer(old)) if old.slug in self._gone else None,
            lambda new: (self._old_question(new), _answer(new)) if new.slug in self._fresh else None,
        )
        self._take(short, MatchReason.ANSWER)

    def _match_changed_kinds(self) -> None:
        """Match what asks the same in the same question, whatever kind its new answer makes it."""
        pairs = _unique_pairs(
            self.old,
            self.new,
            lambda old: (old.slug, _front(old)) if old.kind in WHOLE_KINDS else None,
            lambda new: (self._old_question(new), _front(new)) if new.kind in WHOLE_KINDS else None,
        )
        self._take(pairs, MatchReason.QUESTION)

    def _match_former_keys(self) -> None:
        """Match what has the key that an old card had before its last rebinding: an edit taken back."""
        former = _unique_pairs(self.old, self.new, lambda old: old.was or None, _key)
        self._take(former, MatchReason.KEY)

    def _revive_similar(self) -> None:
        """Match retired cards with what has their key and at least one of their sides."""
        self._take(_same_key_pairs(self.retired, self.new, _has_similar_side), MatchReason.KEY)

    def _revive_others(self) -> None:
        """Match retired cards with what has their key, where nothing else is left."""
        self._take(_same_key_pairs(self.retired, self.new, _has_same_prompt), MatchReason.KEY)

    def _match_similar(self) -> None:
        """Match what is clearly most alike in the same question, then in the same section."""
        for reason in (MatchReason.SLOT, MatchReason.SECTION):
            in_slot = reason is MatchReason.SLOT
            for olds, news in self._groups(reason):
                pairs = likely_pairs(olds, news)
                self._take(self._renamed_pairs(pairs, in_slot=in_slot), MatchReason.RENAMED)
                left = [(old, new) for old, new in pairs if old.place in self.old and new.place in self.new]
                self._take(self._similar_pairs(left, in_slot=in_slot), reason)

    def _match_nearly_identical(self) -> None:
        """Match what was moved anywhere and put in slightly other words at once."""
        for olds, news in self._groups(MatchReason.ELSEWHERE):
            pairs = likely_pairs(olds, news)
            scores = {(old.place, new.place): likeness_anywhere(old, new) for old, new in pairs}
            likely = {pair: score for pair, score in scores.items() if score > 0}
            self._take(list(_clearly_best_pairs(likely)), MatchReason.ELSEWHERE)

    def _match_overviews(self) -> None:
        """Match the overview of a question with that of the one which its other cards came from.

        Where the section has another question that is new, one may have been split in two: that is a doubt.
        """
        pairs = _unique_pairs(
            self.old,
            self.new,
            lambda old: old.slug if old.kind == CardKind.OVERVIEW and old.slug in self._gone else None,
            lambda new: self._question_of_siblings(new.slug) if new.kind == CardKind.OVERVIEW else None,
        )
        sections = Counter(section for slug, section in self._sections.items() if slug in self._fresh)
        for old, new in pairs:
            if sections[self.new[new].section] > 1:
                self.open[new].append((0.0, old))
            else:
                self._take([(old, new)], MatchReason.SIBLINGS)

    def _question_of_siblings(self, slug: str) -> str | None:
        """Return the question that most others of a new one's cards were of, and that these were most of."""
        votes = self._votes.get(slug)
        if not votes or slug not in self._fresh:
            return None
        best, number = votes.most_common(1)[0]
        others = max(votes.total(), self._cards_of[slug] - 1, self._cards_of_old[best] - 1)
        return best if number >= _MIN_SIBLINGS and number > others / 2 else None

    def _groups(self, reason: MatchReason) -> list[tuple[list[ComparedCard], list[ComparedCard]]]:
        """Return the old and new cards of one kind in the same question, the same section, or anywhere."""

        def room(card: ComparedCard, slug: str) -> str:
            return {MatchReason.SLOT: slug, MatchReason.SECTION: card.section}.get(reason, "")

        groups: dict[tuple[str, str], tuple[list[ComparedCard], list[ComparedCard]]]
        groups = defaultdict(lambda: ([], []))
        for card in self.old.values():
            groups[room(card, card.slug), card.kind][0].append(card)
        for card in self.new.values():
            groups[room(card, self._old_question(card)), card.kind][1].append(card)
        return [group for group in groups.values() if group[0] and group[1]]

    def _renamed_pairs(self, pairs: _CardPairs, *, in_slot: bool) -> _Pairs:
        """Return the pairs that differ by a name: on both sides, or in a table two or more alike."""
        if pairs and pairs[0][0].kind in _TABLE_KINDS:
            return _equally_changed(pairs, _all_words) if in_slot else []
        if not in_slot:
            pairs = [(old, new) for old, new in pairs if self._is_reworded(old, new)]
        on_both_sides = [(old.place, new.place) for old, new in pairs if is_renamed_on_both_sides(old, new)]
        same_answer = [(old, new) for old, new in pairs if _answers(old) == _answers(new)]
        asked = [] if in_slot else _equally_changed(same_answer, _words_of_front)
        return _unambiguous_pairs([*on_both_sides, *asked])

    def _similar_pairs(self, pairs: _CardPairs, *, in_slot: bool) -> _Pairs:
        """Return the pairs in which each is clearly the other's best partner; remember those in doubt."""
        scores = {
            (old.place, new.place): score
            for old, new in pairs
            if (score := likeness(old, new, same_question=in_slot) or self._likeness_of_reworded(old, new))
            > 0
        }
        best = _clearly_best_pairs(scores)
        for (old, new), score in scores.items():
            if (old, new) not in best:
                self.open[new].append((score, old))
        return list(best)

    def _likeness_of_reworded(self, old: ComparedCard, new: ComparedCard) -> float:
        """Return how alike the answers are where one question vanished and the other appeared, else 0."""
        is_whole = old.kind in WHOLE_KINDS and self._is_reworded(old, new)
        return likeness_of_answers(old, new) if is_whole else 0.0

    def _is_reworded(self, old: ComparedCard, new: ComparedCard) -> bool:
        """Tell whether the question of one vanished and that of the other appeared."""
        return old.slug in self._gone and new.slug in self._fresh

    def _old_question(self, card: ComparedCard) -> str:
        """Return the old question that a new card's question was: itself, or where most of it comes from."""
        votes = self._votes.get(card.slug)
        return votes.most_common(1)[0][0] if votes and card.slug in self._fresh else card.slug

    def _take(self, pairs: _Pairs, reason: MatchReason) -> None:
        for place, new in pairs:
            old = self.old.get(place) or self.retired.get(place)
            if old is not None and new in self.new:
                self.ties[new] = (place, reason)
                self._votes[self.new[new].slug][old.slug] += 1
                self.old.pop(place, None)
                self.retired.pop(place, None)
                del self.new[new]


def _entry(card: ComparedCard) -> Hashable | None:
    return card.entry if card.kind in ENTRY_KINDS else None


def _answer(card: ComparedCard) -> Hashable | None:
    """Return what tells by its answer which card of a question it is; None where that says little."""
    if card.kind in GAP_KINDS:
        return None
    return ("" if card.kind in WHOLE_KINDS else card.kind, normalized_words(card.back))


def _cue_and_answer(card: ComparedCard) -> Hashable | None:
    """Return what tells a fact from the others wherever it stands; None for what its question alone tells."""
    if card.kind in _ASKING_KINDS or not _is_telling(card.back):
        return None
    return (card.kind, card.cue, card.back)


def _front(card: ComparedCard) -> Hashable:
    return normalized_words(card.front)


def _answers(card: ComparedCard) -> Hashable:
    return normalized_words(card.back)


def _all_words(card: ComparedCard) -> str:
    return card.words


def _words_of_front(card: ComparedCard) -> str:
    return card.front


def _has_same_content(old: ComparedCard, new: ComparedCard) -> bool:
    return (old.front, old.back) == (new.front, new.back)


def _has_same_prompt(old: ComparedCard, new: ComparedCard) -> bool:
    """Tell whether a card of the same key is asked for by the same words: all are but names."""
    return old.kind != CardKind.NAME or _has_similar_side(old, new)


def _has_similar_side(old: ComparedCard, new: ComparedCard) -> bool:
    if old.kind == CardKind.NAME:  # its cue is its answer: that alone says nothing of what is asked
        return not is_replaced(old.front, new.front)
    return _front(old) == _front(new) or not is_replaced(old.back, new.back)


def _is_telling(words: str) -> bool:
    return len(normalized_words(words)) >= _MIN_TELLING_WORDS


def _same_key_pairs(
    olds: Mapping[int, ComparedCard],
    news: Mapping[int, ComparedCard],
    fits: Callable[[ComparedCard, ComparedCard], bool],
) -> _Pairs:
    """Return the pairs of one key, of old cards the first; a step once had its place in its key."""
    by_key: dict[str, ComparedCard] = {}
    for key_of in (_key, _key_without_place):
        for card in olds.values():
            by_key.setdefault(key_of(card), card)
    return [
        (old.place, card.place) for card in news.values() if (old := by_key.get(card.key)) and fits(old, card)
    ]


def _key(card: ComparedCard) -> str:
    return card.key


def _key_without_place(card: ComparedCard) -> str:
    return key_without_place(card.key)


def _clearly_best_pairs(scores: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Return the pairs in which each is the other's best partner by a lead over all others."""
    of_old: dict[int, list[float]] = defaultdict(list)
    of_new: dict[int, list[float]] = defaultdict(list)
    for (old, new), score in sorted(scores.items(), key=lambda each: -each[1]):
        of_old[old].append(score)
        of_new[new].append(score)

    def leads(score: float, best_first: list[float]) -> bool:
        return score == best_first[0] and all(score >= other + MIN_LEAD for other in best_first[1:2])

    return {
        (old, new): score
        for (old, new), score in scores.items()
        if leads(score, of_old[old]) and leads(score, of_new[new])
    }


def _equally_changed(cards: _CardPairs, words_of: Callable[[ComparedCard], str]) -> _Pairs:
    """Return the pairs that differ by one change of words which two or more share: a name is another one."""
    by_change: dict[WordChange, _Pairs] = defaultdict(list)
    for old, new in cards:
        if (change := word_change(words_of(old), words_of(new))) is not None:
            by_change[change].append((old.place, new.place))
    pairs: _Pairs = []
    for shared in by_change.values():
        one_each = len({old for old, _ in shared}) == len({new for _, new in shared}) == len(shared)
        if len(shared) > 1 and one_each:
            pairs += shared
    return _unambiguous_pairs(pairs)


def _identical_pairs(olds: Mapping[int, ComparedCard], news: Mapping[int, ComparedCard]) -> _Pairs:
    """Return the pairs that ask and answer the same, in order: of two such cards either history is right."""
    by_content: dict[tuple[str, str], list[int]] = defaultdict(list)
    for card in olds.values():
        by_content[card.front, card.back].append(card.place)
    waiting = {content: iter(places) for content, places in by_content.items()}
    return [
        (place, card.place)
        for card in news.values()
        if (place := next(waiting.get((card.front, card.back), iter(())), None)) is not None
    ]


def _unambiguous_pairs(pairs: _Pairs) -> _Pairs:
    olds, news = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    return [(old, new) for old, new in pairs if olds[old] == news[new] == 1]


def _unique_pairs(
    olds: Mapping[int, ComparedCard],
    news: Mapping[int, ComparedCard],
    trait_of_old: Callable[[ComparedCard], Hashable | None],
    trait_of_new: Callable[[ComparedCard], Hashable | None],
) -> _Pairs:
    """Return the pairs that share a trait which no other old and no other new card has."""
    by_trait: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for card in olds.values():
        if (trait := trait_of_old(card)) is not None:
            by_trait[trait][0].append(card.place)
    for card in news.values():
        if (trait := trait_of_new(card)) is not None:
            by_trait[trait][1].append(card.place)
    return [(old[0], new[0]) for old, new in by_trait.values() if len(old) == len(new) == 1]

"""Match the cards of a build with those in the lock, so that they keep their identities.

Only cards that vanished are compared with cards that appeared, tier by tier, the surest first. A wrong
rebinding gives one card another card's history, which is far worse than a missed one: every tier asks for
words that point to one card only, and what is left in doubt is reported for a person to settle.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cards.card import sides
from cards.card.card import CardId, CardKey, Draft, question_of_key
from cards.card.kind import CardKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cards.lock.lock import LockedCard

MIN_SIMILARITY_IN_SLOT = 0.60
"""Least similarity in the same place of the same question."""
MIN_SIMILARITY_ELSEWHERE = 0.75
"""Least similarity anywhere else, and wherever both sides changed."""
MIN_LEAD = 0.10
"""By how much the best partner must beat the second best."""

_CODE_KINDS = frozenset(
    {CardKind.PREDICT, CardKind.WHY, CardKind.SPOT, CardKind.OUTPUT, CardKind.CODE, CardKind.COMMAND}
)
_GAP_KINDS = frozenset({CardKind.TRAIT, CardKind.COMPLETE})
"""Kinds that ask several things of one piece of code: with another answer it is another card."""
_TABLE_KINDS = frozenset({CardKind.CELL, CardKind.CONTRAST, CardKind.REVERSE})
_IDENTIFIER = re.compile(r"\S*[A-Za-z]\S*[A-Z0-9_]\S*|\S*\d\S*|\w+(?:[._]\w+)+")


class MatchReason(StrEnum):
    """The reason why a draft is matched with a card of the lock."""

    KEY = "same key"
    CONTENT = "same content elsewhere"
    RENAMED = "same name changed throughout"
    SLOT = "similar words in the same place"
    SECTION = "similar words in the same section"
    GUIDE = "same words in another guide"


@dataclass(frozen=True, slots=True)
class BoundDraft:
    """A draft with its identity, and that card's entry in the last lock."""

    draft: Draft
    id: CardId
    before: LockedCard | None
    """None for a new card."""
    reason: MatchReason | None = None
    """None for a new card."""


@dataclass(frozen=True, slots=True)
class PossibleMatch:
    """A new card that may be one of several vanished ones, or the reverse; a person decides."""

    new: CardId
    candidates: tuple[CardId, ...]
    """The likely ones, best first."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every draft with its identity, and the remembered cards that no draft stands for."""

    bound: tuple[BoundDraft, ...]
    """In the drafts' order."""
    vanished: tuple[LockedCard, ...]
    """In the lock's order; those already retired among them."""
    doubts: tuple[PossibleMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class _ComparedCard:
    """An old or a new card as it is compared."""

    place: int
    """Its place among the remembered cards or among the drafts."""
    slug: str
    kind: str
    section: str
    front: str
    back: str

    @property
    def words(self) -> str:
        return f"{self.front}\n{self.back}"


_Pairs = list[tuple[int, int]]


def reconcile(
    guide: str,
    remembered: Sequence[LockedCard],
    drafts: Sequence[Draft],
    sections: Mapping[str, str],
    given: Iterable[CardId] = (),
) -> Reconciliation:
    """Return every draft with an identity: one of the lock's where the match is sure, else a new one.

    `sections` names each question's section. Keys are unique among the drafts. A retired card whose key or
    content comes back is that card again. No new card gets an identity that is already `given`.
    """
    ties: dict[int, tuple[int, MatchReason]] = {}
    by_key: dict[CardKey, int] = {}
    for place, card in enumerate(remembered):
        by_key.setdefault(card.key, place)  # active cards stand before retired ones
    for place, draft in enumerate(drafts):
        if (old := by_key.pop(draft.key, None)) is not None:
            ties[place] = (old, MatchReason.KEY)
    kept = {old for old, _ in ties.values()}
    matching = _Matcher(
        old={
            place: _compared_locked_card(place, card)
            for place, card in enumerate(remembered)
            if place not in kept
        },
        new={
            place: _compared_draft(place, draft, sections)
            for place, draft in enumerate(drafts)
            if place not in ties
        },
        slugs=_old_slugs(remembered, drafts, ties),
    )
    doubtful: dict[int, list[int]] = {}
    if matching.old and matching.new:
        ties |= matching.match({place for place, card in enumerate(remembered) if card.retired})
        doubtful = matching.doubts()
    return _bind_drafts(
        guide, remembered, drafts, ties, doubtful, {*given, *(card.id for card in remembered)}
    )


def change_time(bound: BoundDraft, digest: str, now: int) -> int:
    """Return the card's change time in seconds: the old one while its content stays, else a later one."""
    before = bound.before
    if before is None:
        return now
    return before.changed_at if before.digest == digest else max(now, before.changed_at + 1)


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1, whatever the order of their words."""
    from rapidfuzz.fuzz import token_sort_ratio

    return token_sort_ratio(one.casefold(), other.casefold()) / 100


class _Matcher:
    """Matches vanished cards with new ones, tier by tier; matched cards are removed."""

    def __init__(
        self, *, old: dict[int, _ComparedCard], new: dict[int, _ComparedCard], slugs: dict[str, str]
    ) -> None:
        self.old = old
        self.new = new
        self.slugs = slugs
        """New question -> the old one it was."""
        self.ties: dict[int, tuple[int, MatchReason]] = {}
        self.open: dict[int, list[tuple[float, int]]] = defaultdict(list)
        """New place -> the likely old ones with their scores, where none was clearly the best."""

    def match(self, retired: set[int]) -> dict[int, tuple[int, MatchReason]]:
        """Return the old position and the reason for each new position whose match is sure."""
        self._take(_unique_pairs(self.old, self.new, lambda entry: (entry.words,)), MatchReason.CONTENT)
        # A card that was retired long ago comes back only as itself: by key or by content.
        self.old = {place: entry for place, entry in self.old.items() if place not in retired}
        for tie, same in ((MatchReason.SLOT, self._slot), (MatchReason.SECTION, self._section)):
            groups = _group_cards(self.old.values(), self.new.values(), same)
            for olds, news in groups:
                if tie is MatchReason.SLOT:
                    self._take(_renamed_pairs(olds, news), MatchReason.RENAMED)
                    olds, news = self._left(olds, self.old), self._left(news, self.new)  # noqa: PLW2901
                self._take(self._similar_pairs(olds, news, tie), tie)
        return self.ties

    def doubts(self) -> dict[int, list[int]]:
        """Return the old positions that may match each unmatched new position, best first."""
        return {
            new: left
            for new, likely in self.open.items()
            if new in self.new
            and (
                left := list(dict.fromkeys(old for _, old in sorted(likely, reverse=True) if old in self.old))
            )
        }

    def _take(self, pairs: _Pairs, tie: MatchReason) -> None:
        for old, new in pairs:
            if old in self.old and new in self.new:
                self.ties[new] = (old, tie)
                if tie is MatchReason.CONTENT:
                    self.slugs.setdefault(self.new[new].slug, self.old[old].slug)
                del self.old[old], self.new[new]

    @staticmethod
    def _left(entries: list[_ComparedCard], among: dict[int, _ComparedCard]) -> list[_ComparedCard]:
        return [entry for entry in entries if entry.place in among]

    def _slot(self, entry: _ComparedCard, *, old: bool) -> tuple[str, str]:
        return (entry.slug if old else self.slugs.get(entry.slug, entry.slug), entry.kind)

    def _section(self, entry: _ComparedCard, *, old: bool) -> tuple[str, str]:  # noqa: ARG002 - one shape for both
        return (entry.section, entry.kind)

    def _similar_pairs(
        self, olds: list[_ComparedCard], news: list[_ComparedCard], tie: MatchReason
    ) -> _Pairs:
        """Return the pairs in which each is clearly the other's best partner; remember those in doubt."""
        scores = {
            (old.place, new.place): score
            for old in olds
            for new in news
            if (score := _match_score(old, new, tie)) > 0
        }
        pairs: _Pairs = []
        for (old, new), score in scores.items():
            rivals = [
                other
                for (rival_old, rival_new), other in scores.items()
                if (rival_old == old) != (rival_new == new)
            ]
            if all(score >= rival + MIN_LEAD for rival in rivals):
                pairs.append((old, new))
            else:
                self.open[new].append((score, old))
        return pairs


def _match_score(old: _ComparedCard, new: _ComparedCard, tie: MatchReason) -> float:
    """Return how likely two cards are the same, 0 where they must not be matched.

    One side must hold still, or all words be nearly the same and no name or number differ: `L1` and `L2`
    stand in sentences that are otherwise alike. Code is made of names, so there its words decide alone; where
    one piece of code is asked several things, the answer has to be the same.
    """
    same_front, same_back = (
        _normalized_words(old.front) == _normalized_words(new.front),
        _normalized_words(old.back) == _normalized_words(new.back),
    )
    least = MIN_SIMILARITY_IN_SLOT if tie is MatchReason.SLOT else MIN_SIMILARITY_ELSEWHERE
    if same_front:
        return (
            1.0
            if tie is MatchReason.SLOT or similarity(old.back, new.back) >= MIN_SIMILARITY_IN_SLOT
            else 0.0
        )
    front = similarity(old.front, new.front)
    if same_back:
        is_other_name = old.kind is CardKind.TRAIT and _first_front_line(old) != _first_front_line(new)
        return front if front >= least and not is_other_name else 0.0
    if old.kind in _GAP_KINDS:
        return 0.0
    if old.kind in _CODE_KINDS:
        whole = similarity(old.words, new.words)
        return whole if whole >= least else 0.0
    back = similarity(old.back, new.back)
    if min(front, back) < MIN_SIMILARITY_IN_SLOT or _names_differ(old.words, new.words):
        return 0.0
    whole = similarity(old.words, new.words)
    return whole if whole >= MIN_SIMILARITY_ELSEWHERE else 0.0


def _first_front_line(entry: _ComparedCard) -> str:
    return entry.front.partition("\n")[0]


def _names_differ(one: str, other: str) -> bool:
    """Tell whether a name or number stands in one text only, unless it is a slip of the pen."""
    ours, theirs = set(_IDENTIFIER.findall(one)), set(_IDENTIFIER.findall(other))
    lone, strange = sorted(ours - theirs), sorted(theirs - ours)
    if not lone and not strange:
        return False
    if len(lone) != len(strange) or any(char.isdigit() for name in (*lone, *strange) for char in name):
        return True
    return not all(similarity(name, twin) >= 0.85 for name, twin in zip(lone, strange, strict=True))


def _renamed_pairs(olds: list[_ComparedCard], news: list[_ComparedCard]) -> _Pairs:
    """Return the pairs that differ by one change of words which two or more share: a renamed column."""
    by_change: dict[tuple[tuple[str, ...], tuple[str, ...]], _Pairs] = defaultdict(list)
    if not olds or olds[0].kind not in _TABLE_KINDS:
        return []
    for old in olds:
        for new in news:
            change = _word_change(old.words, new.words)
            if change is not None:
                by_change[change].append((old.place, new.place))
    pairs: _Pairs = []
    for shared in by_change.values():
        one_each = len({old for old, _ in shared}) == len({new for _, new in shared}) == len(shared)
        if len(shared) > 1 and one_each:
            pairs += shared
    return _unambiguous_pairs(pairs)


def _word_change(one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the removed and the added words, if more words stayed than changed."""
    ours, theirs = Counter(_normalized_words(one)), Counter(_normalized_words(other))
    went, came, stayed = ours - theirs, theirs - ours, ours & theirs
    if not (went or came) or stayed.total() <= max(went.total(), came.total()):
        return None
    return tuple(sorted(went)), tuple(sorted(came))


def _unambiguous_pairs(pairs: _Pairs) -> _Pairs:
    olds, news = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    return [(old, new) for old, new in pairs if olds[old] == news[new] == 1]


def _unique_pairs(
    olds: dict[int, _ComparedCard],
    news: dict[int, _ComparedCard],
    trait: Callable[[_ComparedCard], tuple[str, ...]],
) -> _Pairs:
    """Return the pairs that share a trait which no other old and no other new card has."""
    by_trait: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for entry in olds.values():
        by_trait[trait(entry)][0].append(entry.place)
    for entry in news.values():
        by_trait[trait(entry)][1].append(entry.place)
    return [(old[0], new[0]) for old, new in by_trait.values() if len(old) == len(new) == 1]


def _group_cards(
    olds: Iterable[_ComparedCard], news: Iterable[_ComparedCard], same: Callable[..., tuple[str, str]]
) -> list[tuple[list[_ComparedCard], list[_ComparedCard]]]:
    """Return the old and new cards that may be compared with each other."""
    groups: dict[tuple[str, str], tuple[list[_ComparedCard], list[_ComparedCard]]] = defaultdict(
        lambda: ([], [])
    )
    for entry in olds:
        groups[same(entry, old=True)][0].append(entry)
    for entry in news:
        groups[same(entry, old=False)][1].append(entry)
    return [group for group in groups.values() if group[0] and group[1]]


def _old_slugs(
    remembered: Sequence[LockedCard], drafts: Sequence[Draft], ties: dict[int, tuple[int, MatchReason]]
) -> dict[str, str]:
    """Return the questions that are the same because a card of theirs has the same key."""
    return {drafts[new].slug: question_of_key(remembered[old].key) for new, (old, _) in ties.items()}


def _bind_drafts(
    guide: str,
    remembered: Sequence[LockedCard],
    drafts: Sequence[Draft],
    ties: dict[int, tuple[int, MatchReason]],
    doubtful: dict[int, list[int]],
    taken: set[CardId],
) -> Reconciliation:
    bound: list[BoundDraft] = []
    for place, draft in enumerate(drafts):
        if place in ties:
            old, tie = ties[place]
            bound.append(BoundDraft(draft, remembered[old].id, remembered[old], tie))
        else:
            identity = new_id(guide, draft.key, taken)
            taken.add(identity)
            bound.append(BoundDraft(draft, identity, None))
    kept = {old for old, _ in ties.values()}
    return Reconciliation(
        tuple(bound),
        tuple(card for place, card in enumerate(remembered) if place not in kept),
        tuple(
            PossibleMatch(bound[new].id, tuple(remembered[old].id for old in olds))
            for new, olds in sorted(doubtful.items())
        ),
    )


def _compared_locked_card(place: int, card: LockedCard) -> _ComparedCard:
    slug, kind, _ = (*card.key.split("/", 2), "", "")[:3]
    return _ComparedCard(place, slug, kind, card.section, card.front, card.back)


def _compared_draft(place: int, draft: Draft, sections: Mapping[str, str]) -> _ComparedCard:
    return _ComparedCard(
        place,
        draft.slug,
        draft.kind.value,
        sections.get(draft.slug, ""),
        sides.words(draft.front),
        sides.words(draft.back),
    )


def _normalized_words(words: str) -> list[str]:
    return [word for word in re.findall(r"[\w.]+|[^\w\s]", words.casefold()) if word not in {".", ","}]


def new_id(guide: str, key: CardKey, taken: set[CardId]) -> CardId:
    """Return an identity made from guide and key, different from every one that was ever given."""
    count = 0
    while True:
        digest = hashlib.sha256(f"{guide}\n{key}\n{count}".encode()).digest()
        identity = CardId(base64.b32encode(digest[:10]).decode().lower())
        if identity not in taken:
            return identity
        count += 1

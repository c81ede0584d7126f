"""Settle which guide a file is before it is built, and what its deck is called."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from cards.card import sides
from cards.card.deck import GuideId
from cards.errors import ProofdeckError
from cards.files import read_file
from cards.guide.front.front_matter import read_front_matter
from cards.guide.heading.slug import slug_of
from cards.lock.guide_id import new_guide_id
from cards.lock.lock import Lock, UnparsedLock, parse_lock_head, parse_lock_lines
from srs.cli.identity.claim import (
    Claim,
    GuideMatch,
    LockInPlace,
    claim_of_lock,
    claim_of_words,
    has_given_up,
)
from srs.cli.identity.deck_name import name_beside, short_name_beside
from srs.cli.identity.lost_lock import lock_from_store
from srs.cli.identity.move_question import MoveQuestion, Wish
from srs.cli.identity.moved_cards import guide_now
from srs.store.read_only import cards_taken_from, read_card_guides, read_known_guides, read_known_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.build.pipeline import BuildPlan
    from cards.card.card import CardId
    from srs.cli.context import CommandContext
    from srs.cli.identity.moved_cards import PlanOf
    from srs.store.read_only import KnownGuide, KnownWords

_CARD_START = '{"card": "'


@dataclass(frozen=True, slots=True)
class SettledPlan:
    """A plan whose lock has the guide's identity."""

    plan: BuildPlan
    short_name: str
    is_known: bool = False
    """The store knew the guide before."""
    recovered: Lock | None = None
    """What the store knew of a guide whose lock was missing."""
    gone_to: dict[CardId, str] = field(default_factory=dict)
    """The cards of the lock that another guide has taken, and what its deck is called."""
    told: tuple[str, ...] = ()
    """What the author should know of the guide's identity, in sentences."""


class GuideIdentity:
    """Finds out which guide a file is, from its lock and its place, else from the words of its cards."""

    def __init__(
        self,
        path: Path,
        shown: str,
        written: UnparsedLock | None,
        context: CommandContext,
        plan_of: PlanOf,
        question: MoveQuestion | None = None,
    ) -> None:
        self._path = path
        self._shown = shown
        self._context = context
        self._plan_of = plan_of
        self._question = question or MoveQuestion()
        self._slug = slug_of(path.stem) or "guide"
        self._written = None if written is None or _is_unmade(written) else written
        self._proofs_only = written if self._written is None else None
        self._place = str(path.resolve())

    @cached_property
    def lock(self) -> Lock | UnparsedLock | None:
        """The lock for the guide's plan: as it was found, or without what is another guide's."""
        if self._written is None:
            return self._proofs_only
        claim = self._claim_of_lock
        match claim.finding:
            case GuideMatch.SAME | GuideMatch.MOVED | GuideMatch.ELSEWHERE:
                return self._written
            case GuideMatch.NAMESAKE:
                lock = parse_lock_lines(*self._written)
                theirs = self._cards_there(claim.guide)
                own = tuple(card for card in lock.cards if card.id not in theirs)
                return replace(lock, guide=self._slug, cards=own)
            case GuideMatch.NEW | GuideMatch.REPLACED:
                lock = parse_lock_lines(*self._written)
                return replace(lock, guide=self._slug, cards=(), deck="")
            case GuideMatch.IN_DOUBT:
                raise AssertionError(claim)
            case _:
                assert_never(claim.finding)

    def settle(self, plan: BuildPlan, text: str) -> SettledPlan:
        """Return the plan with the guide's identity, and its deck's name."""
        claim = self._claim_of_lock if self._written is not None else self._claim_of_words(plan)
        lock, recovered = plan.lock, None
        match claim.finding:
            case GuideMatch.SAME | GuideMatch.MOVED | GuideMatch.ELSEWHERE | GuideMatch.REPLACED:
                is_theirs = self._written is None or claim.finding is GuideMatch.REPLACED
                if is_theirs and claim.guide is not None:
                    recovered = lock_from_store(self._slug, claim.guide.id, self._context)
                    lock = replace(lock, cards=recovered.cards, made_id=GuideId(claim.guide.id))
            case GuideMatch.NAMESAKE | GuideMatch.NEW:
                taken = {guide.id for guide in self._guides} | {lock.id}
                lock = replace(lock, made_id=new_guide_id(self._slug, text, taken))
            case GuideMatch.IN_DOUBT:
                raise AssertionError(claim)
            case _:
                assert_never(claim.finding)
        gone_to = {} if claim.finding is GuideMatch.NAMESAKE else self._cards_gone_from(lock)
        lock = replace(lock, cards=tuple(card for card in lock.cards if card.id not in gone_to))
        is_made_now = lock.id != plan.lock.id and recovered is None
        known = next((guide for guide in self._guides if guide.id == lock.id), None)
        others = [guide for guide in self._guides if guide.id != lock.id]
        folder = self._path.resolve().parent.name
        title = plan.guide.title or self._slug
        named_by_guide = read_front_matter(text, self._shown).front_matter.deck
        name = named_by_guide or (known.name if known else lock.deck)
        if not name and (known is None or known.title != plan.guide.title):
            name = name_beside(title, folder, (each for each in others if not each.removed))
        if is_made_now:
            lock = replace(lock, deck="" if named_by_guide else name)
        short_name = short_name_beside(self._slug, slug_of(folder), known.short_name if known else "", others)
        told = (
            *_sentences(claim, self._shown, recovered),
            *_name_in_words(known, name or title, title, is_stated=bool(named_by_guide)),
        )
        return SettledPlan(
            replace(plan, lock=lock, deck_name=name),
            short_name,
            is_known=known is not None,
            recovered=recovered,
            gone_to=gone_to,
            told=told,
        )

    def _cards_gone_from(self, lock: Lock) -> dict[CardId, str]:
        """Return the cards of a lock that are in use in another guide, as store and that guide's lock say."""
        taken = cards_taken_from(self._context.store_file, lock.id, [card.id for card in lock.cards])
        guides = {guide.id: guide for guide in self._guides if guide.id in taken.values()}
        theirs = {guide.id: there.cards for guide in guides.values() if (there := _lock_beside(guide.path))}
        return {
            card: guides[guide].deck
            for card, guide in taken.items()
            if card in theirs.get(guide, frozenset())
        }

    @cached_property
    def _guides(self) -> list[KnownGuide]:
        return read_known_guides(self._context.store_file)

    @cached_property
    def _claim_of_lock(self) -> Claim:
        assert self._written is not None  # noqa: S101 - only asked of a guide with a lock
        head = parse_lock_head(*self._written)
        known = next((guide for guide in self._guides if guide.id == head.id), None)
        if known is not None and self._question.wish is not Wish.ADOPT:
            self._refuse_lock_of(known)
        is_of_another = head.made_id and (known is None or known.path is None)
        if is_of_another and (built_here := self._built_here(self._written)) is not None:
            news = (
                f"{self._shown}: its lock is of another build, and knows none of the cards that were built "
                "from here before."
            )
            keeps = self._question.keeps_cards(news)
            return Claim(GuideMatch.REPLACED, built_here) if keeps else Claim(GuideMatch.SAME, known)
        if self._question.wish is Wish.NEW:
            return Claim(GuideMatch.NEW)
        if known is None or known.path == self._place:
            # Every day's build: no more of the lock is read than its head.
            return Claim(GuideMatch.SAME, known)
        own = _lock_in_place(self._written)
        claim = claim_of_lock(
            own,
            self._slug,
            self._place,
            known,
            self._cards_there(known) if not own.head.made_id else frozenset(),
            there.head if (there := _lock_beside(known.path)) else None,
        )
        return self._without_doubt(claim, "by its lock")

    def _built_here(self, written: UnparsedLock) -> KnownGuide | None:
        """Return the guide of the store that was built at this place and has the words of a lock's cards."""
        here = [each for each in self._guides if each.path == self._place and not each.removed]
        if not here:
            return None
        return claim_of_words(
            [f"{card.front}\n{card.back}" for card in parse_lock_lines(*written).active],
            here,
            read_known_words(self._context.store_file),
            os.path.exists,
        ).guide

    def _refuse_lock_of(self, known: KnownGuide) -> None:
        """Raise ProofdeckError if the lock is that of another file beside this one, by their names."""
        if known.path is None or known.path == self._place:
            return
        there, here = Path(known.path), Path(self._place)
        if not there.is_file():
            return
        if there.with_suffix("") == here.with_suffix("") and not there.samefile(here):
            raise ProofdeckError(
                f"{self._shown}: its lock would be that of {_short_path(known.path)}, by their names; rename "
                "one of the files, or say --adopt if this one takes the place of the other."
            )

    def _claim_of_words(self, plan: BuildPlan) -> Claim:
        if self._question.wish is Wish.NEW:
            return Claim(GuideMatch.NEW)
        for guide in self._guides:
            if guide.path == self._place:
                return Claim(GuideMatch.SAME, guide)
        if not self._guides:
            return Claim(GuideMatch.NEW)
        drafts = [sides.words((*draft.front, *draft.back)) for draft in plan.drafts]
        known = read_known_words(self._context.store_file)
        claim = claim_of_words(drafts, self._guides, known, os.path.exists)
        if claim.finding is GuideMatch.NEW and self._question.wish is Wish.ADOPT:
            raise ProofdeckError(
                f"{self._shown}: no guide of the store has these words, so there is none to adopt; "
                "build it without --adopt."
            )
        if self._question.wish is Wish.NOTHING and self._is_part_moved_here(claim, drafts, known):
            return Claim(GuideMatch.NEW)
        return self._without_doubt(claim, "by its words")

    def _is_part_moved_here(self, claim: Claim, drafts: Sequence[str], known: Sequence[KnownWords]) -> bool:
        """Tell whether the guide that a file may be a copy of lost what is in the file, and goes on."""
        if claim.finding is not GuideMatch.IN_DOUBT or claim.guide is None:
            return False
        now = guide_now(claim.guide, self._plan_of)
        made = [card.words for card in known if card.guide == claim.guide.id]
        return now is not None and has_given_up(Counter(drafts), now.words, made)

    def _without_doubt(self, claim: Claim, how: str) -> Claim:
        """Return the claim, a doubt settled by what the person said or says now."""
        if claim.finding is not GuideMatch.IN_DOUBT or claim.guide is None or claim.guide.path is None:
            return claim
        there = _short_path(claim.guide.path)
        news = f"{self._shown}: {how} this is the guide {there}, which is still there."
        return (
            Claim(GuideMatch.MOVED, claim.guide) if self._question.has_moved(news) else Claim(GuideMatch.NEW)
        )

    def _cards_there(self, known: KnownGuide | None) -> frozenset[CardId]:
        """Return the cards of a guide: of its lock where that is still there, else those of the store."""
        if known is None:
            return frozenset()
        there = _lock_beside(known.path)
        if there is not None and there.head.id == known.id:
            return there.cards
        of_cards = read_card_guides(self._context.store_file)
        return frozenset(card for card, (guide, _) in of_cards.items() if guide == known.id)


def _sentences(claim: Claim, shown: str, recovered: Lock | None) -> list[str]:
    if claim.guide is None or claim.guide.path is None:
        return []
    there = _short_path(claim.guide.path)
    undo = f"If it is another guide: `proofdeck build --new {shown}`."
    match claim.finding:
        case GuideMatch.SAME | GuideMatch.NEW | GuideMatch.IN_DOUBT:
            return []
        case GuideMatch.REPLACED:
            return ["Its cards and their history are those of this store; the lock is written for them."]
        case GuideMatch.MOVED if recovered is not None:
            return [f"Known again by its words: this is the guide that was {there}. {undo}"]
        case GuideMatch.MOVED:
            return [f"This guide was {there} at its last build; its deck goes on from here."]
        case GuideMatch.ELSEWHERE:
            return [f"Its deck was built from {there} before, which is still there. {undo}"]
        case GuideMatch.NAMESAKE:
            return [f"{there} has the same name and is another guide: this one has a deck of its own now."]
        case _:
            assert_never(claim.finding)


def _name_in_words(known: KnownGuide | None, name: str, title: str, *, is_stated: bool) -> Iterator[str]:
    """Yield what an author should know of a deck's name; no import moves a card to a deck of another name."""
    if known is not None and known.deck != name:
        yield (
            f"Its deck was called “{known.deck}” and is “{name}” now: rename it in Anki too before you "
            "import it, or new cards come into a second deck there."
        )
    elif known is None and name != title and not is_stated:
        yield (
            f"Another deck is called “{title}”, so this one is “{name}”; "
            "`proofdeck decks rename` gives it a name of your own."
        )


def _is_unmade(lock: UnparsedLock) -> bool:
    """Tell whether a lock only holds proofs: no build has given the guide an identity yet."""
    if not any(lock.lines) or any(line.startswith(_CARD_START) for line in lock.lines):
        return False
    return not parse_lock_head(*lock).made_id


def _lock_in_place(lock: UnparsedLock) -> LockInPlace:
    cards = parse_lock_lines(*lock).active
    return LockInPlace(parse_lock_head(*lock), frozenset(card.id for card in cards))


def _lock_beside(path: str | None) -> LockInPlace | None:
    """Return the lock beside a guide; None where the guide, or a lock that can be read, is not there."""
    if path is None or not Path(path).is_file():
        return None
    beside = Path(path).with_suffix(".lock")
    with suppress(OSError, ProofdeckError, UnicodeDecodeError):
        return _lock_in_place(UnparsedLock(read_file(beside).decode("utf-8").split("\n"), str(beside)))
    return None


def _short_path(path: str) -> str:
    """Return the path as a person standing here would write it."""
    with suppress(ValueError):
        return str(Path(path).relative_to(Path.cwd()))
    home = os.path.expanduser("~")  # noqa: PTH111 - text is all that is wanted
    return f"~{path[len(home) :]}" if path.startswith(home + os.sep) else path

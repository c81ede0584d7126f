"""The one place where a deck becomes a proved deck."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from cards.build.stamp import failure_note, proof_stamp
from cards.card.card import FAILING_TAG, STALE_TAG, Card, Draft
from cards.card.deck import NO_ID, GuideId, GuideSlug, ProvedDeck
from cards.card.picture import picture_names
from cards.program.checks import check_positions
from cards.program.snippet import SnippetRole
from cards.program.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.card.card import CardId, UnchangedCard
    from cards.card.picture import PictureFile
    from cards.card.proof_stamp import Stamp
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.program import Program
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict


@dataclass(frozen=True, slots=True)
class GateDecision:
    """Whether a card may be shown, and the proof or failure that it states."""

    stamp: Stamp | None = None
    """The proof to show; None for a card without Python."""
    failing_snippet: SnippetName | None = None
    """The snippet that does not hold: it keeps the card back, or marks it."""
    verdict: Verdict | None = None
    """What is known of that snippet; None if it has not run."""
    failing: str = ""
    """The mark that the card bears; empty for one that is shown as true or not at all."""
    refuted_by: DisplayedVerdict | None = None
    """The run of the card's own code that did otherwise than its back says: that keeps it out."""

    @property
    def is_shown(self) -> bool:
        """Whether the card may be in a deck."""
        return self.refuted_by is None and (self.failing_snippet is None or bool(self.failing))


def gate_card(
    draft: Draft,
    programs: Sequence[Program],
    verdicts: Mapping[SnippetName, Verdict],
    displayed: DisplayedVerdict | None,
    proofs: Mapping[SnippetName, Sequence[Verdict]] = MappingProxyType({}),
    *,
    include_failing: bool = False,
) -> GateDecision:
    """Decide whether a card may be in the deck: all code that it shows, and its hidden checks, must hold.

    `verdicts` decide; `proofs`, those of every runtime, say on which versions it holds. `displayed` is what
    was seen of the code as the card displays it; None where that was not run. With
    `include_failing` it is let out with a mark where the code was tried and does not hold. Code that
    holds must also do what the card's back says when it runs as the card displays it, and nothing else.
    """
    stamp = None
    known: list[Sequence[Verdict]] = []
    for name in draft.snippets:
        needed = (name, *_checks_of(name, programs))
        for each in needed:
            verdict = verdicts.get(each)
            if verdict is None or not verdict.outcome.holds:
                of_snippet = proofs.get(each, ())
                note = failure_note(verdict, of_snippet) if include_failing and verdict is not None else ""
                return GateDecision(failing_snippet=each, verdict=verdict, failing=note)
        known += [proofs.get(each) or (verdicts[each],) for each in reversed(needed)]
        stamp = proof_stamp(verdicts[name], known)
    return _gate_displayed(draft, stamp, displayed)


def _gate_displayed(draft: Draft, stamp: Stamp | None, verdict: DisplayedVerdict | None) -> GateDecision:
    if draft.displayed is None:
        return GateDecision(stamp)
    if verdict is None:
        return GateDecision(failing_snippet=draft.snippets[0])
    return GateDecision(refuted_by=verdict) if verdict.fault else GateDecision(stamp)


def gate_deck(
    slug: GuideSlug,
    title: str,
    cards: Sequence[Card | UnchangedCard],
    held: Sequence[CardId] = (),
    pictures: Sequence[PictureFile] = (),
    made_id: GuideId = NO_ID,
    name: str = "",
    questions: Sequence[tuple[str, str]] = (),
) -> ProvedDeck:
    """Return the proved deck; every card with snippets must carry the stamp or mark that `gate_card` decided.

    An unchanged card was let out by the last build, and shows no code.
    """
    for card in cards:
        if not isinstance(card, Card):
            continue
        if card.snippets and card.stamp is None and not card.failing:
            raise ValueError(f"the card {card.id} shows code without a proof")
        tag = FAILING_TAG if card.snippets else STALE_TAG
        if bool(card.failing) != (tag in card.tags) or (card.failing and card.stamp):
            raise ValueError(f"the card {card.id} is marked and proved, or marked without its tag")
    whole = (card for card in cards if isinstance(card, Card))
    shown = picture_names(side for card in whole for side in (card.front, card.back, card.context))
    files = tuple(file for file in pictures if file.name in shown)
    return ProvedDeck(slug, title, tuple(cards), tuple(held), files, made_id, name, tuple(questions))


def stale_mark(
    program: Program,
    verdicts: Mapping[SnippetName, Verdict],
    proofs: Mapping[SnippetName, Sequence[Verdict]] = MappingProxyType({}),
) -> str:
    """Return the mark of a question's cards in words; empty where none of its code is stale."""
    for snippet in program.snippets:
        verdict = verdicts.get(snippet.name)
        is_stale = verdict is not None and verdict.outcome is Outcome.STALE_API
        if verdict is not None and is_stale and snippet.role is SnippetRole.SHOWN:
            return f"The code of this question {failure_note(verdict, proofs.get(snippet.name, ()))}"
    return ""


def _checks_of(name: SnippetName, programs: Sequence[Program]) -> tuple[SnippetName, ...]:
    """Return the hidden checks between a shown snippet and the next shown one."""
    for program in programs:
        names = [snippet.name for snippet in program.snippets]
        if name in names:
            return tuple(names[check] for check in check_positions(program.snippets, names.index(name)))
    return ()

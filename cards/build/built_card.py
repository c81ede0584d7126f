"""Make the card of a draft that has an identity, subject to the gate, and its line in the lock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cards.build.changes import CardChange, change_of
from cards.build.gate import gate_card, stale_mark
from cards.card import sides
from cards.card.card import FAILING_TAG, STALE_TAG, Card, CardKey, content_digest
from cards.exercise.exercise import exercise_of
from cards.lock.change_times import is_ahead
from cards.lock.compared_card import key_without_place
from cards.lock.likeness import is_answered_anew
from cards.lock.lock import LockedCard, card_line
from cards.lock.reconcile import change_time
from cards.program.verdict import Verdict, is_excused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.build.gate import GateDecision
    from cards.build.held_card import HeldCard
    from cards.card.card import CardId, Draft
    from cards.lock.reconcile import BoundDraft
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.program import Program
    from cards.program.snippet import SnippetName
    from cards.span import Span


@dataclass(frozen=True, slots=True)
class FailingCard:
    """A card whose code does not hold: held back from the deck, or in it with a mark."""

    id: CardId
    key: CardKey
    span: Span
    """Where it stands; of a card without a draft, where the snippet does."""
    failing_snippet: SnippetName
    verdict: Verdict | None
    """What is known of that snippet; None if it could not run here."""
    excused: bool = False
    """The guide itself says why that code does not run."""


@dataclass(frozen=True, slots=True)
class KeptOutCard:
    """A card that is kept out: its code, run as the card displays it, does not do what its back says."""

    id: CardId
    draft: Draft
    verdict: DisplayedVerdict
    """What was seen of that code."""

    @property
    def sentence(self) -> str:
        """Why it is kept out, in a sentence."""
        return f"{self.verdict.fault[:1].upper()}{self.verdict.fault[1:]}."


@dataclass(frozen=True, slots=True)
class BuiltCard:
    """The card and lock line that a build made of a draft."""

    card: Card | None
    """None for one that is kept out of the deck."""
    lock_line: str
    """Empty for one that was never shown, which has nothing to be remembered."""
    change: CardChange
    failing: FailingCard | None
    """The failure, if its code does not hold."""
    kept_out: KeptOutCard | None = None
    """The fault, if its code holds but not as it is displayed."""


class WrittenCard(NamedTuple):
    """A card as this build wrote it already, into a deck before the last one."""

    digest: str
    changed_at: int


class DraftTexts(NamedTuple):
    """What is made of the texts of a draft alone."""

    digest: str
    """The content digest of its card, if that bears no mark; empty where it shows code, and so a proof."""
    front: str
    """The words of its front."""
    back: str


def draft_texts(drafts: Sequence[Draft]) -> list[DraftTexts]:
    """Return what is made of the texts of each draft."""
    return [
        DraftTexts(
            "" if draft.snippets else content_digest(draft, None),
            sides.words(draft.front),
            sides.words(draft.back),
        )
        for draft in drafts
    ]


def build_card(
    bound: BoundDraft,
    texts: DraftTexts,
    section: str,
    programs: tuple[Program, ...],
    verdicts: Mapping[SnippetName, Verdict],
    displayed: DisplayedVerdict | None,
    proofs: Mapping[SnippetName, Sequence[Verdict]],
    now: int,
    written: WrittenCard | None,
    *,
    include_failing: bool,
) -> BuiltCard:
    """Return the card of a draft with these texts, in a section and with code of the given programs.

    If it is shown otherwise than this build has `written` it, it changed later: Anki may have that one.
    """
    draft = bound.draft
    decision = gate_card(draft, programs, verdicts, displayed, proofs, include_failing=include_failing)
    tags = (*draft.tags, FAILING_TAG) if decision.failing else draft.tags
    if not draft.snippets and (mark := _mark_of_words(draft, programs, verdicts, proofs)):
        decision = replace(decision, failing=mark)
        tags = (*draft.tags, STALE_TAG)
    digest = "" if decision.failing else texts.digest
    digest = digest or content_digest(draft, decision.stamp, decision.failing, tags)
    changed_at = change_time(bound, digest, now)
    if written is not None and written.digest != digest:
        changed_at = max(changed_at, written.changed_at + 1)
    # Under a clock that is late the lock keeps its times; no deck says that a card changes in the future.
    shown_as = now if is_ahead(changed_at, now) else changed_at
    card = _card(bound, decision, shown_as, tags, programs, digest)
    return BuiltCard(
        card if decision.is_shown else None,
        _lock_line(bound, texts, decision, digest, changed_at, section),
        change_of(bound.before, digest, is_shown=decision.is_shown),
        _failing_card(bound, decision, programs),
        KeptOutCard(bound.id, draft, decision.refuted_by) if decision.refuted_by else None,
    )


def held_failing_card(held: HeldCard) -> FailingCard:
    """Return a card that is held without a draft as the reports take it."""
    card, snippet = held.card, held.snippet
    return FailingCard(card.id, card.key, snippet.span, snippet.name, held.verdict, held.excused)


def _mark_of_words(
    draft: Draft,
    programs: tuple[Program, ...],
    verdicts: Mapping[SnippetName, Verdict],
    proofs: Mapping[SnippetName, Sequence[Verdict]],
) -> str:
    """Return the mark of a card in words: of the question's stale code, else of what the words name."""
    return next((mark for program in programs if (mark := stale_mark(program, verdicts, proofs))), draft.gone)


def _failing_card(
    bound: BoundDraft, decision: GateDecision, programs: tuple[Program, ...]
) -> FailingCard | None:
    if decision.failing_snippet is None:
        return None
    snippets = {snippet.name: snippet for program in programs for snippet in program.snippets}
    verdict = decision.verdict
    excused = verdict is not None and is_excused(snippets[decision.failing_snippet], verdict)
    draft = bound.draft
    return FailingCard(bound.id, draft.key, draft.span, decision.failing_snippet, verdict, excused)


def _card(
    bound: BoundDraft,
    decision: GateDecision,
    changed_at: int,
    tags: tuple[str, ...],
    programs: tuple[Program, ...],
    digest: str,
) -> Card:
    draft = bound.draft
    return Card(
        kind=draft.kind,
        slug=draft.slug,
        cue=draft.cue,
        front=draft.front,
        back=draft.back,
        context=draft.context,
        breadcrumb=draft.breadcrumb,
        tags=tags,
        snippets=draft.snippets,
        gap=draft.gap,
        displayed=draft.displayed,
        block=draft.block,
        said=draft.said,
        span=draft.span,
        id=bound.id,
        changed_at=changed_at,
        stamp=decision.stamp,
        failing=decision.failing,
        digest=digest,
        exercise=exercise_of(draft.snippets[0], draft.gap, programs)
        if draft.gap and not decision.failing
        else None,
    )


def _lock_line(
    bound: BoundDraft,
    texts: DraftTexts,
    decision: GateDecision,
    digest: str,
    changed_at: int,
    section: str,
) -> str:
    """Return a card's line in the lock; that of a held card stays as it was when the card was last shown.

    So the code that comes back is compared with the code that was shown, whatever was typed in between.
    """
    before = bound.before
    if decision.is_shown:
        return card_line(_locked_card(bound, texts, digest, changed_at, section))
    if before is None:
        return ""
    if before.digest or before.changed_at:
        key, place = (bound.draft.key, section) if before.is_key_lost else (before.key, before.section)
        return card_line(replace(before, key=key, section=place, retired=False))
    return card_line(_locked_card(bound, texts, "", 0, section))


def _locked_card(
    bound: BoundDraft, texts: DraftTexts, digest: str, changed_at: int, section: str
) -> LockedCard:
    return LockedCard(
        id=bound.id,
        key=bound.draft.key,
        section=section,
        front=texts.front,
        back=texts.back,
        digest=digest,
        changed_at=changed_at,
        was=_previous_key(bound, texts.back),
    )


def _previous_key(bound: BoundDraft, answer: str) -> CardKey:
    """Return the key that undoing a card's last rebinding restores; empty for a card never shown.

    A card that is answered anew was rebound too, whatever its key. A key that was lost is not restored.
    """
    before, key = bound.before, bound.draft.key
    if before is None or not before.changed_at or before.is_key_lost:
        return CardKey("")
    if is_answered_anew(bound.draft.kind, before.back, answer):
        return before.key
    return before.was if key in {before.key, key_without_place(before.key)} else before.key

"""Hold the cards of which no draft is made for now, instead of retiring them.

Code that does not parse, prints nothing that is known or was not measured makes no drafts. Its cards would
count as vanished, although their question is still there and they come back once the code holds again. So
would those of a question whose answer is not there for now.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cards.card.card import question_of_key
from cards.card.kind import CardKind
from cards.guide.text import BLANK
from cards.program.verdict import Outcome, is_excused

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from cards.lock.lock import LockedCard
    from cards.lock.reconcile import BoundDraft, Reconciliation
    from cards.program.program import Program
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict

CODE_KINDS = frozenset(
    {CardKind.PREDICT, CardKind.WHY, CardKind.TRAIT, CardKind.COMPLETE, CardKind.SPOT, CardKind.OUTPUT}
)
"""Kinds that need what a run shows; others that show code are made again from the text alone."""
_KINDS_IN_PLACE_OF_OTHERS = frozenset({CardKind.COMPLETE, CardKind.OVERVIEW, CardKind.CODE})
"""Kinds that a question makes only where it makes no other, or not enough others."""
_ONLY_WITHOUT_OTHERS = frozenset({CardKind.OVERVIEW, CardKind.CODE, CardKind.COMMAND})
"""Kinds that are made otherwise where a question has no other card."""


@dataclass(frozen=True, slots=True)
class UnansweredCard:
    """A remembered card whose question has no answer now, kept for when it has one again."""

    card: LockedCard
    question: str
    """The question's slug."""


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A remembered card without a draft, kept for when the code of its question holds again."""

    card: LockedCard
    question: str
    """The slug of the question that it stands under now."""
    snippet: Snippet
    """The snippet of the question that does not hold."""
    verdict: Verdict | None
    """What is known of that snippet; None if it has not run."""
    excused: bool
    """The guide itself says why that code does not run."""


@dataclass(frozen=True, slots=True)
class AwaitedCards:
    """The cards that come once code is measured."""

    kinds: Mapping[str, frozenset[CardKind]] = field(default_factory=dict)
    """Which kinds a question may have more of by then, by its slug."""
    unsettled: frozenset[SnippetName] = frozenset()
    """The snippets of which a gap may be asked in place of what they print."""
    is_for_now: bool = True
    """The code is measured soon: no other card is made that stands only in the place of those."""


NOTHING_AWAITED = AwaitedCards()


@dataclass(frozen=True, slots=True)
class UnmeasuredCard:
    """A remembered card without a draft, kept until the code of its question is measured."""

    card: LockedCard
    question: str
    """The slug of the question that it stands under now."""


@dataclass(frozen=True, slots=True)
class _BrokenSnippet:
    """A snippet that does not hold now, though its author wants it to run."""

    snippet: Snippet
    verdict: Verdict | None
    excused: bool
    code: str
    """All code of its question."""


def hold_cards(
    reconciliation: Reconciliation, programs: Iterable[Program], verdicts: Mapping[SnippetName, Verdict]
) -> tuple[Reconciliation, tuple[HeldCard, ...]]:
    """Return the cards that are held without a draft, and the reconciliation without them.

    Nor are there cards in it that stand only in the place of held ones: they would be retired soon.
    """
    broken = {program.name: _broken_snippets(program, verdicts) for program in programs}
    if not any(broken.values()):
        return reconciliation, ()
    held = []
    for card, question in _vanished_by_question(reconciliation, broken):
        one = _snippet_of(card, broken.get(question, ()))
        if one is not None:
            held.append(HeldCard(card, question, one.snippet, one.verdict, one.excused))
    waiting = {one.question for one in held}
    early = [bound for bound in reconciliation.bound if _is_in_place_of_others(bound, waiting)]
    kept = {one.card.id for one in held}
    vanished = tuple(card for card in reconciliation.vanished if card.id not in kept)
    return (
        replace(
            reconciliation,
            bound=tuple(bound for bound in reconciliation.bound if bound not in early),
            vanished=(*vanished, *(bound.before for bound in early if bound.before)),
        ),
        tuple(held),
    )


def wait_for_measuring(
    reconciliation: Reconciliation, awaited: AwaitedCards
) -> tuple[Reconciliation, tuple[UnmeasuredCard, ...]]:
    """Return the cards that measuring may bring back, and the reconciliation without them.

    Nor are there new cards in it that measuring may soon make needless.
    """
    if not awaited.kinds:
        return reconciliation, ()
    waiting = tuple(
        UnmeasuredCard(card, question)
        for card, question in _vanished_by_question(reconciliation, awaited.kinds)
        if not card.retired and _kind_of(card) in awaited.kinds.get(question, frozenset())
    )
    kept = {one.card.id for one in waiting}
    vanished = tuple(card for card in reconciliation.vanished if card.id not in kept)
    return _without_early_cards(replace(reconciliation, vanished=vanished), awaited), waiting


def _without_early_cards(reconciliation: Reconciliation, awaited: AwaitedCards) -> Reconciliation:
    """Return the reconciliation without new cards that measuring may make needless.

    Those are outputs that a gap would show; where the code is measured soon, also gaps, of which a better one
    may be found, and the card of a whole question that has no other.
    """
    asked = {
        bound.draft.slug
        for bound in reconciliation.bound
        if bound.draft.kind not in {CardKind.COMPLETE, *_ONLY_WITHOUT_OTHERS}
    }
    early = [bound for bound in reconciliation.bound if _is_early(bound, awaited, asked)]
    return replace(
        reconciliation,
        bound=tuple(bound for bound in reconciliation.bound if bound not in early),
        vanished=(*reconciliation.vanished, *(bound.before for bound in early if bound.before)),
    )


def _is_early(bound: BoundDraft, awaited: AwaitedCards, asked: Container[str]) -> bool:
    draft = bound.draft
    is_new = bound.before is None or bound.before.retired
    match draft.kind:
        case CardKind.COMPLETE:
            is_needless = awaited.is_for_now
        case CardKind.PREDICT:
            is_needless = not awaited.unsettled.isdisjoint(draft.snippets)
        case kind:
            is_needless = awaited.is_for_now and kind in _ONLY_WITHOUT_OTHERS and draft.slug not in asked
    return is_new and draft.slug in awaited.kinds and is_needless


def _vanished_by_question(
    reconciliation: Reconciliation, questions: Container[str]
) -> Iterator[tuple[LockedCard, str]]:
    """Yield the vanished cards with the slug of their question now, where it is one of some questions."""
    slugs = {
        question_of_key(bound.before.key): str(bound.draft.slug)
        for bound in reconciliation.bound
        if bound.before
    }
    for card in reconciliation.vanished:
        question = question_of_key(card.key)
        yield card, question if question in questions else slugs.get(question, question)


def wait_for_answers(
    reconciliation: Reconciliation, unanswered: Container[str]
) -> tuple[Reconciliation, tuple[UnansweredCard, ...]]:
    """Return the cards of questions without an answer, and the reconciliation without them."""
    waiting = tuple(
        UnansweredCard(card, question)
        for card in reconciliation.vanished
        if not card.retired and (question := question_of_key(card.key)) in unanswered
    )
    kept = {one.card.id for one in waiting}
    vanished = tuple(card for card in reconciliation.vanished if card.id not in kept)
    return replace(reconciliation, vanished=vanished), waiting


def _broken_snippets(program: Program, verdicts: Mapping[SnippetName, Verdict]) -> list[_BrokenSnippet]:
    """Return the snippets without a proof that holds, but those that are never run (`no-run`, `skip`).

    A block whose directives nobody can follow is meant to run: they may be a newer version's, or misspelt.
    """
    known = [(snippet, verdicts.get(snippet.name)) for snippet in program.snippets]
    code = "\n".join(snippet.source for snippet in program.snippets)
    return [
        _BrokenSnippet(snippet, verdict, verdict is not None and is_excused(snippet, verdict), code)
        for snippet, verdict in known
        if verdict is None
        or not (verdict.outcome.holds or verdict.outcome is Outcome.NOT_RUN)
        or snippet.directives.is_misread
    ]


def _snippet_of(card: LockedCard, broken: Iterable[_BrokenSnippet]) -> _BrokenSnippet | None:
    """Return the broken snippet for which a card without a draft waits; None if it waits for none.

    Which block a card is of is not remembered, and a typo may be anywhere in it: any broken block of its
    question will do. One that waits for a machine which has what it requires is as it was, so all that the
    card shows must still be there.
    """
    if card.retired or _kind_of(card) not in CODE_KINDS:
        return None
    for one in sorted(broken, key=lambda each: each.excused):
        if not one.excused or all(line in one.code for line in _shown_lines(card)):
            return one
    return None


def _shown_lines(card: LockedCard) -> Iterator[str]:
    """Yield the lines of code that a card shows, up to its gap: what stands behind may be what it prints."""
    for line in card.front.split("\n")[1:]:
        if BLANK in line:
            return
        yield line.removesuffix("# why?").strip()


def _kind_of(card: LockedCard) -> CardKind | None:
    _, _, rest = card.key.partition("/")
    try:
        return CardKind(rest.partition("/")[0])
    except ValueError:
        return None


def _is_in_place_of_others(bound: BoundDraft, waiting: set[str]) -> bool:
    """Tell whether a draft that no card stood for comes only because others of its question are held."""
    is_new = bound.before is None or bound.before.retired
    return is_new and bound.draft.slug in waiting and bound.draft.kind in _KINDS_IN_PLACE_OF_OTHERS

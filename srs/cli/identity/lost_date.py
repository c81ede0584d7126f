"""The dates of proofs that a lock took with it, taken back from the cards that show them in the store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.build.stamp import proof_stamp
from cards.card.card import Card, content_digest
from cards.lock.proofs import Proofs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.card.card import CardId
    from cards.program.verdict import Verdict
    from srs.store.read_only import LastContent


def keep_lost_dates(
    plan: BuildPlan, result: BuildResult, contents: Mapping[CardId, LastContent]
) -> BuildPlan:
    """Return the plan whose proofs have the dates that its cards showed last; the same where none differs.

    Only of cards that show all else as they did, versions too. With the lock, a second run that ends as the
    first did would have kept the date as well.
    """
    dated: dict[object, Verdict] = {}
    for verdict in _dated_verdicts(result, contents):
        earlier = dated.get((verdict.snippet, verdict.runtime))
        if earlier is None or verdict.proved_on < earlier.proved_on:
            dated[verdict.snippet, verdict.runtime] = verdict
    if not dated:
        return plan
    others = (one for one in plan.lock.proofs.verdicts if (one.snippet, one.runtime) not in dated)
    return replace(plan, lock=replace(plan.lock, proofs=Proofs((*others, *dated.values()))))


def _dated_verdicts(result: BuildResult, contents: Mapping[CardId, LastContent]) -> Iterator[Verdict]:
    """Yield the verdict that each card shows, with the date that the card showed last."""
    for card in result.deck.cards:
        last = contents.get(card.id)
        if last is None or not isinstance(card, Card) or not card.stamp or not _is_but_for_date(card, last):
            continue
        verdict = result.verdicts[card.snippets[-1]]
        # Where the stamp is that of another version's proof, its date is not this one's.
        if proof_stamp(verdict, [(verdict,)]) == card.stamp._replace(since=""):
            yield replace(verdict, proved_on=last.proved_on)


def _is_but_for_date(card: Card, last: LastContent) -> bool:
    """Tell whether a card shows what it showed last, but for the date of its proof."""
    if card.stamp is None or last.proved_on in {"", card.stamp.proved_on}:
        return False
    return content_digest(card, card.stamp._replace(proved_on=last.proved_on), card.failing) == last.digest

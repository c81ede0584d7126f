"""Everything about one card as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cards.card.sides import words

if TYPE_CHECKING:
    from srs.review.shown_card import ShownCard


def shown_card_json(card: ShownCard) -> str:
    """Return a card with its words, its proof and its schedule."""
    schedule, suspended, buried_until, flag = card.standing
    stamp = card.stamp
    content = {
        "id": card.id,
        "deck": card.deck,
        "guide": card.guide,
        "kind": card.kind.value,
        "question": card.question,
        "breadcrumb": list(card.breadcrumb),
        "tags": list(card.tags),
        "front": words(card.front),
        "back": words(card.back),
        "context": words(card.context) or None,
        "source": f"{card.source_path}:{card.source_line}",
        "proof": None
        if stamp is None
        else {"ran_with": list(stamp.parts), "versions": stamp.versions, "proved_on": stamp.proved_on},
        "failing": card.failing or None,
        "is_typed": card.exercise is not None,
        "retired": card.retired,
        "suspended": suspended,
        "buried_until": buried_until.isoformat() if buried_until else None,
        "flag": flag,
        "due": schedule.due.isoformat() if schedule else None,
        "interval_days": schedule.interval_days if schedule else None,
        "ease_factor": schedule.ease_factor / 100 if schedule else None,
        "repetitions": schedule.repetitions if schedule else None,
        "lapses": schedule.lapses if schedule else None,
    }
    return json.dumps(content, indent=2, ensure_ascii=False)

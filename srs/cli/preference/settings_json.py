"""All settings of a store as JSON, and what decks have of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from srs.cli.preference.unread_setting import unread_settings

if TYPE_CHECKING:
    from srs.store.store import Store


def settings_json(store: Store) -> str:
    """Return every setting, those of single decks, and what is not known of them here."""
    from srs.review.preferences import PREFERENCE_RULES
    from srs.store.plan.plan_reader import PlanReader

    wishes = PlanReader(store).wishes()
    limits = store.decks.limits()
    decks = {}
    for each in store.decks.names():
        new, reviews = limits[each.guide]
        interview, minutes = wishes.get(each.guide, (None, None))
        own = {"new_a_day": new, "reviews_a_day": reviews, "interview": interview, "minutes_a_day": minutes}
        decks[each.short_name] = {name: _plain(value) for name, value in own.items() if value is not None}
    content = {
        "settings": {name: _plain(getattr(store.preferences, name)) for name in PREFERENCE_RULES},
        "decks": decks,
        "unread": list(unread_settings(store)),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _plain(value: object) -> Any:  # noqa: ANN401 - any JSON
    """Return a setting's value as JSON has it; days and choices are words."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return list(value) if isinstance(value, tuple) else str(value)

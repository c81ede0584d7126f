"""Change one setting; where it affects schedules, fold the log again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.words import count

if TYPE_CHECKING:
    from datetime import date

    from srs.store.store import Store


def set_preference(store: Store, name: str, value: str, today: date) -> list[str]:
    """Set one setting and return what to say of it; schedules and plans that depend on it are made again."""
    from srs.review.preferences import format_preference, parse_preference

    chosen = parse_preference(name, value)
    if name == "interview":
        from srs.cli.interview_plan import refuse_unplannable

        refuse_unplannable(chosen, today)
    before = store.preferences
    store.save_preference(name, chosen)
    said = []
    if name in {"scheduler", "retention", "fsrs", "longest_interval_days"}:
        from srs.store.health import rebuild_standings

        try:
            moved = rebuild_standings(store)
        except BaseException:
            # A scheduler that cannot be loaded must not lock the person out of their reviews.
            store.save_preference(name, getattr(before, name))
            raise
        said.append(f"{count(moved, 'schedule was', 'schedules were')} computed again from the log.")
    if name in {"interview", "minutes_a_day"}:
        from srs.cli.interview_plan import begin_plans

        begin_plans(store, today)
    return [*said, f"{name} is {format_preference(chosen)}."]

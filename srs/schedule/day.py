"""The review day (Day) that a moment belongs to, and timestamps as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

ROLLOVER_HOUR = 4
"""A Day ends at this hour of the next morning, local time, unless the setting says otherwise."""


def day_of(moment: datetime, rollover_hour: int = ROLLOVER_HOUR) -> date:
    """Return the Day of a moment: its local date, or the day before while the hour is below the rollover.

    The wall clock decides, not hours counted since midnight: on the two days a year that have 23 or 25
    hours, the Day still turns when the clock on the wall says so.
    """
    wall = moment.replace(tzinfo=None)
    return (wall - timedelta(hours=rollover_hour)).date()


def days_later(day: date, days: int) -> date:
    """Return the day so many days later, or the last day that there is."""
    return day + timedelta(days=min(days, (date.max - day).days))


def to_timestamp(moment: datetime) -> str:
    """Return a moment in UTC with milliseconds, so that the text sorts as the time does."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_timestamp(text: str) -> datetime:
    """Return the moment of a timestamp that `to_timestamp` returned."""
    return datetime.fromisoformat(text)

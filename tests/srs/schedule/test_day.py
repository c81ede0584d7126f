from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from srs.schedule.day import day_of, from_timestamp, to_timestamp


@pytest.mark.parametrize(
    ("local", "zone", "day"),
    [
        pytest.param("2026-11-22T09:00", "Europe/Berlin", "2026-11-22", id="morning"),
        pytest.param("2026-11-23T03:59", "Europe/Berlin", "2026-11-22", id="night belongs to the day before"),
        pytest.param("2026-11-23T04:00", "Europe/Berlin", "2026-11-23", id="rollover"),
        pytest.param("2026-03-29T03:30", "Europe/Berlin", "2026-03-28", id="spring forward, before"),
        pytest.param("2026-03-29T04:00", "Europe/Berlin", "2026-03-29", id="spring forward, after"),
        pytest.param("2026-10-25T03:59", "Europe/Berlin", "2026-10-24", id="fall back, before"),
        pytest.param("2026-10-25T04:00", "Europe/Berlin", "2026-10-25", id="fall back, after"),
        pytest.param("2026-03-08T03:59", "America/New_York", "2026-03-07", id="New York, spring"),
        pytest.param("2026-11-01T04:00", "America/New_York", "2026-11-01", id="New York, autumn"),
        pytest.param("2026-04-05T03:59", "Australia/Lord_Howe", "2026-04-04", id="half an hour's change"),
        pytest.param("2026-01-01T00:00", "Pacific/Kiritimati", "2025-12-31", id="new year"),
    ],
)
def test_a_moment_belongs_to_the_day_of_the_wall_clock(local: str, zone: str, day: str) -> None:
    moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    assert day_of(moment) == date.fromisoformat(day)


def test_nine_one_day_and_eight_the_next_are_two_days() -> None:
    zone = ZoneInfo("Europe/Berlin")
    days = [day_of(datetime(2026, 11, day, hour, tzinfo=zone)) for day, hour in ((22, 9), (23, 8))]
    assert days == [date(2026, 11, 22), date(2026, 11, 23)]


def test_the_rollover_hour_can_be_midnight() -> None:
    assert day_of(datetime(2026, 11, 22, 0, 0, tzinfo=ZoneInfo("UTC")), 0) == date(2026, 11, 22)


def test_a_stamp_is_utc_and_can_be_read_back() -> None:
    moment = datetime(2026, 11, 22, 9, 30, 0, 123_000, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert to_timestamp(moment) == "2026-11-22T00:30:00.123Z"
    assert from_timestamp(to_timestamp(moment)) == moment

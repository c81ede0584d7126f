from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from srs.cli import command
from srs.schedule.sm2 import sm2_schedule
from srs.stats.figure import Pace, Recall, SectionStats
from srs.stats.figures import compute_stats
from srs.stats.stats_page import stats_page
from srs.stats.stats_screen import stats_screen
from srs.stats.time_words import time_words
from tests.builders.deck import CARDS
from tests.builders.golden import normalised
from tests.builders.store import answered

if TYPE_CHECKING:
    from pathlib import Path

    from srs.stats.figures import Stats
    from srs.store.store import Store
    from tests.builders.golden import Expect

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIRST, SECOND = CARDS[0].id, CARDS[1].id


def review(store: Store, number: int, grade: int, days_ago: int, seconds: int = 5) -> None:
    at = NOON - timedelta(days=days_ago)
    answered(store, CARDS[number].id, grade, at, took_ms=1000 * seconds)


def found(store: Store) -> Stats:
    rows, logs, wanted = store.cards.rows(retired=None), store.log.by_card(), store.preferences.overviews
    return compute_stats(rows, logs, TODAY, sm2_schedule, overviews=wanted)


@pytest.fixture
def reviewed(store: Store) -> Store:
    for number, grade, days_ago, seconds in (
        (0, 4, 9, 4), (0, 4, 8, 6), (0, 1, 2, 8), (1, 5, 2, 3), (1, 5, 1, 500), (2, 3, 0, 10),
    ):  # fmt: skip
        review(store, number, grade, days_ago, seconds)
    return store


def test_an_empty_log_has_empty_statistics(store: Store) -> None:
    empty = found(store)
    assert (empty.answers, empty.new, empty.streak, empty.by_age, empty.hardest) == (0, 5, 0, {}, ())


def test_answers_are_counted_by_day(reviewed: Store) -> None:
    assert {(TODAY - day).days: number for day, number in found(reviewed).by_day.items()} == {
        9: 1, 8: 1, 2: 2, 1: 1, 0: 1,
    }  # fmt: skip


def test_an_undone_answer_counts_for_nothing(reviewed: Store) -> None:
    reviewed.log.undo(at=NOON)
    assert found(reviewed).answers == 5


def test_streaks_are_days_in_a_row(reviewed: Store) -> None:
    assert (found(reviewed).streak, found(reviewed).longest_streak) == (3, 3)


def test_what_was_known_is_told_by_the_interval_before(reviewed: Store) -> None:
    assert found(reviewed).by_age == {"under a week": Recall(3, 2)}


def test_what_was_known_is_told_by_kind(reviewed: Store) -> None:
    assert found(reviewed).by_kind == {"contrast": Recall(2, 1), "fact": Recall(1, 1)}


def test_the_forecast_puts_what_is_late_on_today(reviewed: Store) -> None:
    forecast = found(reviewed).forecast
    assert (forecast[0], forecast[1], forecast[5], sum(forecast)) == (1, 1, 1, 3)


def test_a_long_pause_counts_as_a_minute(reviewed: Store) -> None:
    assert found(reviewed).pace["fact"] == Pace(2, 31.5, 60.0)


def test_the_hardest_topics_come_with_their_lines(reviewed: Store) -> None:
    (topic,) = found(reviewed).hardest
    assert (topic.question, topic.title, topic.source, topic.recall) == (
        CARDS[0].slug,
        "How does eager execution differ from a graph?",
        "source/tensorflow-interview.md:10",
        Recall(3, 2),
    )


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_screen_fits_the_terminal(reviewed: Store, width: int, expect: Expect) -> None:
    lines = [line.plain for line in stats_screen(found(reviewed), width)]
    assert max(map(len, lines)) <= width
    expect(f"stats-{width}", normalised("\n".join(lines) + "\n"))


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 20), (100, 40), (30, 8)])
def test_what_is_most_important_fits_a_screen(
    reviewed: Store, width: int, height: int, expect: Expect
) -> None:
    above = ["Interview on Monday, 11 January 2027: 22 days to go, on time; today 2 of 10 minutes."]
    lines = [line.plain for line in stats_screen(found(reviewed), width, height, above)]
    assert len(lines) <= height
    assert max(map(len, lines)) <= width
    assert lines[-1] == " `proofdeck stats --all` shows more."[:width]
    expect(f"stats-screen-{width}", normalised("\n".join(lines) + "\n"))


def test_sections_say_how_much_of_them_was_begun(reviewed: Store) -> None:
    assert found(reviewed).sections == (
        SectionStats("Fundamentals", 2, 2, Recall(3, 2)),
        SectionStats("Input", 2, 1, Recall(0, 0)),
        SectionStats("Training", 1, 0, Recall(0, 0)),
    )


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, ""), (0.004, "less than a minute"), (1 / 60, "1 minute"), (0.5, "30 minutes"), (2.25, "2.2 hours")],
)
def test_a_time_is_said_in_words(hours: float, words: str) -> None:
    assert time_words(hours) == words


class Outline(HTMLParser):
    """The headings and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br", "rect", "line"}:
            self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"rect", "line"}:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"h1", "h2"}:
            self.headings.append(data)


def outline(text: str) -> Outline:
    parsed = Outline()
    parsed.feed(re.sub(r"<(rect|line)([^>]*)/>", r"<\1\2>", text))
    assert parsed.open == []
    return parsed


def test_the_page_is_whole_and_needs_nothing_else(reviewed: Store) -> None:
    parsed = outline(stats_page(found(reviewed), "All <decks>"))
    assert parsed.addresses == []
    assert parsed.headings == [
        "All <decks>", "By section", "Due in the next 30 days", "The last year",
        "Known when due, by interval", "Known when due, by kind of card", "Ease factors",
        "Seconds an answer", "Hardest questions",
    ]  # fmt: skip


def test_an_empty_store_says_what_begins(store: Store, expect: Expect) -> None:
    lines = [line.plain for line in stats_screen(found(store), 80)]
    expect("stats-empty", normalised("\n".join(lines) + "\n"))


def test_the_page_of_an_empty_store_has_no_empty_boxes(store: Store) -> None:
    text = stats_page(found(store), "All decks")
    assert outline(text).headings == ["All decks", "By section"]
    assert "Nothing was answered yet: <code>proofdeck review</code> begins." in text
    assert text.count("<section") == 2


def test_the_command_writes_json_and_a_page(reviewed: Store, tmp_path: Path) -> None:
    arguments = ["--home", str(tmp_path / "home"), "stats", "--json", "--html", str(tmp_path / "stats.html")]
    result = CliRunner().invoke(
        command, arguments, env={"PROOFDECK_NOW": "2026-11-22T12:00:00+00:00", "TZ": "UTC"}
    )
    assert json.loads(result.stdout)["answers"] == 6
    assert (tmp_path / "stats.html").read_text().startswith("<!doctype html>")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
@pytest.mark.parametrize("width", [360, 1100])
def test_the_page_fits_a_browsers_window(reviewed: Store, tmp_path: Path, width: int) -> None:
    probe = "<script>document.title = document.documentElement.scrollWidth</script></body>"
    file = tmp_path / "stats.html"
    file.write_text(stats_page(found(reviewed), "All decks").replace("</body>", probe))
    browser = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
        f"--window-size={max(500, width)},900", "--dump-dom",
    ]  # fmt: skip
    done = subprocess.run([*browser, file.as_uri()], capture_output=True, text=True, check=True, timeout=60)
    title = re.search(r"<title>(\d+)</title>", done.stdout)
    assert title is not None
    assert int(title.group(1)) <= max(500, width)

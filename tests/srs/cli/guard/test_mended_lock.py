"""Locks that a merge or a wrong clock left: a build mends them, and says so."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.srs.cli.guard.test_loss_guard import GUIDE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.srs.cli.conftest import Desk

OURS = GUIDE.replace("brings cold water to heat", "heats the water up")
THEIRS = GUIDE.replace("tells that the water is hot", "says when the water is hot").replace(
    "makes a room bright", "fills a room with light"
)
BOTH = THEIRS.replace("brings cold water to heat", "heats the water up")


def lock_of(desk: Desk, text: str, now: str) -> str:
    desk.write(text, "guide.md")
    desk.run("build", "guide.md", now=now)
    return (desk.folder / "guide.lock").read_text()


def conflict(desk: Desk, style: str) -> None:
    """Leave the lock as git does when both branches changed its first cards."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    base = lock_of(desk, GUIDE, "2026-11-22T09:00:00+00:00")
    names = {}
    for name, text in (("base", base), ("ours", ""), ("theirs", "")):
        names[name] = desk.folder / f"{name}.txt"
        names[name].write_text(text)
    names["ours"].write_text(lock_of(desk, OURS, "2026-11-22T10:00:00+00:00"))
    (desk.folder / "guide.lock").write_text(base)
    names["theirs"].write_text(lock_of(desk, THEIRS, "2026-11-22T11:00:00+00:00"))
    merged = subprocess.run(
        ["git", "merge-file", "-p", style, *(str(names[each]) for each in ("ours", "base", "theirs"))],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    (desk.folder / "guide.lock").write_text(merged)


def cards(desk: Desk) -> dict[str, dict[str, object]]:
    lines = (desk.folder / "guide.lock").read_text().splitlines()
    return {line["card"]: line for line in map(json.loads, lines) if "card" in line}


@pytest.mark.parametrize("style", ["--diff3", "--zdiff3", "--union", "-q"])
def test_a_build_joins_both_sides_of_a_merge_and_says_so(desk: Desk, style: str) -> None:
    conflict(desk, style)
    before = set(re.findall(r'"card": "(\w+)"', (desk.folder / "guide.lock").read_text()))
    desk.write(BOTH, "guide.md")
    report = desk.json("build", "guide.md", now="2026-11-22T12:00:00+00:00")
    assert set(cards(desk)) == before
    changes = report["changes"]
    assert (changes["new"], changes["retired"], changes["in_doubt"]) == ([], [], [])
    (said,) = report["lock_mended"]
    why = "lines of a merge stood twice" if style == "--union" else "the marks of a merge are resolved"
    assert said.startswith(f"guide.lock: {why}: all cards and proofs of both sides are kept; of ")
    assert desk.run("check", "guide.md").exit_code == 0
    assert "lock_mended" not in desk.json("build", "guide.md", now="2026-11-22T12:00:01+00:00")


def test_the_report_for_people_says_what_was_joined(desk: Desk) -> None:
    conflict(desk, "--diff3")
    desk.write(BOTH, "guide.md")
    assert "guide.lock: the marks of a merge are resolved" in desk.run("build", "guide.md").stdout


def test_a_lock_with_marks_and_an_unreadable_line_is_left_alone_with_its_place(desk: Desk) -> None:
    conflict(desk, "--diff3")
    lock = desk.folder / "guide.lock"
    lines = lock.read_text().splitlines()
    place = lines.index(next(line for line in lines if "room dark again" in line))
    lines[place] = lines[place][:40]
    lock.write_text("\n".join(lines))
    result = desk.run("build", "guide.md")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"guide.lock:{place + 1}: the lock is damaged here")


CONFLICT = "<<<<<<< HEAD\nIts ways:\n=======\nIn its ways:\n>>>>>>> other"


def test_no_card_shows_both_sides_of_a_merge_unless_somebody_wants_it(desk: Desk) -> None:
    desk.write(GUIDE.replace("Its ways:", CONFLICT, 1), "guide.md")
    refused = desk.run("build", "guide.md")
    assert (refused.exit_code, refused.stderr) == (
        1,
        (
            "guide.md: cards would show both sides of a merge.\n"
            "  guide.md:5: a merge left its marks here, and both sides count as words; keep one and delete "
            "the marks.\n"
            "Nothing was written. Mend these lines, or say --yes if it is meant.\n"
        ),
    )
    assert not (desk.folder / "guide.lock").exists()
    assert "guide.md:5: a merge left its marks here" in desk.run("build", "guide.md", "--yes").stdout


@pytest.mark.parametrize("language", ["", "diff", "text"])
def test_a_code_block_may_show_the_marks_of_a_merge(desk: Desk, language: str) -> None:
    shown = f"### How does git show a conflict?\n\nSo:\n\n```{language}\n{CONFLICT}\n```\n"
    desk.write(f"{GUIDE}\n{shown}", "guide.md")
    result = desk.run("build", "guide.md")
    assert (result.exit_code, "a merge left its marks" in result.stdout) == (0, False)


def change_times_in_anki(package: Path) -> set[int]:
    with zipfile.ZipFile(package) as content:
        (package.parent / "collection").write_bytes(content.read("collection.anki2"))
    with closing(sqlite3.connect(package.parent / "collection")) as connection:
        return {row[0] for row in connection.execute("SELECT mod FROM notes")}


NOON = 1797940800
"""2026-12-22T12:00:00 UTC, in seconds since 1970."""


@pytest.mark.parametrize("edited", [GUIDE, OURS, THEIRS], ids=["undone", "as it was", "another"])
def test_a_card_changed_under_a_clock_ahead_counts_as_changed_now(desk: Desk, edited: str) -> None:
    lock_of(desk, GUIDE, "2026-12-22T09:00:00+00:00")
    lock_of(desk, OURS, "2026-12-23T06:00:00+00:00")
    desk.write(edited, "guide.md")
    report = desk.json("build", "guide.md", "-o", "again.apkg", now="2026-12-22T12:00:00+00:00")
    (said,) = report["lock_mended"]
    assert said == (
        "guide.lock: 2 of 20 cards changed up to 18 hours in the future, as under a wrong clock; they count "
        "as changed now. Where Anki has them already, import the deck once with “Update notes: Always”."
    )
    latest = max(int(str(each["changed"])) for each in cards(desk).values())
    assert latest <= NOON + 1
    assert max(change_times_in_anki(desk.folder / "again.apkg")) == latest


@pytest.mark.parametrize("time", ["-5", "9" * 19, "9" * 400], ids=["negative", "late", "endless"])
def test_a_time_of_change_that_no_clock_can_have_said_refuses_no_build(desk: Desk, time: str) -> None:
    lock_of(desk, GUIDE, "2026-11-22T09:00:00+00:00")
    before = [card["id"] for card in desk.json("cards")]
    lock = desk.folder / "guide.lock"
    lock.write_text(
        re.sub(r'"changed": \d+', f'"changed": {time}', lock.read_text("utf-8"), count=1), "utf-8"
    )
    for text in (GUIDE, OURS):
        desk.write(text, "guide.md")
        assert desk.run("build", "guide.md").exit_code == 0
        assert desk.run("doctor", "--no").exit_code == 0
    assert [card["id"] for card in desk.json("cards")] == before


def test_under_a_clock_that_is_late_the_lock_keeps_its_times(desk: Desk) -> None:
    lock_of(desk, GUIDE, "2026-12-22T12:00:00+00:00")
    desk.write(OURS, "guide.md")
    late = desk.run("build", "guide.md", now="2025-11-22T09:00:00+00:00")
    assert late.exit_code == 0
    assert "guide.lock: 20 of 20 cards changed later than this computer's clock says" in late.stdout
    assert {each["changed"] for each in cards(desk).values()} == {NOON, NOON + 1}
    assert max(change_times_in_anki(desk.folder / "guide.apkg")) < NOON
    # Once the clock is right, the edit is newer than what Anki has.
    desk.run("build", "guide.md", now="2026-12-22T12:30:00+00:00")
    assert change_times_in_anki(desk.folder / "guide.apkg") == {NOON, NOON + 1}

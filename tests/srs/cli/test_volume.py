"""Quiet where all is well, and told at every step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

UNANSWERED = "# T\n\n### Q1. What is a plan?\n\nA **plan** is a list.\n\n### Q2. What is a step?\n"
WARNING = "small.md:7: this question has no answer; write one below it.\n"


@pytest.mark.parametrize(
    "words",
    [
        "build small.md",
        "check small.md",
        "prove small.md",
        "export small.md",
        "backup",
        "settings new_a_day 3",
        "undo",
        "doctor",
        "decks rename small Mine",
        "new first.md -q",
        "man man1",
    ],
)
def test_a_command_that_acts_says_nothing_where_all_is_well(desk: Desk, words: str) -> None:
    desk.write()
    desk.run("build", "small.md")
    said = desk.run("--quiet", *words.split())
    assert (said.exit_code, said.stdout, said.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "words", ["due", "cards", "settings", "settings new_a_day", "decks", "stats --json", "restore"]
)
def test_what_was_asked_for_is_said_all_the_same(desk: Desk, words: str) -> None:
    desk.write()
    desk.run("build", "small.md")
    assert desk.run("-q", *words.split()).stdout == desk.run(*words.split()).stdout != ""


def test_what_is_wrong_is_said_all_the_same(desk: Desk) -> None:
    desk.write(UNANSWERED)
    plain = desk.run("build", "small.md", "--quiet")
    assert (plain.exit_code, plain.stdout, plain.stderr) == (0, "", WARNING)
    known = desk.run("build", "small.md", "--quiet")
    assert (known.exit_code, known.stdout, known.stderr) == (0, "", WARNING)
    strict = desk.run("build", "small.md", "--quiet", "--strict")
    assert (strict.exit_code, WARNING in strict.stdout) == (1, True)
    checked = desk.run("check", "small.md", "--quiet")
    assert (checked.exit_code, checked.stdout, WARNING in checked.stderr) == (0, "", True)
    assert desk.run("check", "small.md", "--quiet", "--strict").stdout.endswith("1 warning.\n")
    assert (
        desk.run("check", "nowhere.md", "-q").stderr == "nowhere.md: no such guide; name a Markdown file.\n"
    )


def test_json_is_what_was_asked_for(desk: Desk) -> None:
    desk.write()
    assert json.loads(desk.run("build", "small.md", "--json", "-q").stdout)["cards"] == 8


def test_every_step_is_told_beside_the_output(desk: Desk) -> None:
    desk.write()
    desk.write("strict = false\n", "proofdeck.toml")
    plain, told = desk.run("build", "small.md"), desk.run("build", "small.md", "--verbose")
    assert "Small guide" in told.stdout
    assert plain.stderr == ""
    lines = told.stderr.splitlines()
    assert lines[0].startswith("· proofdeck ")
    assert lines[1:3] == [
        f"· the store is {desk.folder / 'home' / 'proofdeck.db'}",
        "· small.md: the lock is small.lock, and the project's settings are those of proofdeck.toml",
    ]
    assert lines[-1].startswith("· it took ")


def test_the_cause_of_an_error_is_told(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    (desk.folder / "home" / "proofdeck.db").write_bytes(b"no database at all" * 100)
    quiet, told = desk.run("due"), desk.run("due", "--verbose")
    assert "because of" not in quiet.stderr
    assert "· because of DatabaseError: " in told.stderr

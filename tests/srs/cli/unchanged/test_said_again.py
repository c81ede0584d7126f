"""`prove` and `check` in which nothing has changed: the same words at once, and anew after any change."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.srs.cli.conftest import Desk

GUIDE = "# Sums\n\n### Q1. What is a sum?\n\nA **sum** is what addition gives: one number made of several.\n"


def is_known(desk: Desk, command: str) -> bool:
    """Tell whether the command's words are written down."""
    return any((desk.folder / "home").glob(f"builds/*.{command}.json"))


def make_old(*paths: Path) -> None:
    """Make files look as if they were written some time ago, each at another time than ever before."""
    for path in paths:
        os.utime(path, ns=(make_old.at, make_old.at))  # type: ignore[attr-defined]
        make_old.at += 1_000_000_000  # type: ignore[attr-defined]


make_old.at = (int(time.time()) - 100_000) * 1_000_000_000  # type: ignore[attr-defined]


@pytest.fixture
def built(desk: Desk) -> Path:
    path = desk.write(GUIDE, "sums.md")
    assert desk.run("build", "sums.md").exit_code == 0
    make_old(path, path.with_suffix(".lock"))
    return path


@pytest.mark.parametrize("command", ["prove", "check"])
def test_it_says_the_same_again_without_reading_the_guide(
    desk: Desk, built: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.run(command, "sums.md")
    assert is_known(desk, command)
    monkeypatch.setattr("srs.cli.build.guide_file.GuideFile.source", None)
    again = desk.run(command, "sums.md")
    assert (again.exit_code, again.stdout, again.stderr) == (first.exit_code, first.stdout, first.stderr)
    assert built.exists()


@pytest.mark.parametrize("command", ["prove", "check"])
def test_options_have_words_of_their_own(desk: Desk, built: Path, command: str) -> None:
    plain = desk.run(command, "sums.md").stdout
    as_json = desk.run(command, "sums.md", "--json").stdout
    assert as_json.startswith(("{", "["))
    assert desk.run(command, "sums.md").stdout == plain
    assert desk.run(command, "sums.md", "--json").stdout == as_json
    assert built.exists()


def test_an_edit_is_seen(desk: Desk, built: Path) -> None:
    assert desk.run("check", "sums.md").exit_code == 0
    built.write_text(GUIDE.replace("several", "many"), "utf-8")
    make_old(built)
    assert "the lock is older than the guide" in desk.run("check", "sums.md").stdout


def test_a_lock_that_is_gone_is_seen(desk: Desk, built: Path) -> None:
    assert desk.run("check", "sums.md").exit_code == 0
    built.with_suffix(".lock").unlink()
    assert "there is no lock yet" in desk.run("check", "sums.md").stdout


def test_a_lock_of_the_same_length_and_another_time_is_seen(desk: Desk, built: Path) -> None:
    lock = built.with_suffix(".lock")
    assert desk.run("check", "sums.md").exit_code == 0
    lock.write_text(lock.read_text("utf-8").replace("several", "severed"), "utf-8")
    make_old(lock)
    assert desk.run("check", "sums.md").exit_code == 1


def test_what_fails_fails_again(desk: Desk, built: Path) -> None:
    built.write_text(GUIDE.replace("several", "many"), "utf-8")
    make_old(built)
    first, again = desk.run("check", "sums.md"), desk.run("check", "sums.md")
    assert is_known(desk, "check")
    assert (first.exit_code, first.stdout) == (again.exit_code, again.stdout)
    assert first.exit_code == 1


def test_damaged_words_are_said_anew(desk: Desk, built: Path) -> None:
    first = desk.run("check", "sums.md")
    (record,) = (desk.folder / "home" / "builds").glob("*.check.json")
    for text in ("", "{", "[]", '{"depends_on": 1}'):
        record.write_text(text, "utf-8")
        assert desk.run("check", "sums.md").stdout == first.stdout
    assert built.exists()


def test_where_nothing_can_be_kept_nothing_is_made(desk: Desk) -> None:
    desk.write(GUIDE, "sums.md")
    desk.run("check", "sums.md")
    assert not (desk.folder / "home").exists()


def test_a_guide_with_pictures_is_read_each_time(desk: Desk, built: Path) -> None:
    picture = desk.folder / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    built.write_text(f"{GUIDE}\n![A sum](a.png)\n", "utf-8")
    desk.run("build", "sums.md")
    make_old(built, built.with_suffix(".lock"))
    desk.run("check", "sums.md")
    assert not is_known(desk, "check")


def test_each_of_several_guides_is_looked_at(desk: Desk, built: Path) -> None:
    other = desk.write(GUIDE.replace("sum", "product").replace("Sums", "Products"), "products.md")
    desk.run("build", "products.md")
    make_old(other, other.with_suffix(".lock"))
    assert desk.run("check", "sums.md", "products.md").exit_code == 0
    assert is_known(desk, "check")
    other.write_text(other.read_text("utf-8").replace("several", "many"), "utf-8")
    make_old(other)
    assert desk.run("check", "sums.md", "products.md").exit_code == 1
    assert built.exists()

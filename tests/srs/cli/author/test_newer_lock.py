"""A lock that a newer proofdeck wrote loses nothing in the hands of this one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.srs.cli.conftest import GUIDE

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

LESSON = '{"lesson": "one", "cards": ["a"], "place": 1}'
PROOF = (
    '{"proof": "gone#1", "key": "k", "outcome": "passed on a GPU", "python": "3.15", "tensorflow": "3.0", '
    '"keras": "4.0", "on": "2030-01-01", "seconds": 1.0, "confinement": "full"}'
)


def add_what_is_newer(desk: Desk) -> None:
    """Write into the lock what a newer proofdeck may: a field of head and cards, a kind of line, a word."""
    path = desk.folder / "small.lock"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    newer = [json.dumps(line | {"mood": ["blue", 1]}, ensure_ascii=False) for line in lines]
    path.write_text("\n".join([*newer, LESSON, PROOF, ""]), "utf-8")


def kept(desk: Desk) -> tuple[int, list[str]]:
    """Return how many lines have the field, and the other lines."""
    lines = (desk.folder / "small.lock").read_text("utf-8").splitlines()
    moody = [line for line in lines if '"mood": ["blue", 1]' in line]
    return len(moody), [line for line in lines if line not in moody]


def test_an_edit_and_a_build_keep_what_only_a_newer_proofdeck_knows(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    add_what_is_newer(desk)
    before, others = kept(desk)
    assert others == [LESSON, PROOF]
    desk.write(GUIDE.replace("an array with a dtype and a shape", "an array that has a dtype and a shape"))
    built = desk.run("build", "small.md")
    assert built.exit_code == 0
    told = " ".join(built.stdout.split())
    assert (
        "small.lock: this version of proofdeck does not know 2 of its lines and the fields 'mood': they are "
        "kept as they are and not used." in told
    )
    assert kept(desk) == (before, [LESSON, PROOF])
    checked = desk.run("check", "small.md")
    assert (checked.exit_code, checked.stdout.splitlines()[-1]) == (0, "1 warning.")
    again = (desk.folder / "small.lock").read_bytes()
    desk.run("build", "small.md", now="2026-11-23T09:00:00+00:00")
    assert (desk.folder / "small.lock").read_bytes() == again


def test_a_retired_card_keeps_its_unknown_fields_and_comes_back_with_them(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    add_what_is_newer(desk)
    before, _ = kept(desk)
    desk.write(GUIDE.partition("### Q2.")[0])
    assert desk.run("build", "small.md", "--yes").exit_code == 0
    assert kept(desk) == (before, [LESSON, PROOF])
    desk.write()
    assert desk.run("build", "small.md").exit_code == 0
    assert kept(desk) == (before, [LESSON, PROOF])


def test_both_sides_of_a_merge_keep_them(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    add_what_is_newer(desk)
    path = desk.folder / "small.lock"
    head, card, *rest = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([head, "<<<<<<< ours", card, "=======", ">>>>>>> theirs", *rest, ""]), "utf-8")
    assert "resolved" in desk.run("build", "small.md").stdout
    assert kept(desk)[1] == [LESSON, PROOF]

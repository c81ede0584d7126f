"""What `proofdeck` says without words: what today holds, and the one command to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

MORE = "`proofdeck --help` lists all commands.\n"


def test_without_cards_the_first_command_is_said(desk: Desk) -> None:
    said = desk.run()
    assert said.exit_code == 0
    assert said.output == (
        "There are no cards yet. This makes some of the guide that comes with proofdeck:\n\n"
        f"  proofdeck build\n\n`proofdeck build my-guide.md` makes them of yours. {MORE}"
    )


def test_what_today_holds_is_said_with_the_command_that_asks_it(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    desk.run("settings", "new_a_day", "2")
    assert desk.run().output == f"Today: 2 new.\n\n  proofdeck review\n\n{MORE}"
    desk.run("review", keys="1\n4\n")
    assert desk.run().output == f"Today: 1 to repeat.\n\n  proofdeck review\n\n{MORE}"
    tomorrow = "2026-11-23T09:00:00+00:00"
    assert desk.run(now=tomorrow).output == f"Today: 2 due, 2 new.\n\n  proofdeck review\n\n{MORE}"


@pytest.mark.parametrize(
    "settings", [{}, {"new_a_day": "100"}, {"new_a_day": "100", "reviews_a_day": "1"}, {"even_load": "on"}]
)
def test_what_is_counted_is_what_is_asked(desk: Desk, settings: dict[str, str]) -> None:
    desk.write()
    desk.run("build", "small.md")
    for name, value in settings.items():
        desk.run("settings", name, value)
    for day, grades in enumerate(("4\n1\n", "5\n3\n4\n", "4\n", "")):
        desk.run("review", keys=grades, now=f"2026-11-{22 + day}T09:00:00+00:00")
        now = f"2026-11-{22 + day}T10:00:00+00:00"
        counts = desk.json("due", now=now)
        held = counts["due"] + counts["again"] + counts["new"]
        words = desk.run(now=now).output.split(".")[0].removeprefix("Today: ")
        if held:
            assert desk.run("due", now=now).output == f"{words}. `proofdeck review` asks them.\n"
        asked = desk.run("review", keys="5\n" * 40, now=now).stdout.count("answered")
        assert asked == held
        desk.run("undo", "-n", str(asked), now=now)


def test_of_what_is_due_the_share_that_is_asked_is_said(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    desk.run("review", "--new", "3", keys="4\n" * 9)
    desk.run("settings", "reviews_a_day", "1")
    tomorrow = "2026-11-23T09:00:00+00:00"
    assert desk.run(now=tomorrow).output.startswith("Today: 1 of 3 due, ")
    assert desk.run("due", now=tomorrow).output.startswith("1 of 3 due, ")
    counts = desk.json("due", now=tomorrow)
    assert (counts["due"], counts["due_in_all"]) == (1, 3)


def test_each_deck_is_named_where_there_are_several(desk: Desk) -> None:
    desk.write()
    desk.write("# Trees\n\n### Q1. What is a tree?\n\nA **tree** is a plant with one trunk.\n", "trees.md")
    desk.run("build", "small.md")
    desk.run("build", "trees.md")
    desk.run("settings", "new_a_day", "100")
    first, *decks = desk.run().output.splitlines()[:3]
    assert first.startswith("Today: ")
    assert [line.partition(":")[0] for line in decks] == ["  Small guide", "  Trees"]


def test_after_the_last_card_it_says_when_the_next_comes(desk: Desk) -> None:
    desk.write("# Trees\n\n### Q1. What is a tree?\n\nA **tree** is a plant with one trunk.\n")
    desk.run("build", "small.md")
    desk.run("review", keys="4\n" * 9)
    assert desk.run().output == f"Nothing is due. The next card is due tomorrow.\n\n{MORE}"


def test_a_store_that_cannot_be_read_is_said(desk: Desk) -> None:
    desk.write()
    desk.run("build", "small.md")
    (desk.folder / "home" / "proofdeck.db").write_bytes(b"no database at all, but some words" * 200)
    said = desk.run()
    assert said.exit_code == 0
    assert said.output.endswith(f"\n\n{MORE}")
    assert "Traceback" not in said.output

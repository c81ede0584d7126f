"""What `proofdeck` says without words: what today holds, and the one command to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

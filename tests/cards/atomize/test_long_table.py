"""A table of many rows costs as much a row as a short one, and its cards show the rows around their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.atomize.atomize import atomize
from cards.card import sides
from cards.guide.block import Table
from cards.guide.reading.parse import parse_guide

if TYPE_CHECKING:
    from cards.card.card import Draft

HEAD = "### Which banks hold what?\n\n| Bank | Held in | Cost |\n|---|---|---|\n"


def drafts_of_table(rows: int) -> tuple[Draft, ...]:
    lines = [
        f"| bank {row} | cabinet {row * 7 % rows} of hall {row} | {row * 3} coins |\n" for row in range(rows)
    ]
    return atomize(parse_guide(HEAD + "".join(lines), "guide.md").questions[0]).drafts


def shown_rows(draft: Draft) -> list[str]:
    return [
        sides.words((Table((), (row,)),)).strip()
        for table in draft.context
        if isinstance(table, Table)
        for row in table.rows
    ]


def test_a_table_of_a_screen_is_shown_whole() -> None:
    assert [len(shown_rows(draft)) for draft in drafts_of_table(40)] == [40] * 80


def test_a_longer_table_shows_the_rows_around_the_card_s_own() -> None:
    drafts = drafts_of_table(45)
    assert shown_rows(drafts[0])[-2:] == ["bank 19 | cabinet 43 of hall 19 | 57 coins", "… | … | …"]
    assert shown_rows(drafts[2 * 20])[:2] == ["… | … | …", "bank 20 | cabinet 5 of hall 20 | 60 coins"]
    assert shown_rows(drafts[-1])[1:] == [
        f"bank {row} | cabinet {row * 7 % 45} of hall {row} | {row * 3} coins" for row in range(40, 45)
    ]


def test_what_the_cards_of_a_table_show_grows_with_its_rows_and_not_with_their_square() -> None:
    few, many = (sum(len(shown_rows(draft)) for draft in drafts_of_table(rows)) for rows in (100, 900))
    assert many < 10 * few


def test_cards_of_neighbouring_rows_share_what_they_show() -> None:
    assert len({id(draft.context[0]) for draft in drafts_of_table(100)}) == 5

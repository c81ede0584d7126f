"""The list of cards, whole, as wide as the terminal is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from srs.cli.listing.card_lines import card_lines, front_words
from srs.cli.listing.pager import print_paged
from srs.review.log import Act
from tests.builders.deck import CARDS
from tests.builders.store import answered, revision

if TYPE_CHECKING:
    from srs.store.store import Store
    from tests.builders.golden import Expect

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def learnt(store: Store) -> Store:
    def mark(number: int, act: Act, note: str | None = None) -> None:
        card = CARDS[number].id
        store.log.record_act(card, act, at=NOON, seen=revision(store, card), note=note)

    answered(store, CARDS[0].id, 4, NOON)
    answered(store, CARDS[2].id, 4, NOON)
    mark(3, Act.SUSPEND)
    mark(4, Act.FLAG, "which line is meant?")
    return store


@pytest.mark.parametrize("width", [40, 80, 120])
def test_cards_stand_below_their_questions(learnt: Store, width: int, expect: Expect) -> None:
    lines = list(card_lines(learnt.cards.rows(), date(2026, 11, 23), width, located=False))
    assert max(map(len, lines)) <= width
    expect(f"cards-{width}", "\n".join(lines) + "\n")


def test_a_pipe_gets_each_card_whole_on_a_line(learnt: Store, expect: Expect) -> None:
    lines = card_lines(learnt.cards.rows(), date(2026, 11, 23), None, located=True)
    expect("cards-piped", "\n".join(lines) + "\n")


def test_an_id_is_cut_to_what_names_it(learnt: Store) -> None:
    _, line = card_lines(learnt.cards.rows()[:1], date(2026, 11, 23), 80, located=False)
    assert line.split()[0] == CARDS[0].id[:6]


def test_a_card_in_code_is_told_by_the_line_that_it_is_about(store: Store) -> None:
    (row,) = (row for row in store.cards.rows() if row.id == CARDS[2].id)
    code = row._replace(words="What does this print?\nimport os\n\nx = 1\nprint(x)\n1")
    assert front_words(code) == "x = 1"
    why = code._replace(
        kind="why", words="What is the reason for the marked line?\na = 1\nb = a  # why?\nSo."
    )
    assert front_words(why) == "b = a"
    gap = code._replace(kind="complete", words="Which call fills the gap?\na = 1\nb = a.____\ncopy()")
    assert front_words(gap) == "b = a.____"


def test_off_a_terminal_there_is_no_pager(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINES", "3")
    print_paged(["1", "2", "3", "4"])
    assert capsys.readouterr().out == "1\n2\n3\n4\n"

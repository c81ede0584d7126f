"""A deck that is imported again and again: what the real Anki does with it under its default options."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import pytest

from cards.card.card import FAILING_TAG
from cards.card.deck import GuideSlug
from exporters.anki.anki_export import export_package
from tests.builders.card import NOW, card
from tests.builders.card_shapes import every_shape
from tests.builders.deck import deck
from tests.builders.side import side

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cards.card.card import Card
    from tests.builders.anki_collection import Anki

LATER = NOW + 7 * 86_400
BUTTONS: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 3, 4)


def write(path: Path, *cards: Card) -> Path:
    export_package(deck(*cards), path, now=LATER)
    return path


def with_answer(old: Card, answer: str) -> Card:
    return replace(old, changed_at=LATER, back=side(answer))


def progress_of(anki: Anki) -> tuple[list[list[Any]], list[list[Any]]]:
    """Everything about when cards are shown, and the log."""
    return (
        anki.rows("SELECT id, nid, did, type, queue, due, ivl, factor, reps, lapses, flags, data FROM cards"),
        anki.rows("SELECT * FROM revlog"),
    )


def test_a_mark_reaches_anki_and_leaves_it_with_its_tag_when_the_code_holds(
    anki: Anki, tmp_path: Path
) -> None:
    good = every_shape()[3]
    words = "did not run on TensorFlow 2.21.0: TypeError."
    bad = replace(good, stamp=None, failing=words, tags=(*good.tags, FAILING_TAG))

    anki.take(write(tmp_path / "bad.apkg", bad))
    anki.study("TensorFlow interview", BUTTONS[:1])
    before = progress_of(anki)
    assert f'<p class="failing">✗ {words}</p>' in anki.shown(bad)[1]
    assert 'class="proof"' not in anki.shown(bad)[1]
    assert FAILING_TAG in anki.note(bad).tags

    assert anki.take(write(tmp_path / "good.apkg", replace(good, changed_at=LATER))) == {"updated": 1}
    assert "failing" not in anki.shown(good)[1]
    assert FAILING_TAG not in anki.note(good).tags
    assert progress_of(anki) == before


def test_a_second_import_of_the_same_package_changes_nothing(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    first = write(tmp_path / "first.apkg", *cards)

    assert anki.take(first) == {"new": len(cards)}
    anki.study("TensorFlow interview", (*BUTTONS, *BUTTONS, 1))
    before = progress_of(anki)
    assert anki.take(first) == {"already present": len(cards)}
    assert progress_of(anki) == before


def test_only_changed_cards_are_updated_and_their_schedule_and_log_stay(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    edited = replace(with_answer(cards[3], "tracing once"), tags=("topic::new",))
    anki.take(write(tmp_path / "first.apkg", *cards))
    anki.study("TensorFlow interview", (*BUTTONS, *BUTTONS, 1))
    before = progress_of(anki)

    second = write(tmp_path / "second.apkg", *cards[:3], edited, *cards[4:])

    assert anki.take(second) == {"updated": 1, "already present": len(cards) - 1}
    assert anki.note(edited)["Back"] == "<p>tracing once</p>"
    assert anki.note(edited).tags == ["topic::new"]
    assert progress_of(anki) == before
    assert anki.take(second) == {"already present": len(cards)}


def test_new_cards_come_and_dropped_ones_stay_where_they_are(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    anki.take(write(tmp_path / "first.apkg", *cards))

    second = write(tmp_path / "second.apkg", *cards[1:], card("brand new", "What is new?", "This."))

    assert anki.take(second) == {"new": 1, "already present": len(cards) - 1}
    assert anki.shown(cards[0])


def test_what_the_user_did_to_unchanged_cards_survives(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    anki.take(write(tmp_path / "first.apkg", *cards))
    mine = anki.note(cards[0])
    mine["Back"] += "<p>my remark</p>"
    mine.tags.append("mine")
    anki.col.update_note(mine)
    anki.col.sched.suspend_cards([anki.card(cards[1]).id])
    anki.col.set_user_flag_for_cards(3, [anki.card(cards[2]).id])
    anki.col.set_deck([anki.card(cards[4]).id], anki.deck("Mine::Moved"))
    before = progress_of(anki)

    anki.take(write(tmp_path / "second.apkg", with_answer(cards[3], "other"), *cards[:3], *cards[4:]))

    assert "my remark" in anki.note(cards[0])["Back"]
    assert "mine" in anki.note(cards[0]).tags
    assert progress_of(anki) == before


def test_the_users_style_survives_as_long_as_ours_is_unchanged(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    anki.take(write(tmp_path / "first.apkg", *cards))
    mine = anki.col.models.by_name("Proofdeck")
    assert mine is not None
    mine["css"] += "\n.card { font-size: 30px }"
    anki.col.models.update_dict(mine)

    anki.take(write(tmp_path / "second.apkg", with_answer(cards[0], "other"), *cards[1:]))

    kept = anki.col.models.by_name("Proofdeck")
    assert kept is not None
    assert kept["css"].endswith("\n.card { font-size: 30px }")
    assert [each.name for each in anki.col.models.all_names_and_ids() if "Proofdeck" in each.name] == [
        "Proofdeck"
    ]


def test_a_card_that_comes_back_finds_its_history(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    whole, without = write(tmp_path / "whole.apkg", *cards), write(tmp_path / "without.apkg", *cards[1:])
    anki.take(whole)
    anki.study("TensorFlow interview", (*BUTTONS, *BUTTONS, 1))
    before = progress_of(anki)

    anki.take(without)
    assert anki.take(whole) == {"already present": len(cards)}
    assert progress_of(anki) == before


def test_new_cards_are_shown_in_the_guides_order(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    anki.take(write(tmp_path / "deck.apkg", *cards))

    guids = anki.rows("SELECT guid FROM notes JOIN cards ON nid = notes.id ORDER BY due")

    assert guids == [[each.id] for each in cards]


def test_a_card_is_found_by_its_key(anki: Anki, tmp_path: Path) -> None:
    cards = every_shape()
    anki.take(write(tmp_path / "deck.apkg", *cards))

    found = anki.col.find_notes(f'"Key:{cards[0].id}" OR "Key:{cards[2].id}"')

    assert set(found) == {anki.note(cards[0]).id, anki.note(cards[2]).id}


def test_all_kinds_of_card_render_with_their_words_and_pass_ankis_own_check(
    anki: Anki, tmp_path: Path
) -> None:
    cards = every_shape()
    anki.take(write(tmp_path / "deck.apkg", *cards))

    for each in cards:
        question, answer = anki.shown(each)
        assert 'class="front"' in question
        assert question.strip() != answer.strip()
        assert ("ran on" in answer) == (each.stamp is not None)
        assert each.breadcrumb[0] in question
    assert anki.col.fix_integrity() == ("Database rebuilt and optimized.", True)
    assert not anki.col.get_empty_cards().notes


def test_the_same_deck_gives_the_same_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    cards = every_shape()
    one, two = tmp_path / "one.apkg", tmp_path / "two.apkg"

    reports = [
        export_package(deck(*cards), path, now=LATER + extra)
        for path, extra in ((one, 0), (two, 999), (one, 9))
    ]

    assert hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(two.read_bytes()).digest()
    assert [report.changed for report in reports] == [True, True, False]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.apkg", "two.apkg"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("TensorFlow interview", "TensorFlow interview"),
        ("  spaced\n out  ", "spaced out"),
        ("std::vector::", "std:vector"),
        (":a:", "a"),
        ("a\x1fb\x00c", "abc"),
        ('50% "quoted" & <b>', '50% "quoted" & <b>'),
        ("\U0001f9e0 cafe\u0301", "\U0001f9e0 caf\u00e9"),
        ("\n", "tensorflow-interview"),
    ],
)
def test_a_title_is_one_deck_in_anki(
    new_anki: Callable[[], Anki], tmp_path: Path, title: str, name: str
) -> None:
    report = export_package(deck(*every_shape(), title=title), tmp_path / "deck.apkg", now=NOW)
    anki = new_anki()
    anki.take(tmp_path / "deck.apkg")

    assert report.deck_name == name
    assert {each.name for each in anki.col.decks.all_names_and_ids()} == {"Default", name}


def test_two_guides_that_state_the_same_name_are_one_deck_in_anki(
    new_anki: Callable[[], Anki], tmp_path: Path
) -> None:
    first, second = every_shape()[:2]
    one = replace(deck(first), slug=GuideSlug("one"), stated_name="Work:: Pandas ::")
    other = replace(deck(second), slug=GuideSlug("other"), stated_name="Work::Pandas")
    anki = new_anki()
    for each in (one, other):
        export_package(each, tmp_path / "deck.apkg", now=NOW)
        anki.take(tmp_path / "deck.apkg")

    assert {each.name for each in anki.col.decks.all_names_and_ids()} == {"Default", "Work", "Work::Pandas"}
    assert len(anki.col.find_notes('"deck:Work::Pandas"')) == 2

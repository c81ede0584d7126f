"""The one door to a proved deck."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from cards.build.gate import gate_card, gate_deck
from cards.card.card import FAILING_TAG, CardId, Stamp, UnchangedCard
from cards.card.deck import GuideSlug, ProvedDeck
from cards.card.kind import CardKind
from cards.guide.guide import QuestionSlug
from cards.program.program import Program
from cards.program.snippet import SnippetName, SnippetRole
from cards.program.verdict import Outcome
from tests.builders.card import card, draft
from tests.builders.place import ROOT
from tests.builders.program import snippet
from tests.builders.verdict import verdict

PASSED, FAILED = Outcome.PASSED, Outcome.FAILED
STAMP = Stamp("2.21.0", "3.15.0", "2026-01-02")
SHOWN = (SnippetName("q#1"),)


PROGRAM = Program(
    "q",
    (
        snippet("pass", name="q:fixture:a", role=SnippetRole.FIXTURE),
        snippet("pass", name="q#1"),
        snippet("pass", name="q#2", role=SnippetRole.CHECK),
        snippet("pass", name="q#3", role=SnippetRole.CHECK),
        snippet("pass", name="q#4"),
        snippet("pass", name="q#5", role=SnippetRole.CHECK),
    ),
)


@pytest.mark.parametrize(
    ("shows", "outcomes", "held_by"),
    [
        ((), {}, None),
        (("q#1",), {"q#1": PASSED, "q#2": PASSED, "q#3": PASSED}, None),
        (("q#1",), {"q#1": FAILED, "q#2": PASSED, "q#3": PASSED}, "q#1"),
        (("q#1",), {"q#1": PASSED, "q#2": PASSED, "q#3": FAILED}, "q#3"),
        (("q#1",), {"q#1": PASSED, "q#2": PASSED}, "q#3"),
        (("q#1",), {"q#1": PASSED, "q#2": PASSED, "q#3": PASSED, "q#4": FAILED, "q#5": FAILED}, None),
        (("q#4",), {"q#1": FAILED, "q#4": PASSED, "q#5": PASSED}, None),
        (("q#4",), {"q#4": PASSED, "q#5": FAILED}, "q#5"),
        (
            ("q#1", "q#4"),
            {"q#1": PASSED, "q#2": PASSED, "q#3": PASSED, "q#4": FAILED, "q#5": PASSED},
            "q#4",
        ),
        (("elsewhere#1",), {"elsewhere#1": PASSED}, None),
        (("elsewhere#1",), {}, "elsewhere#1"),
    ],
    ids=[
        "no code",
        "code and its checks hold",
        "the code fails",
        "a later check fails",
        "a check has not run",
        "the checks of the next block do not matter",
        "the block before does not matter",
        "the last check counts",
        "all code a card shows must hold",
        "code without a program",
        "code that has not run",
    ],
)
def test_a_card_passes_when_all_its_code_and_the_checks_below_hold(
    shows: tuple[str, ...], outcomes: dict[str, Outcome], held_by: str | None
) -> None:
    verdicts = {SnippetName(name): verdict(name, outcome) for name, outcome in outcomes.items()}
    way = gate_card(draft(snippets=tuple(map(SnippetName, shows))), (PROGRAM,), verdicts)
    assert way.failing_snippet == held_by
    assert way.stamp == (STAMP if shows and not held_by else None)
    assert way.verdict == (verdicts.get(SnippetName(held_by)) if held_by else None)


@pytest.mark.parametrize(
    ("outcome", "mark"),
    [
        (Outcome.FAILED, "did not run on TensorFlow 2.21.0: ValueError: no."),
        (Outcome.NEEDS, "did not run on TensorFlow 2.21.0: ValueError: no."),
        (Outcome.OUTPUT_MISMATCH, "does not hold on TensorFlow 2.21.0: ValueError: no."),
        (Outcome.STALE_API, "no longer runs on TensorFlow 2.21.0: ValueError: no."),
        (Outcome.NOT_RUN, ""),
        (None, ""),
    ],
    ids=[
        "it fails",
        "it needs something",
        "it prints something else",
        "it is stale",
        "nobody tried",
        "not yet proved",
    ],
)
def test_a_card_whose_code_does_not_hold_passes_with_a_mark_where_that_is_asked_for(
    outcome: Outcome | None, mark: str
) -> None:
    told = (
        {}
        if outcome is None
        else {
            SnippetName("q#4"): verdict(
                "q#4", outcome, sentence="ValueError: no. Mend it.", advice="Mend it."
            )
        }
    )
    shows = draft(snippets=(SnippetName("q#4"),))
    way = gate_card(shows, (PROGRAM,), told, include_failing=True)
    assert (way.failing, way.is_shown, way.stamp, way.failing_snippet) == (mark, bool(mark), None, "q#4")
    assert not gate_card(shows, (PROGRAM,), told).is_shown


def test_a_deck_holds_cards_without_code_and_cards_with_a_proof() -> None:
    cards = (card("a"), card("b", snippets=SHOWN, stamp=STAMP))
    assert gate_deck(GuideSlug("g"), "G", cards) == ProvedDeck(GuideSlug("g"), "G", cards)


def test_a_deck_takes_unchanged_cards_as_the_last_build_let_them_out() -> None:
    unchanged = UnchangedCard(CardId("b"), CardKind.FACT, QuestionSlug("q"), 1, "guide.md", 7)
    proved = gate_deck(GuideSlug("g"), "G", (card("a"), unchanged))
    assert proved.cards == (card("a"), unchanged)
    assert proved.has_unchanged_cards
    with pytest.raises(ValueError, match="unchanged cards are only named"):
        assert proved.whole_cards


def test_no_deck_holds_code_without_a_proof() -> None:
    with pytest.raises(ValueError, match="the card b shows code without a proof"):
        gate_deck(GuideSlug("g"), "G", (card("a"), card("b", id=CardId("b"), snippets=SHOWN)))


def test_a_deck_holds_failing_code_only_with_its_mark_and_its_tag() -> None:
    marked = card("a", id=CardId("a"), snippets=SHOWN, failing="did not run", tags=(FAILING_TAG,))
    assert gate_deck(GuideSlug("g"), "G", (marked,)).cards == (marked,)
    for wrong in (replace(marked, tags=()), replace(marked, failing=""), replace(marked, stamp=STAMP)):
        with pytest.raises(ValueError, match="the card a "):
            gate_deck(GuideSlug("g"), "G", (wrong,))


def test_only_the_gate_makes_a_proved_deck() -> None:
    makers = [
        path.relative_to(ROOT).as_posix()
        for package in ("cards", "exporters", "srs")
        for path in sorted((ROOT / package).rglob("*.py"))
        if makes_a_proved_deck(path.read_text(encoding="utf-8"))
    ]
    assert makers == ["cards/build/gate.py"]


@pytest.mark.parametrize(
    ("source", "makes"),
    [
        ("ProvedDeck(slug, title, cards)", True),
        ("card.ProvedDeck(slug, title, cards)", True),
        ("replace(deck, cards=())", True),
        ("dataclasses.replace(deck, cards=())", True),
        ("def send(deck: ProvedDeck) -> None: ...", False),
        ("replace(card, stamp=None)", False),
    ],
)
def test_what_counts_as_making_a_proved_deck(source: str, *, makes: bool) -> None:
    assert makes_a_proved_deck(source) == makes


def makes_a_proved_deck(source: str) -> bool:
    """Tell whether a module calls the class, or copies a value named `deck` with other fields."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).rpartition(".")[2]
        copied = ast.unparse(node.args[0]).rpartition(".")[2] if node.args else ""
        if called == "ProvedDeck" or (called == "replace" and copied == "deck"):
            return True
    return False

"""The one door to a proved deck."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cards.build.displayed import DisplayedVerdicts, display_keys, program_alone, required_displays
from cards.build.gate import GateDecision, gate_card, gate_deck
from cards.card.card import FAILING_TAG, CardId, UnchangedCard
from cards.card.deck import GuideSlug, ProvedDeck
from cards.card.kind import CardKind
from cards.card.proof_stamp import Stamp
from cards.guide.guide import QuestionSlug
from cards.lock.proofs import Proofs
from cards.part_cache import PartCache
from cards.program.displayed_code import DisplayedCode, DisplayedVerdict, Expectation
from cards.program.program import Program
from cards.program.snippet import KerasFlavour, RunDirectives, SnippetName, SnippetRole
from cards.program.verdict import Outcome
from tests.builders.card import card, draft
from tests.builders.place import ROOT
from tests.builders.program import snippet
from tests.builders.verdict import verdict

if TYPE_CHECKING:
    from cards.build.displayed import DisplayKeys
    from cards.card.card import Draft
    from cards.program.verdict import Verdict
    from cards.prove.run_displayed import DisplayRequest

PASSED, FAILED = Outcome.PASSED, Outcome.FAILED
STAMP = Stamp("2.21.0", "3.15.0", "2026-01-02")
SHOWN = (SnippetName("q#1"),)
NOTHING_DISPLAYED = DisplayedVerdicts({})


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
    way = gate_card(draft(snippets=tuple(map(SnippetName, shows))), (PROGRAM,), verdicts, None)
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
    way = gate_card(shows, (PROGRAM,), told, None, include_failing=True)
    assert (way.failing, way.is_shown, way.stamp, way.failing_snippet) == (mark, bool(mark), None, "q#4")
    assert not gate_card(shows, (PROGRAM,), told, None).is_shown


DISPLAYED = DisplayedCode("print(1)", Expectation.PRINTS, "1")
ASKING = draft(snippets=SHOWN, displayed=DISPLAYED)
HOLDING = {SnippetName(name): verdict(name, PASSED) for name in ("q#1", "q#2", "q#3")}


def requests(
    drafts: list[Draft], verdicts: dict[SnippetName, Verdict], known: DisplayedVerdicts
) -> tuple[DisplayRequest, ...]:
    """Return the runs of what cards display that are due."""
    return required_displays(drafts, [PROGRAM], verdicts, known, keys_of(drafts, verdicts))


def keys_of(drafts: list[Draft], verdicts: dict[SnippetName, Verdict]) -> DisplayKeys:
    """Return the keys of what cards display."""
    return display_keys(drafts, [PROGRAM], verdicts, Proofs(), PartCache())


def gate(asking: Draft, seen: DisplayedVerdicts, *, include_failing: bool = False) -> GateDecision:
    """Return whether a card may be shown whose code holds, given what was seen of displayed code."""
    known = seen.find(asking, HOLDING, keys_of([asking], HOLDING))
    return gate_card(asking, (PROGRAM,), HOLDING, known, include_failing=include_failing)


def displayed_verdicts(fault: str) -> DisplayedVerdicts:
    """Return what a run of the code that ASKING displays ended in."""
    ((card,),) = (request.cards for request in requests([ASKING], HOLDING, NOTHING_DISPLAYED))
    return DisplayedVerdicts.of([DisplayedVerdict(card.card, card.key, fault)])


@pytest.mark.parametrize("include_failing", [False, True])
def test_a_card_whose_displayed_code_does_otherwise_is_kept_out(*, include_failing: bool) -> None:
    seen = displayed_verdicts("the code on the card prints “2”, but its answer is “1”")
    way = gate(ASKING, seen, include_failing=include_failing)
    assert not way.is_shown
    assert way.refuted_by is not None
    assert way.refuted_by.fault == "the code on the card prints “2”, but its answer is “1”"
    assert (way.stamp, way.failing_snippet, way.failing) == (None, None, "")


def test_a_card_whose_displayed_code_does_what_it_says_passes() -> None:
    assert gate(ASKING, displayed_verdicts("")) == GateDecision(STAMP)


def test_a_card_whose_displayed_code_has_not_run_waits_for_its_proof() -> None:
    way = gate(ASKING, NOTHING_DISPLAYED)
    assert (way.is_shown, way.failing_snippet, way.verdict) == (False, "q#1", None)


@pytest.mark.parametrize(
    "other",
    [
        replace(DISPLAYED, source="print(2)"),
        replace(DISPLAYED, text="2"),
        replace(DISPLAYED, expects=Expectation.RAISES),
        replace(DISPLAYED, name="x"),
        replace(DISPLAYED, given=(SnippetName("q:fixture:a"),)),
    ],
    ids=["its text", "its answer", "what it asks for", "the name it asks for", "what is given"],
)
def test_a_run_of_displayed_code_says_nothing_of_another_card(other: DisplayedCode) -> None:
    way = gate(replace(ASKING, displayed=other), displayed_verdicts(""))
    assert not way.is_shown


def test_nothing_displayed_runs_twice_nor_where_its_block_fails() -> None:
    def required(known: DisplayedVerdicts, **outcomes: Outcome) -> list[int]:
        told = HOLDING | {SnippetName("q#1"): verdict("q#1", outcomes.get("shown", PASSED))}
        return [len(each.cards) for each in requests([ASKING, ASKING, draft()], told, known)]

    assert required(NOTHING_DISPLAYED) == [1]
    assert required(displayed_verdicts("")) == []
    assert required(displayed_verdicts("it fails")) == []
    assert required(NOTHING_DISPLAYED, shown=FAILED) == []


def test_displayed_code_runs_as_the_author_directs_its_block_and_those_above() -> None:
    above = RunDirectives(env=(("A", "1"), ("B", "1")), seed=3, loopback=True, timeout_seconds=9)
    own = RunDirectives(env=(("B", "2"),), tolerance=0.1, keras=KerasFlavour.KERAS_2, fixtures=("a",))
    program = Program(
        "q",
        (
            snippet("a = 1", name="q:fixture:a", role=SnippetRole.FIXTURE),
            snippet("import keras.ops as np\nb = 2", name="q#1", directives=above),
            snippet("assert b", name="q#2", role=SnippetRole.CHECK),
            snippet("print(np.ones(1), tf, layers)", name="q#3", directives=own),
        ),
        (("data.txt", "1"),),
    )
    code = DisplayedCode("print(np.ones(1), tf)", Expectation.PRINTS, "", given=(SnippetName("q:fixture:a"),))
    alone = program_alone(code, program, 3)
    assert [each.source for each in alone.snippets] == [
        "import keras.ops as np\nimport tensorflow as tf",
        "a = 1",
        "print(np.ones(1), tf)",
    ]
    assert alone.files == program.files
    assert alone.snippets[-1].directives == RunDirectives(
        tolerance=0.1,
        timeout_seconds=9,
        keras=KerasFlavour.KERAS_2,
        env=(("A", "1"), ("B", "2")),
        seed=3,
        loopback=True,
    )


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

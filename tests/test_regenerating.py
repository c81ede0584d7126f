"""A guide edited at random, built and reviewed in between: no review is lost, no two cards swap."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cards.build.pipeline import finish_build, plan_build
from cards.card.kind import CardKind
from cards.card.sides import words
from srs.schedule.sm2 import Grade
from srs.store.health import check_health
from srs.store.store import Store
from tests.builders.lock import parse_lock

if TYPE_CHECKING:
    from cards.build.pipeline import BuildResult
    from cards.card.card import CardId
    from cards.lock.lock import Lock

pytestmark = pytest.mark.slow

SENTENCES = (
    "The values of layer {number} are kept in a place that is called **{name}**.",
    "The values of layer {number} are all kept in a place that is called **{name}**.",
    "All values of layer {number} are kept in the place that is called **{name}**.",
)
ENTRIES = (
    "holds what the layer before it has counted in {number} steps",
    "holds what the layer before it counted during {number} steps",
    "keeps what the layer before it has counted in {number} steps",
)
ASKED = (
    "What does a layer need {name} for?",
    "Why does a layer need {name}?",
    "For what does a layer use {name}?",
)
ANSWERS = ("It counts {number} steps.", "It counts up to {number} steps.", "It counts {number} of the steps.")
TITLES = ("What is a layer made of", "How is a layer put together", "Which parts does a layer have")


@dataclass
class Fact:
    """Something to know, told in one of several wordings; its name and number are its own."""

    name: str
    number: int
    form: str
    wording: int = 0

    def text(self) -> str:
        place = {"name": self.name, "number": self.number}
        match self.form:
            case "sentence":
                return SENTENCES[self.wording].format(**place)
            case "entry":
                return f"- **{self.name}**: {ENTRIES[self.wording].format(**place)}"
            case "row":
                return f"| {self.name} | in step {self.number} | after {self.number + 1} tries |"
            case _:
                return f"Q: {ASKED[self.wording].format(**place)}\nA: {ANSWERS[self.wording].format(**place)}"


@dataclass
class Asked:
    """A question of the guide."""

    number: int
    title: int = 0
    facts: list[Fact] = field(default_factory=list)

    def text(self, place: int, header: str) -> str:
        parts = [f"### Q{place}. {TITLES[self.title]}, part {'abcdefghijklmnopqrstuvwxyz'[self.number]}?"]
        parts += [fact.text() for fact in self.facts if fact.form == "sentence"] or ["Nothing yet."]
        rows = [fact.text() for fact in self.facts if fact.form == "row"]
        parts += ["\n".join([f"| Part | {header} | Stops |", "|---|---|---|", *rows])] if rows else []
        entries = [fact.text() for fact in self.facts if fact.form == "entry"]
        parts += ["\n".join(entries)] if entries else []
        return "\n\n".join(parts + [fact.text() for fact in self.facts if fact.form == "follow-up"])


class Regenerating(RuleBasedStateMachine):
    """What an author and a learner do to a guide in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.store = self.stack.enter_context(Store.open(self.folder / "proofdeck.db"))
        self.sections: list[list[Asked]] = [[Asked(0)], [Asked(1)]]
        self.header = "Starts"
        self.removed: list[Fact] = []
        self.names = 0
        self.lock: Lock | None = None
        self.built: BuildResult | None = None
        self.answered_cards: dict[CardId, str] = {}
        self.reviews = 0
        self.ever: dict[CardId, str] = {}
        self.moment = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def teardown(self) -> None:
        self.stack.close()

    def questions(self) -> list[Asked]:
        return [asked for section in self.sections for asked in section]

    def new_fact(self, form: str) -> Fact:
        self.names += 1
        # Names that look much alike are the dangerous ones: cell7, cell8, cell17.
        return Fact(f"cell{self.names}", self.names, form)

    def facts(self) -> list[tuple[Asked, Fact]]:
        return [(asked, fact) for asked in self.questions() for fact in asked.facts]

    @initialize()
    def first_build(self) -> None:
        for asked in self.questions():
            asked.facts = [
                self.new_fact(form) for form in ("sentence", "sentence", "entry", "entry", "row", "row")
            ]
        self.build()

    # The author.

    @rule(
        which=st.integers(0, 50),
        form=st.sampled_from(["sentence", "entry", "row", "follow-up"]),
        at=st.integers(0, 9),
    )
    def add(self, which: int, form: str, at: int) -> None:
        asked = self.questions()[which % len(self.questions())]
        asked.facts.insert(at % (len(asked.facts) + 1), self.new_fact(form))

    @precondition(lambda self: len(self.facts()) > 3)
    @rule(which=st.integers(0, 99))
    def remove(self, which: int) -> None:
        asked, fact = self.facts()[which % len(self.facts())]
        asked.facts.remove(fact)
        self.removed.append(fact)

    @precondition(lambda self: self.removed)
    @rule(which=st.integers(0, 99), where=st.integers(0, 50))
    def bring_back(self, which: int, where: int) -> None:
        asked = self.questions()[where % len(self.questions())]
        asked.facts.append(self.removed.pop(which % len(self.removed)))

    @rule(which=st.integers(0, 99))
    def put_another_in_its_place(self, which: int) -> None:
        asked, fact = self.facts()[which % len(self.facts())]
        other = self.new_fact(fact.form)
        other.wording = fact.wording
        asked.facts[asked.facts.index(fact)] = other
        self.removed.append(fact)

    @rule(which=st.integers(0, 99), wording=st.integers(0, 2))
    def reword(self, which: int, wording: int) -> None:
        self.facts()[which % len(self.facts())][1].wording = wording

    @rule(which=st.integers(0, 99), where=st.integers(0, 50), at=st.integers(0, 9))
    def move(self, which: int, where: int, at: int) -> None:
        asked, fact = self.facts()[which % len(self.facts())]
        asked.facts.remove(fact)
        other = self.questions()[where % len(self.questions())]
        other.facts.insert(at % (len(other.facts) + 1), fact)

    @rule(which=st.integers(0, 50), title=st.integers(0, 2))
    def reword_question(self, which: int, title: int) -> None:
        self.questions()[which % len(self.questions())].title = title

    @rule(which=st.integers(0, 50))
    def split_question(self, which: int) -> None:
        asked = self.questions()[which % len(self.questions())]
        half = len(asked.facts) // 2
        other = Asked(len(self.questions()), facts=asked.facts[half:])
        if other.number < 26:
            asked.facts = asked.facts[:half]
            self.sections[0].append(other)

    @rule()
    def turn_sections(self) -> None:
        self.sections.reverse()
        self.sections[0].reverse()

    @rule(header=st.sampled_from(["Starts", "Begins", "Starts to run"]))
    def rename_column(self, header: str) -> None:
        self.header = header

    # The learner.

    @rule()
    def build(self) -> None:
        text = ["# Guide"]
        place = 0
        for number, section in enumerate(self.sections):
            text.append(f"## Section {'ab'[number]}")
            for asked in section:
                place += 1
                text.append(asked.text(place, self.header))
        now = int(self.moment.timestamp())
        self.built = finish_build(
            plan_build("\n\n".join(text) + "\n", "guide.md", self.lock, frozenset()), (), now
        )
        written = self.built.lock
        self.lock = parse_lock(written, "guide.lock")
        self.store.cards.sync(self.built.deck)
        self.moment += timedelta(minutes=1)

    @precondition(lambda self: self.built is not None)
    @rule(which=st.lists(st.integers(0, 200), min_size=1, max_size=6), grade=st.sampled_from(Grade))
    def review(self, which: list[int], grade: Grade) -> None:
        assert self.built is not None
        cards = self.built.deck.whole_cards
        for card in {cards[number % len(cards)].id: cards[number % len(cards)] for number in which}.values():
            shown = self.store.cards.show(card.id)
            assert shown is not None
            self.moment += timedelta(seconds=10)
            self.store.log.record_answer(
                card.id, grade, reviewed_at=self.moment, seen=shown.revision, took_ms=900
            )
            self.reviews += 1
            if told := self.told_by(card.id):
                self.answered_cards.setdefault(card.id, told)

    # What must hold after every step.

    def told_by(self, card: CardId) -> str:
        """Return the name of the fact that a card is about; empty for an overview, which is about several."""
        assert self.built is not None
        shown = next(each for each in self.built.deck.whole_cards if each.id == card)
        if shown.kind is CardKind.OVERVIEW:
            return ""
        text = (
            f"{words(shown.front)} {words(shown.back)}".replace("?", " ").replace(".", " ").replace(":", " ")
        )
        names = {word for word in text.split() if word.startswith("cell")}
        return names.pop() if len(names) == 1 else ""

    @invariant()
    def no_history_stands_on_a_card_of_another_fact(self) -> None:
        if self.built is not None:
            alive = {card.id for card in self.built.deck.whole_cards}
            assert {card: self.told_by(card) for card in self.answered_cards if card in alive} == {
                card: fact for card, fact in self.answered_cards.items() if card in alive
            }

    @invariant()
    def no_identity_is_given_twice(self) -> None:
        if self.lock is not None:
            identities = [card.id for card in self.lock.cards]
            assert len(identities) == len(set(identities))
            assert set(self.ever) <= set(identities)
            self.ever |= {card.id: card.key for card in self.lock.cards}

    @invariant()
    def no_review_is_lost_and_every_schedule_is_the_fold_of_its_log(self) -> None:
        findings = check_health(self.store)
        assert (findings.damage, findings.wrong_standings, findings.entries) == ((), (), self.reviews)


Regenerating.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
test_regenerating = Regenerating.TestCase

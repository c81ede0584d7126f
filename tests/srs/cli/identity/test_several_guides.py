"""Several guides in one store, edited, moved and built in any order: no history is lost or mixed up."""

from __future__ import annotations

import json
import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from srs.cli import command

if TYPE_CHECKING:
    from collections.abc import Callable

_WHICH = st.integers(0, 99)
_ASKED = ("What is a {}?", "What is the {}?", "What do you call a {}?")


@dataclass
class File:
    """A guide on disk, with the names of what its questions ask about."""

    path: Path
    names: list[str] = field(default_factory=list)

    def write(self, asked_as: dict[str, int]) -> None:
        asked = [
            f"### {_ASKED[asked_as.get(name, 0)].format(name)}\n\n"
            f"A **{name}** is the thing number {name[4:]} of all.\n"
            for name in self.names
        ]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("# Guide\n\n" + "\n".join(asked), "utf-8")

    @property
    def lock(self) -> Path:
        return self.path.with_suffix(".lock")


class SeveralGuides(RuleBasedStateMachine):
    """What authors do to guides that share a store; an answer's words never change here."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.files: list[File] = []
        self.count = 0
        self.answered: dict[str, str] = {}
        """The card that was answered for each name."""
        self.asked_as: dict[str, int] = {}
        """In which words each name is asked about, where it is not in the first."""
        self.in_two: set[str] = set()
        """The names that a copy asks about too: which of the cards goes on is the author's affair."""

    def teardown(self) -> None:
        self.stack.close()

    def run(self, *arguments: str, keys: str = "") -> Result:
        environment = {
            "PROOFDECK_HOME": str(self.folder / "home"),
            "PROOFDECK_NOW": "2026-11-22T09:00:00+00:00",
        }
        return CliRunner().invoke(command, arguments, env=environment, input=keys, catch_exceptions=False)

    def new_names(self, number: int) -> list[str]:
        self.count += number
        return [f"item{each}" for each in range(self.count - number, self.count)]

    def new_place(self, stem: str) -> Path:
        self.count += 1
        return self.folder / f"folder{self.count}" / f"{stem}.md"

    def a_file(self, which: int) -> File:
        return self.files[which % len(self.files)]

    @initialize()
    def two_guides_of_one_name(self) -> None:
        for folder in ("a", "b"):
            self.files.append(File(self.folder / folder / "README.md", self.new_names(4)))
            self.build(len(self.files) - 1)

    @rule(which=_WHICH)
    def add_a_question(self, which: int) -> None:
        file = self.a_file(which)
        file.names += self.new_names(1)
        file.write(self.asked_as)

    @rule(which=_WHICH, what=_WHICH, words=st.integers(0, len(_ASKED) - 1))
    def reword_a_question(self, which: int, what: int, words: int) -> None:
        """Built before and at once after; from then on the card's identity is not that of a new one."""
        file = self.a_file(which)
        name = file.names[what % len(file.names)]
        if name not in self.in_two:
            self.build(which)
            self.asked_as[name] = words
            self.build(which)
            self.every_question_kept_its_card(file)

    @rule(which=_WHICH, where=_WHICH, what=_WHICH)
    def move_a_question(self, which: int, where: int, what: int) -> None:
        file, other = self.a_file(which), self.a_file(where)
        name = file.names[what % len(file.names)]
        if file is not other and len(file.names) > 2 and name not in other.names:
            file.names.remove(name)
            other.names.append(name)
            file.write(self.asked_as)
            other.write(self.asked_as)

    @rule(which=_WHICH, stem=st.sampled_from(["README", "other"]), with_lock=st.booleans())
    def rename_a_guide(self, which: int, stem: str, *, with_lock: bool) -> None:
        """Built before, so that the store knows its words, and at once after."""
        self.build(which)
        file = self.a_file(which)
        before, lock = file.path, file.lock
        file.path = self.new_place(stem)
        file.path.parent.mkdir()
        before.rename(file.path)
        if with_lock:
            lock.rename(file.lock)
        else:
            lock.unlink()
        self.build(which)

    @rule(which=_WHICH, words=st.integers(0, len(_ASKED) - 1))
    def lose_a_lock(self, which: int, words: int) -> None:
        """Of a guide with a question in other words, for which a build would make another identity."""
        self.reword_a_question(which, 0, words)
        self.build(which)
        file = self.a_file(which)
        before = self.asked_by(file)
        file.lock.unlink(missing_ok=True)
        self.build(which)
        assert self.asked_by(file) == before

    @precondition(lambda self: len(self.files) < 4)
    @rule(which=_WHICH)
    def copy_a_guide(self, which: int) -> None:
        file = self.a_file(which)
        copy = File(self.new_place("README"), list(file.names))
        self.files.append(copy)
        self.in_two |= set(file.names)
        self.build(len(self.files) - 1, "--new")

    @precondition(lambda self: len(self.files) > 1)
    @rule(which=_WHICH)
    def delete_a_guide(self, which: int) -> None:
        """With its lock; its cards stay in the store, and go on where their words turn up."""
        self.delete(self.a_file(which))

    def delete(self, file: File) -> None:
        self.files.remove(file)
        file.path.unlink()
        file.lock.unlink(missing_ok=True)

    @precondition(lambda self: len(self.files) > 1)
    @rule(which=_WHICH, where=_WHICH)
    def pour_a_guide_into_another(self, which: int, where: int) -> None:
        file, other = self.a_file(which), self.a_file(where)
        if file is not other and not set(file.names) & set(other.names):
            self.build(which)
            self.build(where)
            other.names += file.names
            other.write(self.asked_as)
            self.delete(file)
            self.build(self.files.index(other))
            self.every_question_kept_its_card(other)

    @rule(which=_WHICH)
    def merge_two_branches(self, which: int) -> None:
        """Each has a question that the other has not; git leaves its marks in the lock."""
        self.build(which)
        file = self.a_file(which)
        base, names, branches = file.lock.read_text("utf-8"), file.names, []
        added = self.new_names(2)
        for name in added:
            file.lock.write_text(base, "utf-8")
            file.names = [*names, name]
            self.build(which, "--yes")
            branches.append(file.lock.read_text("utf-8"))
        file.names = [*names, *added]
        file.lock.write_text(self.merged(base, *branches), "utf-8")
        self.build(which)

    def merged(self, base: str, ours: str, theirs: str) -> str:
        """Return what git makes of a file that two branches changed."""
        places = [self.folder / name for name in ("ours", "base", "theirs")]
        for place, text in zip(places, (ours, base, theirs), strict=True):
            place.write_text(text, "utf-8")
        done = subprocess.run(["git", "merge-file", "-p", *places], capture_output=True, check=False)
        assert b"<<<<<<<" in done.stdout
        return done.stdout.decode()

    @rule(which=_WHICH)
    def build(self, which: int, *options: str) -> None:
        file = self.a_file(which)
        file.write(self.asked_as)
        result = self.run("build", str(file.path), "-o", str(file.path.with_suffix(".apkg")), *options)
        assert result.exit_code == 0, result.output

    @rule()
    def build_all(self) -> None:
        for number in (*range(len(self.files)), *range(len(self.files))):
            self.build(number)
        for file in self.files:
            self.every_question_kept_its_card(file)

    def asked_by(self, file: File) -> dict[str, str]:
        """Return the card of each name that a guide asks about, as the store has them."""
        guide = json.loads(file.lock.read_text("utf-8").partition("\n")[0])
        identity = guide.get("id", guide["guide"])
        return {self.name_of(card): card["id"] for card in self.cards() if card["guide"] == identity}

    def every_question_kept_its_card(self, file: File) -> None:
        asked = self.asked_by(file)
        assert sorted(asked) == sorted(file.names)
        for name in set(file.names) - self.in_two:
            assert asked[name] == self.answered.get(name, asked[name])

    @rule(grades=st.lists(st.sampled_from("135"), min_size=2, max_size=8))
    def answer(self, grades: list[str]) -> None:
        before = {card["id"]: card["due"] for card in self.cards()}
        self.run("review", keys="\n".join([*grades, ""]))
        for card in self.cards():
            if before.get(card["id"]) is None and card["due"] is not None:
                self.answered.setdefault(self.name_of(card), card["id"])

    def cards(self, *options: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("cards", "--json", *options).stdout)
        return found

    def name_of(self, card: dict[str, Any]) -> str:
        (name,) = {str(word).strip("?.") for word in card["words"].split() if word.startswith("item")}
        return name

    @invariant()
    def every_answer_stands_on_the_card_that_was_answered(self) -> None:
        if self.answered:
            every = {card["id"]: self.name_of(card) for card in (*self.cards(), *self.cards("--retired"))}
            assert {card: every[card] for card in self.answered.values()} == {
                card: name for name, card in self.answered.items()
            }

    @invariant()
    def the_store_is_sound(self) -> None:
        if self.files:
            assert self.run("doctor", "--no").exit_code == 0


def test_one_life_in_which_everything_happens() -> None:
    """What the machine finds in many lives, in one that is short: each step could lose a history."""
    life = SeveralGuides()
    steps: list[Callable[[], None]] = [
        life.two_guides_of_one_name,
        lambda: life.answer(["5"] * 8),
        lambda: life.reword_a_question(1, 0, 1),
        lambda: life.move_a_question(0, 1, 0),
        life.build_all,
        lambda: life.reword_a_question(0, 1, 2),
        lambda: life.lose_a_lock(0, 1),
        lambda: life.lose_a_lock(1, 2),
        life.build_all,
        lambda: life.rename_a_guide(1, "other", with_lock=False),
        lambda: life.merge_two_branches(0),
        life.build_all,
        lambda: life.copy_a_guide(1),
        life.build_all,
        lambda: life.pour_a_guide_into_another(0, 1),
        life.build_all,
        lambda: life.rename_a_guide(0, "README", with_lock=True),
        lambda: life.delete_a_guide(1),
        life.build_all,
    ]
    try:
        for step in steps:
            step()
            life.every_answer_stands_on_the_card_that_was_answered()
        life.the_store_is_sound()
        assert len(life.answered) == 8
    finally:
        life.teardown()


SeveralGuides.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.slow
class TestSeveralGuides(SeveralGuides.TestCase):  # type: ignore[misc, valid-type]
    """The machine as a test; it builds some hundred guides."""

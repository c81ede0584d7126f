"""The main job on the real guide: every block run in TensorFlow, the deck taken in by the real Anki."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from cards.build.pipeline import display_requests, finish_build, plan_build
from cards.card import sides
from cards.guide.block import Table
from cards.guide.reading.parse import parse_guide
from tests.builders.anki_collection import Anki
from tests.builders.lock import parse_lock
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cards.card.card import Card

pytestmark = pytest.mark.slow

SOURCE = ROOT / "source"
NAME = "tensorflow-interview"
COMMAND = [sys.executable, "-P", "-c", "from srs.cli import main; main()"]


class Bundle(NamedTuple):
    folder: Path
    report: dict[str, Any]

    def run(self, *arguments: str, options: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """Run the command in a process of its own, in the folder, with the folder's store."""
        environment = os.environ | {
            "PROOFDECK_HOME": str(self.folder / "home"),
            "PYTHONPATH": str(SOURCE.parent),
        }
        command = [sys.executable, *options, *COMMAND[1:], *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def cards(self) -> tuple[Card, ...]:
        """Return the cards that the build made, made once more from its lock."""
        path = self.folder / f"{NAME}.md"
        lock = parse_lock((self.folder / f"{NAME}.lock").read_text("utf-8"), "lock")
        return finish_build(
            plan_build(path.read_text("utf-8"), str(path), lock, frozenset()), (), 2_000_000_000
        ).deck.whole_cards


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """Build the bundled guide with the lock of the repository, but without its proofs."""
    folder = tmp_path_factory.mktemp("bundle")
    shutil.copy(SOURCE / f"{NAME}.md", folder)
    lines = (SOURCE / f"{NAME}.lock").read_text("utf-8").splitlines(keepends=True)
    (folder / f"{NAME}.lock").write_text("".join(line for line in lines if '{"proof": ' not in line), "utf-8")
    built = Bundle(folder, {}).run("build", f"{NAME}.md", "--json")
    assert built.returncode == 0, built.stdout[-3000:] + built.stderr[-3000:]
    return Bundle(folder, json.loads(built.stdout))


def test_every_block_of_code_holds_or_says_what_it_would_need(bundle: Bundle) -> None:
    proofs = bundle.report["proofs"]
    needing = proofs["outcomes"].get("needs something", 0) + proofs["outcomes"].get("not run", 0)
    assert proofs["blocks"] == proofs["holding"] + needing
    assert [held for held in bundle.report["held_back"] if not held["excused"]] == []


def test_the_guide_has_all_its_questions_and_tables() -> None:
    path = SOURCE / f"{NAME}.md"
    guide = parse_guide(path.read_text("utf-8"), str(path))
    sections = Counter(question.section.split(":")[0] for question in guide.questions)
    assert sections == {
        "Easy": 13,
        "Medium": 14,
        "Hard": 10,
        "Coding rounds": 12,
        "The ecosystem": 2,
        "FAQ": 2,
    }
    ecosystem = [question for question in guide.questions if question.section == "The ecosystem"]
    assert all(any(isinstance(block, Table) for block in question.blocks) for question in ecosystem)


def test_nine_in_ten_blocks_of_python_are_proved_and_nothing_defined_is_never_called(bundle: Bundle) -> None:
    verdicts = json.loads(bundle.run("prove", f"{NAME}.md", "--json").stdout)
    shown = [verdict for verdict in verdicts if verdict["role"] == "shown"]
    assert sum(verdict["holds"] for verdict in shown) >= 0.9 * len(shown)
    assert [note for verdict in shown for note in verdict["notes"] if "never called" in note] == []


def test_the_cards_are_many_short_and_largely_about_code(bundle: Bundle) -> None:
    measures = json.loads(bundle.run("check", f"{NAME}.md", "--json").stdout)["measures"]
    assert measures["cards"] >= 450
    assert measures["cards"] * measures["code_share"] >= 120
    assert measures["answer_words_median"] <= 12
    assert measures["yes_no_share"] <= 0.10
    assert measures["asking_share"] == 1.0


def test_the_lock_in_the_repository_is_what_a_build_writes(bundle: Bundle) -> None:
    """Same identities, same change times: a fresh clone exports the same notes."""
    changes = bundle.report["changes"]
    assert [changes[name] for name in ("new", "retired", "revived")] == [[], [], []]


def test_every_card_that_says_what_its_code_does_was_run_as_it_is_displayed() -> None:
    path = SOURCE / f"{NAME}.md"
    lock = parse_lock((SOURCE / f"{NAME}.lock").read_text("utf-8"), "lock")
    plan = plan_build(path.read_text("utf-8"), str(path), lock, frozenset())
    held = {verdict.snippet for verdict in lock.proofs.verdicts if verdict.outcome.holds}
    asking = [draft for draft in plan.drafts if draft.displayed and set(draft.snippets) <= held]
    assert len(asking) > 150
    assert {verdict.card for verdict in lock.displayed} == {draft.key for draft in asking}
    assert display_requests(plan, (), ()) == ()
    assert len([verdict for verdict in lock.displayed if verdict.fault]) < 10


def test_the_guide_checks_clean() -> None:
    done = subprocess.run(
        [*COMMAND, "check", str(SOURCE / f"{NAME}.md")],
        capture_output=True,
        text=True,
        check=False,
        cwd=SOURCE.parent,
    )
    assert done.returncode == 0
    assert "Nothing is wrong." in done.stdout.splitlines()


def test_the_real_anki_takes_every_card_and_shows_its_words(bundle: Bundle, tmp_path: Path) -> None:
    anki = Anki(tmp_path)
    cards = bundle.cards()
    assert anki.take(bundle.folder / f"{NAME}.apkg") == {"new": len(cards)}
    shown = {guid: anki.col.get_card(card).render_output() for guid, card in anki.rows(
        "SELECT notes.guid, cards.id FROM cards JOIN notes ON notes.id = cards.nid"
    )}  # fmt: skip
    assert set(shown) == {card.id for card in cards}
    for card in cards:
        missing = _missing(sides.words(card.front), shown[card.id].question_text)
        missing += _missing(sides.words(card.back), shown[card.id].answer_text)
        assert missing == [], card.key
    anki.col.close()


def _missing(words: str, html: str) -> list[str]:
    """Return the words that a rendered side does not show."""
    text = unescape(re.sub(r"<[^>]*>", "", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)))
    squeezed = "".join(text.split())
    # A gap is drawn as a box: what stands on both sides of it must be there.
    return [part for part in re.split("[…\n]", words) if "".join(part.split()) not in squeezed]


def test_an_unchanged_rebuild_runs_nothing_and_imports_no_tensorflow(bundle: Bundle) -> None:
    files = [f"{NAME}.apkg", f"{NAME}.lock", "home/proofdeck.db"]
    before = [(bundle.folder / name).read_bytes() for name in files]
    done = bundle.run("build", f"{NAME}.md", "--json", options=["-X", "importtime"])
    imported = {
        line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines() if "import time:" in line
    }
    assert json.loads(done.stdout)["proofs"]["ran_now"] == 0
    assert imported & {"tensorflow", "keras"} == set()
    assert [(bundle.folder / name).read_bytes() for name in files] == before

"""A lock that remembers several runtimes: one is forgotten, and it is said whose proofs count."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cards.build.pipeline import plan_build
from cards.program.runtime import Runtime
from cards.program.verdict import Outcome
from tests.builders.built import finished, lock_of
from tests.builders.verdict import verdicts_of

if TYPE_CHECKING:
    from cards.build.pipeline import BuildResult
    from tests.srs.cli.conftest import Desk

GUIDE = """\
# Code guide

### Q1. What does `sum` do?

The function **sum** adds the numbers of an iterable.

```python
print(sum([1, 2]))
```

```output
3
```

### Q2. What does `max` do?

The function **max** finds the largest.

```python
print(max([1, 2]))
```

```output
2
```
"""
OLD = Runtime("3.8", "2.5.0", "2.5.0")
NEW = Runtime("3.8", "2.7.1", "2.7.0")
NEWEST = Runtime("3.9", "2.7.1", "2.7.0")
"""None of them is installed where the tests run."""


@pytest.fixture
def proved(desk: Desk) -> Desk:
    """A folder with a guide that was proved under three runtimes; under the oldest, a block fails."""
    desk.write(GUIDE)
    result: BuildResult | None = None
    for runtime in (OLD, NEW, NEWEST):
        plan = plan_build(GUIDE, "small.md", lock_of(result) if result else None, frozenset({runtime}))
        outcomes = {"what-does-max-do#1": Outcome.FAILED} if runtime is OLD else {}
        result = finished(plan, verdicts_of(plan.to_run, runtime, outcomes=outcomes), 1000)
        (desk.folder / "small.lock").write_text(result.lock, "utf-8")
    return desk


def lock_lines(desk: Desk) -> list[str]:
    return (desk.folder / "small.lock").read_text("utf-8").splitlines()


def test_a_runtime_is_forgotten_by_its_name_and_all_others_stay(proved: Desk) -> None:
    before = lock_lines(proved)
    told = proved.run("prove", "small.md", "--forget", "3.9")
    assert (told.exit_code, told.stdout) == (
        0,
        (
            "Forgotten: TensorFlow 2.7.1 · Keras 2.7.0 · Python 3.9 (2 proofs).\n"
            "`proofdeck build` brings the cards up to date.\n"
        ),
    )
    assert lock_lines(proved) == [line for line in before if '"python": "3.9"' not in line]
    assert "Nothing is wrong.\n" in proved.run("check", "small.md").stdout


def test_the_words_of_a_report_are_a_name_too(proved: Desk) -> None:
    told = proved.run("prove", "small.md", "--forget", "TensorFlow 2.5.0 · Keras 2.5.0 · Python 3.8")
    assert told.stdout.startswith("Forgotten: TensorFlow 2.5.0 · Keras 2.5.0 · Python 3.8 (2 proofs).\n")


def test_it_is_said_when_the_last_proof_of_a_block_goes(proved: Desk) -> None:
    told = proved.run("prove", "small.md", "--forget", "2")
    assert told.stdout.endswith(
        "2 blocks have no proof any more; `proofdeck build` proves what it can here.\n"
    )
    assert [line for line in lock_lines(proved) if "proof" in line or "displayed" in line] == [
        '{"proofdeck-lock": 2, "guide": "small"}'
    ]


@pytest.mark.parametrize("option", ["--forget", "--since"])
def test_a_name_that_nothing_has_is_answered_with_what_there_is(proved: Desk, option: str) -> None:
    before = lock_lines(proved)
    told = proved.run("prove", "small.md", option, "2.18")
    assert told.exit_code == 2
    assert told.stderr.partition("\n\n")[2] == (
        f"Error: {option} 2.18: no runtime of that name in small.lock. It remembers:\n"
        "  TensorFlow 2.7.1 · Keras 2.7.0 · Python 3.9  (2 proofs)\n"
        "  TensorFlow 2.7.1 · Keras 2.7.0 · Python 3.8  (2 proofs)\n"
        "  TensorFlow 2.5.0 · Keras 2.5.0 · Python 3.8  (2 proofs)\n"
    )
    assert lock_lines(proved) == before


def test_where_nothing_is_remembered_the_next_step_is_named(desk: Desk) -> None:
    desk.write(GUIDE)
    told = desk.run("prove", "small.md", "--forget", "2.18")
    assert told.exit_code == 2
    assert "small.lock remembers no runtime yet; run `proofdeck prove` first." in told.stderr


def test_check_and_export_say_whose_proofs_they_take(proved: Desk) -> None:
    newest = "TensorFlow 2.7.1 · Keras 2.7.0 · Python 3.9"
    checked = proved.run("check", "small.md")
    assert f"The code is judged as it was proved on {newest}.\nNothing is wrong.\n" in checked.stdout
    assert proved.json("check", "small.md")["versions"] == [newest]
    written = proved.run("export", "small.md", "--format", "json", "-o", "-")
    assert written.stderr == f"Their code is shown as it was proved on {newest}.\n"
    proofs = {
        card["kind"]: card["proof"]
        for card in json.loads(written.stdout)["cards"]
        if card["proof"] is not None
    }
    assert proofs["predict"] == {"tensorflow": "2.7.1", "keras": "2.7.0", "proved_on": "2026-01-02"}


def test_a_card_says_on_which_versions_its_code_holds(proved: Desk) -> None:
    proved.run("export", "small.md", "--format", "html", "-o", "page.html")
    page = (proved.folder / "page.html").read_text("utf-8")
    assert "holds on <span>TensorFlow 2.5 to 2.7</span> · <span>2026-01-02</span>" in page
    assert "ran on <span>TensorFlow 2.7.1</span> · <span>Keras 2.7.0</span>" in page

"""Guides with code, through the commands, in a real TensorFlow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders.golden import normalised, without_versions
from tests.srs.cli.conftest import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.golden import Expect

pytestmark = pytest.mark.slow

GUIDE = """\
# Code

### Q1. What does addition do?

Addition of tensors works **element by element**.

```python
import tensorflow as tf

print((tf.constant([1, 2]) + 1).numpy())
```

```output
[2 3]
```

```python
print(tf.zeros([2, 3]).shape)  # because a shape is known before any value
```

```output
(3, 2)
```

### Q2. What fails?

A call with a **wrong name** fails.

```python
import tensorflow as tf

tf.no_such_thing(1)  # because nobody wrote it
```

### Q3. What needs more?

A pod has **many chips**.

```python no-run="needs a TPU pod"
import tensorflow as tf

tf.tpu.experimental.initialize_tpu_system()
```
"""


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A folder in which the guide was built once."""
    desk = Desk(tmp_path_factory.mktemp("proved"))
    desk.write(GUIDE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk.folder)
        desk.run("build", "small.md")
    return desk


@pytest.fixture
def here(proved: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(proved.folder)
    return proved


def test_what_does_not_hold_is_named_with_its_line_and_kept_out(here: Desk, expect: Expect) -> None:
    result = here.run("build", "small.md")
    assert result.exit_code == 1
    expect("build-held-back", without_versions(normalised(result.stdout)))
    kinds = {row["kind"] for row in here.json("cards")}
    assert "predict" in kinds
    assert not any("zeros" in row["words"] or "no_such" in row["words"] for row in here.json("cards"))


def test_failing_code_fails_the_command_and_a_written_reason_does_not(here: Desk, expect: Expect) -> None:
    verdicts = {verdict["snippet"]: verdict for verdict in here.json("prove", "small.md")}
    told = here.run("prove", "small.md")
    assert told.exit_code == 1
    expect("prove", without_versions(normalised(told.stdout)))
    assert [(name, verdict["outcome"], verdict["line"]) for name, verdict in verdicts.items()] == [
        ("what-does-addition-do#1", "passed", 0),
        ("what-does-addition-do#2", "output mismatch", 18),
        ("what-fails#1", "failed", 32),
        ("what-needs-more#1", "not run", 0),
    ]


def test_check_says_the_same_without_running_anything(here: Desk, expect: Expect) -> None:
    told = here.run("check", "small.md")
    assert told.exit_code == 1
    expect("check-held-back", without_versions(normalised(told.stdout)))


def test_update_writes_what_was_printed_into_the_fences_that_were_wrong(here: Desk, expect: Expect) -> None:
    text = (here.folder / "small.md").read_text()
    (here.folder / "other.md").write_text(text.replace("[2 3]", "[4 4]"))
    result = here.run("prove", "other.md", "--update")
    assert (here.folder / "other.md").read_text() == text.replace("(3, 2)", "(2, 3)")
    expect("prove-update", without_versions(normalised(result.stderr)))


def test_after_the_last_fault_is_mended_everything_holds(here: Desk) -> None:
    text = (here.folder / "small.md").read_text()
    mended = text.replace("(3, 2)", "(2, 3)").replace("tf.no_such_thing(1)", "tf.constant(1)")
    (here.folder / "mended.md").write_text(mended)
    assert here.run("build", "--new", "mended.md").exit_code == 0
    assert here.run("check", "mended.md").stdout.endswith("Nothing is wrong.\n")
    assert here.run("prove", "mended.md", "--strict").exit_code == 1


PAGE = """\
Small talk about tensors

1. How do you add two tensors?
The operator works element by element.
import tensorflow as tf
total = tf.constant([1, 2]) + 1  # because one is added to each element

2. How do you train for one epoch?
The method fit does it.
import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile(loss='mse')
history = model.fit(X_train, y_train, epochs=40, verbose=0)
print(history.history['loss'])

3. How do you run a graph?
A session runs it.
import tensorflow as tf
session = tf.Session()
session.run(tf.constant(1))  # because nothing ran until now

4. How do you multiply two matrices?
The inner sizes must agree.
import tensorflow as tf
tf.ones((2, 2)) @ tf.ones((3, 3))  # because the operator multiplies matrices

5. How do you read a table?
A package does it.
import surely_not_installed
table = surely_not_installed.read('table.csv')
"""


@pytest.fixture(scope="module")
def recovered(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A folder in which a copied page was made a guide, and the guide proved."""
    desk = Desk(tmp_path_factory.mktemp("recovered"))
    desk.write(PAGE, "page.txt")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk.folder)
        assert desk.run("recover", "page.txt", "-o", "guide.md").exit_code == 0
        desk.run("prove", "guide.md")
    return desk


def test_a_recovered_guide_is_told_what_still_runs_and_what_to_do_about_the_rest(
    recovered: Desk, monkeypatch: pytest.MonkeyPatch, expect: Expect
) -> None:
    monkeypatch.chdir(recovered.folder)
    result = recovered.run("prove", "guide.md")
    assert result.exit_code == 1
    expect("prove-recovered", without_versions(normalised(result.stdout)))


def test_the_same_report_is_there_for_programs(recovered: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(recovered.folder)
    shown = [one for one in recovered.json("prove", "guide.md") if one["role"] == "shown"]
    assert [(one["condition"], one["stand_ins"], one["line"]) for one in shown] == [
        ("still runs", [], 0),
        ("runs with stand-ins", ["X_train", "y_train"], 0),
        ("stale", [], 30),
        ("fails here", [], 40),
        ("needs something", [], 48),
    ]
    assert shown[2]["question"] == "How do you run a graph?"
    assert shown[2]["error"] == "AttributeError: module 'tensorflow' has no attribute 'Session'."
    assert shown[2]["advice"].startswith("Instead of `tf.Session` today: nothing")


def failing_cards(desk: Desk) -> list[dict[str, Any]]:
    return [row for row in desk.json("cards") if "proofdeck::failing" in row["tags"]]


def test_cards_of_failing_code_are_in_no_deck_unless_asked_for_and_then_marked(
    recovered: Desk, monkeypatch: pytest.MonkeyPatch, expect: Expect
) -> None:
    monkeypatch.chdir(recovered.folder)
    held = recovered.run("build", "guide.md")
    assert held.exit_code == 1
    expect("build-recovered", without_versions(normalised(held.stdout)))
    before = {row["id"] for row in recovered.json("cards")}

    report = recovered.json("build", "guide.md", "--include-failing")
    marked = failing_cards(recovered)
    assert report["held_back"] == []
    assert len(marked) == len(report["marked"]) == report["cards"] - len(before) > 0
    shown = recovered.run("show", marked[0]["id"])
    expect("show-failing", without_versions(normalised(shown.stdout)))
    exported = recovered.run("export", "guide.md", "--format", "json", "-o", "-", "--include-failing")
    failing = [card["id"] for card in json.loads(exported.stdout)["cards"] if card["failing"]]
    assert sorted(failing) == sorted(row["id"] for row in marked)

    mended = (recovered.folder / "guide.md").read_text().replace("tf.ones((3, 3))", "tf.ones((2, 3))")
    (recovered.folder / "guide.md").write_text(mended)
    after = recovered.json("build", "guide.md", "--include-failing")
    left = failing_cards(recovered)
    assert len(after["changes"]["changed"]) == len(marked) - len(left) > 0
    assert {row["id"] for row in left} < {row["id"] for row in marked}

    recovered.run("build", "guide.md")
    assert failing_cards(recovered) == []


BLAMED = """\
# Blame

### Q1. What does a session show?

It shows **values**.

```pycon
>>> x = [1, 2]
>>> x + [3]
[1, 2, 3]
```

### Q2. What is old?

A **statement** was.

```python
def double(x):
    print "twice"
```

```python
double(2)
```

### Q3. What is cut out?

A **line** is.

```python
return total
```

### Q4. What is a slip?

Two **letters** change places.

```python
model = [1]
print(modle)
```

### Q5. What is for a notebook?

A **command** is.

```python
!pip install tensorflow
```

### Q6. What does no Python parse?

A **quote** of a word processor.

```python
print(\u201chello\u201d)
```

### Q7. What fails first?

The **division**.

```python
steps = 1 / 0
```

```python
print(steps)
```

### Q8. What goes on?

The **next** question.

```python continues
print(steps + 1)
```
"""


def test_each_failure_is_blamed_on_what_causes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect: Expect
) -> None:
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path)
    desk.write(BLAMED, "blame.md")
    told = desk.run("prove", "blame.md")
    assert told.exit_code == 1
    expect("prove-blame", without_versions(normalised(told.stdout)))
    rows = desk.json("prove", "blame.md")
    assert [(row["at"], row["condition"], row["follows"]) for row in rows if row.get("follows")] == [
        ("blame.md:23", "stale", "what-is-old#1"),
        ("blame.md:68", "fails here", "what-fails-first#1"),
        ("blame.md:76", "fails here", "what-fails-first#1"),
    ]

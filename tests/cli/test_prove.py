"""Guides with code, through the commands, in a real TensorFlow."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Desk

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


def test_what_does_not_hold_is_named_with_its_line_and_kept_out(here: Desk) -> None:
    result = here.run("build", "small.md")
    assert result.exit_code == 1
    assert "3 cards held back: their code does not hold." in result.stdout
    assert "small.md:18: output mismatch:" in result.stdout
    kinds = {row["kind"] for row in here.json("cards")}
    assert "predict" in kinds
    assert not any("zeros" in row["words"] or "no_such" in row["words"] for row in here.json("cards"))


def test_failing_code_fails_the_command_and_a_written_reason_does_not(here: Desk) -> None:
    verdicts = {verdict["snippet"]: verdict for verdict in here.json("prove", "small.md")}
    assert here.run("prove", "small.md").exit_code == 1
    assert [(name, verdict["outcome"], verdict["line"]) for name, verdict in verdicts.items()] == [
        ("what-does-addition-do#1", "passed", 0),
        ("what-does-addition-do#2", "output mismatch", 18),
        ("what-fails#1", "failed", 32),
        ("what-needs-more#1", "not run", 0),
    ]


def test_check_says_the_same_without_running_anything(here: Desk) -> None:
    told = here.run("check", "small.md")
    assert told.exit_code == 1
    assert [line.split(":")[1] for line in told.stdout.splitlines() if line.startswith("small.md:")] == [
        "18",
        "32",
    ]


def test_update_writes_what_was_printed_into_the_fences_that_were_wrong(here: Desk) -> None:
    text = (here.folder / "small.md").read_text()
    (here.folder / "other.md").write_text(text.replace("[2 3]", "[4 4]"))
    result = here.run("prove", "other.md", "--update")
    assert (here.folder / "other.md").read_text() == text.replace("(3, 2)", "(2, 3)")
    assert "other.md: 2 outputs written anew." in result.stderr


def test_after_the_last_fault_is_mended_everything_holds(here: Desk) -> None:
    text = (here.folder / "small.md").read_text()
    mended = text.replace("(3, 2)", "(2, 3)").replace("tf.no_such_thing(1)", "tf.constant(1)")
    (here.folder / "mended.md").write_text(mended)
    assert here.run("build", "mended.md").exit_code == 0
    assert here.run("check", "mended.md").stdout.endswith("Nothing is wrong.\n")
    assert here.run("prove", "mended.md", "--strict").exit_code == 1

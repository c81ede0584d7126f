"""What a lock claims is run here or said to be taken on trust; `prove --again --check` finds every lie."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.srs.cli.conftest import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

GUIDE = """\
# Sums

### Q1. What does adding do?

Adding two numbers gives their **sum**.

```python
a = 17
b = 25
print(a + b)
```

### Q2. What does dividing do?

Dividing by zero **fails** with an error.

```python
value = 10 / 4
print(value)
```
"""
FAILING = GUIDE.replace("10 / 4", "10 / 0")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a guide and its lock, built on a machine of its own."""
    folder = tmp_path_factory.mktemp("built")
    for name, text in (("sums.md", GUIDE), ("failing.md", FAILING)):
        path = Desk(folder).write(text, name)
        Desk(folder).run("build", str(path), "--new", "-o", str(folder / "x.apkg"))
    shutil.rmtree(folder / "home")
    return folder


@pytest.fixture
def desk(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Another machine, which was sent guide and lock."""
    shutil.copytree(built, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    return Desk(tmp_path / "desk")


def forge(desk: Desk, change: Callable[[dict[str, Any]], None], name: str = "sums.lock") -> None:
    """Change lines of a lock, whatever they are."""
    path = desk.folder / name
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        change(line)
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), "utf-8")


def says_passed(line: dict[str, Any]) -> None:
    if line.get("outcome") == "failed":
        line["outcome"], line["output"] = "passed", "2.5"
        line.pop("sentence", None)
        line.pop("advice", None)
        line.pop("line", None)


def says_measured_otherwise(line: dict[str, Any]) -> None:
    if line.get("printed") == "42":
        line["printed"] = "45.0"


def says_printed_otherwise(line: dict[str, Any]) -> None:
    if line.get("output") == "42":
        line["output"] = "43"
    if line.get("printed") == "42":
        line["printed"] = "43"


def says_another_trait(line: dict[str, Any]) -> None:
    if line.get("printed") == "42":
        line["traits"] = [["a", "shape", 1, "(3, 3)"]]


def says_another_gap(line: dict[str, Any]) -> None:
    if line.get("printed") == "42":
        line["gaps"] = [["argument", 1, 4, "17"]]


def says_a_card_stands_alone_badly(line: dict[str, Any]) -> None:
    if str(line.get("displayed", "")).startswith("what-does-adding"):
        line["fault"] = "needs a line it does not show"


def says_a_note(line: dict[str, Any]) -> None:
    if line.get("output") == "42":
        line["notes"] = ["never called: helper"]


ON_TRUST = "2 proofs and 4 measurements taken on trust from the lock: `proofdeck prove --again"


@pytest.mark.parametrize("command", ["build", "check", "prove"])
def test_what_was_not_run_here_is_said_to_be_on_trust(desk: Desk, command: str) -> None:
    told = " ".join(desk.run(command, "sums.md", *(["--new"] if command == "build" else [])).stdout.split())
    assert ON_TRUST in told
    assert "on trust" not in desk.run(command, "sums.md", "--trust-lock").stdout


def test_what_is_on_trust_is_told_by_builds_that_change_nothing_until_it_has_run_here(desk: Desk) -> None:
    desk.run("build", "sums.md", "--new")
    assert "on trust" in desk.run("build", "sums.md").stdout
    assert "on trust" in desk.run("build", "sums.md").stdout
    before = (desk.folder / "sums.lock").read_bytes()
    assert desk.run("prove", "--again", "sums.md").exit_code == 0
    assert (desk.folder / "sums.lock").read_bytes() == before
    for command in ("build", "check", "prove", "build"):
        assert "on trust" not in desk.run(command, "sums.md").stdout, command


def test_what_ran_here_is_known_under_every_name(desk: Desk) -> None:
    desk.run("prove", "--again", "sums.md")
    for name in ("md", "lock"):
        shutil.copy(desk.folder / f"sums.{name}", desk.folder / f"other.{name}")
    assert "on trust" not in desk.run("check", "other.md").stdout


def test_a_forged_proof_is_on_trust_even_where_the_true_one_ran(desk: Desk) -> None:
    desk.run("prove", "--again", "failing.md")
    assert "on trust" not in desk.run("prove", "failing.md").stdout
    forge(desk, says_passed, "failing.lock")
    assert "1 proof taken on trust from the lock" in desk.run("prove", "failing.md").stdout
    desk.run("prove", "--again", "failing.md")
    told = desk.run("check", "failing.md").stdout
    assert "failing.md:18: failed: ZeroDivisionError" in told
    assert "on trust" not in told


def test_a_lock_that_is_true_is_confirmed_and_nothing_is_written(desk: Desk) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in desk.folder.rglob("*"))
    done = desk.run("prove", "--again", "--check", "sums.md")
    assert (done.exit_code, done.stdout) == (
        0,
        "2 blocks run anew: the lock says of each what was seen. Nothing was written.\n",
    )
    assert sorted((path.name, path.stat().st_mtime_ns) for path in desk.folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("failing", says_passed, "failing.md:18: the lock says passed, but here it is failed: ZeroDiv"),
        ("sums", says_measured_otherwise, "sums.md:8: the lock says that it was measured to print '45.0'"),
        ("sums", says_printed_otherwise, "sums.md:8: the lock says otherwise: it prints something else"),
        ("sums", says_another_trait, "sums.md:8: the lock alone says that the shape of `a` is (3, 3)."),
        ("sums", says_another_gap, "sums.md:8: the lock asks for other pieces of this code"),
        ("sums", says_a_card_stands_alone_badly, "the lock says of the code on card what-does-adding"),
        ("sums", says_a_note, "sums.md:8: the lock alone says of this proof: never called: helper."),
    ],
    ids=["outcome", "measured", "output", "trait", "gap", "displayed", "note"],
)
def test_every_lie_of_a_lock_is_found(
    desk: Desk, name: str, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    forge(desk, change, f"{name}.lock")
    done = desk.run("prove", "--again", "--check", f"{name}.md")
    assert done.exit_code == 1
    assert told in done.stdout
    assert "nothing was written" in done.stdout
    desk.run("prove", "--again", f"{name}.md")
    assert desk.run("prove", "--again", "--check", f"{name}.md").exit_code == 0


def test_a_measurement_that_its_proof_denies_is_told_and_made_again(desk: Desk) -> None:
    forge(desk, says_measured_otherwise)
    told = desk.run("check", "sums.md")
    assert told.exit_code == 1
    assert "sums.md:8: the lock says that this code was measured to print '45.0'" in told.stdout
    assert desk.run("build", "sums.md", "--new").exit_code == 0
    assert '"printed": "42"' in (desk.folder / "sums.lock").read_text("utf-8")
    assert desk.run("check", "sums.md").exit_code == 0


def test_a_lock_without_a_proof_is_no_confirmation(desk: Desk) -> None:
    path = desk.folder / "sums.lock"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"output": "42"' not in line), "utf-8")
    done = desk.run("prove", "--again", "--check", "sums.md")
    assert done.exit_code == 1
    assert "sums.md:8: the lock has no proof of this code under Python 3." in done.stdout
    path.unlink()
    assert "there is no lock to compare with" in desk.run("prove", "--again", "--check", "sums.md").stdout


def test_check_goes_with_again_alone(desk: Desk) -> None:
    assert desk.run("prove", "--check", "sums.md").exit_code == 2
    assert desk.run("prove", "--again", "--check", "--update", "sums.md").exit_code == 2

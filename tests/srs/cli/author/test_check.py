from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.builders.golden import normalised

if TYPE_CHECKING:
    from tests.builders.golden import Expect
    from tests.srs.cli.conftest import Desk


def test_a_guide_that_was_built_checks_clean(desk: Desk, expect: Expect) -> None:
    desk.write()
    desk.run("build", "small.md")
    result = desk.run("check", "small.md")
    assert result.exit_code == 0
    expect("check-clean", normalised(result.stdout))


def test_a_guide_without_a_lock_does_not_check(desk: Desk, expect: Expect) -> None:
    desk.write()
    result = desk.run("check", "small.md")
    assert result.exit_code == 1
    expect("check-no-lock", normalised(result.stdout))


def test_a_lock_that_is_older_than_the_guide_does_not_check(desk: Desk, expect: Expect) -> None:
    path = desk.write()
    desk.run("build", "small.md")
    path.write_text(path.read_text().replace("after tracing", "once it is traced"))
    result = desk.run("check", "small.md")
    assert result.exit_code == 1
    expect("check-old-lock", normalised(result.stdout))


def test_a_lock_that_was_merged_badly_does_not_check_and_a_build_mends_it(desk: Desk, expect: Expect) -> None:
    desk.write()
    desk.run("build", "small.md")
    lock = desk.folder / "small.lock"
    right = lock.read_text()
    head, first, second, *others = right.splitlines()

    lock.write_text("\n".join([head, second, first, *others, ""]))
    expect("check-merged-lock", normalised(desk.run("check", "small.md").stdout))
    lock.write_text(
        "\n".join([head, first, "<<<<<<< ours", second, "=======", *others, ">>>>>>> theirs", ""])
    )
    assert desk.run("check", "small.md").stderr == (
        "small.lock:3: the lock is a merge conflict here; `proofdeck build` joins both sides.\n"
    )
    lock.write_text("\n".join([head, first, second, first, *others, ""]))
    card = json.loads(first)["card"]
    assert desk.run("check", "small.md").stderr == (
        f"small.lock:4: the card {card} stands in line 2 already, as after a merge; "
        "`proofdeck build` keeps the line that changed last.\n"
    )

    lock.write_text("\n".join([head, *others, second, first, ""]))
    assert desk.json("build", "small.md")["changes"]["unchanged"] == len(others) + 2
    assert lock.read_text() == right


def test_checking_writes_nothing(desk: Desk) -> None:
    desk.write()
    desk.run("check", "small.md")
    assert [path.name for path in desk.folder.iterdir()] == ["small.md"]


def test_code_that_never_ran_does_not_check(desk: Desk, expect: Expect) -> None:
    desk.write("# T\n\n### Q1. What?\n\nA **thing** is what it is named.\n\n```python\nprint(1)\n```\n")
    expect("check-not-proved", normalised(desk.run("check", "small.md").stdout))


def test_a_fence_without_a_language_is_a_warning(desk: Desk, expect: Expect) -> None:
    desk.write("# T\n\n### Q1. What?\n\nA **thing** is what it is named.\n\n```\nprint(1)\n```\n")
    expect("check-no-language", normalised(desk.run("check", "small.md").stdout))


def test_every_block_is_accounted_for_in_json(desk: Desk) -> None:
    desk.write()
    found = desk.json("check", "small.md")
    assert [(block["what"], block["cards"]) for block in found["blocks"]] == [
        ("paragraph", 2),
        ("table", 1),
        ("list", 4),
        ("paragraph", 1),
    ]
    assert found["measures"]["cards"] == 8


def test_problems_of_the_guide_itself_are_found(desk: Desk) -> None:
    desk.write("nothing is asked here\n")
    found = desk.json("check", "small.md")
    assert [(problem["line"], problem["path"]) for problem in found["problems"]] == [(1, "small.md")]


def test_a_list_is_told_once_with_what_it_is_taken_for_and_why(desk: Desk) -> None:
    desk.write(
        "### What is a plan?\n\nDo this in order:\n\n1. Buy it\n2. Mix it\n3. Bake it\n\n### Why?\n\n- one\n"
    )
    lines = desk.run("check", "--blocks", "small.md").stdout.split("\n")
    assert lines[:3] == [
        "small.md:3: paragraph: 0 cards  it leads into what follows",
        "small.md:5: list, steps: the words above say “in order”: 3 cards",
        "small.md:11: list, plain text: a list of one: 0 cards",
    ]


def test_problems_and_warnings_are_counted_both(desk: Desk) -> None:
    desk.write("### What is a plan?\n\nA **plan** is a list of steps.\n\n### What is a step?\n")
    assert desk.run("check", "small.md").stdout.split("\n")[-2] == "1 problem and 1 warning."

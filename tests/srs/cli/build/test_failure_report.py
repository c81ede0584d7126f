"""The list of what does not hold, as a person reads it at the end of a build."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from cards.check.failing_block import FailingBlock
from cards.program.snippet import SnippetName
from cards.program.verdict import Outcome
from srs.cli.build.failure_report import print_failing_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.builders.golden import Expect

DEFINE = "Define `np` before it, or in a hidden block asked for with `fixture=`."


def block(line: int, sentence: str, outcome: Outcome = Outcome.NEEDS, advice: str = "") -> FailingBlock:
    return FailingBlock("guide.md", line, SnippetName(f"q#{line}"), outcome, sentence, advice)


def printed(blocks: Sequence[FailingBlock], named: str | None = "guide.md") -> str:
    screen = StringIO()
    print_failing_blocks(Console(file=screen, width=100, highlight=False), blocks, named)
    return screen.getvalue()


def test_where_everything_holds_nothing_is_printed() -> None:
    assert printed([]) == ""


def test_each_block_has_its_line_the_reason_and_what_to_do(expect: Expect) -> None:
    blocks = [
        block(9, "NameError: name 'sortd' is not defined.", advice="Define `sortd` before it."),
        block(16, "It was still running after 30 seconds.", Outcome.TIMED_OUT, "Make it shorter."),
    ]
    expect("failures", printed(blocks))


def test_one_block_in_the_bundled_guide_is_told_in_the_singular(expect: Expect) -> None:
    expect("failures-one", printed([block(9, "It breaks.", Outcome.CRASHED)], None))


def test_a_hundred_failures_of_one_cause_are_one_entry(expect: Expect) -> None:
    no_numpy = [block(10 * n, "NameError: name 'np' is not defined.", advice=DEFINE) for n in range(1, 101)]
    two = [block(n, "SyntaxError: Missing parentheses in call to 'print'.") for n in (1003, 1007)]
    expect("failures-one-cause", printed([*no_numpy, *two]))


def test_of_many_causes_the_first_few_are_listed_and_the_others_counted(expect: Expect) -> None:
    expect("failures-many-causes", printed([block(n, f"ValueError: number {n}.") for n in range(1, 21)]))

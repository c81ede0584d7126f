"""Print the report of `proofdeck prove`: what runs, what does not, and what to do about it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rich.text import Text

from cards.check.block_report import BlockStatus
from cards.span import lines_name, place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from cards.check.block_report import BlockReport
    from cards.stale.named.named_calls import NamedGone

_STATUS_MEANINGS = {
    BlockStatus.RUNS: ("green", "as it stands"),
    BlockStatus.USUAL_IMPORTS: ("green", "imports that the guide leaves out were supplied"),
    BlockStatus.STAND_INS: ("green", "what the guide leaves out was made up"),
    BlockStatus.STALE: ("yellow", "right once; Keras 3 or today's TensorFlow has another way"),
    BlockStatus.FAILS: ("red", "it was run, and does not do what the guide says"),
    BlockStatus.WRONG: ("red", "no Python parses it"),
    BlockStatus.NOT_PYTHON: ("yellow", "its fence names the wrong language"),
    BlockStatus.NEEDS: ("yellow", "nothing can be said of it before it is there"),
    BlockStatus.LEFT: ("dim", "as the guide says"),
}


def print_block_reports(console: Console, assessments: Sequence[BlockReport], *, keras_2: bool) -> None:
    """Print the blocks grouped by status; where all simply run, only remarks that a person should know."""
    plain = {BlockStatus.RUNS, BlockStatus.USUAL_IMPORTS, BlockStatus.LEFT}
    simple = all(one.condition in plain for one in assessments)
    for condition, (style, meaning) in _STATUS_MEANINGS.items():
        members = [one for one in assessments if one.condition is condition and one.follows is None]
        if simple:
            members = [one for one in members if one.remarks]
        if not members:
            continue
        console.print()
        console.print(
            Text.assemble((condition.value, f"bold {style}"), (f" ({len(members)}): {meaning}", "dim"))
        )
        for one in members:
            _print_block_report(console, one)
            _print_consequences(console, [each for each in assessments if each.follows == one.snippet])
        if condition is BlockStatus.FAILS and not keras_2:
            console.print(
                Text(
                    "  Keras 2 (the package tf-keras) is not installed: some of these may only be stale.",
                    "dim",
                )
            )


def print_gone_names(console: Console, gone: Sequence[NamedGone]) -> None:
    """Print where the guide's words name what is gone as if it were there; nothing where they do not."""
    if not gone:
        return
    console.print()
    console.print(
        Text.assemble(("gone", "bold yellow"), (f" ({len(gone)}): named in words that do not say so", "dim"))
    )
    for one in gone:
        console.print(Text(f"  {place_of(one.path, one.line)}  `{one.change.old}`"), soft_wrap=True)
        lines = textwrap.wrap(one.change.advice, max(console.width - 6, 20), break_on_hyphens=False)
        console.print(Text(textwrap.indent("\n".join(lines), " " * 6), "bold"), soft_wrap=True)


def _print_consequences(console: Console, following: Sequence[BlockReport]) -> None:
    """Print the blocks that fail only because the one above them does."""
    if following and following[0].follows is not None:
        where = lines_name(following[0].span.path, [one.line for one in following])
        _print_wrapped(console, f"follows from it: {where}", "dim")


def _print_block_report(console: Console, one: BlockReport) -> None:
    console.print(Text(f"  {place_of(one.span.path, one.line)}  {one.question}"), soft_wrap=True)
    for words, style in (
        (one.error, ""),
        (one.advice, "bold"),
        *((remark, "dim") for remark in one.remarks),
    ):
        if words:
            _print_wrapped(console, words, style)


def _print_wrapped(console: Console, words: str, style: str) -> None:
    lines = textwrap.wrap(words, max(console.width - 6, 20), break_on_hyphens=False, break_long_words=False)
    console.print(Text(textwrap.indent("\n".join(lines), " " * 6), style), soft_wrap=True)

"""The closed vocabulary: as documented, and total."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cards.guide.directive import DIRECTIVE_RULES, BlockDirectives, DirectiveError, parse_directives
from tests.builders.place import ROOT

FORMAT = ROOT / "docs" / "guide-reference.md"


def documented() -> set[str]:
    """Return the names in the first column of the table of directives, and those written in comments."""
    text = FORMAT.read_text(encoding="utf-8")
    table = text[text.index("| Directive |") :]
    rows = table[: table.index("\n\n")].splitlines()[2:]
    cells = [name for row in rows for name in re.findall(r"`([a-z-]+)[=`]", row.split(" | ")[0])]
    comments = re.findall(r"<!-- proofdeck: ([a-z-]+)", text)
    return {*cells, *comments} - {"network", "service", "tpu", "gpu", "processes"}


def test_every_directive_is_documented_and_everything_documented_is_a_directive() -> None:
    assert documented() == set(DIRECTIVE_RULES)


def test_every_requirement_is_documented() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| `requires="))
    named = re.findall(r"`(?:requires=)?([a-z:A-Z]+)`", row.split(" | ")[0])
    assert named
    for name in named:
        assert parse_directives(f"requires={name}").directives.requires == (name,)


def test_no_words_ask_for_nothing() -> None:
    assert parse_directives("  ") == BlockDirectives()


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*DIRECTIVE_RULES, "=", '"', "1", " ", "a:b", "\\"])).map("".join)
)
def test_every_text_is_an_order_or_a_sentence(text: str) -> None:
    try:
        given_names = parse_directives(text).given
    except DirectiveError as error:
        given_names = frozenset()
        assert str(error)  # noqa: PT017 - the other way out of the function
    assert given_names <= set(DIRECTIVE_RULES)

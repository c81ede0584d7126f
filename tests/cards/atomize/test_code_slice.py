"""Single prints of blocks that are too long to be shown: which are asked for, and with which statements."""

# ruff: noqa: S102 - what code prints is told by running it

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cards.atomize.atomize import atomize
from cards.atomize.code_slice import sliced_lines
from cards.atomize.needed_statements import MAX_PROGRAM_LINES
from cards.atomize.question_context import QuestionContext
from cards.card import sides
from cards.card.kind import CardKind
from cards.exercise.measurement import MeasureKey, PrintedStatement, SnippetMeasurement
from cards.guide.reading.parse import parse_guide
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.guide.guide import Question

FILLER = "\n".join(f"unused_{number} = {number}" for number in range(12))


def question(*sources: str) -> Question:
    fences = "".join(f"\n```python\n{source}\n```\n" for source in sources)
    return parse_guide(f"### What is asked here?\n{fences}", "guide.md").questions[0]


def outputs(source: str, before: str = "") -> dict[int, str]:
    """Return what each top-level statement prints when the code runs whole, by line."""
    namespace: dict[str, object] = {}
    exec(before, namespace)
    found = {}
    tree = tree_of(source)
    for node in tree.body if tree else ():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec("\n".join(source.split("\n")[node.lineno - 1 : node.end_lineno]), namespace)
        found[node.lineno] = printed.getvalue().rstrip("\n")
    return found


def slices(source: str, *before: str) -> dict[str, str]:
    """Return the code of each card that is made of the last block, by what the card says it prints."""
    asked = question(*before, source)
    snippet = asked.snippets[-1]
    lines = sliced_lines(snippet, QuestionContext.of(asked))
    whole = outputs(source, "\n".join(before))
    prints = tuple(PrintedStatement(line, whole[line]) for line in lines if whole[line])
    measured = {snippet.name: SnippetMeasurement(snippet.name, MeasureKey("k"), prints=prints)}
    return {
        sides.words(draft.back): draft.displayed.source
        for draft in atomize(asked, measured).drafts
        if draft.kind is CardKind.PREDICT and draft.displayed
    }


def test_a_print_is_asked_with_what_it_builds_on_and_nothing_else() -> None:
    source = f"a = [1]\nb = 5\na.append(b)\n{FILLER}\nprint(a)"
    assert slices(source) == {"[1, 5]": "a = [1]\nb = 5\na.append(b)\nprint(a)"}


def test_earlier_blocks_give_what_they_bind_and_what_they_change() -> None:
    source = f"c = sum(values)\n{FILLER}\nprint(c * 2)"
    assert slices(source, "values = [1, 2]\nunread = 3", "values.append(4)") == {
        "14": "values = [1, 2]\nvalues.append(4)\nc = sum(values)\nprint(c * 2)"
    }


def test_two_prints_of_a_block_are_asked_at_most_the_ones_with_most_behind_them() -> None:
    source = f"a = 2\nprint(a + 1)\nb = a * 5\nprint(b)\nc = b * b\nprint(c)\n{FILLER}"
    assert slices(source) == {
        "10": "a = 2\nb = a * 5\nprint(b)",
        "100": "a = 2\nb = a * 5\nc = b * b\nprint(c)",
    }


def test_a_print_that_builds_on_nothing_or_prints_much_or_little_is_not_asked() -> None:
    source = (
        f"import math\na = 2\nprint('done')\nprint(math.pi > 3)\nfor i in range(9): print(a, i)\n"
        f"print(end='')\n{FILLER}"
    )
    assert slices(source) == {}


def test_a_print_whose_statements_are_too_many_is_not_asked() -> None:
    steps = "\n".join(f"a += {number}" for number in range(13))
    assert slices(f"a = 0\n{steps}\nprint(a)") == {}


def test_a_block_that_is_short_enough_is_asked_whole_only() -> None:
    asked = question("a = 2\nprint(a + 1)")
    assert sliced_lines(asked.snippets[0], QuestionContext.of(asked)) == ()


NAMES = st.sampled_from("abcd")
STATEMENTS = st.one_of(
    st.builds("{} = [{}]".format, NAMES, st.integers(0, 9)),
    st.builds("{0} = {1} + {2}".format, NAMES, NAMES, NAMES),
    st.builds("{0} = {1}".format, NAMES, NAMES),
    st.builds("{}.append({})".format, NAMES, st.integers(0, 9)),
    st.builds("{}[0] = {}".format, NAMES, st.integers(0, 9)),
    st.builds("for each in {1}[:3]:\n    {0}.append(each)".format, NAMES, NAMES),
    st.builds("if len({1}) > 2:\n    {0} = {1}[1:]".format, NAMES, NAMES),
    st.builds("def grow(x, y={1}):\n    {0}.append(x)\n    return [x, *y]".format, NAMES, NAMES),
    st.builds("{} = grow({})".format, NAMES, st.integers(0, 9)),
    st.builds("print({0}, len({1}))".format, NAMES, NAMES),
)
START = "a, b = [1], [2]\nc, d = [3], [4]\ndef grow(x):\n    return [x]"


@given(st.lists(STATEMENTS, min_size=9, max_size=16), st.lists(STATEMENTS, max_size=4))
def test_every_card_of_a_long_block_prints_alone_what_the_whole_printed(
    statements: list[str], earlier: list[str]
) -> None:
    """Aliases are the known limit of reading code; the gate catches those, so they may only be rare."""
    source = "\n".join(statements)
    before = [START, *([quiet] if (quiet := "\n".join(s for s in earlier if "print" not in s)) else [])]
    try:
        found = slices(source, *before)
    except Exception:  # noqa: BLE001 - a made-up program may fail as it likes
        return
    for printed, code in found.items():
        assert code.count("\n") < MAX_PROGRAM_LINES
        alone = io.StringIO()
        with contextlib.redirect_stdout(alone):
            exec(code, {})
        assert alone.getvalue().rstrip("\n") == printed, code

"""Cards made of what was measured: which gaps and shapes are asked for, and which are left out."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import pytest

from cards.atomize.atomize import atomize
from cards.atomize.measured_code import (
    MAX_GAPS,
    blocks_without_gap_cards,
    choose_gaps,
    gap_words,
    gaps_nobody_needs,
    in_order_of_asking,
    possible_gaps,
)
from cards.card import sides
from cards.card.kind import CardKind
from cards.exercise.measurement import Aspect, MeasureKey, SnippetMeasurement, Trait
from cards.guide.block import words_of
from cards.guide.reading.parse import parse_guide
from tests.builders.exercise import gap_of, measured
from tests.builders.guide_outline import side_outline

if TYPE_CHECKING:
    from cards.card.card import Draft
    from cards.guide.guide import Question
    from cards.program.snippet import SnippetName

HEAD = "### What is asked here?\n"
SUM = "y = tf.reduce_sum(x, axis=0)\nprint(y.numpy())"


def fence(source: str, stated: str = "", words: str = "") -> str:
    output = f"\n```output\n{stated}\n```\n" if stated else ""
    return f"\n```python{words}\n{source}\n```\n{output}"


def question(*sources: str, said: str = "", words: str = " without=predict") -> Question:
    """Return a question of blocks that are asked for their gaps, not for what they print."""
    fences = "".join(fence(source, words=words) for source in sources)
    return parse_guide(f"{HEAD}{said}\n{fences}", "guide.md").questions[0]


def noticed(
    asked: Question, *pieces: tuple[str, ...], printed: str = "7", traits: tuple[Trait, ...] = ()
) -> dict[SnippetName, SnippetMeasurement]:
    """Return what was measured of a question: the pieces of each block that its program noticed."""
    return {
        snippet.name: measured(snippet, *each, printed=printed, traits=traits)
        for snippet, each in zip(asked.snippets, pieces, strict=True)
    }


@pytest.mark.parametrize(
    ("stated", "printed", "back"),
    [
        ("3.2", "3.14159", ("3.14159", "It is printed as it is.")),
        ("('a', 1)", "", ("It is printed as it is.",)),
    ],
)
def test_a_question_about_code_is_answered_with_what_was_captured(
    stated: str, printed: str, back: tuple[str, ...]
) -> None:
    text = f"### What does this code print?\n{fence('print(3.14159)', stated)}\nIt is printed as it is.\n"
    asked = parse_guide(text, "guide.md").questions[0]
    (card,) = drafts(asked, noticed(asked, (), printed=printed), CardKind.OUTPUT)
    assert tuple(map(words_of, card.back)) == back


def drafts(asked: Question, measured: dict[SnippetName, SnippetMeasurement], kind: CardKind) -> list[Draft]:
    return [draft for draft in atomize(asked, measured).drafts if draft.kind is kind]


def refusals(asked: Question, measured: dict[SnippetName, SnippetMeasurement]) -> list[str]:
    return [reason for account in atomize(asked, measured).coverage for reason in account.reasons]


def test_a_card_shows_the_code_with_its_gap_and_what_it_prints() -> None:
    asked = question(f"x = tf.constant([1, 6])  # data\n{SUM}")
    measured = noticed(asked, ("axis=0",))
    (draft,) = drafts(asked, measured, CardKind.COMPLETE)
    assert side_outline(draft.front) == [
        "Which argument fills the gap, so that it prints what stands below?",
        "| x = tf.constant([1, 6])",
        "| y = tf.reduce_sum(x, ____)",
        "| print(y.numpy())",
        "| 7",
    ]
    assert side_outline(draft.back) == ["`axis=0`", "| y = tf.reduce_sum(x, axis=0)"]
    assert (draft.cue, draft.snippets) == ("axis-0", (asked.snippets[0].name,))
    assert draft.gap == gap_of(asked.snippets[0].source, "axis=0")


@pytest.mark.parametrize(
    ("source", "piece", "question_word"),
    [
        ("@tf.function\ndef f(x):\n    return x\nprint(f(1))", "tf.function", "Which decorator"),
        ("a = b = tf.eye(2)\nprint(a @ b)", "a @ b", "Which expression"),
        ("print(tf.nn.relu(-1.0))", "tf.nn.relu(-1.0)", "Which call"),
        ("with tf.GradientTape() as tape:\n    print(tape)", "tf.GradientTape()", "Which call"),
    ],
)
def test_the_question_says_what_is_missing(source: str, piece: str, question_word: str) -> None:
    asked = question(source)
    (draft,) = drafts(asked, noticed(asked, (piece,)), CardKind.COMPLETE)
    assert sides.words(draft.front).startswith(f"{question_word} fills the gap")


def test_an_answer_that_is_the_whole_line_stands_there_once() -> None:
    asked = question("x = tf.Variable(1)\nx.assign(7)\nprint(x)\ntf.debugging.check_numerics(x, 'x')")
    (draft,) = drafts(asked, noticed(asked, ("tf.debugging.check_numerics(x, 'x')",)), CardKind.COMPLETE)
    assert side_outline(draft.back) == ["`tf.debugging.check_numerics(x, 'x')`"]


CALLS = "print(tf.exp(a), tf.cumsum(b))\nprint(tf.pad(c, mode='R'), tf.norm(d, ord='f'))\nprint(tf.stack(e, axis=5))"


@pytest.mark.parametrize(
    ("pieces", "chosen"),
    [
        pytest.param(("tf.cumsum(b)", "tf.exp(a)"), ["tf.cumsum(b)"], id="a second call asks for little more"),
        pytest.param(("tf.cumsum(b)", "mode='R'"), ["tf.cumsum(b)", "mode='R'"], id="a second argument does not"),
        pytest.param(("ord='f'", "mode='R'"), ["ord='f'"], id="one a line"),
        pytest.param(("axis=5", "ord='f'", "mode='R'"), ["axis=5", "ord='f'"], id="two a block"),
        pytest.param((), [], id="none where none counts"),
    ],
)  # fmt: skip
def test_a_block_has_its_best_gap_and_one_that_tells_as_much(
    pieces: tuple[str, ...], chosen: list[str]
) -> None:
    asked = question(CALLS)
    found = choose_gaps(asked, noticed(asked, pieces))
    assert [gap.text for gap in found.get(asked.snippets[0].name, ())] == chosen


def test_a_question_has_few_gaps_and_none_twice() -> None:
    sources = [f"a = tf.sort(x, axis={n})\nb = tf.sort(a, direction={n}{n})" for n in range(MAX_GAPS)]
    asked = question(*sources, sources[0])
    measured = noticed(asked, *((f"axis={n}", f"direction={n}{n}") for n in (*range(MAX_GAPS), 0)))
    found = [gap.text for gaps in choose_gaps(asked, measured).values() for gap in gaps]
    # The best of every block comes before any block's second.
    assert found == [f"axis={n}" for n in range(MAX_GAPS)]


ONE_EACH = ("print(tf.sort(x, axis=0))", "print(tf.sort(x, axis=1))", "@tf.function\ndef f(x): pass")
TWO = "a = tf.sort(x, axis=2)\nb = tf.roll(a, n, axis=-1)"


@pytest.mark.parametrize("sources", [*combinations_with_replacement((*ONE_EACH, TWO), 3)])
@pytest.mark.parametrize("left_out", [(True, False, False), (False, True, True), (True, True, True)])
def test_the_cards_are_the_same_without_the_gaps_that_nobody_needs(
    sources: tuple[str, ...], left_out: tuple[bool, ...]
) -> None:
    fences = [
        fence(source, words=" without=predict,complete" if is_out else " without=predict")
        for source, is_out in zip(sources, left_out, strict=True)
    ]
    asked = parse_guide(f"{HEAD}\n{''.join(fences)}", "guide.md").questions[0]
    words = gap_words(asked)
    possible = {each.name: possible_gaps(each, words[each.name]) for each in asked.snippets}
    unneeded = gaps_nobody_needs(possible, blocks_without_gap_cards(asked))
    for found in product((True, False), repeat=len(sources)):
        pieces = [
            tuple(gap.text for gap in possible[each.name]) if is_found else ()
            for each, is_found in zip(asked.snippets, found, strict=True)
        ]
        whole = noticed(asked, *pieces)
        fewer = {name: replace(each, gaps=()) if name in unneeded else each for name, each in whole.items()}
        assert drafts(asked, fewer, CardKind.COMPLETE) == drafts(asked, whole, CardKind.COMPLETE)


@pytest.mark.parametrize(
    ("source", "piece", "printed", "reason"),
    [
        ("print(tf.sort([1], axis=1))", "axis=1", "[axis=1]", "`axis=1` stands elsewhere on the card"),
        ("print(tf.sort([1], axis=1))", "axis=1", "1 ... 2", "what it prints is stated only in part"),
    ],
)  # fmt: skip
def test_a_gap_whose_answer_can_be_read_off_is_refused(
    source: str, piece: str, printed: str, reason: str
) -> None:
    asked = question(source)
    measured = noticed(asked, (piece,), printed=printed)
    assert drafts(asked, measured, CardKind.COMPLETE) == []
    assert [said for said in refusals(asked, measured) if said.endswith(reason)]


def test_the_answer_may_not_stand_in_an_earlier_block_that_is_shown_too() -> None:
    asked = question("x = tf.sort(tf.constant([2, 1]), axis=0)", "print(tf.sort(x, axis=0))")
    measured = noticed(asked, (), ("axis=0",))
    assert drafts(asked, measured, CardKind.COMPLETE) == []
    assert "`axis=0` stands elsewhere on the card" in refusals(asked, measured)


ASKED_OF = (
    "x = tf.sort(tf.constant([2, 1]))\nprint(tf.pad(x, [[1, 1]], mode='REFLECT'))\nprint(tf.roll(x, 1, 0))"
)


@pytest.mark.parametrize(
    ("piece", "said", "kind"),
    [
        pytest.param("mode='REFLECT'", "", CardKind.COMPLETE, id="a setting says more than what it brings about"),
        pytest.param("tf.roll(x, 1, 0)", "", CardKind.PREDICT, id="a call in passing does not"),
        pytest.param("tf.roll(x, 1, 0)", "It is `roll` that turns.", CardKind.COMPLETE, id="a call that the text names does"),
    ],
)  # fmt: skip
def test_a_block_is_asked_for_its_gap_or_for_what_it_prints(piece: str, said: str, kind: CardKind) -> None:
    asked = question(ASKED_OF, said=said, words="")
    made = {draft.kind for draft in atomize(asked, noticed(asked, (piece,))).drafts}
    assert made & {CardKind.COMPLETE, CardKind.PREDICT} == {kind}


def test_the_gap_that_the_words_name_comes_before_the_better_kind() -> None:
    asked = question(ASKED_OF, said="What `tf.roll` does.")
    measured = noticed(asked, ("mode='REFLECT'", "tf.roll(x, 1, 0)"))
    assert [gap.text for gap in choose_gaps(asked, measured)[asked.snippets[0].name]] == [
        "tf.roll(x, 1, 0)",
        "mode='REFLECT'",
    ]


def test_no_gap_hides_what_the_question_names() -> None:
    text = "### What does roll do?\n" + fence(ASKED_OF)
    asked = parse_guide(text, "guide.md").questions[0]
    assert choose_gaps(asked, noticed(asked, ("tf.roll(x, 1, 0)",))) == {}


def trait(name: str, text: str, aspect: Aspect = Aspect.SHAPE, line: int = 1) -> Trait:
    return Trait(name, aspect, line, text)


def test_a_shape_is_asked_of_its_statement_and_what_that_builds_on() -> None:
    asked = question("x = tf.zeros((2, 3))\nz = tf.ones(7)\ny = tf.transpose(x)\nprint('done')")
    measured = noticed(asked, (), printed="done", traits=(trait("y", "(3, 2)", line=3),))
    (draft,) = drafts(asked, measured, CardKind.TRAIT)
    assert side_outline(draft.front) == [
        "Which shape does `y` have?",
        "| x = tf.zeros((2, 3))",
        "| y = tf.transpose(x)",
    ]
    assert (side_outline(draft.back), draft.cue) == (["`(3, 2)`"], "shape-of-y")


def test_a_trait_whose_statement_is_gone_makes_no_card() -> None:
    asked = question("y = tf.ones(3) + 1")
    measured = noticed(asked, (), traits=(trait("y", "(3,)", line=5),))
    assert drafts(asked, measured, CardKind.TRAIT) == []
    assert "its statement is no longer there" in refusals(asked, measured)


def test_an_unusual_dtype_is_asked_before_a_shape_and_the_last_before_the_first() -> None:
    first, last = trait("a", "(1,)"), trait("b", "(2,)")
    dtype = trait("c", "int64", Aspect.DTYPE)
    assert in_order_of_asking((first, dtype, last)) == [dtype, last, first]
    assert in_order_of_asking((trait("d", "record", Aspect.DTYPE),)) == []


def test_the_first_trait_that_must_be_worked_out_is_asked_and_one_reason_told_for_none() -> None:
    asked = question("x = tf.zeros((2, 3))\ny = tf.transpose(x)\nz = tf.abs(x)\nprint('done')")
    traits = (trait("y", "(3, 2)", line=2), trait("z", "(2, 3)", line=3))
    measured = noticed(asked, (), printed="done", traits=traits)
    assert [draft.cue for draft in drafts(asked, measured, CardKind.TRAIT)] == ["shape-of-y"]
    measured = noticed(asked, (), printed="done", traits=traits[1:])
    assert drafts(asked, measured, CardKind.TRAIT) == []
    assert "the shape of `z` follows by no rule: its code shows it" in refusals(asked, measured)


def test_what_a_block_prints_is_asked_where_the_guide_does_not_say_it() -> None:
    asked = question("x = tf.eye(2)\nprint(tf.reduce_sum(x).numpy())", words="")
    (draft,) = drafts(asked, noticed(asked, (), printed="2.0"), CardKind.PREDICT)
    assert side_outline(draft.back) == ["| 2.0"]
    assert drafts(asked, {}, CardKind.PREDICT) == []


NET = """### What is asked here?

```python fixture=net
print(len(net.weights))
```

```output
4
```

<!-- proofdeck: define=net
class Net:
    pass
net = Net()
{rest}
-->
"""


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("a Sequential with output (None, 1)", "Given: `net`, a Sequential with output (None, 1)."),
        ("a float32 tensor of shape (4, 8)", "Given: `net`, a float32 tensor of shape (4, 8)."),
        ("`[1, 2]`", "Given: `net`, `[1, 2]`."),
        ("a Net", "it builds on `net`, which stays hidden, so that nobody can know what it does"),
        ("a function", "it builds on `net`, which stays hidden, so that nobody can know what it does"),
        ("", "it builds on `net`, which stays hidden and was not looked at"),
    ],
)
def test_a_card_says_what_a_long_fixture_gives_it_or_is_not_made(words: str, line: str) -> None:
    guide = parse_guide(NET.format(rest="\n".join(f"x{n} = {n}\nnet.a = x{n}" for n in range(9))), "guide.md")
    (asked,) = guide.questions
    name = asked.snippets[0].name
    given = (("net", words),) if words else ()
    measured = SnippetMeasurement(name, MeasureKey("k"), printed="4", given=given)
    cards = atomize(asked, {name: measured}, guide.fixtures)
    drafts = [draft for draft in cards.drafts if draft.kind is CardKind.PREDICT]
    if drafts:
        assert side_outline(drafts[0].front) == ["What does this print?", line, "| print(len(net.weights))"]
        displayed = drafts[0].displayed
        assert displayed is not None
        assert displayed.given == ("what-is-asked-here:fixture:net",)
    else:
        assert next(reason for block in cards.coverage for reason in block.reasons) == line

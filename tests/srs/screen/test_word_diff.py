"""Two wordings compared word by word: what changed is marked and in view, wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.screen.word_diff import Change, diff_text, word_diff

LONG = (
    "The optimizer keeps a running mean of every gradient and divides each step by its square root, so that "
)
TEXTS = st.text(st.sampled_from("ab .,\n"), max_size=30)


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        ("adds one value", "adds a single value", "adds [-one-]{+a single+} value"),
        ("the first place", "the very first place", "the {+very+} first place"),
        ("keeps the name", "saves the name", "[-keeps-]{+saves+} the name"),
        ("It is 0.5.", "It is 0.25.", "It is 0.[-5-]{+25+}."),
        ("same", "same", "same"),
        ("", "all new", "{+all new+}"),
        ("x = 1\nprint(x)", "x = 2\nprint(x)", "x = [-1-]{+2+} print(x)"),
        (
            f"{LONG}rare features learn fast. {LONG}",
            f"{LONG}rare features learn slowly. {LONG}",
            "…so that rare features learn [-fast-]{+slowly+}. The optimizer keeps a running…",
        ),
        (f"{LONG}it ends at 1", f"{LONG}it ends at 2", "…root, so that it ends at [-1-]{+2+}"),
    ],
)
def test_what_changed_is_in_view(was: str, now: str, shown: str) -> None:
    assert diff_text(was, now, in_colour=False).plain == shown


def test_in_colour_the_words_stand_without_marks() -> None:
    line = diff_text("adds one value", "adds a value", in_colour=True)
    assert line.plain == "adds onea value"
    assert [(line.plain[each.start : each.end], str(each.style)) for each in line.spans] == [
        ("one", "red strike"),
        ("a", "green"),
    ]


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(was: str, now: str) -> None:
    pieces = word_diff(was, now)
    assert "".join(each.text for each in pieces if each.change is not Change.NEW) == " ".join(was.split())
    assert "".join(each.text for each in pieces if each.change is not Change.GONE) == " ".join(now.split())

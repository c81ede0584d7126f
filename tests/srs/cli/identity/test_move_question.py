"""The question whether a guide has moved: asked once, also where a build is repeated without its cache."""

from __future__ import annotations

import sys
from io import StringIO

import pytest

from cards.errors import ProofdeckError
from srs.cli.identity.move_question import MoveQuestion, Wish

NEWS = "copy.md: by its lock this is the guide small.md, which is still there."


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def sit_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have somebody at the terminal who says yes once."""
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    monkeypatch.setattr(sys, "stderr", Terminal())


def test_who_has_answered_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sit_down(monkeypatch)
    question = MoveQuestion()
    assert [question.has_moved(NEWS), question.has_moved(NEWS)] == [True, True]
    assert question.wish is Wish.ADOPT


@pytest.mark.parametrize(("wish", "has_moved"), [(Wish.ADOPT, True), (Wish.NEW, False)])
def test_who_said_it_beforehand_is_not_asked(wish: Wish, *, has_moved: bool) -> None:
    assert MoveQuestion(wish).has_moved(NEWS) is has_moved


def test_in_a_sitting_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    sit_down(monkeypatch)
    with pytest.raises(ProofdeckError, match=f"{NEWS} Say --adopt if it has moved here, or --new"):
        MoveQuestion(may_ask=False).has_moved(NEWS)

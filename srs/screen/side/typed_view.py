"""What a learner typed into a card's gap, with what was found of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.answer.correctness import Correctness
from srs.screen.line.screen_line import behind, joined, set_in, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srs.review.typed_answer import TypedAnswer
    from srs.screen.line.screen_line import ScreenLine

_CORRECTNESS_SYMBOLS = {
    Correctness.RIGHT: ("✓ ", "bold green"),
    Correctness.WRONG: ("✗ ", "bold red"),
    Correctness.SYNTAX: ("! ", "bold"),
    Correctness.UNSURE: ("? ", "bold"),
}
_MAX_SHOWN_ANSWERS = 3
_MAX_ANSWER_LINES = 6
"""Lines of one typed answer that are shown again."""
_WHEEL = "|/-\\"
_WHEEL_TURNS_A_SECOND = 4


def typed_answer_lines(
    typed_answers: Sequence[TypedAnswer], judging_seconds: float | None, width: int
) -> list[ScreenLine]:
    """Return the last typed answers with their judgements, as lines of the screen."""
    shown = []
    for typed, judgement in typed_answers[-_MAX_SHOWN_ANSWERS:]:
        lines = typed.split("\n")
        more = [f"⋯ {len(lines) - _MAX_ANSWER_LINES} more"] if len(lines) > _MAX_ANSWER_LINES else []
        answer = styled("\n".join([*lines[:_MAX_ANSWER_LINES], *more]), "bright_blue")
        shown += behind(styled("> ", "bold"), answer.wrapped(width - 2))
        if judgement is None:
            said = styled(_running_words(judging_seconds), "italic")
        else:
            said = joined(styled(*_CORRECTNESS_SYMBOLS[judgement.correctness]), styled(judgement.sentence))
        shown += set_in(said.wrapped(width - 2), 2)
    return shown


def _running_words(seconds: float | None) -> str:
    if seconds is None:
        return "running it …"
    turn = int(seconds * _WHEEL_TURNS_A_SECOND)
    return f"{_WHEEL[turn % len(_WHEEL)]} running it … {int(seconds)} s"

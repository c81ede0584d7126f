"""Run a sitting on a terminal: draw, read a key, act on it. Console and keys are passed in."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from srs.review.button import grade_for_key, key_captions
from srs.review.log import Act
from srs.review.option_choice import judge_letters, offered_letters, right_letters
from srs.review.preferences import Buttons
from srs.screen.drawing import ScreenView, SittingProgress, help_lines
from srs.screen.full_screen import TO_THE_ANSWER, put_on_screen, show_page
from srs.screen.keys import OTHER, RESIZED, STOPPING, TICK, pasted_text
from srs.screen.line.text_screen import (
    ALTERNATE_SCREEN,
    CURSOR_HIDDEN,
    CURSOR_SHOWN,
    NORMAL_SCREEN,
    PASTES_TOLD,
    PASTES_UNTOLD,
)
from srs.screen.prepared_screen import PreparedScreen
from srs.screen.terminal_picture import open_picture, pictures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import timedelta
    from types import FrameType

    from cards.card.card import CardId
    from srs.review.shown_card import ShownCard
    from srs.review.sitting_state import SittingState
    from srs.review.typed_answer import AnswerJudgement, TypedAnswer
    from srs.schedule.sm2 import Grade
    from srs.screen.keys import KeyReader
    from srs.screen.line.text_screen import TextScreen
    from srs.screen.terminal_picture import PicturePlace
    from srs.sitting.judge_client import JudgeClient
    from srs.sitting.sitting import Sitting

_NOTICES = {Act.DRILL: "once more", Act.CRAM: "cramming"}
_TICK_SECONDS = 0.25
"""How often the line is drawn anew that says how long an answer is being judged."""
_ACTS_AT_ONCE = frozenset({*STOPPING, OTHER, RESIZED, TICK, "escape"})
"""What does not wait for a verdict."""


class SittingScreen:
    """Interactive loop of a sitting: draws the card, reads keys, acts on them."""

    def __init__(
        self,
        screen: TextScreen,
        keys: KeyReader,
        sitting: Sitting,
        *,
        ask_line: Callable[[str], str],
        edit: Callable[[ShownCard], str] | None = None,
        judge: JudgeClient | None = None,
        pictures: PicturePlace | None = None,
    ) -> None:
        """Set up the screen; nothing is drawn yet.

        `ask_line` gets a typed line; `edit` edits a card's guide and returns a line about it; `judge` judges
        what is typed into a gap; `pictures` is where the pictures of cards are.
        """
        self._screen = screen
        self._keys = keys
        self._sitting = sitting
        self._ask_line = ask_line
        self._edit = edit
        self._judge = judge
        self._pictures = pictures
        self._typed_answers: tuple[TypedAnswer, ...] = ()
        self._suggested_grade: Grade | None = None
        self._screens = PreparedScreen(screen)
        self._prepared_after: tuple[CardId, int, bool] | None = None
        """The card, and whether its answer was shown, when a screen was prepared last."""
        self._revealed = False
        self._context = False
        self._scroll = 0
        self._max_scroll = 0
        self._has_folds = False
        """Some of the card's code is folded."""
        self._judged_since: timedelta | None = None
        """How long the card had been asked when its last typed answer was sent; None while none is judged."""
        self._waiting_keys: list[str] = []
        """The keys that wait for the verdict."""
        self._asked_about_undo = False
        """The learner was told that the next undo takes back something of an earlier Day."""

    def run(self) -> None:
        """Ask until nothing is left, the time is up, or the person stops; answers are saved as they come."""
        while (shown := self._sitting.current()) is not None:
            self._draw(shown)
            if self._judge is not None:
                # Only now: nobody should wait for the first question because TensorFlow is imported.
                self._judge.start()
                self._prepare(shown, self._judge)
            self._prepare_screen(shown)
            key = self._read_key()
            if key in STOPPING:
                return
            if self._judged_since is not None and key not in _ACTS_AT_ONCE:
                self._waiting_keys.append(key)
                self._sitting.message = "That key waits for the verdict."
                continue
            self._handle_key(key, shown)
            self._asked_about_undo = self._asked_about_undo and key in {"u", *_ACTS_AT_ONCE}

    def _read_key(self) -> str:
        other = self._judge.descriptor if self._judge is not None else -1
        if self._judged_since is None:
            return self._keys.read(other)
        return self._keys.read(other, seconds=_TICK_SECONDS)

    def _prepare(self, shown: ShownCard, judge: JudgeClient) -> None:
        """Let the reference of this card's gap run; of the next gap where nothing is typed here any more."""
        if shown.exercise is not None and not self._revealed:
            judge.prepare(shown.exercise)
        elif (coming := self._sitting.next_exercise()) is not None:
            judge.prepare(coming)

    def _handle_key(self, key: str, shown: ShownCard) -> None:
        buttons = self._sitting.store.preferences.buttons
        grade = grade_for_key(key, buttons) if self._revealed else None
        if self._revealed and key == "enter" and self._suggested_grade is not None:
            grade = self._suggested_grade
        if grade is not None:
            self._sitting.grade(grade)
            self._reset_card()
        elif not (self._answers(key, shown) or self._scrolls(key) or self._acts(key, shown)):
            self._sitting.message = _hint(buttons, revealed=self._revealed)

    def _answers(self, key: str, shown: ShownCard) -> bool:
        """Take a key that answers the card or shows its answer; return whether it does."""
        if self._revealed:
            return False
        if self._takes_option(key, shown):
            return True
        match key:
            case "enter" if shown.exercise is not None and self._judge is not None:
                self._ask_typed_answer(shown.exercise, self._judge)
            case "space" | "enter":
                self._reveal()
            case _ if pasted_text(key) is not None:
                self._sitting.message = "Enter first, then paste: nothing was taken."
            case _:
                return False
        return True

    def _scrolls(self, key: str) -> bool:
        """Take a key that moves the card; return whether it does."""
        page = self._screen.size.rows // 2
        lines = {"up": -1, "k": -1, "down": 1, "j": 1, "page-up": -page, "page-down": page, "space": page}
        if key not in lines:
            return False
        self._scroll = min(self._max_scroll, max(0, self._scroll + lines[key]))
        return True

    def _acts(self, key: str, shown: ShownCard) -> bool:
        """Take a key that does something else; return whether it does."""
        match key:
            case "u":
                self._undo()
            case "U":
                if self._sitting.redo():
                    self._reset_card()
            case "s" | "b":
                self._sitting.suspend_or_bury(Act.SUSPEND if key == "s" else Act.BURY)
                self._reset_card()
            case "c":
                self._toggle_context(shown)
            case "f":
                note = self._ask_line("What should be mended? ")
                self._sitting.flag(note.strip())
            case "e" if self._edit is not None:
                self._sitting.message = self._edit(shown)
                self._sitting.refresh()
            case "o" if self._pictures is not None:
                self._open_pictures(shown, self._pictures)
            case "?":
                self._show_keys()
            case "escape" if self._judged_since is not None:
                self._sitting.message = "Not waited for; the verdict is shown when it comes."
                self._end_waiting()
            case _ if key == OTHER:
                self._take_judgement()
            case _:
                return key in {RESIZED, TICK}
        return True

    def _reveal(self) -> None:
        self._revealed = True
        self._scroll = TO_THE_ANSWER
        self._sitting.message = ""
        self._suggest_grade()

    def _suggest_grade(self) -> None:
        if self._typed_answers:
            from srs.review.typed_answer import suggest_grade

            self._suggested_grade = suggest_grade(self._typed_answers, self._sitting.thinking_time())
        if self._suggested_grade is not None:
            key, word = _caption(self._suggested_grade, self._sitting.store.preferences.buttons)
            self._sitting.message = (
                f"Suggested: {key} {word}. Enter takes it, any other grade is yours to give."
            )

    def _ask_typed_answer(self, exercise: str, judge: JudgeClient) -> None:
        """Read a typed answer for the gap, and send it to be judged."""
        from srs.review.typed_answer import TypedAnswer, is_incomplete

        typed = more = self._ask_line("> ")
        while more.strip() and is_incomplete(typed):
            # An empty line ends it, whatever is still open: there is no way back to what was typed.
            more = self._ask_line("… ")
            typed += f"\n{more}"
        self._sitting.message = ""
        if typed.strip():
            self._typed_answers = (*self._typed_answers, TypedAnswer(_printable(typed.rstrip())))
            self._scroll = TO_THE_ANSWER
            judge.ask(exercise, typed)
            self._judged_since = self._sitting.thinking_time()

    def _takes_option(self, key: str, shown: ShownCard) -> bool:
        """Take a key that chooses among the options of a quiz; return whether it does."""
        offered = offered_letters(shown)
        if not offered or key not in {"enter", *offered}:
            return False
        if key == "enter":
            self._choose(shown, self._ask_line("> "))
        elif len(right_letters(shown)) == 1:
            self._choose(shown, key)
        else:
            self._sitting.message = "Several may be right: Enter, then type their letters."
        return True

    def _choose(self, shown: ShownCard, typed: str) -> None:
        """Judge the letters of the options that were chosen; the right ones reveal the back."""
        from srs.review.typed_answer import TypedAnswer

        self._sitting.message = ""
        if not typed.strip():
            return
        judgement = judge_letters(shown, typed)
        self._typed_answers = (*self._typed_answers, TypedAnswer(_printable(typed.strip()), judgement))
        self._scroll = TO_THE_ANSWER
        self._tell(judgement)

    def _tell(self, judgement: AnswerJudgement) -> None:
        """Reveal the back after a right answer; else say what can be done."""
        if judgement.is_right:
            self._reveal()
        else:
            self._sitting.message = "Enter: try again. Space: the answer."

    def _take_judgement(self) -> None:
        """Record the judgement of the last typed answer; a right one reveals the back."""
        judgement = self._judge.answer() if self._judge is not None else None
        if judgement is None or not self._typed_answers or self._typed_answers[-1].judgement is not None:
            return
        self._typed_answers = (
            *self._typed_answers[:-1],
            self._typed_answers[-1]._replace(judgement=judgement),
        )
        self._end_waiting(is_right=judgement.is_right)
        if self._revealed:
            # It was typed before the answer was looked at.
            self._suggest_grade()
        else:
            self._tell(judgement)

    def _end_waiting(self, *, is_right: bool = False) -> None:
        """Have the keys that waited for a verdict act now; one that was to show the answer has no need to."""
        waiting, self._waiting_keys = self._waiting_keys, []
        if is_right and not self._revealed and waiting[:1] in (["space"], ["enter"]):
            waiting = waiting[1:]
        self._judged_since = None
        if waiting:
            self._keys.put_back(waiting)

    def _undo(self) -> None:
        """Undo the last act; one of an earlier Day only after the learner was told of it."""
        earlier = self._sitting.earlier_day()
        if earlier is not None and not self._asked_about_undo:
            self._asked_about_undo = True
            self._sitting.message = f"The last answer is of {earlier:%-d %B}: u once more takes it back."
        elif self._sitting.undo():
            self._reset_card()

    def _toggle_context(self, shown: ShownCard) -> None:
        if not self._revealed:
            self._sitting.message = "The context comes with the answer: Space shows it."
        elif not shown.context and not self._has_folds:
            self._sitting.message = "This card has no context."
        else:
            self._context = not self._context

    def _open_pictures(self, shown: ShownCard, place: PicturePlace) -> None:
        """Open the pictures that may be seen now."""
        seen = [shown.front, *([shown.back, shown.context] if self._revealed else [])]
        opened = [open_picture(place.path(picture)) for picture in pictures_of(seen)]
        self._sitting.message = opened[-1] if opened else "There is no picture to open here."

    def _reset_card(self) -> None:
        self._judged_since = None
        self._revealed = self._context = False
        self._typed_answers = ()
        self._suggested_grade = None
        self._scroll = 0

    def _draw(self, shown: ShownCard) -> None:
        view = self._view(shown, self._sitting.state)
        if view is None:
            return
        drawn = self._screens.drawn(view)
        self._scroll, self._max_scroll = drawn.scroll, drawn.max_scroll
        self._has_folds = drawn.has_folds or self._context
        put_on_screen(self._screen, drawn)

    def _prepare_screen(self, shown: ShownCard) -> None:
        """Draw what Space will show, or the next question behind an answer, while the person thinks."""
        now = shown.id, shown.revision, self._revealed
        if self._typed_answers or now == self._prepared_after:
            return
        self._prepared_after = now
        view: ScreenView | None = None
        if not self._revealed:
            view = self._view(shown, self._sitting.state)
            intervals = self._sitting.intervals()
            view = view and view._replace(
                revealed=True, scroll=TO_THE_ANSWER, message="", intervals=intervals
            )
        elif (coming := self._sitting.coming_card()) is not None:
            view = self._view(*coming)
            view = view and view._replace(
                revealed=False, context=False, intervals={}, scroll=0, message="", suggested=None
            )
        if view is not None:
            self._screens.prepare(view)

    def _view(self, shown: ShownCard, state: SittingState) -> ScreenView | None:
        """Return what the screen shows of a card that is the current one of a state."""
        queued = state.current
        if queued is None:
            return None
        new = shown.standing.schedule is None
        return ScreenView(
            card=shown,
            progress=SittingProgress(state.settled, state.total, state.drills_left),
            revealed=self._revealed,
            context=self._context,
            intervals=self._sitting.intervals() if self._revealed else {},
            buttons=self._sitting.store.preferences.buttons,
            message=self._sitting.message,
            scroll=self._scroll,
            typed_answers=self._typed_answers,
            notice=_NOTICES.get(queued.act, "new" if new else ""),
            pictures=self._pictures,
            suggested=self._suggested_grade,
            judging_seconds=self._judging_seconds(),
        )

    def _judging_seconds(self) -> float | None:
        if self._judged_since is None:
            return None
        return (self._sitting.thinking_time() - self._judged_since).total_seconds()

    def _show_keys(self) -> None:
        """Show what the keys do until one is pressed."""
        buttons = self._sitting.store.preferences.buttons
        show_page(self._screen, self._keys, lambda columns: help_lines(buttons, columns))


def _printable(typed: str) -> str:
    """Return typed text without what a terminal would take for a command, or cannot show."""
    return "".join(each if each.isprintable() or each in "\n\t" else "\ufffd" for each in typed)


def _caption(grade: Grade, buttons: Buttons) -> tuple[str, str]:
    """Return the key that gives a grade, or the nearest below it, and its word."""
    from srs.screen.grade_keys import suggested_key

    key = suggested_key(grade, buttons)
    return key, key_captions(buttons)[key].lower()


def _hint(buttons: Buttons, *, revealed: bool) -> str:
    if not revealed:
        return "Space shows the answer; ? lists the keys."
    return f"Grade with {'1 to 4' if buttons is Buttons.FOUR else '0 to 5'}; ? lists the keys."


@contextmanager
def alternate_screen(screen: TextScreen) -> Iterator[None]:
    """Show the alternate screen within the block; the normal one afterwards, and while stopped."""

    def stop(number: int, _frame: FrameType | None) -> None:
        _leave(screen)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        # Execution resumes here after `fg`; the key reader notices that too, and the screen is drawn again.
        signal.signal(number, stop)
        _enter(screen)

    before = signal.signal(signal.SIGTSTP, stop)
    _enter(screen)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)
        with suppress(OSError):
            _leave(screen)


def normal_screen(
    screen: TextScreen, cooked_mode: Callable[[], AbstractContextManager[None]]
) -> Callable[[], AbstractContextManager[None]]:
    """Return a context manager that leaves the alternate screen for another program."""

    @contextmanager
    def left() -> Iterator[None]:
        with cooked_mode():
            _leave(screen)
            try:
                yield
            finally:
                _enter(screen)

    return left


def _enter(screen: TextScreen) -> None:
    screen.tell(ALTERNATE_SCREEN, CURSOR_HIDDEN, PASTES_TOLD)


def _leave(screen: TextScreen) -> None:
    screen.tell(PASTES_UNTOLD, CURSOR_SHOWN, NORMAL_SCREEN)

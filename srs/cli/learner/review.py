"""`proofdeck review`: review today's cards, one after the other."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from srs.cli.context import CommandContext
    from srs.review.shown_card import ShownCard
    from srs.review.sitting_state import SittingState
    from srs.sitting.judge_client import JudgeClient
    from srs.sitting.sitting import Sitting
    from srs.sitting.todays_agenda import DayPlan
    from srs.sitting.wanted import Wanted
    from srs.store.store import Store

_MAX_NEW_CARDS = 9999
_MORE_CARDS = 5
"""So many new cards are offered at the end of a sitting, beyond what today has."""
_MAX_DUE_CARDS = 1000
"""Due cards in one sitting; after a long holiday the rest comes in the next one."""


@click.command(name="review")
@click.argument("deck", required=False)
@click.option(
    "--new",
    metavar="N",
    help="So many new cards now, whatever today began; +N for N more than today has left.",
)
@click.option(
    "--ahead", type=click.IntRange(1), metavar="N", help="N cards before they are due, nearest first."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Cards in this sitting.")
@click.option("--tag", metavar="TAG", help="Only cards with this tag or one below it.")
@click.option("--kind", metavar="KIND", help="Only cards of this kind, as reports call it: `gaps to fill`.")
@click.option(
    "--cram", is_flag=True, help="Cards that were answered before, due or not; no schedule changes."
)
@click.option("--no-run", is_flag=True, help="Compare typed answers with the code, run nothing.")
@click.option("--minutes", type=click.IntRange(1), metavar="M", help="Stop after the card that is on then.")
@click.option(
    "--scheduler",
    type=click.Choice(["sm2", "fsrs"]),
    help="Switch to this scheduler first; the log serves both.",
)
@click.pass_obj
def command(
    context: CommandContext,
    deck: str | None,
    new: str | None,
    ahead: int | None,
    limit: int | None,
    tag: str | None,
    kind: str | None,
    *,
    cram: bool,
    no_run: bool,
    minutes: int | None,
    scheduler: str | None,
) -> None:
    """Review today's cards: what is due, then new ones.

    Space shows the answer, 0 to 5 grade it, u undoes, q stops, ? lists the keys. Every answer is on disk
    before the next question. Where code has a gap, Enter lets you type what fills it, and the program runs
    with your answer. When standard input is not a terminal, it is read for one grade a line, and one line an
    answer is written: answered CARD GRADE due DATE. Where a day has minutes (`proofdeck plan`,
    `settings minutes_a_day`), it ends when they are used, unless --minutes, --ahead or --new says more.
    """
    from srs.cli.daily_backup import DailyBackup
    from srs.sitting.sitting import Sitting
    from srs.sitting.todays_agenda import EMPTY_PLAN, todays_plan
    from srs.sitting.wanted import Wanted
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        store.refuse_unless_writable()
        if scheduler is not None and scheduler != store.preferences.scheduler.value:
            from srs.cli.preference.set_preference import set_preference

            for line in set_preference(store, "scheduler", scheduler, store.preferences.day(context.now())):
                click.echo(line, err=True)
        guide = _deck_wanted(store, deck)
        tag = _tag_wanted(store, tag, kind, guide)
        start = context.now()
        today = store.preferences.day(start)
        _warn_of_future(store, today)
        number, more = _new_cards_wanted(new)
        wanted = Wanted(guide, tag, number, more, ahead or 0, minutes)
        plan = EMPTY_PLAN if cram else todays_plan(store, today, wanted, most=_MAX_DUE_CARDS)
        state = _begin(store, today, plan, wanted, limit=limit, cram=cram)
        end = start + timedelta(minutes=minutes) if minutes else None
        backup = DailyBackup(store)
        sitting = Sitting(
            store,
            state,
            today=today,
            now=context.now,
            end=end,
            budget=plan.budget,
            more=() if limit else plan.agenda.more,
            before_act=backup.make,
        )
        if sitting.current() is None and not sitting.left_out:
            from srs.cli.nothing_asked import nothing_asked_text
            from srs.cli.output.wrapped_lines import print_wrapped

            print_wrapped([nothing_asked_text(store, today, wanted, plan, cram=cram)])
            return
        wants_more = False
        try:
            if sys.stdin.isatty() and sys.stdout.isatty():
                beyond = None if cram else Wanted(guide, tag, new_more=_MORE_CARDS)
                wants_more = _review_on_screen(context, sitting, beyond, runs=not no_run)
            else:
                _review_lines(sitting, sys.stdin)
        finally:
            backup.tell()
            for line in dict.fromkeys(sitting.left_out):
                click.echo(line, err=True)
            if sitting.left_out:
                from srs.store.health import forget_damaged_builds

                with suppress(ProofdeckError):
                    forget_damaged_builds(store)
    if wants_more:
        again = {"deck": deck, "tag": tag, "no_run": no_run}
        click.get_current_context().invoke(command, new=f"+{_MORE_CARDS}", **again)


def _warn_of_future(store: Store, today: date) -> None:
    """Print a warning on standard error when the log holds answers of a day that is still to come."""
    days = store.log.future_days(today)
    if days:
        first, last = min(days), max(days)
        from srs.cli.output.program_name import as_called

        sentence = (
            f"The last answer is dated {last}, but today is {today}: the clock is wrong now, or was then. "
            f"Nothing is lost; `proofdeck undo --day {first}` takes back what bears a wrong date."
        )
        click.echo(as_called(sentence), err=True)


def _deck_wanted(store: Store, deck: str | None) -> str | None:
    """Return the guide of the deck that a person named; None for all."""
    if deck is None:
        return None
    from srs.cli.deck_choice import find_deck

    return find_deck(store, deck)


def _tag_wanted(store: Store, tag: str | None, kind: str | None, guide: str | None) -> str | None:
    """Return the tag that all cards of the sitting have: one that was named, or that of a kind."""
    if kind is not None:
        from srs.cli.listing.kind_choice import find_kind

        if tag is not None:
            raise click.UsageError("--kind and --tag choose one tag; give one of them.")
        return find_kind(kind).tag
    if tag is None:
        return None
    from srs.cli.tag_choice import require_tag

    return require_tag(store, tag, guide)


def _new_cards_wanted(text: str | None) -> tuple[int | None, int]:
    """Return how many new cards a person wants now, and how many more than today has left."""
    if text is None:
        return None, 0
    digits = text.removeprefix("+")
    if not digits.isdecimal() or int(digits) > _MAX_NEW_CARDS:
        raise click.BadParameter(
            f"{text!r} is no number of cards; write 5, or +5 for five more.", param_hint="--new"
        )
    return (None, int(digits)) if text.startswith("+") else (int(digits), 0)


def _begin(
    store: Store, today: date, plan: DayPlan, wanted: Wanted, *, limit: int | None, cram: bool
) -> SittingState:
    from srs.review.sitting_state import begin_cram, begin_sitting

    if cram:
        return begin_cram(store.queue.answered_cards(today, wanted.guide, wanted.tag), limit=limit)
    from srs.store.interviews.interview_store import InterviewStore

    first = InterviewStore(store).asked_first(today, wanted.guide, wanted.tag)
    return begin_sitting(plan.agenda, first=first, limit=limit)


def _review_lines(sitting: Sitting, lines: Iterable[str]) -> None:
    from srs.schedule.sm2 import Grade

    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text:
            continue
        if sitting.current() is None:
            click.echo(f"line {number}: {sitting.why_over()}.", err=True)
            return
        if text not in {"0", "1", "2", "3", "4", "5"}:
            raise ProofdeckError(
                f"line {number}: {text!r} is no grade; write 0 to 5. The answers before it are saved."
            )
        answered = sitting.grade(Grade(int(text)))
        if answered is None:
            click.echo(f"line {number}: {sitting.message}", err=True)
            continue
        step = sitting.state.steps[-1]
        schedule = answered.standing.schedule
        due = schedule.due.isoformat() if schedule else "never"
        click.echo(f"answered {step.queued.waiting.card} {text} due {due}")


def _review_on_screen(
    context: CommandContext, sitting: Sitting, beyond: Wanted | None, *, runs: bool
) -> bool:
    """Review on the terminal; return whether what is offered `beyond` it is wanted."""
    import termios

    from srs.cli.shown_output import drawing_output
    from srs.screen.keys import TerminalKeys
    from srs.screen.line.text_screen import terminal_screen
    from srs.screen.terminal import SittingScreen, alternate_screen, normal_screen
    from srs.screen.terminal_picture import PicturePlace, picture_folder, picture_protocol

    screen = terminal_screen(drawing_output(), context.environment)
    keys = TerminalKeys(sys.stdin.fileno())

    def ask_line(prompt: str) -> str:
        from srs.screen.typing.line_asker import line_asker

        return line_asker(screen, keys)(prompt)

    def edit(shown: ShownCard) -> str:
        from srs.cli.build.editor import guide_editor

        lent = normal_screen(screen, keys.cooked_mode)
        return guide_editor(context, sitting.store, lent)(shown)

    try:
        with keys.held(), alternate_screen(screen), _judge_client(sitting, runs=runs) as judge:
            SittingScreen(
                screen,
                keys,
                sitting,
                ask_line=ask_line,
                edit=edit,
                judge=judge,
                pictures=PicturePlace(
                    picture_folder(sitting.store.path), picture_protocol(context.environment)
                ),
            ).run()
    except KeyboardInterrupt:
        # Every answer is on disk already: Ctrl-C is one more way to stop.
        pass
    offered = beyond if sitting.current() is None else None
    number = 0 if offered is None else _number_of_new(sitting, offered)
    # The first card is not kept waiting for what comes after the last.
    from srs.cli.output.program_name import as_called
    from srs.screen.line.screen_line import styled
    from srs.screen.more_new import wants_more
    from srs.screen.sitting_summary import summary_text

    # A window that was closed takes no summary.
    with suppress(OSError, termios.error):
        summary = as_called(summary_text(sitting, says_how_to_get_more=offered is None))
        screen.print(styled(summary).wrapped(screen.size.columns))
        return number > 0 and wants_more(screen, keys, number)
    return False


def _number_of_new(sitting: Sitting, wanted: Wanted) -> int:
    """Return how many new cards a sitting with what is wanted has; 0 where no deck is learnt for a day."""
    from srs.sitting.todays_agenda import todays_plan

    if not sitting.store.decks.has_plan():
        return 0
    plan = todays_plan(sitting.store, sitting.today, wanted, most=_MAX_DUE_CARDS)
    return len(plan.agenda.new) if plan.plans else 0


@contextmanager
def _judge_client(sitting: Sitting, *, runs: bool) -> Iterator[JudgeClient | None]:
    """Yield the client that judges typed answers; None if no card of this sitting has a gap to fill."""
    first = sitting.store.cards.first_exercise([queued.waiting.card for queued in sitting.state.queue])
    if first is None:
        yield None
        return
    from srs.sitting.judge_client import JudgeClient

    judge = JudgeClient(runs=runs, first=first)
    try:
        yield judge
    finally:
        judge.close()

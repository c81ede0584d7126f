"""`proofdeck interview`: a mock interview on the questions of the guides that were built."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.cli.daily_backup import DailyBackup
    from srs.cli.practice.coding_task import CodingTask
    from srs.interview.interview_report import InterviewRecord
    from srs.sitting.mock_interview import MockInterview
    from srs.store.interviews.interview_store import InterviewStore
    from srs.store.store import Store


@click.command(name="interview")
@click.option("--minutes", type=click.IntRange(1, 240), default=20, help="How long.  [default: 20]")
@click.option("--section", metavar="WORDS", help="Only from sections with these words in their names.")
@click.option("--deck", metavar="DECK", help="Only from one deck.")
@click.option("--no-task", is_flag=True, help="No coding task at the end.")
@click.option("--history", is_flag=True, help="List the interviews so far.")
@click.option("--seed", type=int, help="Draw the same questions again.")
@click.option("--json", "as_json", is_flag=True, help="With --history, write JSON.")
@click.pass_obj
def command(
    context: CommandContext,
    minutes: int,
    section: str | None,
    deck: str | None,
    *,
    no_task: bool,
    history: bool,
    seed: int | None,
    as_json: bool,
) -> None:
    """Practise the interview: questions over all sections, the weak ones first, and a coding task.

    Say your answer aloud, or type key words; then tick on the guide's own outline what you said. What you
    missed is asked first tomorrow; no schedule changes. Ctrl-C keeps what was ticked. When standard input is
    not a terminal, two lines are read for each question: key words, and the numbers of the points said.
    """
    from srs.cli.daily_backup import DailyBackup
    from srs.cli.deck_choice import find_deck
    from srs.store.interviews.interview_store import InterviewStore
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        if history:
            _print_history(InterviewStore(store), as_json=as_json)
            return
        store.refuse_unless_writable()
        guide = find_deck(store, deck)
        backup = DailyBackup(store)
        interview, coding = _prepare(
            context, store, guide, section, minutes=minutes, has_task=not no_task, seed=seed, backup=backup
        )
        try:
            if sys.stdin.isatty() and sys.stdout.isatty():
                _ask_on_screen(context, interview, coding)
            else:
                from srs.cli.practice.interview_pipe import interview_lines

                interview_lines(interview, sys.stdin, _width())
        except KeyboardInterrupt:
            interview.save()
        finally:
            with suppress(OSError):
                _print_report(interview)
            backup.tell()


def _prepare(
    context: CommandContext,
    store: Store,
    guide: str | None,
    section: str | None,
    *,
    minutes: int,
    has_task: bool,
    seed: int | None,
    backup: DailyBackup,
) -> tuple[MockInterview, CodingTask]:
    """Return the interview with its questions drawn, and what reads its coding task."""
    from random import Random

    from srs.cli.listing.section_choice import rows_of_section
    from srs.cli.practice.coding_task import CodingTask
    from srs.interview.draw import number_of_topics
    from srs.sitting.interview_draw import draw_questions, topics_of
    from srs.sitting.mock_interview import MockInterview
    from srs.store.interviews.interview_store import InterviewStore

    interviews = InterviewStore(store)
    rows = store.cards.rows(guide)
    asked = rows_of_section(rows, section)
    random = Random(seed)  # noqa: S311 - a choice of questions, not a secret
    has_code = any(kind.is_answered_in_code for row in rows if (kind := row.known_kind))
    topics = topics_of(
        asked, store.log.by_card(), interviews.questions(), store.preferences.day(context.now())
    )
    number = number_of_topics(minutes, has_task=has_task and has_code)
    questions = draw_questions(store, asked, topics, number, random)
    if not questions:
        raise ProofdeckError(
            "There is no question that could be answered in words. `proofdeck build` makes some from a guide."
        )
    coding = CodingTask(context, store, rows, random, stand_in=questions[0].card)
    return (
        MockInterview(
            interviews,
            questions,
            minutes=minutes,
            now=context.now,
            read_task=coding.read if has_task and has_code else None,
            before_act=backup.make,
        ),
        coding,
    )


def _ask_on_screen(context: CommandContext, interview: MockInterview, coding: CodingTask) -> None:
    from srs.cli.shown_output import drawing_output
    from srs.screen.interview_screen import InterviewScreen
    from srs.screen.keys import TerminalKeys
    from srs.screen.line.text_screen import terminal_screen
    from srs.screen.terminal import alternate_screen, normal_screen
    from srs.screen.typing.line_asker import line_asker

    screen = terminal_screen(drawing_output(), context.environment)
    keys = TerminalKeys(sys.stdin.fileno())
    ask_line = line_asker(screen, keys)
    leave = normal_screen(screen, keys.cooked_mode)
    with keys.held(), alternate_screen(screen):
        InterviewScreen(
            screen,
            keys,
            interview,
            ask_line=ask_line,
            write_code=lambda: coding.write(ask_line, leave),
        ).run()


def _print_report(interview: MockInterview) -> None:
    from srs.cli.output.program_name import as_called
    from srs.interview.report_lines import report_lines

    lines = report_lines(interview.results, int(interview.took.total_seconds()), _width())
    click.echo(as_called("\n".join(lines)))


def _print_history(interviews: InterviewStore, *, as_json: bool) -> None:
    from srs.interview.interview_report import records_of
    from srs.interview.report_lines import history_lines

    records = records_of(
        [(question.interview, question.day, question.result) for question in interviews.questions()]
    )
    if as_json:
        import json

        click.echo(json.dumps([_record_json(record) for record in records], indent=2, ensure_ascii=False))
    elif not records:
        from srs.cli.output.wrapped_lines import print_wrapped

        print_wrapped(["There was no interview yet: `proofdeck interview` holds one."])
    else:
        click.echo("\n".join(history_lines(records, _width())))


def _record_json(record: InterviewRecord) -> dict[str, object]:
    from srs.interview.interview_report import by_section, tally

    whole = tally(record.results)
    return {
        "day": record.day.isoformat(),
        "minutes": record.minutes,
        "took_seconds": round(record.took_ms / 1000),
        "points": whole.points,
        "said": whole.said,
        "sections": {
            section: {"points": found.points, "said": found.said}
            for section, found in by_section(record.results).items()
        },
        "questions": [
            {
                "kind": result.kind.value,
                "question": result.words,
                "section": result.section,
                "source": result.source or None,
                "typed": result.typed or None,
                "points": [{"words": point.words, "said": said} for point, said in result.points],
            }
            for result in record.results
        ],
    }


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns

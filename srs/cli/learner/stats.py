"""`proofdeck stats`: show the review statistics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from srs.cli.context import CommandContext
    from srs.plan.outlook import Outlook
    from srs.stats.figures import Stats
    from srs.store.store import Store


@click.command(name="stats")
@click.argument("deck", required=False)
@click.option(
    "--all", "shows_all", is_flag=True, help="All of it, also where that is longer than the screen."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option(
    "--html", type=click.Path(dir_okay=False), metavar="FILE", help="Write one page with charts to FILE."
)
@click.pass_obj
def command(
    context: CommandContext, deck: str | None, *, shows_all: bool, as_json: bool, html: str | None
) -> None:
    """Show how the reviews go: each section, the month ahead and the year; as much as the screen holds.

    With --all also what is known by the interval before and by kind of card, the hardest questions, how fast
    you answer, and the ease factors.
    """
    from srs.cli.deck_choice import find_deck
    from srs.sitting.where_one_stands import lines_of, positions, positions_json
    from srs.stats.figures import compute_stats
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        guide = find_deck(store, deck)
        found = compute_stats(
            store.cards.rows(guide, retired=None),
            store.log.by_card(),
            store.preferences.day(context.now()),
            store.scheduler,
            overviews=store.preferences.overviews,
        )
        today = store.preferences.day(context.now())
        stands = positions(store, today, guide=guide)
        outlooks = _outlooks(store, today, guide) if stands and html is not None else []
        title = store.decks.titles().get(guide, "") if guide else "All decks"
    if as_json:
        import json

        interviews = {"interviews": positions_json(stands)} if stands else {}
        click.echo(json.dumps({**_stats_json(found), **interviews}, indent=2))
    if html is not None:
        from cards.files import write_atomically
        from srs.cli.guard.kept_file import refuse_to_replace
        from srs.stats.stats_page import stats_page

        refuse_to_replace(Path(html), "the page")
        try:
            write_atomically(Path(html), stats_page(found, title, outlooks).encode())
        except OSError as error:
            raise ProofdeckError(f"{html} cannot be written: {error.strerror}.") from error
        click.echo(f"Written to {html}", err=as_json)
    if as_json or html is not None:
        return
    _print_screen(found, lines_of(stands) if stands else [], shows_all=shows_all)


def _print_screen(found: Stats, above: Sequence[str], *, shows_all: bool) -> None:
    """Print what fits the terminal; all of it with `--all` or where there is no terminal."""
    from shutil import get_terminal_size

    from rich.text import Text

    from srs.cli.output.program_name import as_called
    from srs.cli.output.wrapped_lines import terminal_columns
    from srs.screen.shown_console import ShownConsole
    from srs.stats.stats_screen import stats_screen

    columns = terminal_columns()
    # Rich takes a dumb terminal for 80 columns wide.
    console = ShownConsole(highlight=False, width=columns)
    # The prompt takes a line of its own.
    height = None if shows_all or columns is None else get_terminal_size().lines - 1
    for line in stats_screen(found, console.width, height, above):
        shown = Text(as_called(line.plain), spans=line.spans)
        console.print(shown, no_wrap=True, overflow="ellipsis")


def _outlooks(store: Store, today: date, guide: str | None) -> list[tuple[str, Outlook]]:
    """Return what is foretold of each interview to come, with its decks where there are several."""
    from srs.cli.interview_plan import foretell
    from srs.plan.outlook import outlook_of
    from srs.sitting.planned_day import deck_plans

    names = {each.guide: each.short_name for each in store.decks.names()}
    plans = [plan for plan in deck_plans(store, today, guide) if plan.cards]
    return [
        (
            ", ".join(sorted(names[each] for each in plan.guides)) if len(plans) > 1 else "",
            outlook_of(plan, foretell(store, plan, today), today),
        )
        for plan in plans
    ]


def _stats_json(found: Stats) -> dict[str, object]:
    return {
        "today": found.today.isoformat(),
        "answers": found.answers,
        "hours": round(found.hours, 3),
        "streak": found.streak,
        "longest_streak": found.longest_streak,
        "by_day": {day.isoformat(): number for day, number in found.by_day.items()},
        "forecast": list(found.forecast),
        "interviews": {
            "number": found.interviews,
            "points": found.interview_points.points,
            "said": found.interview_points.said,
        },
        "cards": {
            "new": found.new,
            "young": found.young,
            "mature": found.mature,
            "suspended": found.suspended,
            "flagged": found.flagged,
            "leeches": found.leeches,
        },
        "known_by_age": {age: _recall_json(recall) for age, recall in found.by_age.items()},
        "known_by_kind": {kind: _recall_json(recall) for kind, recall in found.by_kind.items()},
        "sections": [
            {
                "section": each.section,
                "cards": each.cards,
                "begun": each.begun,
                **_recall_json(each.recall),
            }
            for each in found.sections
        ],
        "ease": {f"{step / 100:.2f}": number for step, number in found.ease.items()},
        "seconds": {name: pace._asdict() for name, pace in found.pace.items()},
        "hardest": [
            {
                "guide": topic.guide,
                "question": topic.question,
                "title": topic.title,
                "source": topic.source,
                "lapses": topic.lapses,
                **_recall_json(topic.recall),
            }
            for topic in found.hardest
        ],
    }


def _recall_json(recall: tuple[int, int]) -> dict[str, object]:
    reviews, recalled = recall
    return {
        "reviews": reviews,
        "recalled": recalled,
        "share": round(recalled / reviews, 4) if reviews else None,
    }

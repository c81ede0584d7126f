"""`proofdeck export`: a guide's cards for other tools, or to read and print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporters.page.deck_format import DeckFormat
from srs.cli.build.guide_file import find_guide
from srs.cli.guard.kept_file import refuse_to_replace
from srs.cli.output.program_name import as_called
from srs.cli.volume import only_reports
from srs.words import count

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


@only_reports(lambda given: given["output"] != "-")
@click.command(name="export")
@click.argument("guide", required=False, metavar="[GUIDE]", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in DeckFormat]),
    default=DeckFormat.HTML.value,
    show_default=True,
    help="csv as Anki's text import takes it, json for programs, html to read and print.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Where it goes, - for standard output.  [default: beside the guide]",
)
@click.option(
    "--include-failing", is_flag=True, help="Write cards whose code does not hold too, tagged and marked."
)
@click.pass_obj
def command(
    context: CommandContext, guide: str | None, form: str, output: str | None, *, include_failing: bool
) -> None:
    """Write a guide's cards as one file.

    Only cards whose code is proved are in it, as in the Anki deck; nothing runs, so build first. For Anki
    take what `proofdeck build` writes: only that can be imported again without losing progress.
    """
    from cards.build.pipeline import awaited_cards, finish_build
    from cards.errors import ExportError
    from exporters.page.deck_file import deck_text, export_deck_file
    from srs.cli.build.plan_runner import PlanRunner
    from srs.store.read_only import read_known_guides

    file = find_guide(context, guide)
    # What was proved with the versions that are here comes first; nothing runs.
    with PlanRunner(context, quiet=True) as runner:
        plan = file.plan(file.source(), file.lock(), runner.runtimes, runner.version_of, can_run=False)
    result = finish_build(
        plan,
        (),
        int(context.now().timestamp()),
        include_failing=include_failing,
        awaited=awaited_cards(plan),
    )
    unproved = sum(held.verdict is None for held in result.held)
    if not result.deck.cards:
        fails = any(not verdict.outcome.holds for verdict in result.verdicts.values())
        why = (
            "its code does not hold; `proofdeck prove` says why." if fails else "run `proofdeck build` first."
        )
        raise ExportError(f"{file.shown}: there is no card to write yet; {why}")
    if output == "-":
        click.echo(deck_text(result.deck, DeckFormat(form)), nl=False)
    else:
        names = {guide.id: guide.short_name for guide in read_known_guides(context.store_file)}
        name = f"{names.get(result.deck.id, result.deck.slug)}.{form}"
        target = Path(output) if output else file.place_for(name)
        refuse_to_replace(target, "the page", [file.path])
        export_deck_file(result.deck, target, DeckFormat(form))
        click.echo(f"{count(len(result.deck.cards), 'card')} written to {target}.")
    if result.runtimes:
        proved = "; ".join(runtime.words for runtime in result.runtimes)
        click.echo(f"Their code is shown as it was proved on {proved}.", err=True)
    if unproved:
        click.echo(
            as_called(f"{unproved} are left out: their code is not proved; run `proofdeck build`."), err=True
        )

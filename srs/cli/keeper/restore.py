"""`proofdeck restore`: replace the store by a backup."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cards.errors import StoreError
from srs.cli.guard.agreed import agreed
from srs.cli.output.program_name import as_called
from srs.cli.output.wrapped_lines import print_wrapped
from srs.cli.volume import only_reports
from srs.words import count

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.store.care.backup_list import BackupFigures


@only_reports(lambda given: given["backup"] is not None)
@click.command(name="restore")
@click.argument("backup", required=False, type=click.Path(dir_okay=False), metavar="[BACKUP]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def command(ctx: click.Context, backup: str | None, *, yes: bool, as_json: bool) -> None:
    """Put BACKUP in the store's place; without one, list what there is.

    BACKUP is a file, or the name of one in the list, or the day of a daily one. What the store holds now is
    kept beside the backups, so that `proofdeck merge` can bring its reviews back.
    """
    from srs.store.backups import backup_folder, restore_backup

    context: CommandContext = ctx.obj
    path = context.store_file
    if backup is None:
        _print_list(path, as_json=as_json)
        return
    source = _find(path, backup)
    if not (yes or agreed(f"Put {_with_figures(source)} in the place of {path}?")):
        ctx.exit(1)
    moment = context.now().strftime("%Y-%m-%d-%H%M%S")
    if restore_backup(path, source, aside := backup_folder(path) / f"replaced-{moment}.db"):
        click.echo(
            as_called(f"What was there before is in {aside}; `proofdeck merge` brings its reviews back.")
        )
    click.echo(f"Restored {source}.")


def _find(path: str, named: str) -> Path:
    """Return the backup that is meant; raises StoreError, before anything is asked, where there is none."""
    from srs.store.backups import backup_folder, list_backups

    folder = backup_folder(path)
    places = (Path(named), folder / named, folder / f"{named}.db", folder / f"proofdeck-{named}.db")
    found = next((place for place in places if place.exists()), None)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(Path(named).name, [each.name for each in list_backups(path)], n=1)
        advice = f"did you mean {near[0]}?" if near else "`proofdeck restore` lists them."
        raise StoreError(f"There is no backup {named}; {advice}")
    if not found.is_file():
        raise StoreError(f"{found} is no file; name a backup. Nothing was changed.")
    return found


def _with_figures(source: Path) -> str:
    """Return a backup in words; raises StoreError where it is none."""
    from srs.store.care.backup_list import backup_figures

    figures = backup_figures(source)
    if figures.answers is None:
        raise StoreError(f"{source} is no sound backup of a store; nothing was changed.")
    return f"{source} ({_answers(figures)})"


def _print_list(path: str, *, as_json: bool) -> None:
    from srs.store.backups import list_backups
    from srs.store.care.backup_list import backup_figures, backup_record

    found = [backup_figures(each) for each in list_backups(path)]
    if as_json:
        click.echo(json.dumps([backup_record(each) for each in found], indent=2))
        return
    if not found:
        click.echo("There are no backups yet.")
        return
    width = max(len(each.path.name) for each in found)
    for each in found:
        size = f"{max(1, round(each.size_bytes / 1024))} KB"
        moment = f"{each.made_at:%Y-%m-%d %H:%M}"
        print_wrapped([f"{moment}  {each.path.name:<{width}}  {size:>8}  {_answers(each)}"])
    said = f"They lie in {found[0].path.parent}. `proofdeck restore {found[-1].path.name}` puts one in place."
    print_wrapped([said])


def _answers(figures: BackupFigures) -> str:
    if figures.answers is None:
        return "no sound store"
    last = f", the last on {figures.last_answer}" if figures.last_answer else ""
    return f"{count(figures.cards or 0, 'card')}, {count(figures.answers, 'answer')}{last}"

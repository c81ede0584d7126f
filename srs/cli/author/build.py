"""`proofdeck build`: the main job."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from srs.cli.build.guide_file import guide_file, shown_path

if TYPE_CHECKING:
    from cards.build.cache import Memory
    from cards.build.pipeline import Held
    from cards.card.card import CardId
    from cards.program.runtime import Runtime
    from exporters.anki.package import ExportReport
    from exporters.anki.progress import Progress
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.build.rebuild import Remade
    from srs.cli.build.workshop import Workshop
    from srs.cli.context import Setting
    from srs.store.row import SyncReport


@click.command
@click.argument("guide", required=False, metavar="[GUIDE]", type=click.Path())
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Where the Anki deck goes."
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="Questions proved at once.  [default: one a core]"
)
@click.option("--with-progress", is_flag=True, help="Put your schedules and reviews into the Anki deck.")
@click.option(
    "--include-failing", is_flag=True, help="Ship cards whose code does not hold too, tagged and marked."
)
@click.option("--watch", is_flag=True, help="Build again whenever the guide is saved, until Ctrl-C.")
@click.option("--unconfined", is_flag=True, help="Run the guide's code even where nothing confines it.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    guide: str | None,
    output: str | None,
    jobs: int | None,
    *,
    with_progress: bool,
    include_failing: bool,
    watch: bool,
    unconfined: bool,
    as_json: bool,
) -> None:
    """Turn a guide into proved cards, the review store and an Anki deck.

    GUIDE is a Markdown file; without one it is the TensorFlow interview guide that comes with proofdeck.
    Code that was proved before, under the same versions, does not run again.
    """
    from srs.cli.build.unchanged import known_report, remember

    setting: Setting = ctx.obj
    file = guide_file(setting, guide)
    anew = watch or with_progress or include_failing
    known = None if anew else known_report(file, Path(output) if output else None, setting)
    if known is not None:
        click.echo(json.dumps(known, indent=2, ensure_ascii=False) if as_json else _nothing_new(known))
        return
    from srs.cli.build.workshop import Workshop

    def make(workshop: Workshop) -> tuple[Remade, dict[str, Any]]:
        return build(
            file,
            workshop,
            setting,
            output,
            with_progress=with_progress,
            include_failing=include_failing,
        )

    with Workshop(setting, workers=jobs, unconfined=unconfined, quiet=as_json) as workshop:
        if watch:
            from srs.cli.build.watch import watch_guide

            watch_guide(file, lambda: make(workshop), setting)
            return
        remade, report = make(workshop)
        installed = bool(workshop.runtimes)
    if as_json:
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        from srs.cli.build.build_report import show

        show(remade.revised, report, installed=installed, named=guide)
    if any(held.verdict is not None and not held.excused for held in remade.revised.held):
        ctx.exit(1)
    if not (with_progress or include_failing) and all(held.excused for held in remade.revised.held):
        remember(file, setting, slug=remade.revised.deck.slug, name=remade.name, report=report)


def build(
    file: GuideFile,
    workshop: Workshop,
    setting: Setting,
    output: str | None,
    *,
    with_progress: bool = False,
    include_failing: bool = False,
) -> tuple[Remade, dict[str, Any]]:
    """Do the whole job once; nothing is written before everything is made."""
    from cards.build.cache import Memory
    from srs.cli.build.cache_file import leave_memory, memory_of
    from srs.cli.build.rebuild import with_memory

    target = Path(output) if output else None
    memory = Memory() if with_progress else memory_of(file, setting, target)
    remade, exported, synced = with_memory(
        memory,
        lambda memory: _build(
            file,
            workshop,
            setting,
            target,
            memory,
            with_progress=with_progress,
            include_failing=include_failing,
        ),
    )
    if not with_progress:
        deck = remade.revised.deck
        leave_memory(
            file, setting, remade.revised.memory, slug=deck.slug, name=remade.name, package=exported.path
        )
    report = _report(file, remade, exported, synced, setting)
    if with_progress:
        report["progress"] = {"schedules": exported.scheduled, "answers": exported.answers}
    return remade, report


def _build(
    file: GuideFile,
    workshop: Workshop,
    setting: Setting,
    target: Path | None,
    memory: Memory,
    *,
    with_progress: bool,
    include_failing: bool,
) -> tuple[Remade, ExportReport, SyncReport]:
    from exporters.anki.package import export
    from srs.cli.anki_translation import utc_offset_minutes
    from srs.cli.build.rebuild import remake, take_up
    from srs.cli.learner.review import keep_a_backup
    from srs.store.store import Store

    remade = remake(file, workshop, setting, memory, include_failing=include_failing)
    deck = remade.revised.deck
    now = setting.now()
    # The deck first: if it is refused, neither store nor lock has moved.
    exported = export(
        deck,
        target or Path(f"{deck.slug}.apkg"),
        now=int(now.timestamp()),
        progress=_progress(setting) if with_progress else None,
        utc_offset_minutes=utc_offset_minutes(now),
    )
    with Store.open(setting.store_path) as store:
        if store.last_day() is not None:
            keep_a_backup(store, store.preferences.day(now))
        return remade, exported, take_up(file, remade, store)


def _progress(setting: Setting) -> Progress:
    """Return what was learnt before this build; the store may not be there yet."""
    from exporters.anki.progress import Progress
    from srs.cli.anki_translation import progress_of
    from srs.store.health import logs
    from srs.store.store import Store

    if not setting.store_path.exists():
        return Progress((), ())
    with Store.open(setting.store_path) as store:
        return progress_of(logs(store), store.scheduler)


def _nothing_new(report: dict[str, Any]) -> str:
    proofs = report["proofs"]
    return (
        f"{click.style(report['title'], bold=True)}: nothing has changed since the last build.\n"
        f"{report['cards']} cards, {proofs['holding']} of {proofs['blocks']} blocks proved, "
        f"deck in {report['deck']['path']}."
    )


def _report(
    file: GuideFile, remade: Remade, exported: ExportReport, synced: SyncReport, setting: Setting
) -> dict[str, Any]:
    revised, entries = remade.revised, remade.revised.deck.entries
    changes = revised.changes
    report = {
        "guide": file.shown,
        "title": remade.title,
        "questions": remade.questions,
        "cards": len(entries),
        "cards_by_kind": {
            kind.value: count for kind, count in Counter(card.kind for card in entries).items()
        },
        "proofs": _proofs(remade),
        "held_back": [_held(held) for held in revised.held],
        "marked": [_held(marked) for marked in revised.marked],
        "changes": {
            "new": list(changes.new),
            "changed": list(changes.changed),
            "unchanged": len(changes.unchanged),
            "retired": list(changes.retired),
            "revived": list(changes.revived),
            "rebound": [
                {"card": one.id, "because": one.tie.value, "was": one.was, "is": one.front}
                for one in changes.rebound
            ],
            "in_doubt": [{"new": doubt.new, "old": list(doubt.olds)} for doubt in changes.doubts],
        },
        "anki_search_for_retired": anki_search(changes.retired),
        "store_changes": synced._asdict(),
        "deck": {"path": str(exported.path), "name": exported.deck_name, "bytes": exported.size_bytes},
        "store": shown_path(setting.store_path),
        "lock": shown_path(file.lock_path),
    }
    if remade.lost is not None:
        known = {card.id for card in remade.lost.cards}
        report["known_from_the_store"] = sum(card.id in known for card in entries)
    return report


def _proofs(remade: Remade) -> dict[str, Any]:
    known = remade.revised.verdicts
    names = [snippet.name for program in remade.programs for snippet in program.snippets]
    verdicts = [known[name] for name in names if name in known]
    outcomes = Counter(verdict.outcome.value for verdict in verdicts)
    ran = sum(len(program.snippets) for program in remade.ran)
    return {
        "blocks": len(names),
        "holding": sum(verdict.outcome.holds for verdict in verdicts),
        "not_proved": len(names) - len(verdicts),
        "outcomes": dict(outcomes),
        "ran_now": ran if verdicts else 0,
        "versions": sorted({_versions(verdict.runtime) for verdict in verdicts}),
    }


def _versions(runtime: Runtime) -> str:
    return f"TensorFlow {runtime.tensorflow} · Keras {runtime.keras} · Python {runtime.python}"


def _held(held: Held) -> dict[str, Any]:
    return {
        "card": held.draft.key,
        "at": str(held.draft.span),
        "by": held.by,
        "outcome": held.verdict.outcome.value if held.verdict else "not proved",
        "sentence": held.verdict.sentence if held.verdict else "",
        "line": held.verdict.line if held.verdict else 0,
        "excused": held.excused,
    }


def anki_search(retired: tuple[CardId, ...]) -> str:
    """Return the search that finds exactly these notes in Anki: the field Key holds a card's identity."""
    return " OR ".join(f'"Key:{identity}"' for identity in retired)

"""The runtimes that a guide's lock remembers: to compare with, or to be forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cards.check.upgrade import earlier_verdicts, version_differences
from cards.lock.lock import Lock, lock_text
from cards.lock.proofs import Proofs
from cards.program.runtime import versions_in_short
from srs.cli.build.guide_file import display_path
from srs.cli.output.program_name import as_called
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.check.upgrade import VersionDifference
    from srs.cli.build.guide_file import GuideFile


def check_runtime(file: GuideFile, lock: Lock | None, option: str, name: str) -> None:
    """Raise click's UsageError, with the runtimes that there are, for a name that none of the lock has."""
    known = lock.proofs if lock else Proofs()
    shown = display_path(file.lock_path)
    if not known.runtimes:
        raise click.UsageError(f"{shown} remembers no runtime yet; run `proofdeck prove` first.")
    if not known.named(name):
        lines = [
            f"  {runtime.words}  ({count(len(known.under({runtime}).verdicts), 'proof')})"
            for runtime in known.runtimes
        ]
        listed = "\n".join(lines)
        raise click.UsageError(
            f"{option} {name}: no runtime of that name in {shown}. It remembers:\n{listed}"
        )


def forget_runtimes(file: GuideFile, name: str) -> None:
    """Drop all that the lock remembers of the runtimes that a name means, and say what that was."""
    lock = file.lock() or Lock("")
    check_runtime(file, lock, "--forget", name)
    named = lock.proofs.named(name)
    kept = lock.proofs.forget(name)
    displayed = tuple(each for each in lock.displayed if not (each.runtime and each.runtime.is_named(name)))
    file.write_lock(lock_text(replace(lock, proofs=kept, displayed=displayed)))
    for runtime in named:
        proofs = len(lock.proofs.under({runtime}).verdicts) - len(kept.under({runtime}).verdicts)
        click.echo(f"Forgotten: {runtime.words} ({count(proofs, 'proof')}).")
    unproved = len(lock.proofs.by_snippet) - len(kept.by_snippet)
    if unproved:
        blocks = count(unproved, "block has", "blocks have")
        click.echo(as_called(f"{blocks} no proof any more; `proofdeck build` proves what it can here."))
    else:
        click.echo(as_called("`proofdeck build` brings the cards up to date."))


def version_news(
    before: Lock | None, plan: BuildPlan, result: BuildResult, name: str = ""
) -> tuple[VersionDifference, ...]:
    """Return how the code differs from when it was proved under another runtime: the newest, or one named.

    `before` is the lock from before the run.
    """
    proofs = before.proofs.valid_for(plan.programs) if before else Proofs()
    return version_differences(earlier_verdicts(proofs, result.verdicts, name), result.verdicts)


def print_news(
    news: Sequence[VersionDifference], before: Lock | None, plan: BuildPlan, result: BuildResult
) -> None:
    """Print how code differs under the new versions, or that nothing does."""
    spans = {snippet.name: snippet.span for program in plan.programs for snippet in program.snippets}
    for one in news:
        where = spans.get(one.snippet)
        cards = sum(one.snippet in draft.snippets for draft in plan.drafts)
        click.echo(f"{where or one.snippet}: {one.sentence} ({count(cards, 'card')})")
    if news:
        click.echo(as_called("`proofdeck build` holds the cards of what fails back."))
        return
    here = {verdict.runtime.without_packages for verdict in result.verdicts.values()}
    others = [each for each in (before.proofs.runtimes if before else ()) if each not in here]
    click.echo(
        "Nothing newly fails, holds, prints something else or warns."
        if others
        else "No other runtime is remembered to compare with."
    )


def print_runtimes(lock: Lock | None, used: Proofs) -> None:
    """Print the runtimes that the verdicts are of, as `--forget` takes them, and the others remembered."""
    for runtime in used.runtimes:
        click.echo(runtime.words)
    others = [each for each in (lock.proofs.runtimes if lock else ()) if each not in used.runtimes]
    if others:
        click.echo(f"Remembered too: {versions_in_short(others)}.")

"""`proofdeck prove --on`: where a guide's code holds, version by version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from cards.check.matrix import matrix_rows
from srs.cli.matrix.matrix_report import matrix_json, print_matrix
from srs.cli.matrix.matrix_run import prove_on
from srs.cli.matrix.wanted_version import parse_wanted_versions

if TYPE_CHECKING:
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext


def print_proofs_on(
    file: GuideFile,
    context: CommandContext,
    versions: str,
    *,
    jobs: int | None,
    again: bool,
    unconfined: bool,
    as_json: bool,
) -> None:
    """Prove a guide under each version of the list, and print on which of them each block holds.

    Ends the command with 1 where no version could be proved.
    """
    wanted = parse_wanted_versions(versions)
    plan, tried = prove_on(
        file, context, wanted, jobs=jobs, again=again, unconfined=unconfined, quiet=as_json
    )
    rows = matrix_rows(plan.programs, tried)
    if as_json:
        click.echo(json.dumps(matrix_json(rows, tried), indent=2, ensure_ascii=False))
    else:
        print_matrix(rows, tried, {question.slug: question.title for question in plan.guide.questions})
    if all(each.verdicts is None for each in tried):
        click.get_current_context().exit(1)

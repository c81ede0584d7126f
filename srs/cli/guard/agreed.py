"""Ask whether to go on; where nobody can answer, say what answers beforehand."""

from __future__ import annotations

import sys

import click

from cards.errors import ProofdeckError


def agreed(question: str) -> bool:
    """Return a person's answer; raises ProofdeckError where the input ends before one, as in a script."""
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo(err=True)
        raise ProofdeckError(
            "Nobody is here to answer, so this is left as it is; --yes answers beforehand."
        ) from None

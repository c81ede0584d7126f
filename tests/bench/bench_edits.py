"""What realistic edits of ten small guides do to the identities of their cards.

    uv run python tests/bench/bench_edits.py [ROUNDS] [EDIT ...]

The editor knows which line came from which, so that of every card it is known which old card it is. "Missed"
is an old card that is taken for a new one, "wrong" one that got the history of another. With the names of
edits, each such card is printed.
"""

from __future__ import annotations

import sys

from tests.builders.edited_guide import EDITS
from tests.builders.identity_count import IdentityCount
from tests.builders.measured_edits import measure_edit


def main(rounds: int, names: list[str]) -> None:
    """Print a line an edit, and one for all."""
    total = IdentityCount()
    print(f"{'edit':56} builds  cards   right  missed  wrong")  # noqa: T201
    for edit in EDITS:
        if names and edit.__name__ not in names:
            continue
        found = measure_edit(edit, rounds)
        print_line((edit.__doc__ or edit.__name__).rstrip("."), found)
        for line in [*found.missed, *found.wrong] if names else []:
            print(f"    {line}")  # noqa: T201
        total.join(found)
    print_line("all", total)


def print_line(name: str, found: IdentityCount) -> None:
    """Print the line of an edit."""
    missed, wrong = len(found.missed), len(found.wrong)
    print(f"{name:56} {found.builds:6} {found.total:6} {found.share_right:7.2%} {missed:7} {wrong:6}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:])

"""Tell from file times and sizes whether a build would change anything, and record the last build.

Every file that a build reads or writes is remembered with its time of change, size and inode. If all of them,
the versions and the program itself are as they were, the build is known already.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from srs.cli.trust.run_memory import RunMemory
from srs.cli.unchanged.fingerprint import fingerprint_of, record_name
from srs.store.read_only import last_build_name

if TYPE_CHECKING:
    from pathlib import Path

    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext


def report_if_unchanged(
    file: GuideFile, target: Path | None, context: CommandContext, *, strict: bool
) -> dict[str, Any] | None:
    """Return the report of the last build if another would change nothing, else None."""
    from cards.files import read_file

    with suppress(OSError, ValueError, KeyError, TypeError):
        remembered = json.loads(read_file(build_record_path(file, context)))
        report: dict[str, Any] = remembered["report"]
        place = target or file.beside(remembered["package"])
        deck = os.path.abspath(place)  # noqa: PTH100 - text is all that is wanted
        if strict and not remembered["strict"]:
            return None  # it knows of some warnings only
        if remembered["language"] != file.settings.language:
            return None
        if remembered["seen"] != _fingerprint(file, deck) or remembered["deck"] != deck:
            return None
        if last_build_name(context.store_file, remembered["guide"]) != remembered["built"]:
            return None
        # What was on trust may have run here since.
        if report["proofs"]["on_trust"] and remembered["memory"] != RunMemory(context.home).size_bytes():
            return None
        # The same file, as it is called from here.
        return report | {"deck": report["deck"] | {"path": str(place)}}
    return None


def write_build_record(
    file: GuideFile,
    context: CommandContext,
    *,
    guide: str,
    package: str,
    name: str,
    report: dict[str, Any],
    strict: bool,
) -> None:
    """Write the record of a finished build, from which the next one sees that nothing changed.

    `guide` is the guide's identity, `package` the usual name of its deck's file.
    """
    from cards.files import write_atomically

    deck = os.path.abspath(report["deck"]["path"])  # noqa: PTH100
    seen = _fingerprint(file, deck)
    if seen is None:
        return
    changes = report["changes"]
    before = len(changes["new"]) + len(changes["changed"]) + len(changes["revived"]) + changes["unchanged"]
    calm = {
        "new": [],
        "changed": [],
        "unchanged": before,
        "retired": [],
        "revived": [],
        "rebound": [],
        "answered_anew": [],
        "in_doubt": [],
    }
    again = {name: said for name, said in report.items() if name not in {"reworded", "doubts"}} | {
        "changes": calm,
        "proofs": report["proofs"] | {"ran_now": 0},
        "anki_search_for_retired": "",
        "identity": [],
    }
    again.pop("moved", None)
    again["store_changes"] = dict.fromkeys(report["store_changes"], 0) | {"unchanged": before}
    record = {
        "seen": seen,
        "deck": deck,
        "guide": guide,
        "package": package,
        "strict": strict,
        "language": file.settings.language,
        "built": name,
        "memory": RunMemory(context.home).size_bytes(),
        "report": again,
    }
    with suppress(OSError):  # only the next build's speed is lost
        write_atomically(build_record_path(file, context), json.dumps(record).encode())


def build_record_path(file: GuideFile, context: CommandContext) -> Path:
    """Return the path of the record of a guide's last build."""
    name = record_name(os.path.realpath(file.path))
    return context.home / "builds" / f"{name}.json"


def _fingerprint(file: GuideFile, deck: str) -> list[Any] | None:
    """Return a fingerprint of the files a build depends on; None where one is too young to be trusted."""
    return fingerprint_of([str(file.path), str(file.lock_path), deck])

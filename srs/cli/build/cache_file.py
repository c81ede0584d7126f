"""What the last build of a guide left behind for the next one: read only if everything is as it left it."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cards.build.cache import Memory, decode, encode
from cards.files import write_whole
from srs.cli.build.unchanged import program, record_path, versions
from srs.store.last_built import built

if TYPE_CHECKING:
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import Setting


def memory_of(file: GuideFile, setting: Setting, target: Path | None) -> Memory:
    """Return what the last build remembered, if store, package and program are still those; else nothing.

    `target` is where the package is to go, None for the guide's usual place.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        head, _, rest = _path(file, setting).read_bytes().partition(b"\n")
        was = json.loads(head)
        if was["made_by"] != [program(), versions()] or was["built"] != built(
            setting.store_file, was["slug"]
        ):
            return Memory()
        package = target or Path(f"{was['slug']}.apkg")
        if was["package"] == _digest(package.read_bytes()):
            return decode(rest)
    return Memory()


def leave_memory(
    file: GuideFile, setting: Setting, memory: Memory, *, slug: str, name: str, package: Path
) -> None:
    """Leave it for the next build; `name` is that of this one, and its package lies at `package`."""
    with suppress(OSError):  # only the next build's speed is lost
        head = {
            "made_by": [program(), versions()],
            "slug": slug,
            "built": name,
            "package": _digest(package.read_bytes()),
        }
        write_whole(_path(file, setting), json.dumps(head).encode() + b"\n" + encode(memory))


def _path(file: GuideFile, setting: Setting) -> Path:
    return record_path(file, setting).with_suffix(".memory")


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()

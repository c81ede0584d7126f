"""The build cache on disk, read only if store, package and program are as the last build left them."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cards.build.cache import BuildCache, decode_cache, encode_cache
from cards.files import read_file, write_atomically
from cards.part_cache import PartCache, decode_parts, encode_parts
from srs.cli.build.build_record import build_record_path
from srs.cli.unchanged.fingerprint import installed_versions, program_mtime_ns
from srs.store.read_only import last_build_name

if TYPE_CHECKING:
    from pathlib import Path

    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext


def read_cache(file: GuideFile, context: CommandContext, target: Path | None) -> BuildCache:
    """Return the last build's cache if store, package and program are as it left them; else an empty one.

    `target` is where the package is to go, None for the guide's usual place.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        head, _, rest = read_file(_cache_path(file, context)).partition(b"\n")
        was = json.loads(head)
        if was["made_by"] != _made_by() or was["built"] != last_build_name(context.store_file, was["guide"]):
            return BuildCache()
        package = target or file.beside(was["package_name"])
        if package.is_file() and was["package"] == _digest(package.read_bytes()):
            return decode_cache(rest)
    return BuildCache()


def write_cache(
    file: GuideFile,
    context: CommandContext,
    cache: BuildCache,
    *,
    guide: str,
    package_name: str,
    name: str,
    package: Path,
) -> None:
    """Write the cache for the next build, with the name of this build and the digest of its package.

    None is written for a package that went into a pipe or a device, where nothing of it can be read again.
    """
    if not package.is_file():
        return
    with suppress(OSError):  # only the next build's speed is lost
        head = {
            "made_by": _made_by(),
            "guide": guide,
            "package_name": package_name,
            "built": name,
            "package": _digest(package.read_bytes()),
        }
        write_atomically(_cache_path(file, context), json.dumps(head).encode() + b"\n" + encode_cache(cache))


def read_parts(file: GuideFile, context: CommandContext) -> PartCache:
    """Return what earlier builds by this program made of parts of the guide, whatever became of the rest."""
    with suppress(OSError, ValueError):
        head, _, rest = read_file(_parts_path(file, context)).partition(b"\n")
        if json.loads(head) == _made_by():
            return PartCache(decode_parts(rest))
    return PartCache()


def write_parts(file: GuideFile, context: CommandContext, parts: PartCache) -> None:
    """Write what this build used or made of parts of the guide, for the next build."""
    with suppress(OSError):  # only the next build's speed is lost
        content = json.dumps(_made_by()).encode() + b"\n" + encode_parts(parts.used)
        write_atomically(_parts_path(file, context), content)


def _made_by() -> list[object]:
    """Return what changes with the program and with what is installed."""
    return [program_mtime_ns(), installed_versions()]


def _parts_path(file: GuideFile, context: CommandContext) -> Path:
    return build_record_path(file, context).with_suffix(".parts")


def _cache_path(file: GuideFile, context: CommandContext) -> Path:
    return build_record_path(file, context).with_suffix(".memory")


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()

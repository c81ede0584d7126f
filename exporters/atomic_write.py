"""A file that is replaced whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cards.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable


def write_file(path: Path, content: bytes, check: Callable[[bytes], object] = len) -> bool:
    """Put the content at `path` and return True, or return False if it was there already.

    `check` is given what was read back before the old file goes, and may raise.
    """
    # A link keeps pointing to its file: the file behind it is replaced.
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.is_file() and target.read_bytes() == content:
            return False
        part.write_bytes(content)
        check(part.read_bytes())
        part.replace(target)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return True

"""Open the collection in a file that Anki exported, of any version, without unpacking it to disk."""

from __future__ import annotations

import io
import sqlite3
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from cards.errors import ExportError
from cards.files import require_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_COLLECTION = 1 << 30
"""Bytes of a database that is read at all. A million reviews are a tenth of it."""

SMALL_COLLECTION = 64 << 20
"""Bytes that are read however small they were packed."""

MOST_PACKED = 50
"""A database of text is packed to a tenth at best; what is packed to less than a fiftieth is made to harm."""

_PIECE = 1 << 20

_LATEST, _MIDDLE, _OLDEST = "collection.anki21b", "collection.anki21", "collection.anki2"
"""Newest first: beside a newer one, the oldest holds only a note that asks to update Anki."""

_COMPRESSED = 3
"""The version of a package whose collection is compressed with Zstandard, the newest that is known here."""

_STEPS_BETWEEN_CHECKS = 1_000_000
_MAX_CHECKS = 20_000
_HEADER_SIZE = 100


@contextmanager
def open_collection(path: Path, largest: int = LARGEST_COLLECTION) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a copy of the collection in an .apkg or .colpkg.

    Raises ExportError for anything that is no such file, or would fill the memory.
    """
    connection = sqlite3.connect(":memory:")
    try:
        try:
            connection.deserialize(_without_wal(_read_database(path, largest)))
            _restrict(connection)
            _expect_tables(path, connection)
            yield connection
        except (sqlite3.Error, OverflowError, ValueError) as error:
            raise ExportError(
                f"{path} holds a damaged collection ({error}); export it from Anki again."
            ) from error
    finally:
        connection.close()


def _read_database(path: Path, largest: int) -> bytes:
    try:
        require_file(path)
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            for name in sorted(names):
                if _leaves_folder(name):
                    raise ExportError(f"{path} holds the path {name!r}, which Anki never writes.")
            version = _package_version(_read(archive, "meta", 64, path)) if "meta" in names else 0
            if version > _COMPRESSED:
                raise ExportError(
                    f"{path} was exported by a newer Anki (format {version}, this one knows {_COMPRESSED}); "
                    "export it again with “Support older Anki versions”, or update proofdeck."
                )
            latest = version == _COMPRESSED
            wanted = [_LATEST] if latest else [_MIDDLE, _OLDEST]
            inner = next((name for name in wanted if name in names), None)
            if inner is None:
                raise ExportError(
                    f"{path} holds no Anki collection; export the deck from Anki as .apkg or .colpkg."
                )
            content = _read(archive, inner, largest, path)
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise ExportError(f"{path} is no Anki export, or a damaged one ({error}).") from error
    return _decompress(content, largest, path) if latest else content


# What zipfile raises for damage, encryption and methods it does not know.
_DAMAGE = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, ValueError)


def _package_version(meta: bytes) -> int:
    """Return what the description of a package says of its version, its first field; 0 where it says none."""
    return meta[1] if len(meta) > 1 and meta[0] == 0x08 else 0


def _leaves_folder(name: str) -> bool:
    return ":" in name or name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _read(archive: zipfile.ZipFile, name: str, largest: int, path: Path) -> bytes:
    try:
        with archive.open(name) as stream:
            return _read_at_most(stream, largest, path, archive.getinfo(name).compress_size)
    except zlib.error as error:
        raise zipfile.BadZipFile(str(error)) from error


def _read_at_most(stream: IO[bytes], largest: int, path: Path, packed_size: int) -> bytes:
    # What the archive says about sizes is not believed: reading simply stops.
    largest = min(largest, max(SMALL_COLLECTION, packed_size * MOST_PACKED))
    content = bytearray()
    while piece := stream.read(_PIECE):
        content += piece
        if len(content) > largest:
            raise ExportError(f"{path} unpacks to more than {largest >> 20} MB; it is not read.")
    return bytes(content)


def _decompress(content: bytes, largest: int, path: Path) -> bytes:
    try:
        import zstandard
    except ImportError:
        raise ExportError(
            f"{path} is compressed with Zstandard, which this Python cannot read. "
            "Install the package zstandard, or export from Anki with “Support older Anki versions” on."
        ) from None
    try:
        # The stream need not say how long it is, so it is read like a file.
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content)) as stream:
            return _read_at_most(stream, largest, path, len(content))
    except zstandard.ZstdError as error:
        raise ExportError(f"{path} is a damaged Anki export ({error}).") from error


def _without_wal(database: bytes) -> bytes:
    if len(database) < _HEADER_SIZE:
        raise sqlite3.DatabaseError("it is cut off")
    # Bytes 18 and 19 say that a write-ahead log lies beside the file; SQLite would look for it.
    return database[:18] + b"\x01\x01" + database[20:]


def _restrict(connection: sqlite3.Connection) -> None:
    """Restrict the connection, so that a hostile schema does no harm."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    # Newer collections index by a collation of Anki's own.
    connection.create_collation("unicase", _compare_folded)
    looks = iter(range(_MAX_CHECKS))
    connection.set_progress_handler(lambda: next(looks, None) is None, _STEPS_BETWEEN_CHECKS)


def _compare_folded(one: str, other: str) -> int:
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)


def _expect_tables(path: Path, connection: sqlite3.Connection) -> None:
    # A view of the same name could compute for ever.
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = sorted({"col", "notes", "cards", "revlog"} - tables)
    if missing:
        raise ExportError(f"{path} holds a database without {', '.join(missing)}: it is not from Anki.")

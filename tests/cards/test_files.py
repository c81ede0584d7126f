"""Files that are never half-written."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from cards.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "guide.lock"
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(path.parent) == ["guide.lock"]


def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "guide.lock"
    path.write_bytes(b"old and longer")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "guide.lock", b"new")
    finally:
        after = os.umask(before)
    assert stat.S_IMODE((tmp_path / "guide.lock").stat().st_mode) == 0o640
    assert after == 0o027


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "guide.lock"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        write_atomically(path, "text is no content")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["guide.lock"]


def test_a_link_keeps_pointing_to_its_file_which_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "guide.md").write_bytes(b"old")
    (tmp_path / "guide.md").symlink_to("real/guide.md")
    assert write_atomically(tmp_path / "guide.md", b"new")
    assert (tmp_path / "guide.md").is_symlink()
    assert (tmp_path / "real" / "guide.md").read_bytes() == b"new"
    assert names(tmp_path / "real") == ["guide.md"]


def test_a_circle_of_links_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links"):
        write_atomically(tmp_path / "a", b"new")
    assert names(tmp_path) == ["a", "b"]


def test_equal_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "guide.lock"
    assert write_atomically(path, b"same")
    before = path.stat()
    assert not write_atomically(path, b"same")
    assert path.stat() == before


def test_what_was_written_is_read_back_before_the_old_file_goes(tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    path.write_bytes(b"old")

    def refuse(written: bytes) -> None:
        raise ValueError(written.decode())

    with pytest.raises(ValueError, match="new"):
        write_atomically(path, b"new", check=refuse)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["deck.apkg"]


def test_a_folder_that_is_missing_is_made_only_where_that_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "nowhere" / "deck.apkg", b"new", make_folder=False)
    assert names(tmp_path) == []


def test_a_folder_in_the_way_is_an_error_that_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "guide.lock" / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match=r"guide\.lock"):
        write_atomically(tmp_path / "guide.lock", b"new")
    assert names(tmp_path) == ["guide.lock"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
def test_a_pipe_stays_one_and_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="No such device"):
        write_atomically(pipe, b"for nobody")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert write_atomically(pipe, b"for a reader")
    assert (os.read(reader, 99), pipe.is_fifo(), names(tmp_path)) == (b"for a reader", True, ["pipe"])
    os.close(reader)

"""A store on a medium, a read-only mount or in another's folder is read; what would write says so."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from cards.errors import StoreError
from srs.cli.daily_backup import try_daily_backup
from srs.schedule.sm2 import Grade
from srs.store.health import check_health
from srs.store.place import unwritable
from srs.store.read_only import read_known_guides
from srs.store.store import Store
from tests.builders.command import COMMAND, environment
from tests.builders.deck import CARDS
from tests.builders.store import answered, store_with

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
FIRST = CARDS[0].id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "home" / "proofdeck.db"
    with store_with(place) as store:
        answered(store, FIRST, 4, NOW)
    return place


def refuse_files_beside(path: Path) -> None:
    """Let SQLite make no file that it needs beside the store, whoever runs it: a link bears the name."""
    place = path.with_name(f"{path.name}-shm")
    place.unlink(missing_ok=True)
    place.symlink_to("nowhere")


def forbid_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unwritable, "may_write", lambda _: False)


def set_format(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {number:d}")


def test_sqlite_refuses_such_a_store(path: Path) -> None:
    refuse_files_beside(path)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("SELECT count(*) FROM log")


def test_it_is_read(path: Path) -> None:
    refuse_files_beside(path)
    before = path.read_bytes()
    with Store.open_existing(path) as store:
        assert [entry.card for entry in store.log.history(FIRST)] == [FIRST]
        assert store.queue.counts(TODAY).new == 4
        assert check_health(store).damage == ()
    assert path.read_bytes() == before


def test_it_is_read_through_a_link(path: Path, tmp_path: Path) -> None:
    refuse_files_beside(path)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "proofdeck.db"
    link.symlink_to(path)
    with Store.open_existing(link) as store:
        assert store.queue.counts(TODAY).new == 4


def test_a_path_with_signs_of_an_address_is_read(path: Path) -> None:
    odd = path.parent.with_name("50% #1?")
    path.parent.rename(odd)
    refuse_files_beside(odd / path.name)
    with Store.open_existing(odd / path.name) as store:
        assert store.queue.counts(TODAY).new == 4


def test_what_writes_says_so(path: Path) -> None:
    refuse_files_beside(path)
    with Store.open_existing(path) as store:
        with pytest.raises(StoreError, match=r"proofdeck\.db cannot be written.*--home\.$"):
            store.log.record_answer(FIRST, Grade.GOOD, reviewed_at=NOW, seen=1)
        with pytest.raises(StoreError, match="cannot be written"):
            store.save_preference("new_a_day", 3)


def test_nothing_is_asked_where_nothing_can_be_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open_existing(path) as store:
        store.refuse_unless_writable()
        forbid_writing(monkeypatch)
        with pytest.raises(StoreError, match="cannot be written"):
            store.refuse_unless_writable()
        with pytest.raises(StoreError, match="cannot be written"):
            try_daily_backup(store, TODAY)
    assert not (path.parent / "backups").exists()


def test_answers_that_only_the_write_ahead_log_has_are_not_left_out(path: Path) -> None:
    with Store.open_existing(path) as store:
        # As after a kill: the log is left as it was.
        with closing(sqlite3.connect(path)) as other:
            other.execute("INSERT INTO setting (name, value) VALUES ('new_a_day', '3')")
            other.commit()
            copy = path.parent.with_name("copy")
            copy.mkdir()
            for each in (path, path.with_name(f"{path.name}-wal")):
                shutil.copyfile(each, copy / each.name)
        assert store.path
    refuse_files_beside(copy / path.name)
    with pytest.raises(StoreError, match=r"cannot be read here, for .*-wal holds what is not in it yet"):
        Store.open_existing(copy / path.name)


def test_an_empty_write_ahead_log_stops_nobody(path: Path) -> None:
    path.with_name(f"{path.name}-wal").touch()
    refuse_files_beside(path)
    with Store.open_existing(path) as store:
        assert store.queue.counts(TODAY).new == 4


def test_an_older_format_is_told(path: Path) -> None:
    set_format(path, 9)
    refuse_files_beside(path)
    with pytest.raises(StoreError, match=r"written by an older proofdeck and cannot be brought up to date"):
        Store.open_existing(path)


def test_an_older_backup_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_format(path, 9)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    forbid_writing(monkeypatch)
    with pytest.raises(StoreError, match=r"written by an older proofdeck and cannot be brought up to date"):
        Store.open_existing(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_newer_format_is_told(path: Path) -> None:
    set_format(path, 99)
    refuse_files_beside(path)
    with pytest.raises(StoreError, match="written by a newer proofdeck"):
        Store.open_existing(path)


def test_guides_are_known_without_files_beside(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = read_known_guides(str(path))
    refuse_files_beside(path)
    forbid_writing(monkeypatch)
    monkeypatch.setattr("srs.store.read_only.may_write", lambda _: False)
    assert known
    assert read_known_guides(str(path)) == known


READS = (
    "due",
    "cards",
    f"show {FIRST}",
    f"history {FIRST}",
    "stats",
    "plan",
    "decks",
    "settings",
    "settings new_a_day",
    "doctor --no",
)
WRITES = (
    "review",
    "undo",
    f"mark {FIRST} flag",
    "settings new_a_day 5",
    "plan 2027-01-10",
    "interview",
    "build guide.md",
    "merge other.db",
)


def in_read_only_mount(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a folder mounted so that nobody can write there, in namespaces of its own."""
    mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" || exit 77; exec "$@"'
    who = [] if os.geteuid() == 0 else ["-r"]
    return subprocess.run(
        ["unshare", *who, "-m", "sh", "-c", mounted, str(folder), *COMMAND, *command.split()],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=folder.parent,
        env=environment(PROOFDECK_HOME=str(folder)),
    )


@pytest.fixture
def mounted(path: Path) -> Path:
    """Return a home folder that can be mounted read-only here."""
    (path.parent.parent / "guide.md").write_text(
        "# Guide\n\n## What is a list?\n\nA sequence.\n", encoding="utf-8"
    )
    shutil.copyfile(path, path.parent.parent / "other.db")
    try:
        tried = in_read_only_mount(path.parent, "--version")
    except OSError:
        pytest.skip("there is no unshare here")
    if tried.returncode:
        pytest.skip("this user may mount nothing here")
    return path.parent


@pytest.mark.slow
def test_commands_that_read_work_on_a_read_only_mount(mounted: Path) -> None:
    for command in READS:
        ended = in_read_only_mount(mounted, command)
        assert (ended.returncode, ended.stderr) == (0, ""), command
        assert ended.stdout, command


@pytest.mark.slow
def test_commands_that_write_say_one_sentence_on_a_read_only_mount(mounted: Path) -> None:
    for command in WRITES:
        ended = in_read_only_mount(mounted, command)
        assert (ended.returncode, ended.stdout) == (1, ""), command
        sentence = ended.stderr.removesuffix("\n")
        assert sentence.startswith(f"{mounted}/proofdeck.db cannot be written, "), command
        assert "\n" not in sentence, command
    assert not (mounted.parent / "guide.lock").exists()

"""Nothing lost, torn or doubled: real kills, torn files, a full disk, two reviewers at once."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cards.card.card import CardId
from cards.errors import StoreError
from srs.review.log import Act
from srs.schedule.sm2 import Grade
from srs.store.health import check_health
from srs.store.store import Store
from tests.builders.command import environment, started_command
from tests.builders.deck import CARDS, DECK
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FIRST = CARDS[0].id
SECTOR = 512
"""What a disk writes whole or not at all."""


def filled(path: Path, cards: int) -> None:
    many = [replace(CARDS[0], id=CardId(f"{number:016d}"), slug=f"q{number}") for number in range(cards)]  # type: ignore[arg-type]
    with Store.open(path) as store:
        store.cards.sync(replace(DECK, cards=tuple(many)))


@contextmanager
def reader(path: Path) -> Iterator[None]:
    """Read within the block: what is answered meanwhile stays in the write-ahead log."""
    with closing(sqlite3.connect(path, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM log").fetchone()
        yield


def log(path: Path) -> list[tuple[str, int]]:
    with Store.open_existing(path) as store:
        found = check_health(store)
        assert (found.damage, found.wrong_standings) == ((), ())
        return store.connection.execute("SELECT card, grade FROM log ORDER BY seq").fetchall()


@pytest.mark.slow
@pytest.mark.parametrize("answers", [0, 1, 2, 5])
@pytest.mark.parametrize("on_its_way", [0, 1, 3], ids=lambda number: f"{number} on its way")
def test_a_kill_loses_no_answer_that_was_told(tmp_path: Path, answers: int, on_its_way: int) -> None:
    filled(tmp_path / "proofdeck.db", 20)
    review = started_command("--home", str(tmp_path), "review", "--new", "20")
    assert review.stdin is not None
    assert review.stdout is not None
    told = []
    for _ in range(answers):
        review.stdin.write("4\n")
        review.stdin.flush()
        _, card, grade, *_ = review.stdout.readline().split()
        told.append((card, int(grade)))
    # These may or may not be in time: they must be whole or not be there at all.
    review.stdin.write("5\n" * on_its_way)
    review.stdin.flush()
    review.kill()
    review.communicate()
    kept = log(tmp_path / "proofdeck.db")
    assert kept[:answers] == told
    assert [grade for _, grade in kept[answers:]] == [5] * (len(kept) - answers)
    assert len(kept) <= answers + on_its_way
    assert len({card for card, _ in kept}) == len(kept)


@pytest.mark.slow
def test_a_write_ahead_log_torn_at_any_place_loses_only_what_was_not_whole(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with reader(path):
        for number, card in enumerate(CARDS):
            store.log.record_answer(card.id, Grade.GOOD, reviewed_at=NOW + timedelta(seconds=number), seen=0)
        ahead = path.with_name("proofdeck.db-wal").read_bytes()
    torn = tmp_path / "torn" / "proofdeck.db"
    torn.parent.mkdir()
    counts = []
    for length in range(0, len(ahead) + 1, 1777):
        shutil.copyfile(path, torn)
        torn.with_name("proofdeck.db-wal").write_bytes(ahead[:length])
        counts.append(len(log(torn)))
    shutil.copyfile(path, torn)
    torn.with_name("proofdeck.db-wal").write_bytes(ahead)
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert len(log(torn)) == len(CARDS)


def test_a_write_ahead_log_with_a_sector_that_never_arrived_loses_only_what_came_after_it(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with reader(path):
        for number, card in enumerate(CARDS):
            store.log.record_answer(card.id, Grade.GOOD, reviewed_at=NOW + timedelta(seconds=number), seen=0)
        ahead = path.with_name("proofdeck.db-wal").read_bytes()
    torn = tmp_path / "torn" / "proofdeck.db"
    torn.parent.mkdir()
    counts = []
    for start in range(0, len(ahead), 7 * SECTOR):
        shutil.copyfile(path, torn)
        stale = bytes(byte ^ 0xFF for byte in ahead[start : start + SECTOR])
        torn.with_name("proofdeck.db-wal").write_bytes(ahead[:start] + stale + ahead[start + SECTOR :])
        counts.append(len(log(torn)))
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, len(CARDS) - 1)


def test_a_power_cut_while_the_log_is_written_back_loses_nothing(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    with reader(path):
        for number, card in enumerate(CARDS):
            store.log.record_answer(card.id, Grade.GOOD, reviewed_at=NOW + timedelta(seconds=number), seen=0)
        ahead = path.with_name("proofdeck.db-wal").read_bytes()
    store.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    after = path.read_bytes()
    assert before != after
    torn = tmp_path / "torn" / "proofdeck.db"
    torn.parent.mkdir()
    changed = [
        start
        for start in range(0, len(after), SECTOR)
        if before[start : start + SECTOR] != after[start : start + SECTOR]
    ]
    assert changed
    for start in changed:
        torn.write_bytes(after[:start] + before[start:])
        torn.with_name("proofdeck.db-wal").write_bytes(ahead)
        assert len(log(torn)) == len(CARDS)


def test_a_full_disk_keeps_what_was_saved_and_takes_nothing_by_halves(store: Store) -> None:
    store.log.record_answer(FIRST, Grade.GOOD, reviewed_at=NOW, seen=0)
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(400):
        try:
            store.log.record_act(
                FIRST,
                act=Act.FLAG,
                at=NOW + timedelta(seconds=number),
                seen=number + 1,
                note="long " * 200,
            )
        except StoreError as error:
            assert "The disk is full" in str(error)  # noqa: PT017 - the moment is the disk's to choose
            break
    else:
        pytest.fail("the disk was never full")
    store.connection.execute("PRAGMA max_page_count = 1000000")
    assert check_health(store).wrong_standings == ()
    assert len(store.log.history(FIRST)) == number + 1
    store.log.record_answer(CARDS[1].id, Grade.GOOD, reviewed_at=NOW, seen=0)


@pytest.mark.slow
def test_a_limit_on_file_sizes_ends_a_sitting_with_a_sentence(tmp_path: Path) -> None:
    filled(tmp_path / "proofdeck.db", 200)
    script = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (250_000, 250_000))\n"
        "from srs.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--home", str(tmp_path), "review", "--new", "200"],
        input="4\n" * 200,
        text=True,
        capture_output=True,
        check=False,
        env=environment(),
    )
    told = [tuple(line.split()[1:3]) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert "What was saved before is safe" in done.stderr
    assert "Traceback" not in done.stderr
    kept = [(card, str(grade)) for card, grade in log(tmp_path / "proofdeck.db")]
    assert 0 < len(told) < 200
    assert kept == told


def test_a_store_held_by_another_program_is_told(store: Store, path: Path) -> None:
    store.connection.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another program is writing"):
            store.log.record_answer(FIRST, Grade.GOOD, reviewed_at=NOW, seen=0)
        other.execute("ROLLBACK")
    store.log.record_answer(FIRST, Grade.GOOD, reviewed_at=NOW, seen=0)


_HAMMER = """
import sys
from datetime import datetime, UTC, timedelta
from srs.review.log import Act
from srs.schedule.sm2 import Grade
from srs.store.row import Conflict
from srs.store.store import Store
taken = 0
with Store.open_existing(sys.argv[1]) as store:
    for number in range(int(sys.argv[2])):
        for row in store.cards.rows():
            shown = store.cards.show(row.id)
            try:
                at = datetime(2026, 11, 22, 9, tzinfo=UTC) + timedelta(days=shown.revision)
                store.log.record_answer(row.id, Grade.GOOD, reviewed_at=at, seen=shown.revision)
                taken += 1
            except Conflict:
                pass
print(taken)
"""


@pytest.mark.slow
def test_two_reviewers_at_once_lose_and_double_nothing(store: Store, path: Path) -> None:
    rounds = 60
    reviewers = [
        subprocess.Popen(
            [sys.executable, "-c", _HAMMER, str(path), str(rounds)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    taken = [int(reviewer.communicate()[0]) for reviewer in reviewers]
    kept = store.connection.execute("SELECT card, day FROM log").fetchall()
    assert len(kept) == sum(taken)
    assert len(set(kept)) == len(kept)
    assert check_health(store).wrong_standings == ()


def test_a_store_that_may_only_be_read_is_told(store: Store) -> None:
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="may only be read"):
        store.log.record_answer(FIRST, Grade.GOOD, reviewed_at=NOW, seen=0)


def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    filled(folder / "proofdeck.db", 3)
    (folder / "proofdeck.db").chmod(0o444)
    folder.chmod(0o555)
    try:
        probe = folder / "probe"
        try:
            probe.touch()
        except OSError:
            pass
        else:
            probe.unlink()
            pytest.skip("this user may write everywhere")
        with (
            pytest.raises(StoreError, match=r"may only be read|cannot be opened"),
            Store.open_existing(folder / "proofdeck.db") as store,
        ):
            store.log.record_answer(CardId("0" * 16), Grade.GOOD, reviewed_at=NOW, seen=0)
    finally:
        folder.chmod(0o755)

"""The small parts that only work together elsewhere: folders, transcripts, locks, shortening, records."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.program.snippet import RunDirectives
from cards.prove.client.run_request import shortened_source, shortenings
from cards.prove.client.transcript import clean_output, clean_text
from cards.prove.process.json_text import json_bytes
from cards.prove.process.line_buffer import LineBuffer
from cards.prove.process.shared_record import NOT_STARTED, SECRET_BYTES, SharedRecord
from cards.prove.sandbox.folder import folder_size, remove_folder
from cards.prove.sandbox.semaphore import LocalSemLock
from tests.builders.program import snippet

BASE = "/tmp/proofdeck-prove-abc"  # noqa: S108 - only a text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[1mbold\x1b[0m", "bold"),
        ("1/2 [=>..]\r2/2 [====]\n", "2/2 [====]\n"),
        ("12\b3", "13"),
        ("I0000 00:00:1795335005.979720    7290 port.cc:153] oneDNN\nhello", "hello"),
        ("INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\nhello", "hello"),
        (f"{BASE}/boxes/12/home/model.keras", "~/model.keras"),
        (f"{BASE}/code/3/answer.py", "answer.py"),
        (f"{BASE}/boxes/12/tmp/x", "/tmp/x"),  # noqa: S108 - only a text
    ],
)
def test_output_is_as_a_person_saw_it(text: str, expected: str) -> None:
    assert clean_text(text, BASE) == expected


@given(st.binary())
def test_no_output_makes_tidying_fail(raw: bytes) -> None:
    assert isinstance(clean_output(raw, BASE), str)


plain = st.recursive(
    st.none() | st.text(max_size=20) | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
)


@given(plain)
def test_records_are_json(value: object) -> None:
    assert json.loads(json_bytes(value)) == value  # type: ignore[arg-type]


def test_a_board_keeps_what_fits() -> None:
    shared_record = SharedRecord()
    assert shared_record.position() == (NOT_STARTED, 0, -1)
    shared_record.set_position(2, 3)
    shared_record.add_record(b"one")
    shared_record.add_record(b"x" * (8 << 20))
    shared_record.add_record(b"two")
    assert (shared_record.position(), shared_record.records()) == ((2, 3, -1), ["one", "two"])
    secret = os.urandom(SECRET_BYTES)
    assert not shared_record.has_secret(secret)
    shared_record.write_secret(secret)
    assert shared_record.has_secret(secret)
    shared_record.close()


@pytest.mark.slow
def test_a_folder_nested_too_deeply_to_name_is_removed(tmp_path: Path) -> None:
    top = tmp_path / "box"
    top.mkdir()
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(top)
        for _ in range(1200):
            Path("nested").mkdir()
            os.chdir("nested")
        Path("file").write_text("x", encoding="utf-8")
    finally:
        os.fchdir(here)
        os.close(here)
    remove_folder(top)
    assert not top.exists()


def test_a_folder_closed_to_its_owner_is_removed(tmp_path: Path) -> None:
    closed = tmp_path / "box" / "closed"
    closed.mkdir(parents=True)
    (closed / "file").write_text("x", encoding="utf-8")
    closed.chmod(0)
    remove_folder(tmp_path / "box")
    assert not (tmp_path / "box").exists()


def test_what_a_link_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text("x", encoding="utf-8")
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "link").symlink_to(tmp_path / "outside")
    assert folder_size(tmp_path / "box", 1 << 20) < 3 * 4096
    remove_folder(tmp_path / "box")
    assert (tmp_path / "outside" / "file").exists()


def test_shortening_replaces_keyword_constants_and_keeps_every_line() -> None:
    source = (
        "fit(epochs=100,\n    steps=1000, verbose=0)\nfit(epochs=1)\nepochs = 100  # é\nfit(epochs=epochs)"
    )
    asked = snippet(source, RunDirectives(shrink=(("epochs", 2), ("steps", 5))))
    assert shortened_source(asked) == source.replace("epochs=100,", "epochs=2,").replace(
        "steps=1000", "steps=5"
    )
    assert shortenings(asked) == ("epochs=100 became 2", "steps=1000 became 5")


def test_a_local_lock_is_as_multiprocessings_own() -> None:
    lock = LocalSemLock(1, 1, 1, "name", True)  # noqa: FBT003 - its signature
    assert lock.acquire()
    assert not lock.acquire(block=False)
    assert not lock.acquire(timeout=0.01)
    lock.release()
    with pytest.raises(ValueError, match="too many times"):
        lock.release()


def test_a_local_lock_takes_its_arguments_by_name_as_joblib_gives_them() -> None:
    lock = LocalSemLock(kind=1, value=0, maxvalue=1, name="name", unlink=True)
    assert not lock.acquire(block=False)
    lock.release()
    assert lock.acquire(block=False)


def test_a_local_recursive_lock_belongs_to_its_thread() -> None:
    lock = LocalSemLock(0, 1, 1, "name", True)  # noqa: FBT003 - its signature
    taken = []
    assert lock.acquire()
    assert lock.acquire()
    thread = threading.Thread(target=lambda: taken.append(lock.acquire(block=False)))
    thread.start()
    thread.join()
    assert taken == [False]
    lock.release()
    lock.release()
    with pytest.raises(AssertionError):
        lock.release()


@pytest.mark.skipif(sys.platform != "linux", reason="forking from it is Linux's way")
def test_a_process_with_a_second_thread_is_not_forked() -> None:
    from cards.prove.process.zygote import require_forkable

    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        with pytest.raises(RuntimeError, match="forked safely"):
            require_forkable()
    finally:
        waiting.set()
        thread.join()


def test_lines_are_read_once_they_are_whole() -> None:
    received = LineBuffer()
    assert received.add(b'{"number": 1}\n{"num') == [{"number": 1}]
    assert received.add(b"ber") == []
    assert received.add(b'": 2}\n[3]\n') == [{"number": 2}, [3]]

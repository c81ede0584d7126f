"""A guide that helpers read is the guide that one process reads, whatever becomes of them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from cards.build.cache import BuildCache
from cards.build.cached_reading import read_guide
from cards.build.shares import helper
from cards.build.shares.share import split_evenly
from cards.errors import GuideError
from cards.part_cache import PartCache
from tests.bench.bench_edit import guide as long_guide
from tests.builders.place import ROOT
from tests.cards.build.test_incremental import BLOCKS, GUIDES, HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from cards.build.cached_reading import GuideReading
    from cards.guide.reading.parse import GuideReader


class InThread:
    """Starts a thread with a copy of all that it is given where a build starts a process."""

    deliver = staticmethod(helper.deliver_share)

    Pipe = staticmethod(multiprocessing.Pipe)

    @staticmethod
    def get_start_method() -> str:
        return "spawn"

    class Process:
        def __init__(self, *, target: object, args: tuple[Any, ...], daemon: bool) -> None:
            del target
            reader, places, connection, _ = args
            copy = pickle.loads(pickle.dumps(reader))  # noqa: S301 - as a process is given it
            # The build closes its copy of this end.
            own = multiprocessing.connection.Connection(os.dup(connection.fileno()))
            self._thread = Thread(target=InThread.deliver, args=(copy, places, own), daemon=daemon)

        def start(self) -> None:
            self._thread.start()

        def terminate(self) -> None:
            pass

        def join(self) -> None:
            self._thread.join()


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "_processes", InThread)
    monkeypatch.setattr(helper, "_CHARACTERS_WORTH_A_PROCESS", 20)


def read(text: str, processes: int) -> GuideReading | str:
    try:
        return read_guide(
            text, "guide.md", {}, BuildCache(), PartCache(), keep_answers=False, processes=processes
        )
    except GuideError as error:
        return str(error)


@pytest.mark.usefixtures("threads")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GUIDES)
def test_helpers_change_nothing(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    assert read(text, 3) == read(text, 1)


TWINS = "\n\n".join(f"{HEADINGS[place % 5]}\n\n{BLOCKS[place % 3]}" for place in range(30))


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize(
    "text",
    [
        TWINS,
        f"{TWINS}\n\n### Q7. Is it open?\n\n```text\nand so on",
        f"```python\nx = 3\n```\n\n{TWINS}",
        f"{TWINS}\n\n## A section\n\nIs this asked outside of all questions?",
        "# Nothing\n\nIs asked here at all.\n\n## And here\n\nNothing, too.",
    ],
    ids=["twins", "left open", "preamble", "asides", "no question"],
)
def test_helpers_change_nothing_where_chunks_depend_on_others(text: str) -> None:
    assert read(text, 4) == read(text, 1)


def dies_at_once(_reader: GuideReader, _places: object, build: Connection) -> None:
    build.close()


def dies_at_a_chunk(reader: GuideReader, places: list[int], build: Connection) -> None:
    build.send(reader.read_headings(places))
    build.recv()
    build.close()


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("deliver", [dies_at_once, dies_at_a_chunk])
def test_the_build_reads_what_a_helper_does_not_deliver(
    deliver: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InThread, "deliver", staticmethod(deliver))
    assert read(TWINS, 3) == read(TWINS, 1)


def test_a_short_guide_is_read_without_helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "_processes", None)
    assert read(TWINS, 8) == read(TWINS, 1)


def test_runs_are_of_one_size() -> None:
    assert split_evenly([(0, 6), (2, 1), (3, 1), (5, 2), (6, 2)], 2) == [[0], [2, 3, 5, 6]]
    assert split_evenly([(0, 1), (1, 1), (2, 1)], 1) == [[0, 1, 2]]
    assert split_evenly([(4, 9)], 3) == [[4], [], []]
    assert split_evenly([], 2) == [[], []]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_ctrl_c_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text(long_guide(1500))
    build = subprocess.Popen(
        [sys.executable, "-c", "from srs.cli import main; main()", "build", "guide.md"],
        cwd=tmp_path,
        env=os.environ | {"PROOFDECK_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Whatever runs the tests may ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
    while build.poll() is None and not children.read_text():
        time.sleep(0.01)
    helpers = children.read_text().split()
    os.killpg(build.pid, signal.SIGINT)
    _, said = build.communicate()
    assert helpers
    assert b"Traceback" not in said
    assert not any(Path(f"/proc/{each}").exists() for each in helpers)
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == ["guide.md"]

"""What the person who runs code decides about it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cards.prove.client.options import Options
from cards.prove.sandbox.environment import child_environment

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("cores", "workers", "threads"), [(1, 1, 1), (2, 2, 2), (16, 1, 4), (16, 2, 4), (16, 3, 1), (16, 16, 1)]
)
def test_tensorflow_has_one_thread_where_more_than_two_programs_run_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int, workers: int, threads: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    options = Options(workers=workers, today="2026-02-03")
    assert options.tensorflow_threads == threads
    environment = child_environment(tmp_path, 3, threads=options.tensorflow_threads)
    assert environment["TF_NUM_INTRAOP_THREADS"] == environment["TF_NUM_INTEROP_THREADS"] == str(threads)

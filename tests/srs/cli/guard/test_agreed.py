"""A question that nobody can answer changes nothing, and ends with what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.store.store import Store

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk


@pytest.mark.parametrize("words", [["doctor"], ["restore", "kept.db"]], ids=" ".join)
def test_where_nobody_answers_nothing_is_changed(desk: Desk, words: list[str]) -> None:
    desk.write()
    desk.run("build", "small.md")
    desk.run("backup", "kept.db")
    desk.run("review", keys="4\n")
    path = desk.folder / "home" / "proofdeck.db"
    with Store.open(path) as store, store.write_transaction() as connection:
        connection.execute("UPDATE card SET lapses = 3 WHERE due IS NOT NULL")
    before = desk.json("stats"), desk.json("doctor")
    done = desk.run(*words)
    assert done.exit_code == 1
    assert done.stderr.endswith(
        "Nobody is here to answer, so this is left as it is; --yes answers beforehand.\n"
    )
    assert (desk.json("stats"), desk.json("doctor")) == before
    assert desk.run(*words, keys="y\n").exit_code == 0
    assert desk.json("doctor")["wrong_schedules"] == []

"""A learner starts Anki where the terminal stopped: schedules and log as the real Anki takes them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from exporters.anki.anki_export import export_package
from exporters.anki.progress import Answer, Button, CardProgress, Progress, missing_answers
from tests.builders.card import NOW, card
from tests.builders.card_shapes import every_shape
from tests.builders.deck import deck

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.anki_collection import Anki

CARDS = every_shape()
DAY_MS = 86_400_000
NOW_MS = NOW * 1000

STANDINGS = (
    CardProgress(
        card=CARDS[0].id, due_on=date(2026, 12, 24), interval_days=33, ease_permille=2500, answers=3
    ),
    CardProgress(
        card=CARDS[1].id,
        due_on=date(2026, 11, 1),
        interval_days=6,
        ease_permille=1300,
        answers=9,
        lapses=4,
    ),
    CardProgress(
        card=CARDS[2].id, due_on=date(2031, 2, 28), interval_days=1500, ease_permille=2900, answers=8
    ),
    CardProgress(
        card=CARDS[3].id,
        due_on=date(2019, 7, 4),
        interval_days=1,
        ease_permille=2360,
        answers=1,
        suspended=True,
    ),
    CardProgress(card=CARDS[4].id, suspended=True, flag=2),
)

FIRST_MS, SECOND_MS = NOW_MS - 9 * DAY_MS, NOW_MS - 8 * DAY_MS

ANSWERS = (
    Answer(card=CARDS[0].id, answered_at_ms=FIRST_MS, button=Button.GOOD, interval_days=1, took_ms=4200),
    Answer(
        card=CARDS[0].id,
        answered_at_ms=SECOND_MS,
        button=Button.EASY,
        interval_days=6,
        previous_interval_days=1,
        ease_permille=2600,
        took_ms=900,
    ),
    Answer(
        card=CARDS[1].id,
        answered_at_ms=SECOND_MS,
        button=Button.AGAIN,
        interval_days=1,
        previous_interval_days=6,
        ease_permille=1300,
    ),
    Answer(card=CARDS[1].id, answered_at_ms=SECOND_MS + 60_000, button=Button.HARD, extra=True),
    Answer(card=card("another deck's", "?", "!").id, answered_at_ms=NOW_MS, button=Button.GOOD),
)

PROGRESS = Progress(STANDINGS, ANSWERS)


def write(path: Path, utc_offset_minutes: int = 0) -> Path:
    report = export_package(
        deck(*CARDS), path, now=NOW, progress=PROGRESS, utc_offset_minutes=utc_offset_minutes
    )
    assert (report.notes, report.scheduled, report.answers) == (len(CARDS), 4, 4)
    return path


def day_zero(anki: Anki) -> date:
    """The day from which the collection counts."""
    ((created_at,),) = anki.rows("SELECT crt FROM col")
    west = anki.col.get_config("creationOffset")
    return (datetime.fromtimestamp(created_at, UTC) - timedelta(minutes=west)).date()


def standing(anki: Anki, number: int) -> CardProgress:
    found = anki.card(CARDS[number])
    return CardProgress(
        card=CARDS[number].id,
        due_on=day_zero(anki) + timedelta(days=found.due) if found.type else None,
        interval_days=found.ivl,
        ease_permille=found.factor,
        answers=found.reps,
        lapses=found.lapses,
        suspended=found.queue == -1,
        flag=found.flags,
    )


def test_schedules_arrive_to_the_day_and_the_rest_is_new_in_order(anki: Anki, tmp_path: Path) -> None:
    assert anki.take(write(tmp_path / "deck.apkg"), progress=True) == {"new": len(CARDS)}

    assert tuple(standing(anki, number) for number in range(len(STANDINGS))) == STANDINGS
    assert [anki.card(each).type for each in CARDS] == [2, 2, 2, 2, 0, 0, 0]
    assert [anki.card(each).due for each in CARDS[5:]] == [6, 7]


def test_the_log_arrives_and_ankis_own_check_finds_nothing_to_mend(anki: Anki, tmp_path: Path) -> None:
    anki.take(write(tmp_path / "deck.apkg"), progress=True)

    log = anki.rows(
        "SELECT guid, revlog.id, ease, revlog.ivl, lastIvl, revlog.factor, time, revlog.type FROM revlog"
        " JOIN cards ON cards.id = cid JOIN notes ON notes.id = nid ORDER BY revlog.id"
    )
    # Two answers of one moment: the second in the order of ids is moved by a millisecond.
    assert log == [
        [CARDS[0].id, FIRST_MS, 3, 1, 0, 1300, 4200, 0],
        [CARDS[0].id, SECOND_MS, 4, 6, 1, 2600, 900, 1],
        [CARDS[1].id, SECOND_MS + 1, 1, 1, 6, 1300, 0, 1],
        [CARDS[1].id, SECOND_MS + 60_000, 2, 0, 0, 0, 0, 3],
    ]
    assert anki.col.fix_integrity() == ("Database rebuilt and optimized.", True)


def test_importing_again_adds_no_answer_and_changes_no_schedule(anki: Anki, tmp_path: Path) -> None:
    package = write(tmp_path / "deck.apkg")
    anki.take(package, progress=True)
    before = anki.rows("SELECT * FROM revlog"), anki.rows("SELECT * FROM cards")

    assert anki.take(package, progress=True) == {"already present": len(CARDS)}
    assert (anki.rows("SELECT * FROM revlog"), anki.rows("SELECT * FROM cards")) == before


def test_without_the_switch_all_cards_are_new(anki: Anki, tmp_path: Path) -> None:
    anki.take(write(tmp_path / "deck.apkg"))

    assert {anki.card(each).type for each in CARDS} == {0}
    assert anki.rows("SELECT count() FROM revlog") == [[0]]


def test_cards_that_anki_knows_already_are_left_alone(anki: Anki, tmp_path: Path) -> None:
    export_package(deck(*CARDS), tmp_path / "plain.apkg", now=NOW)
    anki.take(tmp_path / "plain.apkg")
    before = anki.rows("SELECT type, due, ivl, factor FROM cards")

    anki.take(write(tmp_path / "deck.apkg"), progress=True)

    assert anki.rows("SELECT type, due, ivl, factor FROM cards") == before


def test_progress_gives_the_same_bytes_each_time(tmp_path: Path) -> None:
    assert write(tmp_path / "one.apkg").read_bytes() == write(tmp_path / "two.apkg").read_bytes()


_ELSEWHERE = """
import json, pathlib, sys
from datetime import UTC, datetime, timedelta
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
col = Collection(sys.argv[1])
options = ImportAnkiPackageOptions(with_scheduling=True)
col.import_anki_package(ImportAnkiPackageRequest(package_path=sys.argv[2], options=options))
created = datetime.fromtimestamp(col.crt, UTC) - timedelta(minutes=col.get_config("creationOffset"))
dues = col.db.all("select guid, due from cards join notes on notes.id = nid where type = 2")
print(json.dumps({guid: str(created.date() + timedelta(days=due)) for guid, due in dues}))
col.close()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("zone", "utc_offset_minutes"),
    [("Asia/Tokyo", 540), ("America/Los_Angeles", -480), ("Pacific/Kiritimati", 840), ("UTC", 0)],
)
def test_due_days_are_exact_in_any_zone(tmp_path: Path, zone: str, utc_offset_minutes: int) -> None:
    package = write(tmp_path / "deck.apkg", utc_offset_minutes)

    done = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(tmp_path / "collection.anki2"), str(package)],
        env={**os.environ, "TZ": zone},
        check=True,
        capture_output=True,
        text=True,
    )

    wanted: dict[str, Any] = {each.card: str(each.due_on) for each in STANDINGS if each.due_on}
    assert json.loads(done.stdout) == wanted


def test_a_collection_with_fsrs_takes_the_log_as_well(new_anki: Callable[[], Anki], tmp_path: Path) -> None:
    anki = new_anki()
    anki.col.set_config("fsrs", True)  # noqa: FBT003 - Anki's signature

    anki.take(write(tmp_path / "deck.apkg"), progress=True)

    assert standing(anki, 0) == STANDINGS[0]
    assert anki.rows("SELECT count() FROM revlog") == [[4]]


def at(card_number: int, moment_ms: int) -> Answer:
    return Answer(card=CARDS[card_number].id, answered_at_ms=moment_ms, button=Button.GOOD)


@pytest.mark.parametrize(
    ("theirs", "ours", "unknown"),
    [
        pytest.param([at(0, 5000)], [], [at(0, 5000)], id="nothing known"),
        pytest.param([at(0, 5000)], [at(0, 5000)], [], id="known"),
        pytest.param([at(0, 5003)], [at(0, 5000)], [], id="known, moved by an export"),
        pytest.param([at(0, 5000)], [at(0, 5700)], [], id="known, kept by the second"),
        pytest.param([at(0, 6000)], [at(0, 5000)], [at(0, 6000)], id="a second later"),
        pytest.param([at(0, 5000)], [at(1, 5000)], [at(0, 5000)], id="another card"),
        pytest.param([at(0, 5000), at(0, 5500)], [at(0, 5000)], [at(0, 5500)], id="one stands for one"),
        pytest.param(
            [at(0, 9000), at(1, 3000)], [at(0, 1000)], [at(1, 3000), at(0, 9000)], id="in time order"
        ),
    ],
)
def test_only_answers_that_are_not_known_are_left(
    theirs: list[Answer], ours: list[Answer], unknown: list[Answer]
) -> None:
    assert missing_answers(theirs, ours) == tuple(unknown)

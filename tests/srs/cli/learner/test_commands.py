"""The commands around the sitting, as they are typed."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from srs.cli import command
from srs.cli.context import CommandContext
from srs.cli.learner.review import command as review_command
from srs.store.store import Store
from tests.builders.deck import CARDS
from tests.builders.golden import normalised
from tests.builders.store import store_with

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.golden import Expect

FIRST = CARDS[0].id
AT = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()


class Typed:
    """Types commands into one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = "2026-11-22T09:00:00+00:00"
        self.columns = "80"

    def __call__(self, *arguments: str, typed: str = "", code: int = 0) -> str:
        """Return what a command says; its sentence where it ends in an error."""
        result = CliRunner().invoke(
            command,
            ["--home", str(self.home), *arguments],
            input=typed,
            env={"PROOFDECK_NOW": self.now, "TZ": "UTC", "COLUMNS": self.columns},
        )
        assert result.exit_code == code, result.output
        is_sentence = code == 1 and result.exception
        return str(result.exception) if is_sentence else result.output


@pytest.fixture
def proofdeck(tmp_path: Path) -> Typed:
    store_with(tmp_path / "home" / "proofdeck.db").close()
    return Typed(tmp_path / "home")


def test_undo_takes_back_the_last_answer_after_the_sitting(proofdeck: Typed) -> None:
    proofdeck("review", typed="4\n")
    assert proofdeck("undo") == f"undone {FIRST} review 4 of 2026-11-22 due new\n"
    assert proofdeck("undo") == "There is nothing to undo.\n"


def test_undo_takes_several_steps_at_once(proofdeck: Typed) -> None:
    proofdeck("review", typed="4\n4\n4\n")
    assert proofdeck("undo", "-n", "2").count("undone") == 2
    assert json.loads(proofdeck("due", "--json"))["new"] == 4


def test_history_lists_every_act_and_what_it_led_to(proofdeck: Typed) -> None:
    proofdeck("review", typed="4\n")
    proofdeck("mark", FIRST, "flag", "too long")
    proofdeck("mark", FIRST, "suspend")
    proofdeck("undo")
    assert proofdeck("history", FIRST).splitlines() == [
        "2026-11-22  review 4      1 d  ease 2.50  due 2026-11-23",
        "2026-11-22  flag       too long",
        "2026-11-22  suspend    undone 2026-11-22",
    ]


def test_history_is_json_too(proofdeck: Typed) -> None:
    proofdeck("review", typed="5\n")
    (entry,) = json.loads(proofdeck("history", FIRST, "--json"))
    assert (entry["act"], entry["grade"], entry["due"]) == ("review", 5, "2026-11-23")


def test_a_card_is_named_by_the_beginning_of_its_id(proofdeck: Typed) -> None:
    assert proofdeck("history", FIRST[:16]) == "This card was never asked.\n"
    assert proofdeck("show", "carda", code=1).startswith("More than one card begins with 'carda'")


def test_a_card_is_named_by_its_words_too(proofdeck: Typed) -> None:
    assert proofdeck("history", "traced", "AGAIN") == "This card was never asked.\n"
    assert CARDS[1].id in proofdeck("show", "traced again")
    assert proofdeck("mark", "traced again", "suspend") == f"suspend {CARDS[1].id}\n"
    assert proofdeck("show", "zzz", code=1) == (
        "There is no card 'zzz', by id or by words. `proofdeck cards` lists them."
    )
    assert proofdeck("show", "how do", code=1).splitlines() == [
        "More than one card holds 'how do'; name one by its id:",
        f"  {CARDS[0].id}  How do eager execution and a graph differ in when they run?",
        f"  {CARDS[5].id}  How do you write a training loop?",
    ]


def test_cards_are_searched_by_words(proofdeck: Typed) -> None:
    assert [line.split()[0] for line in proofdeck("cards", "tf.function", "TRACED").splitlines()] == [
        CARDS[1].id
    ]
    assert proofdeck("cards", "nowhere") == "No card fits.\n"


def test_cards_are_listed_with_their_state_and_their_words(proofdeck: Typed, expect: Expect) -> None:
    proofdeck("review", typed="4\n4\n")
    proofdeck("mark", CARDS[3].id, "suspend")
    expect("cards", proofdeck("cards"))


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        (["--kind", "facts"], [1]),
        (["--kind", "Output to predict"], [2]),
        (["--kind", "kind::why"], [4]),
        (["--section", "funda"], [0, 1]),
        (["--section", "input", "--new"], [3]),
        (["--due"], [0]),
        (["--new"], [1, 3, 4, 5]),
        (["--tag", "kind"], [0, 1, 2, 3, 4, 5]),
        (["--tag", "section::training"], [4, 5]),
        (["--leech"], []),
    ],
    ids=lambda value: " ".join(value) if value and isinstance(value[0], str) else "",
)
def test_cards_are_chosen_by_what_they_are(
    proofdeck: Typed, arguments: list[str], numbers: list[int]
) -> None:
    proofdeck("review", typed="4\n")
    proofdeck("mark", CARDS[2].id, "suspend")
    proofdeck.now = "2026-11-24T09:00:00+00:00"
    listed = json.loads(proofdeck("cards", "--json", *arguments))
    assert [card["id"] for card in listed] == [CARDS[number].id for number in numbers]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--kind", "gab"], "no kind of card is called 'gab'. Near it: gaps to fill."),
        (["--kind", "?"], "no kind of card is called '?'. There are: table cells, comparisons, rows to name"),
        (["--section", "zoo"], "no section has 'zoo' in its name; there are: Fundamentals; Input; Training."),
        (["--tag", "kind::fakt"], "no card has the tag 'kind::fakt'. Near it: kind::fact."),
    ],
)
def test_what_no_card_has_is_a_wrong_use(proofdeck: Typed, arguments: list[str], sentence: str) -> None:
    assert sentence in proofdeck("cards", *arguments, code=2)


def test_cards_are_listed_as_json(proofdeck: Typed) -> None:
    listed = json.loads(proofdeck("cards", "--json"))
    assert [card["id"] for card in listed] == [card.id for card in CARDS]


@pytest.mark.parametrize(
    ("act", "option", "state"),
    [
        pytest.param("flag", "--flagged", "new", id="flagged"),
        pytest.param("suspend", "--suspended", "suspended", id="suspended"),
    ],
)
def test_marked_cards_are_listed(proofdeck: Typed, act: str, option: str, state: str) -> None:
    assert proofdeck("cards", option) == "No card fits.\n"
    proofdeck("mark", FIRST, act)
    assert proofdeck("cards", option).split()[:2] == [FIRST, state]


def test_a_resumed_card_is_asked_again(proofdeck: Typed) -> None:
    proofdeck("mark", FIRST, "suspend")
    proofdeck("mark", FIRST, "resume")
    assert proofdeck("review", typed="4\n").split()[1] == FIRST


def test_show_prints_the_card_its_proof_and_its_schedule(proofdeck: Typed, expect: Expect) -> None:
    proofdeck("review", typed="4\n" * 5)
    expect("show", normalised(proofdeck("show", CARDS[2].id)))


def test_a_deck_may_have_limits_of_its_own(proofdeck: Typed) -> None:
    assert proofdeck("settings", "--deck", "tensorflow") == (
        "new_a_day              none  for tensorflow-interview\n"
        "reviews_a_day          none  for tensorflow-interview\n"
    )
    proofdeck("settings", "--deck", "tensorflow", "new_a_day", "2")
    assert proofdeck("settings").endswith("new_a_day              2  for tensorflow-interview\n")
    assert json.loads(proofdeck("due", "--json"))["new"] == 2
    assert proofdeck("review", typed="4\n4\n").count("answered") == 2
    assert json.loads(proofdeck("due", "--json"))["new"] == 0
    assert proofdeck("review") == (
        "Nothing is due, and today's 2 new cards are begun. 3 new ones wait: `proofdeck review --new 3` "
        "begins them. The next card is due tomorrow.\n"
    )
    proofdeck("settings", "--deck", "tensorflow", "new_a_day", "none")
    assert json.loads(proofdeck("due", "--json"))["new"] == 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["tensorflow", "buttons", "four"], "A deck has no setting 'buttons' of its own"),
        (["tensorflow", "new_a_day", "many"], "new_a_day cannot be 'many'"),
        (["nobody"], "No one deck is called 'nobody'"),
    ],
)
def test_a_limit_that_cannot_be_is_a_sentence(proofdeck: Typed, arguments: list[str], sentence: str) -> None:
    assert proofdeck("settings", "--deck", *arguments, code=1).startswith(sentence)


def test_stats_and_due_agree_on_what_is_new(proofdeck: Typed) -> None:
    def counted() -> tuple[int, int]:
        due, stats = json.loads(proofdeck("due", "--json")), json.loads(proofdeck("stats", "--json"))
        return due["new_in_all"], stats["cards"]["new"]

    assert counted() == (5, 5)
    proofdeck("mark", FIRST, "suspend")
    proofdeck("mark", CARDS[1].id, "bury")
    assert counted() == (3, 3)
    proofdeck("settings", "overviews", "on")
    assert counted() == (4, 4)


class Ticking(CommandContext):
    """A clock that is four minutes on at every look."""

    def __init__(self, home: Path) -> None:
        super().__init__(home=str(home), environment={})
        self._looks = count()

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 9, tzinfo=UTC) + timedelta(minutes=4 * next(self._looks))


def test_a_sitting_of_some_minutes_stops_by_itself(proofdeck: Typed) -> None:
    result = CliRunner().invoke(
        review_command, ["--minutes", "20"], input="4\n" * 5, obj=Ticking(proofdeck.home)
    )
    # Begun at 0, asked at 8 (the look before is whether the time is up), answered at 12, and so on.
    assert result.stdout.count("answered") == 2
    assert result.stderr == "line 3: the time is up.\n"


@pytest.mark.parametrize(("name", "value"), [("mood", "blue"), ("scheduler", "fsrs9"), ("new_a_day", "auto")])
def test_a_setting_of_a_newer_version_is_kept_and_named(proofdeck: Typed, name: str, value: str) -> None:
    with Store.open(proofdeck.home / "proofdeck.db") as store:
        store.save_preference(name, value)
    said = (
        f"The setting {name!r} is {value!r}, which this version of proofdeck does not know: it is kept and "
        "not used. Update proofdeck if a newer one wrote it.\n"
    )
    proofdeck("settings", "retention", "0.85")
    proofdeck("review", typed="4\n")
    assert said in proofdeck("settings")
    assert said in proofdeck("doctor")
    with Store.open(proofdeck.home / "proofdeck.db") as store:
        assert store.unread_preferences() == {name: value}


def test_fsrs_is_fitted_where_there_is_enough_and_its_parameters_can_be_set(proofdeck: Typed) -> None:
    assert proofdeck("settings", "fsrs") == "default\n"
    assert proofdeck("settings", "fsrs", "fit", code=1).startswith(
        "There are 0 reviews of cards that had been learnt; a fit needs 400, as in Anki 24.04."
    )
    fitted = ",".join(["0.5"] * 21)
    assert proofdeck("settings", "fsrs", fitted).endswith(f"fsrs is {fitted}.\n")
    assert "fsrs                   fitted\n" in proofdeck("settings")
    assert proofdeck("settings", "fsrs", "1,2", code=1) == (
        "fsrs cannot be '1,2': write fit, default, or 21 numbers with commas between."
    )
    assert proofdeck("settings", "fsrs", "default").endswith("fsrs is default.\n")


def test_settings_are_shown_and_set(proofdeck: Typed, expect: Expect) -> None:
    assert proofdeck("settings", "new_a_day") == "10\n"
    assert proofdeck("settings", "new_a_day", "3") == "new_a_day is 3.\n"
    expect("settings", proofdeck("settings"))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("new_a_day", "many", "new_a_day cannot be 'many': write a whole number from 0 to 9999."),
        ("rollover_hour", "24", "rollover_hour cannot be '24': write an hour from 0 to 23."),
        ("retention", "1", "retention cannot be '1': write a share from 0.7 to 0.99."),
        ("retention", "nan", "retention cannot be 'nan': write a share from 0.7 to 0.99."),
        ("buttons", "five", "buttons cannot be 'five': write six or four."),
        ("colour", "red", "There is no setting 'colour'"),
    ],
)
def test_a_wrong_setting_says_what_may_stand_there(
    proofdeck: Typed, name: str, value: str, sentence: str
) -> None:
    assert proofdeck("settings", name, value, code=1).startswith(sentence)


def test_the_scheduler_can_be_switched_and_back(proofdeck: Typed, expect: Expect) -> None:
    pytest.importorskip("fsrs")
    proofdeck("review", typed="5\n" * 5)
    before = proofdeck("cards", "--json")
    assert proofdeck("settings", "scheduler", "fsrs") == (
        "5 schedules were computed again from the log.\nscheduler is fsrs.\n"
    )
    expect("show-fsrs", normalised(proofdeck("show", FIRST)))
    assert proofdeck("review", "--new", "0", typed="4\n") != ""
    proofdeck("settings", "scheduler", "sm2")
    assert proofdeck("cards", "--json") == before


def test_a_longest_interval_holds_for_what_is_scheduled_already(proofdeck: Typed) -> None:
    for day in ("22", "23", "29"):
        proofdeck.now = f"2026-11-{day}T09:00:00+00:00"
        proofdeck("review", "--limit", "1", "--new", "1", typed="4\n")
    proofdeck("settings", "longest_interval_days", "3")
    card = next(card for card in json.loads(proofdeck("cards", "--json")) if card["id"] == FIRST)
    assert card["interval_days"] <= 3


def test_the_doctor_finds_and_mends(proofdeck: Typed, expect: Expect) -> None:
    proofdeck("review", typed="4\n")
    expect("doctor-healthy", normalised(proofdeck("doctor"), proofdeck.home))
    with Store.open_existing(proofdeck.home / "proofdeck.db") as store:
        store.connection.execute("UPDATE card SET due = '2030-01-01' WHERE due IS NOT NULL")
    expect("doctor-mended", normalised(proofdeck("doctor", typed="y\n"), proofdeck.home))
    expect("doctor-healthy", normalised(proofdeck("doctor"), proofdeck.home))


def test_a_backup_is_made_by_a_sitting_and_can_be_restored(proofdeck: Typed, expect: Expect) -> None:
    proofdeck("review", typed="4\n")
    name = str(proofdeck.home / "backups" / "proofdeck-2026-11-22.db")
    os.utime(name, (0, AT))
    listed = normalised(proofdeck("restore"), proofdeck.home)
    # In the local time of whoever runs this.
    expect("restore-list", re.sub(r" \d\d:\d\d ", " HH:MM ", listed))
    proofdeck("review", typed="4\n4\n")
    expect("restore", normalised(proofdeck("restore", "--yes", name), proofdeck.home))
    # As before the first answer of the day.
    assert json.loads(proofdeck("due", "--json"))["new"] == 5
    replaced = next(
        path for path in (proofdeck.home / "backups").iterdir() if path.name.startswith("replaced")
    )
    assert proofdeck("merge", str(replaced)).startswith("3 entries new here.")
    assert json.loads(proofdeck("due", "--json"))["new"] == 2


def test_the_list_of_backups_is_json_too(proofdeck: Typed) -> None:
    proofdeck("review", typed="4\n")
    proofdeck("review", typed="4\n4\n")
    proofdeck("backup", str(proofdeck.home / "backups" / "mine.db"))
    (proofdeck.home / "backups" / "torn.db").write_text("no store")
    listed = json.loads(proofdeck("restore", "--json"))
    assert [(each["name"], each["cards"], each["answers"], each["last_answer"]) for each in listed] == [
        ("mine.db", len(CARDS), 3, "2026-11-22"),
        ("proofdeck-2026-11-22.db", len(CARDS), 0, None),
        ("torn.db", None, None, None),
    ]


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("2026-11-23", "There is no backup 2026-11-23; `proofdeck restore` lists them."),
        (
            "proofdek-2026-11-22.db",
            "There is no backup proofdek-2026-11-22.db; did you mean proofdeck-2026-11-22.db?",
        ),
        ("torn.db", "FOLDER/backups/torn.db is no sound backup of a store; nothing was changed."),
    ],
)
def test_a_backup_that_cannot_be_is_told_before_anything_is_asked(
    proofdeck: Typed, named: str, sentence: str
) -> None:
    proofdeck("review", typed="4\n")
    (proofdeck.home / "backups" / "torn.db").write_text("no store")
    assert normalised(proofdeck("restore", named, code=1), proofdeck.home) == sentence


def test_a_backup_is_named_by_its_day_and_the_question_says_what_is_in_it(proofdeck: Typed) -> None:
    proofdeck("review", typed="4\n")
    proofdeck("restore", "2026-11-22", typed="n\n", code=1)
    assert json.loads(proofdeck("due", "--json"))["new"] == 4
    assert proofdeck("restore", "2026-11-22", typed="y\n").endswith("proofdeck-2026-11-22.db.\n")
    assert json.loads(proofdeck("due", "--json"))["new"] == 5


def test_a_backup_goes_where_it_is_wanted(proofdeck: Typed, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "copy.db"
    assert proofdeck("backup", str(target)) == f"Backed up to {target}\n"
    with Store.open_existing(target) as copy:
        assert len(copy.cards.rows()) == len(CARDS)


def test_merging_says_what_came_over(proofdeck: Typed, tmp_path: Path) -> None:
    proofdeck("review", typed="4\n4\n")
    other = Typed(tmp_path / "other")
    assert other("merge", str(proofdeck.home / "proofdeck.db")) == ("2 entries new here, 6 cards new here.\n")
    assert other("merge", str(proofdeck.home / "proofdeck.db")) == (
        "Everything that is in it was here already.\n"
    )


def test_a_simulation_needs_no_store(tmp_path: Path, expect: Expect) -> None:
    pytest.importorskip("fsrs")
    said = Typed(tmp_path)("simulate", "--cards", "30", "--days", "60")
    expect("simulate", said)
    assert list(tmp_path.iterdir()) == []


def test_a_simulation_is_json_too(tmp_path: Path) -> None:
    (year, *_) = json.loads(Typed(tmp_path)("simulate", "--cards", "30", "--days", "60", "--json"))
    assert (year["scheduler"], year["cards"], len(year["weeks"])) == ("sm2", 30, 9)


def test_minutes_end_a_sitting_between_two_cards(proofdeck: Typed) -> None:
    # The clock stands still here, so a minute never passes and all cards are asked.
    assert proofdeck("review", "--minutes", "1", typed="4\n" * 5).count("answered") == 5


def test_a_leech_is_listed_with_its_line(proofdeck: Typed, expect: Expect) -> None:
    with Store.open_existing(proofdeck.home / "proofdeck.db") as store:
        for day in range(1, 18):
            store.connection.execute(
                "INSERT INTO log (card, act, at, day, grade) VALUES (?, 'review', ?, ?, ?)",
                (FIRST, f"2026-10-{day:02d}T09:00:00.000Z", f"2026-10-{day:02d}", 4 if day % 2 else 1),
            )
    proofdeck("doctor", "--yes")
    expect("cards-leeches", proofdeck("cards", "--leeches"))


def test_nine_one_day_and_eight_the_next_are_both_asked(proofdeck: Typed) -> None:
    proofdeck("review", typed="4\n" * 5)
    proofdeck.now = "2026-11-23T08:00:00+00:00"
    assert json.loads(proofdeck("due", "--json"))["due"] == 5


def test_before_the_rollover_it_is_still_the_day_before(proofdeck: Typed) -> None:
    proofdeck("review", typed="4\n" * 5)
    proofdeck.now = "2026-11-23T03:59:00+00:00"
    assert json.loads(proofdeck("due", "--json"))["due"] == 0
    proofdeck("settings", "rollover_hour", "3")
    assert json.loads(proofdeck("due", "--json"))["due"] == 5


def test_a_flight_to_the_west_asks_nothing_twice(proofdeck: Typed) -> None:
    proofdeck.now = "2026-11-23T08:00:00+14:00"
    proofdeck("review", typed="4\n" * 5)
    proofdeck.now = "2026-11-22T10:00:00-10:00"
    assert proofdeck("review").startswith("Nothing is due.")

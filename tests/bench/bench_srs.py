"""Time the daily commands, the sitting and the store: `python tests/bench/bench_srs.py [NAME ...]`.

Figures are ratios to something simple that runs on the same machine in the same minute: `python -c pass`,
a bare click loop that asks and saves, Anki's own back end. Each is the best of several rounds, the rivals
taking turns, so that a busy machine slows both. Exit code 1 where a limit is not kept.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from cards.card.card import CardId
from srs.store.store import Store
from tests.bench.bench_first_deck import build, copy_bundled_guide
from tests.bench.row import Row
from tests.builders.deck import CARDS, DECK
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 15
TODAY = date(2026, 11, 22)
PROOFDECK = [sys.executable, "-c", "from srs.cli import main; main()"]

# What a review costs at the least: click, one file, one question, one row and one disk sync a grade.
BARE = """
import sqlite3, sys
import click

@click.command()
@click.argument("path")
def review(path):
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA synchronous = FULL")
    cards = store.execute("SELECT card, front, back FROM face ORDER BY card LIMIT 1000").fetchall()
    for card, front, back in cards:
        grade = sys.stdin.readline()
        if not grade:
            return
        store.execute("INSERT INTO answer VALUES (?, ?)", (card, int(grade)))
        click.echo(f"answered {card} {grade.strip()}")

review()
"""


def environment() -> dict[str, str]:
    """Return an environment in which compiled files are kept and the clock stands still."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PROOFDECK_NOW": f"{TODAY}T09:00:00+00:00",
        "TZ": "UTC",
    }


def filled(path: Path, cards: int, *, due: int = 0) -> None:
    """Make a store of so many cards, so many of them due, with intervals as people have them."""
    template = CARDS[1]
    many = tuple(
        replace(template, id=CardId(f"{number:016d}"), slug=f"question-{number // 12}")  # type: ignore[arg-type]
        for number in range(cards)
    )
    with Store.open(path) as store:
        store.cards.sync(replace(DECK, cards=many))
        rows = []
        for number in range(cards // 2):
            interval_days = 1 + number % 397
            late = number % min(interval_days, 30) if number < due else -1 - number % 200
            rows.append(
                (interval_days, (TODAY - timedelta(days=late)).isoformat(), f"{number:016d}"),
            )
        store.connection.execute("BEGIN IMMEDIATE")
        store.connection.executemany(
            "UPDATE card SET repetitions = 3, interval_days = ?, due = ?, ease_factor = 250, lapses = 0 "
            "WHERE id = ?",
            rows,
        )
        store.connection.execute("COMMIT")


def run(command: list[str], typed: str = "") -> float:
    """Return how long a command takes."""
    start = perf_counter()
    subprocess.run(command, input=typed.encode(), env=environment(), stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - start


def work(command: list[str]) -> float:
    """Return a command's processor time, which a busy machine lengthens less than its duration."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(rivals: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return each rival's best time, the rivals taking turns."""
    times = {name: rival() for name, rival in rivals.items()}
    for _ in range(rounds):
        for name, rival in rivals.items():
            times[name] = min(times[name], rival())
    return times


class Report:
    """Prints figures and remembers whether one was over its limit."""

    def __init__(self) -> None:
        self.over = False

    def ratio(self, name: str, figure: float, limit: float) -> None:
        """Print a figure beside its limit."""
        self.over |= figure > limit
        print(f"{name:<58} {figure:8.3f}  limit {limit:g}{'  OVER' if figure > limit else ''}")  # noqa: T201


def start_up(report: Report, folder: Path) -> None:
    """What is typed many times a day."""
    filled(folder / "proofdeck.db", 300)
    commands = {
        "pass": [sys.executable, "-c", "pass"],
        "sqlite-utils": [str(Path(sys.executable).parent / "sqlite-utils"), "--version"],
        **{
            " ".join(arguments): [*PROOFDECK, "--home", str(folder), *arguments]
            for arguments in (["due"], ["undo"], ["review", "--help"], ["--help"], ["--version"])
        },
    }
    times = best({name: lambda command=command: work(command) for name, command in commands.items()}, 40)  # type: ignore[misc]
    for name in list(commands)[2:]:
        report.ratio(f"{name}, times python -c pass", times[name] / times["pass"], 5)
        report.ratio(f"{name}, times sqlite-utils --version", times[name] / times["sqlite-utils"], 0.45)


def bare_loop(folder: Path) -> tuple[Path, Path]:
    """Fill a store; return a copy for a loop that does no more than a sitting must, and that loop."""
    filled(folder / "proofdeck.db", 1000, due=400)
    rival = folder / "bare.db"
    shutil.copyfile(folder / "proofdeck.db", rival)
    with Store.open(rival) as store:
        store.connection.execute("CREATE TABLE answer (card TEXT, grade INTEGER)")
    script = folder / "bare.py"
    script.write_text(BARE)
    return rival, script


def sitting(report: Report, folder: Path) -> None:
    """A sitting against a bare loop that does the same."""
    answers = 200
    rival, script = bare_loop(folder)

    def ours(grades: int) -> float:
        return run([*PROOFDECK, "--home", str(folder), "review", "--limit", "500"], "4\n" * grades)

    def bare(grades: int) -> float:
        return run([sys.executable, str(script), str(rival)], "4\n" * grades)

    first = best({"ours": lambda: _to_first_question(folder), "bare": lambda: bare(0)})
    report.ratio("start to the first question, times a bare click loop", first["ours"] / first["bare"], 2.5)
    few = best({"ours": lambda: _fresh(folder, ours, 1), "bare": lambda: bare(1)}, 5)
    many = best({"ours": lambda: _fresh(folder, ours, answers), "bare": lambda: bare(answers)}, 5)
    each = {name: (many[name] - few[name]) / (answers - 1) for name in many}
    report.ratio("grade to the next question, times a bare click loop", each["ours"] / each["bare"], 2)


def _fresh(folder: Path, ours: Callable[[int], float], grades: int) -> float:
    """Time a sitting on the same store each round, with today's backup already made."""
    kept = folder / "kept.db"
    if not kept.exists():
        shutil.copyfile(folder / "proofdeck.db", kept)
        ours(1)
    for ending in ("-wal", "-shm"):
        (folder / f"proofdeck.db{ending}").unlink(missing_ok=True)
    shutil.copyfile(kept, folder / "proofdeck.db")
    return ours(grades)


def _to_first_question(folder: Path) -> float:
    """Time from the start of a sitting on a terminal to its first question on the screen."""
    import pexpect

    start = perf_counter()
    program, *options = PROOFDECK
    child = pexpect.spawn(
        program,
        [*options, "--home", str(folder), "review"],
        env=environment() | {"TERM": "xterm"},
        dimensions=(24, 80),
    )
    child.expect_exact("show the answer")
    took = perf_counter() - start
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    return took


def thinking(report: Report, folder: Path) -> None:
    """How soon a key shows what it leads to, after the person has thought for a moment."""
    for row in thinking_rows(folder):
        report.ratio(f"{row.wait}, times {row.anchor}", row.ratio, row.goal)


def thinking_rows(folder: Path) -> list[Row]:
    """Return what keys of a sitting take beside a bare loop's next question."""
    import pexpect

    rival, script = bare_loop(folder)

    def started(command: list[str]) -> pexpect.spawn[str]:
        return pexpect.spawn(
            command[0],
            command[1:],
            env=environment() | {"TERM": "xterm"},
            dimensions=(24, 80),
            encoding="utf-8",
            echo=False,
        )

    def shown(child: pexpect.spawn[str], key: str, wanted: str) -> float:
        sleep(0.1)
        began = perf_counter()
        child.send(key)
        child.expect_exact(wanted)
        return perf_counter() - began

    ours = started([*PROOFDECK, "--home", str(folder), "review", "--limit", "500"])
    bare = started([sys.executable, str(script), str(rival)])
    ours.expect_exact("show the answer")
    times: dict[str, list[float]] = {"answer": [], "next": [], "bare": []}
    for _ in range(ROUNDS):
        times["answer"].append(shown(ours, " ", "perfect"))
        times["next"].append(shown(ours, "4", "show the answer"))
        times["bare"].append(shown(bare, "4\n", "answered"))
    for child in (ours, bare):
        child.close(force=True)
    bare_seconds = median(times["bare"])
    return [
        Row(
            wait,
            "a bare click loop's next question",
            2,
            median(times[name]) / bare_seconds,
            f"{1000 * median(times[name]):.1f} ms",
        )
        for wait, name in (("Space to the answer", "answer"), ("grade to the next question", "next"))
    ]


def waiting_rows() -> list[Row]:
    """Return what a learner waits for: the first card of the bundled guide's deck, and each next one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_bundled_guide(folder)
        build(folder)
        rounds = [
            (run([sys.executable, "-c", "pass"]), _to_first_question(folder / "home"))
            for _ in range(ROUNDS + 1)
        ][1:]
    bare, first = (median(times) for times in zip(*rounds, strict=True))
    row = Row("`review` to its first card", "`python -c pass`", 5.5, first / bare, f"{1000 * first:.0f} ms")
    with tempfile.TemporaryDirectory() as name:
        return [row, *thinking_rows(Path(name))]


def queue(report: Report, folder: Path) -> None:
    """The first due card, and the next one, as stores grow."""
    times = {}
    sizes = (1000, 100_000, 1_000_000)
    for size in sizes:
        path = folder / f"{size}" / "proofdeck.db"
        filled(path, size, due=size // 50)
        with Store.open_existing(path) as store:
            times[size] = min(_first_due(store) for _ in range(ROUNDS))
    anki = _anki_first(folder, sizes[1])
    report.ratio("first due card at 100,000 cards, times Anki's queue", times[sizes[1]] / anki, 0.05)
    report.ratio("first due card at 1,000,000 cards, times at 1,000", times[sizes[2]] / times[sizes[0]], 15)


def _first_due(store: Store) -> float:
    start = perf_counter()
    waiting = next(store.queue.due_cards(TODAY))
    store.cards.show(waiting.card)
    return perf_counter() - start


def _anki_first(folder: Path, cards: int) -> float:
    from anki.collection import Collection

    path = str(folder / "anki.anki2")
    collection = Collection(path)
    notetype = collection.models.by_name("Basic")
    if notetype is None:
        raise RuntimeError("Anki made no Basic note type")
    note = collection.new_note(notetype)
    note["Front"], note["Back"] = "front", "back"
    deck = collection.decks.id("Default")
    if deck is None:
        raise RuntimeError("Anki made no deck")
    collection.add_note(note, deck)
    database = collection.db
    if database is None:
        raise RuntimeError("Anki opened no database")
    (row,) = database.all("SELECT * FROM notes")
    (card,) = database.all("SELECT * FROM cards")
    database.executemany(
        f"INSERT INTO notes VALUES ({','.join('?' * len(row))})",  # noqa: S608 - marks only
        [[row[0] + number, f"guid{number}", *row[2:]] for number in range(1, cards)],
    )
    database.executemany(
        f"INSERT INTO cards VALUES ({','.join('?' * len(card))})",  # noqa: S608 - marks only
        [
            # type 2 and queue 2: in review; due counts days since the collection was made.
            [
                card[0] + number,
                row[0] + number,
                *card[2:6],
                2,
                2,
                number % 30 - 29,
                1 + number % 397,
                *card[10:],
            ]
            for number in range(1, cards)
        ],
    )
    collection.close()
    times = []
    for _ in range(ROUNDS):
        collection = Collection(path)
        start = perf_counter()
        queued = collection.sched.get_queued_cards(fetch_limit=1)  # type: ignore[union-attr]
        times.append(perf_counter() - start)
        if not queued.cards:
            raise RuntimeError("Anki has nothing to ask")
        collection.close()
    return min(times)


def memory(report: Report, folder: Path) -> None:
    """What a sitting over 100,000 cards holds, against Anki's back end with as many."""
    filled(folder / "proofdeck.db", 100_000, due=2000)
    _anki_first(folder, 100_000)
    ours = _peak([*PROOFDECK, "--home", str(folder), "review", "--limit", "300"], "4\n" * 100)
    script = (
        "import sys; from anki.collection import Collection; c = Collection(sys.argv[1]); "
        "c.sched.get_queued_cards(fetch_limit=1); c.close()"
    )
    anki = _peak([sys.executable, "-c", script, str(folder / "anki.anki2")])
    report.ratio("memory of a sitting at 100,000 cards, times Anki's", ours / anki, 0.3)


def _peak(command: list[str], typed: str = "") -> float:
    """Return the most memory a command held, in kilobytes."""
    script = (
        "import resource, subprocess, sys; "
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command],
        input=typed,
        text=True,
        capture_output=True,
        env=environment(),
        check=True,
    )
    return float(done.stdout)


def syncs(report: Report, folder: Path) -> None:
    """Disk syncs an answer, counted by the kernel."""
    if shutil.which("strace") is None:
        print("syncs: needs strace")  # noqa: T201
        return
    filled(folder / "proofdeck.db", 2000, due=1000)
    trace = folder / "trace"

    def count(answers: int) -> int:
        command = [*PROOFDECK, "--home", str(folder), "review", "--limit", "900"]
        subprocess.run(
            ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(trace), *command],
            input=b"4\n" * answers,
            env=environment(),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return len(re.findall(r"f(?:data)?sync\(", trace.read_text()))

    count(1)
    few, many = count(10), count(510)
    report.ratio("disk syncs an answer", (many - few) / 500, 1.06)


BENCHES = {
    "start_up": start_up,
    "sitting": sitting,
    "thinking": thinking,
    "queue": queue,
    "memory": memory,
    "syncs": syncs,
}


def main() -> None:
    """Run the benches that are named, or all."""
    report = Report()
    for name in sys.argv[1:] or BENCHES:
        with tempfile.TemporaryDirectory() as folder:
            BENCHES[name](report, Path(folder))
    print(f"most memory here: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")  # noqa: T201
    sys.exit(report.over)


if __name__ == "__main__":
    main()

"""Draw the topics of an interview, as an interviewer would."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

MINUTES_A_QUESTION = 3
"""What an answer of a minute or two takes, with its checklist and its follow-ups."""
_TASK_SHARE = 0.25
"""The part of an interview that is kept for a coding task."""
_LEAST_WEIGHT = 0.2
"""What is known by heart is asked too, five times less often than what nothing is known of."""


class Topic(NamedTuple):
    """A question of a guide that could be asked."""

    guide: str
    slug: str
    section: str
    weight: float = 1.0
    """How likely it is drawn within its section, and how much it counts for the section's share."""


def topic_weight(importance: float, recalls: Sequence[float], times_asked: int) -> float:
    """Return a topic's weight: more for what is important and weak, less for what was asked before.

    `recalls` says of each of its cards how likely it is recalled today.
    """
    weakness = 1 - sum(recalls) / len(recalls) if recalls else 1.0
    return importance * (_LEAST_WEIGHT + (1 - _LEAST_WEIGHT) * weakness) / (1 + times_asked)


def number_of_topics(minutes: int, *, has_task: bool) -> int:
    """Return how many questions fit into an interview."""
    return max(1, round(oral_minutes(minutes, has_task=has_task) / MINUTES_A_QUESTION))


def oral_minutes(minutes: int, *, has_task: bool) -> float:
    """Return the minutes until the last question may begin."""
    return minutes * (1 - _TASK_SHARE) if has_task else minutes


def draw_topics(topics: Sequence[Topic], number: int, random: Random) -> tuple[Topic, ...]:
    """Return topics drawn by weight: first one of each section, then a second of each, in the order given.

    Each section's share is its weight, shared out as seats in an election (D'Hondt): no draw can leave out a
    large section, nor does an interview that ends early.
    """
    by_section: defaultdict[str, list[Topic]] = defaultdict(list)
    for topic in topics:
        by_section[topic.section].append(topic)
    total = {section: sum(topic.weight for topic in found) for section, found in by_section.items()}
    seats: Counter[str] = Counter()
    for _ in range(min(number, len(topics))):
        open_sections = [section for section, found in by_section.items() if seats[section] < len(found)]
        seats[max(open_sections, key=lambda section: total[section] / (seats[section] + 1))] += 1
    rounds: list[tuple[int, Topic]] = []
    for section, found in by_section.items():
        drawn = set(_drawn(found, seats[section], random))
        rounds += enumerate(topic for topic in found if topic in drawn)
    order = {topic: place for place, topic in enumerate(topics)}
    return tuple(topic for _, topic in sorted(rounds, key=lambda each: (each[0], order[each[1]])))


def _drawn(topics: Iterable[Topic], number: int, random: Random) -> list[Topic]:
    """Return topics drawn one after the other, none twice, each time by weight."""
    # The n-th root of a random number, for a weight of n, sorts as such draws do (Efraimidis, Spirakis 2006).
    keys = {topic: random.random() ** (1 / max(topic.weight, 1e-9)) for topic in topics}
    return sorted(keys, key=lambda topic: keys[topic], reverse=True)[:number]

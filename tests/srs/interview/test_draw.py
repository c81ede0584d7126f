# ruff: noqa: S311 - draws, no secrets

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.interview.draw import Topic, draw_topics, number_of_topics, oral_minutes, topic_weight


def topics(**sections: int) -> list[Topic]:
    return [
        Topic("guide", f"{section}-{number}", section)
        for section, size in sections.items()
        for number in range(size)
    ]


@pytest.mark.parametrize(
    ("number", "shares"),
    [
        pytest.param(1, {"medium": 1}, id="the largest first"),
        pytest.param(3, {"easy": 1, "medium": 1, "hard": 1}, id="one of each"),
        pytest.param(5, {"easy": 2, "medium": 2, "hard": 1}, id="then by size"),
        pytest.param(9, {"easy": 3, "medium": 3, "hard": 2, "faq": 1}, id="a small section once"),
    ],
)
def test_each_section_gets_its_share(number: int, shares: dict[str, int]) -> None:
    drawn = draw_topics(topics(easy=9, medium=10, hard=8, faq=3), number, Random(1))
    assert Counter(topic.section for topic in drawn) == shares


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9)), st.integers(1, 30), st.integers(0, 10_000)
)
def test_none_is_drawn_twice_and_every_section_is_begun_before_one_goes_on(
    sections: dict[str, int], number: int, seed: int
) -> None:
    given_topics = topics(**sections)
    drawn = draw_topics(given_topics, number, Random(seed))
    assert len(set(drawn)) == len(drawn) == min(number, len(given_topics))
    begun: Counter[str] = Counter()
    rounds = []
    for topic in drawn:
        rounds.append((begun[topic.section], list(sections).index(topic.section)))
        begun[topic.section] += 1
    assert rounds == sorted(rounds)
    for section in sections:
        places = [given_topics.index(topic) for topic in drawn if topic.section == section]
        assert places == sorted(places)


def test_the_weak_are_drawn_more_often() -> None:
    weak, firm = Topic("guide", "weak", "easy", 1.0), Topic("guide", "firm", "easy", 0.25)
    drawn = Counter(draw_topics([weak, firm], 1, Random(seed))[0] for seed in range(1000))
    assert 700 < drawn[weak] < 900


@pytest.mark.parametrize(
    ("recalls", "asked", "weight"),
    [
        pytest.param([0.0], 0, 1.0, id="nothing known"),
        pytest.param([1.0, 1.0], 0, 0.2, id="all known"),
        pytest.param([0.5], 0, 0.6, id="half known"),
        pytest.param([0.5], 2, 0.2, id="asked twice before"),
        pytest.param([], 0, 1.0, id="no cards"),
    ],
)
def test_a_topic_weighs_what_is_weak_in_it(recalls: list[float], asked: int, weight: float) -> None:
    assert topic_weight(1.0, recalls, asked) == pytest.approx(weight)


@pytest.mark.parametrize(("minutes", "number"), [(1, 1), (10, 2), (20, 5), (40, 10), (60, 15)])
def test_a_quarter_of_the_time_is_kept_for_the_task(minutes: int, number: int) -> None:
    assert number_of_topics(minutes, has_task=True) == number
    assert oral_minutes(minutes, has_task=True) == 0.75 * minutes
    assert oral_minutes(minutes, has_task=False) == minutes

from __future__ import annotations

import pytest

from cards.python.near_name import foreign_letters, near_name


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("modle", "model"),
        ("tenosr", "tensor"),
        ("pritn", "print"),
        ("optimzer", "optimizer"),
        ("learing_rate", "learning_rate"),
        ("datset", "dataset"),
        ("lenght", "length"),
        ("normalise", "normalize"),
        ("batchsize", "batch_size"),
        ("x_train", "X_train"),
        ("Sequental", "Sequential"),
    ],
)
def test_a_slip_is_told_with_the_name_that_was_meant(name: str, known: str) -> None:
    assert near_name(name, ["nothing_like_it", known]) == known


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("x_train", "y_train"),
        ("model2", "model"),
        ("layers", "layer"),
        ("Model", "model"),
        ("test_ds", "train_ds"),
        ("encoder", "decoder"),
        ("height", "weight"),
        ("data", "date"),
        ("generated", "generator"),
        ("tensor_a", "tensor_b"),
        ("tf", "tt"),
        ("zebra_crossing", "model"),
    ],
)
def test_another_name_is_no_slip(name: str, known: str) -> None:
    assert near_name(name, [known]) == ""


def test_a_letter_of_another_alphabet_is_found() -> None:
    assert foreign_letters("s\u0441ore", ["store", "score"]) == ("score", "\u0441")
    assert foreign_letters("score", ["s\u0441ore"]) == ("s\u0441ore", "\u0441")
    assert foreign_letters("score", ["store"]) is None

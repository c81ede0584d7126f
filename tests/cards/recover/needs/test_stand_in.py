"""Stand-ins for names that nobody defines."""

from __future__ import annotations

import ast

import pytest

from cards.python.bindings import names_bound_in
from cards.recover.needs.needs import StandInRegistry, needs_of
from cards.recover.needs.stand_in import stand_in_for
from cards.recover.needs.usage import shrinkable_arguments, usage_of

KNOWN = """
    tf np n_epochs num_classes batch_size input_shape X_train y_test train_ds val_data text_dataset images
    labels img_tensor original_img texts model base_model loss_fn optimizer callbacks train_step augment
    build_model
""".split()  # noqa: SIM905 - a list of names reads best as a paragraph


@pytest.mark.parametrize("name", KNOWN)
def test_a_stand_in_is_python_that_binds_the_name(name: str) -> None:
    made = stand_in_for(name, usage_of(f"use({name})"))
    assert made is not None
    assert name in names_bound_in(made.source)


@pytest.mark.parametrize("name", KNOWN)
def test_a_stand_in_fits_into_a_hidden_block(name: str) -> None:
    made = stand_in_for(name, usage_of(""))
    assert made is not None
    assert "-->" not in made.source


@pytest.mark.parametrize("name", ["frobnicate", "port", "x1y2", "self"])
def test_nothing_stands_for_a_name_that_says_nothing(name: str) -> None:
    assert stand_in_for(name, usage_of(f"{name}.go()")) is None


@pytest.mark.parametrize(
    ("code", "shape", "classes"),
    [
        ("layers.Dense(3, input_shape=(20,))", (20,), 3),
        ("keras.Input(shape=(28, 28, 1))", (28, 28, 1), 10),
        ("tf.TensorSpec(shape=[None, 100], dtype=tf.float32)", (100,), 10),
        ("tf.image.random_flip_left_right(image)", (32, 32, 3), 10),
        ("print(model)", (784,), 10),
    ],
)
def test_shapes_come_from_how_the_code_uses_them(code: str, shape: tuple[int, ...], classes: int) -> None:
    usage = usage_of(code)
    assert (usage.shape, usage.classes) == (shape, classes)


def test_what_one_block_binds_the_next_one_has() -> None:
    registry = StandInRegistry({})
    first, second = needs_of(["model = make()", "model.fit(X_train, y_train, epochs=50)"], registry)
    assert first.missing == ("make",)
    assert second.directives == ("fixture=X_train,y_train", "shrink=epochs:2")
    assert set(registry.taken) == {"X_train", "y_train"}


def test_equal_stand_ins_are_shared_and_others_get_a_number() -> None:
    registry = StandInRegistry({})
    wide, again, other = (
        needs_of([f"use(X_train, {shape})"], registry)[0]
        for shape in ("input_shape=(9,)", "input_shape=(9,)", "input_shape=(5,)")
    )
    assert (wide.directives, again.directives) == (("fixture=X_train",),) * 2
    assert other.directives == ("fixture=X_train-2",)


def test_a_stand_in_that_decides_the_outcome_is_named() -> None:
    (needs,) = needs_of(["print(train_step(1))"], StandInRegistry({}))
    assert needs.remarks == (
        "the stand-in for train_step decides what this block does; a pass says nothing about the answer.",
    )


def test_a_model_file_is_written_first_unless_the_code_saves_it() -> None:
    registry = StandInRegistry({})
    load = "model = tf.keras.models.load_model('m.keras')"
    assert needs_of([f"import tensorflow as tf\n{load}"], registry)[0].directives == ("fixture=m-keras",)
    saved = f"import tensorflow as tf\nmake().save('m.keras')\n{load}"
    assert needs_of([saved], StandInRegistry({}))[0].directives == ()


def test_record_files_are_written_where_the_pattern_looks() -> None:
    registry = StandInRegistry({})
    needs_of(["import tensorflow as tf\nfiles = tf.data.Dataset.list_files('data/*.tfrecord')"], registry)
    (made,) = registry.taken.values()
    assert "data/part-0.tfrecord" in made.source
    ast.parse(made.source)


def test_paths_outside_the_working_folder_are_never_written() -> None:
    load = "import tensorflow as tf\ntf.keras.models.load_model"
    code = f"{load}('/etc/m.keras')\n{load}('../m.keras')"
    assert needs_of([code], StandInRegistry({}))[0].directives == ()


@pytest.mark.parametrize(
    ("code", "shrunk"),
    [
        ("fit(x, epochs=100)", (("epochs", 2),)),
        ("fit(x, epochs=1)", ()),
        ("search(max_trials=9)", (("max_trials", 2),)),
    ],
)
def test_long_training_is_made_short(code: str, shrunk: tuple[tuple[str, int], ...]) -> None:
    assert shrinkable_arguments(code) == shrunk

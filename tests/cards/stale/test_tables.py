"""The table of what is gone, held against the installed TensorFlow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from cards.program.verdict import Outcome
from cards.stale.error_messages import CHANGES_BY_MESSAGE
from cards.stale.error_search import change_of
from cards.stale.names import NAMES
from cards.stale.object_calls import OBJECT_CALLS
from tests.builders.program import snippet

if TYPE_CHECKING:
    from tests.builders.program import Prove

PREPARED = """\
import numpy as np
import tensorflow as tf
import keras

x, y = np.zeros((8, 4), "float32"), np.zeros(8, "int64")
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(3, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
scaled = tf.keras.mixed_precision.LossScaleOptimizer(tf.keras.optimizers.Adam())
dataset = tf.data.Dataset.range(4)
image = tf.ones((1, 4, 4, 1))


class Layer(tf.keras.layers.Layer):
    pass
"""

# Where the table's own name is no code that fails: one that does.
OLD = {
    ".predict_classes": "model.predict_classes(x)",
    ".predict_proba": "model.predict_proba(x)",
    ".fit_generator": "model.fit_generator(iter([(x, y)]))",
    ".evaluate_generator": "model.evaluate_generator(iter([(x, y)]))",
    ".predict_generator": "model.predict_generator(iter([x]))",
    ".reset_states": "model.reset_states()",
    ".get_scaled_loss": "scaled.get_scaled_loss(1.0)",
    ".get_unscaled_gradients": "scaled.get_unscaled_gradients([1.0])",
    ".get_gradients": "model.optimizer.get_gradients(1.0, [])",
    ".to_yaml": "model.to_yaml()",
    ".output_shape": "model.layers[0].output_shape",
    ".get_output_at": "model.layers[0].get_output_at(0)",
    "._make_predict_function": "model._make_predict_function()",
    ".make_one_shot_iterator": "dataset.make_one_shot_iterator()",
    ".make_initializable_iterator": "dataset.make_initializable_iterator()",
    ".experimental_run_v2": "tf.distribute.get_strategy().experimental_run_v2(print)",
    "lr=": "tf.keras.optimizers.Adam(lr=0.1)",
    "keep_dims=": "tf.reduce_sum([1.0], keep_dims=True)",
    "reduction_indices=": "tf.reduce_sum([1.0], reduction_indices=0)",
    "dimension=": "tf.argmax([1.0], dimension=0)",
    "dim=": "tf.nn.softmax([1.0], dim=0)",
    "squeeze_dims=": "tf.squeeze([[1.0]], squeeze_dims=0)",
    "keep_prob=": "tf.nn.dropout([1.0], keep_prob=0.5)",
    "align_corners=": "tf.image.resize(image, (2, 2), align_corners=True)",
    "nb_epoch=": "model.fit(x, y, nb_epoch=2)",
    "workers=": "model.fit(x, y, workers=2)",
    "use_multiprocessing=": "model.fit(x, y, use_multiprocessing=True)",
    "max_queue_size=": "model.fit(x, y, max_queue_size=2)",
    "sample_weight_mode=": "model.compile('adam', 'mse', sample_weight_mode='temporal')",
    "experimental_run_tf_function=": "model.compile('adam', 'mse', experimental_run_tf_function=False)",
    "reset_metrics=": "model.train_on_batch(x, y, reset_metrics=False)",
    "write_grads=": "tf.keras.callbacks.TensorBoard('logs', write_grads=True)",
    "period=": "tf.keras.callbacks.ModelCheckpoint('name.keras', period=2)",
    "W_regularizer=": "tf.keras.layers.Dense(3, W_regularizer=None)",
    "b_regularizer=": "tf.keras.layers.Dense(3, b_regularizer=None)",
    "border_mode=": "tf.keras.layers.Conv2D(3, 3, border_mode='same')",
    "subsample=": "tf.keras.layers.Conv2D(3, 3, subsample=2)",
    "init=": "tf.keras.layers.Dense(3, init='uniform')",
    "input=": "tf.keras.Model(input=model.inputs, output=model.outputs)",
    "output=": "tf.keras.Model(inputs=model.inputs, output=model.outputs)",
    "weights=": "tf.keras.layers.Dense(3, weights=[x])",
    "fused=": "tf.keras.layers.BatchNormalization(fused=True)",
    "dynamic=": "Layer(dynamic=True)",
    "l=": "tf.keras.regularizers.l2(l=0.01)",
    "batch_input_shape=": "tf.keras.layers.Dense(3, batch_input_shape=(2, 3))",
    "bias=": "tf.keras.layers.Dense(3, bias=False)",
    "concat_dim=": "tf.concat(concat_dim=0, values=[[1]])",
    "dropout_W=": "tf.keras.layers.LSTM(3, dropout_W=0.1)",
    "dropout_U=": "tf.keras.layers.LSTM(3, dropout_U=0.1)",
    "filter=": "tf.nn.conv2d(image, filter=image, strides=1, padding='SAME')",
    "inner_activation=": "tf.keras.layers.GRU(3, inner_activation='sigmoid')",
    "nb_val_samples=": "model.fit(x, y, nb_val_samples=2)",
    "samples_per_epoch=": "model.fit(x, y, samples_per_epoch=2)",
    "split_dim=": "tf.split(split_dim=0, value=[1], num_split=1)",
    "model.save(folder)": "model.save('folder')",
    "load_model(folder)": "tf.keras.models.load_model('folder')",
    "model.save_weights(name)": "model.save_weights('weights/name')",
    "ModelCheckpoint(folder)": "tf.keras.callbacks.ModelCheckpoint('folder', save_weights_only=True)",
    "model.predict(list)": "model.predict(['one', 'two'])",
    "hub.KerasLayer": "import tf_keras\ntf.keras.Sequential([tf_keras.layers.Dense(3)])",
    "tensorflow_model_optimization": (
        "import tensorflow_model_optimization as tfmot\ntfmot.quantization.keras.quantize_model(model)"
    ),
    "model.output": "model.output",
    "tf.keras.optimizers.legacy": "tf.keras.optimizers.legacy.Adam(0.1)",
    "optimizer.lr": "model.optimizer.lr",
    "tf.gradients": "tf.gradients(tf.constant(1.0), tf.constant(1.0))",
    "tensor.eval()": "tf.ones(3).eval()",
    "tf.square(tf.keras.Input(...))": "tf.square(tf.keras.Input((4,)))",
    "self.add_weight('name', shape)": "Layer().add_weight('name', (2,))",
    "self.add_metric": "Layer().add_metric(1.0, name='name')",
    "model.add_loss(function)": "model.add_loss(lambda: 0.0)",
    "reduction='auto'": "tf.keras.losses.MeanSquaredError(reduction='auto')",
}

# The new way, where it is more than a name.
TODAY = {
    ".predict_classes": "model.predict(x, verbose=0).argmax(axis=-1)",
    ".predict_proba": "model.predict(x, verbose=0)",
    ".fit_generator": "model.fit((each for each in [(x, y)]), verbose=0)",
    ".evaluate_generator": "model.evaluate((each for each in [(x, y)]), verbose=0)",
    ".predict_generator": "model.predict((each for each in [(x,)]), verbose=0)",
    ".reset_states": "tf.keras.metrics.Mean().reset_state()\ntf.keras.layers.LSTM(3).reset_state",
    ".get_scaled_loss": "scaled.scale_loss(1.0)",
    ".get_unscaled_gradients": "scaled.apply",
    ".to_yaml": "model.to_json()",
    ".output_shape": "model.layers[0].output.shape",
    ".make_one_shot_iterator": "next(iter(dataset))",
    ".experimental_run_v2": "tf.distribute.get_strategy().run(lambda: 1)",
    "lr=": "tf.keras.optimizers.Adam(learning_rate=0.1).learning_rate",
    "keep_dims=": "tf.reduce_sum([1.0], keepdims=True)",
    "reduction_indices=": "tf.reduce_sum([1.0], axis=0)",
    "dimension=": "tf.argmax([1.0], axis=0)",
    "dim=": "tf.nn.softmax([1.0], axis=0)",
    "squeeze_dims=": "tf.squeeze([[1.0]], axis=0)",
    "keep_prob=": "tf.nn.dropout([1.0], rate=0.5)",
    "nb_epoch=": "model.fit(x, y, epochs=1, verbose=0)",
    "workers=": "tf.keras.utils.PyDataset(workers=2, use_multiprocessing=True, max_queue_size=2)",
    "experimental_run_tf_function=": "model.compile('adam', 'mse', run_eagerly=True)\nmodel.reset_metrics()",
    "period=": "tf.keras.callbacks.ModelCheckpoint('name.keras', save_freq=2)",
    "W_regularizer=": "tf.keras.layers.Dense(3, kernel_regularizer='l2', bias_regularizer='l2')",
    "border_mode=": "tf.keras.layers.Conv2D(3, 3, padding='same', strides=2, kernel_initializer='zeros')",
    "output=": "tf.keras.Model(inputs=model.inputs, outputs=model.outputs)",
    "bias=": "tf.keras.layers.Dense(3, use_bias=False)",
    "inner_activation=": "tf.keras.layers.GRU(3, recurrent_activation='sigmoid', recurrent_dropout=0.1)",
    "weights=": "model.layers[0].set_weights(model.layers[0].get_weights())",
    "l=": "tf.keras.regularizers.L1L2(l1=0.01, l2=0.01)",
    "model.save(folder)": "model.save('name.keras')\nmodel.export('folder', verbose=False)",
    "load_model(folder)": "tf.keras.layers.TFSMLayer('folder', call_endpoint='serving_default')",
    "model.save_weights(name)": "model.save_weights('name.weights.h5')",
    "ModelCheckpoint(folder)": (
        "tf.keras.callbacks.ModelCheckpoint('name.weights.h5', save_weights_only=True)\n"
        "tf.keras.callbacks.ModelCheckpoint('name.keras')"
    ),
    "model.predict(list)": "model.predict(tf.constant([[0.0] * 4]), verbose=0)",
    "model.output": "model.outputs[0], model.inputs[0]",
    "optimizer.lr": "model.optimizer.learning_rate",
    "tensor.eval()": "tf.ones(3).numpy()",
    "tf.square(tf.keras.Input(...))": "keras.ops.square(tf.keras.Input((4,)))",
    "self.add_weight('name', shape)": "Layer().add_weight(shape=(2,), name='name')",
    "reduction='auto'": "tf.keras.losses.MeanSquaredError(reduction='sum_over_batch_size')",
}

CALLS = OBJECT_CALLS | {change.old: change.replacement for _, change in CHANGES_BY_MESSAGE}
TABLE = NAMES | CALLS

# One snippet for all names: what each of them raises.
RAISED_BY_NAMES = """\
for name in {names!r}:
    try:
        eval(name)
    except Exception as error:
        print(name, str(error).split("\\n")[0], sep="|")
    else:
        print(name, "is there", sep="|")
"""


@pytest.fixture(scope="module")
def raised_by_names(prove: Prove) -> dict[str, str]:
    # No more than a verdict keeps of an output.
    names = list(NAMES)
    parts = [names[start : start + 60] for start in range(0, len(names), 60)]
    sources = [
        snippet(RAISED_BY_NAMES.format(names=part), first=1 + number)
        for number, part in enumerate(parts, 100)
    ]
    verdicts = prove(snippet(PREPARED), *sources)[1:]
    lines = [line for one in verdicts for line in one.output.split("\n")]
    return dict(line.split("|", 1) for line in lines)


def test_every_name_that_the_table_calls_gone_is_gone(raised_by_names: dict[str, str]) -> None:
    changes = {name: change_of(text) for name, text in raised_by_names.items()}
    wrong = {
        name: raised_by_names[name]
        for name, change in changes.items()
        if change is None or (change.old, change.replacement) != (name, NAMES[name])
    }
    assert wrong == {}
    assert raised_by_names.keys() == NAMES.keys()


@pytest.fixture(scope="module")
def of_old(prove: Prove) -> dict[str, tuple[Outcome, str, str]]:
    sources = [snippet(OLD.get(old, old), first=1 + number) for number, old in enumerate(CALLS, 100)]
    verdicts = prove(snippet(PREPARED), *sources)[1:]
    return {old: (one.outcome, one.sentence, one.advice) for old, one in zip(CALLS, verdicts, strict=True)}


@pytest.mark.parametrize("old", CALLS)
def test_what_the_table_calls_gone_is_gone(of_old: dict[str, tuple[Outcome, str, str]], old: str) -> None:
    outcome, sentence, advice = of_old[old]
    assert (outcome, advice) == (Outcome.STALE_API, f"Instead of `{old}` today: {CALLS[old]}."), sentence


def test_what_the_table_says_to_write_today_is_there(prove: Prove) -> None:
    names = sorted(
        {name for today in TABLE.values() for name in re.findall(r"\b(?:tf|keras|np)(?:\.\w+)+", today)}
    )
    assert len(names) > 80
    sources = [*names, *(TODAY[old] for old in TABLE if old in TODAY)]
    verdicts = prove(snippet(PREPARED), *(snippet(source, first=100 + n) for n, source in enumerate(sources)))
    failing = {sources[n - 1]: one.sentence for n, one in enumerate(verdicts) if not one.outcome.holds}
    assert failing == {}
    assert TODAY.keys() <= TABLE.keys()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("module 'tensorflow' has no attribute 'no_such_thing'", id="a slip of the pen"),
        pytest.param("train() got an unexpected keyword argument 'lr'", id="a function of the guide"),
        pytest.param("No module named 'placeholder'", id="another package"),
        pytest.param("'Optimizer' object has no attribute 'lr'", id="a class of the guide"),
        pytest.param("Matrix size-incompatible: In[0]: [2,2], In[1]: [3,3]", id="simply wrong"),
    ],
)
def test_other_errors_are_no_change(text: str) -> None:
    assert change_of(text) is None

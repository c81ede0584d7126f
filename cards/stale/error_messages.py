"""Messages with which today's libraries refuse a call in its old form, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.regex import regex
from cards.stale.api_change import ApiChange

if TYPE_CHECKING:
    import re

CHANGES_BY_MESSAGE: tuple[tuple[re.Pattern[str], ApiChange], ...] = tuple(
    (regex(pattern), ApiChange(old, replacement))
    for pattern, old, replacement in [
        (
            r"Invalid filepath extension for saving",
            "model.save(folder)",
            "`model.save('name.keras')`, or `model.export(folder)` for a SavedModel",
        ),
        (
            r"File format not supported: filepath=.*\n?.*Keras 3 only supports V3",
            "load_model(folder)",
            "a `.keras` file, or `tf.keras.layers.TFSMLayer(folder, call_endpoint='serving_default')`",
        ),
        (
            r"The filename must end in `\.weights\.h5`",
            "model.save_weights(name)",
            "`model.save_weights('name.weights.h5')`",
        ),
        (
            r"filepath provided must end in `\.(?:keras|weights\.h5)`",
            "ModelCheckpoint(folder)",
            "a path that ends in `.keras`, or in `.weights.h5` with `save_weights_only=True`",
        ),
        (
            r"Unrecognized data type: (?:x|y)=\[",
            "model.predict(list)",
            "`tf.constant([...])` or `np.array([...])` in place of the list",
        ),
        (
            r"Only instances of `keras\.Layer` can be added to a Seq.*Received: <(?:tf_keras|tensorflow_hub)",
            "hub.KerasLayer",
            "a layer of Keras 3, or all with Keras 2: the package tf-keras, and `keras=2` on the block",
        ),
        (
            r"`to_quantize` can only either be a|`prune_low_magnitude` can only prune",
            "tensorflow_model_optimization",
            "the same under Keras 2, all that it knows: the package tf-keras, and `keras=2` on the block",
        ),
        (
            r"has never been called and thus has no defined (?:in|out)put",
            "model.output",
            "`model.outputs[0]`, `model.inputs[0]` of a Sequential model that begins with `tf.keras.Input`",
        ),
        (
            r"`keras\.optimizers\.legacy` is not supported",
            "tf.keras.optimizers.legacy",
            "`tf.keras.optimizers.Adam` and its like",
        ),
        (
            r"'(?:Adam\w*|SGD|RMSprop|Adagrad|Adadelta|Nadam|Ftrl)' object has no attribute 'lr'",
            "optimizer.lr",
            "`optimizer.learning_rate`",
        ),
        (
            r"tf\.gradients is not supported when eager",
            "tf.gradients",
            "`tf.GradientTape`",
        ),
        (r"eval is not supported when eager", "tensor.eval()", "`tensor.numpy()`"),
        (
            r"A KerasTensor cannot be used as input to a TensorFlow function",
            "tf.square(tf.keras.Input(...))",
            "`keras.ops`, or a layer whose `call` does it",
        ),
        (
            r"`name` must be passed as a keyword argument\. Received: add_weight",
            "self.add_weight('name', shape)",
            "`self.add_weight(shape=..., name='name')`",
        ),
        (
            r"Layer `add_metric\(\)` method is deprecated",
            "self.add_metric",
            "`model.compile(metrics=[...])`, or a metric that the layer keeps",
        ),
        (
            r"`add_loss\(\)` can only be called from inside",
            "model.add_loss(function)",
            "`self.add_loss(value)` within a layer's `call`",
        ),
        (
            r"Invalid value for argument `reduction`.*Received: reduction=auto",
            "reduction='auto'",
            "`reduction='sum_over_batch_size'`",
        ),
    ]
)

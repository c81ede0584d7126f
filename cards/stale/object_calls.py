"""Attributes and keywords that objects of TensorFlow and Keras no longer have, and what to write instead.

An error tells that an attribute or a keyword is gone. Whoever only reads the code must know whose it is:
other libraries have a `predict_proba` and an `lr=` too. A test holds each against the installed TensorFlow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.regex import regex
from cards.stale.api_change import ApiChange

if TYPE_CHECKING:
    import re

ATTRIBUTES: dict[str, str] = {
    ".predict_classes": "`model.predict(x).argmax(axis=-1)`",
    ".predict_proba": "`model.predict(x)`",
    ".fit_generator": "`model.fit`, which takes generators",
    ".evaluate_generator": "`model.evaluate`, which takes generators",
    ".predict_generator": "`model.predict`, whose generators yield tuples: `(inputs,)`",
    ".reset_states": "`reset_state()` of each metric or recurrent layer",
    ".get_scaled_loss": "`optimizer.scale_loss(loss)`",
    ".get_unscaled_gradients": "nothing; `optimizer.apply` unscales the gradients itself",
    ".get_gradients": "`tf.GradientTape`",
    ".to_yaml": "`model.to_json()`",
    ".output_shape": "`layer.output.shape`",
    ".get_output_at": "`layer.output`",
    "._make_predict_function": "nothing; `model.predict` makes it",
    ".make_one_shot_iterator": "`iter(dataset)`, or a `for` loop over it",
    ".make_initializable_iterator": "`iter(dataset)`, or a `for` loop over it",
    ".experimental_run_v2": "`strategy.run`",
}

KEYWORDS: dict[str, str] = {
    "lr=": "`learning_rate=`",
    "keep_dims=": "`keepdims=`",
    "reduction_indices=": "`axis=`",
    "dimension=": "`axis=`",
    "dim=": "`axis=`",
    "squeeze_dims=": "`axis=`",
    "keep_prob=": "`rate=`, the share that is dropped",
    "align_corners=": "nothing; `tf.image.resize` aligns pixel centres",
    "nb_epoch=": "`epochs=`",
    "workers=": "the argument of the `tf.keras.utils.PyDataset` itself",
    "use_multiprocessing=": "the argument of the `tf.keras.utils.PyDataset` itself",
    "max_queue_size=": "the argument of the `tf.keras.utils.PyDataset` itself",
    "sample_weight_mode=": "nothing; weights may have the shape of the output",
    "experimental_run_tf_function=": "`run_eagerly=`, where it is needed at all",
    "reset_metrics=": "nothing; `model.reset_metrics()` where it is needed",
    "write_grads=": "nothing; it is gone",
    "period=": "`save_freq=`",
    "W_regularizer=": "`kernel_regularizer=`",
    "b_regularizer=": "`bias_regularizer=`",
    "border_mode=": "`padding=`",
    "subsample=": "`strides=`",
    "init=": "`kernel_initializer=`",
    "input=": "`inputs=`",
    "output=": "`outputs=`",
    "weights=": "`layer.set_weights(...)` once it is built, or `embeddings_initializer=`",
    "fused=": "nothing; the fast kernel is taken by itself",
    "dynamic=": "`model.compile(run_eagerly=True)`",
    "l=": "`l1=` or `l2=`",
    "batch_input_shape=": "`tf.keras.Input(batch_shape=...)` before the layer",
    "bias=": "`use_bias=`",
    "dropout_W=": "`dropout=`",
    "dropout_U=": "`recurrent_dropout=`",
    "concat_dim=": "`axis=`",
    "filter=": "`filters=`",
    "inner_activation=": "`recurrent_activation=`",
    "nb_val_samples=": "`validation_steps=`",
    "samples_per_epoch=": "`steps_per_epoch=`",
    "split_dim=": "`axis=`",
}

OBJECT_CALLS = ATTRIBUTES | KEYWORDS

SESSION_RUN = ApiChange("session.run", "nothing; operations run at once, and `@tf.function` makes a graph")
FEED_DICT = ApiChange("feed_dict", "the arguments of a `@tf.function`")
OPTIMIZER_RATE = ApiChange("optimizer.lr", "`optimizer.learning_rate`")

DISTINCT_ATTRIBUTES = frozenset(
    {
        ".predict_classes",
        ".fit_generator",
        ".evaluate_generator",
        ".predict_generator",
        ".get_scaled_loss",
        ".get_unscaled_gradients",
        "._make_predict_function",
        ".make_one_shot_iterator",
        ".make_initializable_iterator",
        ".experimental_run_v2",
    }
)
"""Attributes that no other library has."""

MODEL_ATTRIBUTES = frozenset({".predict_proba", ".reset_states", ".to_yaml", ".get_output_at"})
"""Attributes that are gone from what Keras makes, and that other objects have."""

_LAYER = r"tf\.keras\.layers\.\w+"
_OPTIMIZER = r"tf\.keras\.optimizers\.[A-Z]\w+"
_FIT = r"\.(?:fit|evaluate|predict)"

KEYWORD_OWNERS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (regex(owner), frozenset(f"{name}=" for name in names.split()))
    for owner, names in [
        (_OPTIMIZER, "lr"),
        (r"tf\.(?:math\.)?reduce_\w+", "keep_dims reduction_indices"),
        (r"tf\.(?:math\.)?arg(?:max|min)", "dimension"),
        (r"tf\.nn\.(?:log_)?softmax|tf\.nn\.l2_normalize", "dim"),
        (r"tf\.squeeze", "squeeze_dims"),
        (r"tf\.nn\.dropout", "keep_prob"),
        (r"tf\.image\.resize", "align_corners"),
        (_FIT, "workers use_multiprocessing max_queue_size nb_epoch samples_per_epoch nb_val_samples"),
        (r"tf\.concat", "concat_dim"),
        (r"tf\.split", "split_dim"),
        (r"tf\.expand_dims", "dim"),
        (r"tf\.nn\.conv2d", "filter"),
        (r"\.compile", "sample_weight_mode experimental_run_tf_function"),
        (r"tf\.keras\.callbacks\.TensorBoard", "write_grads"),
        (r"tf\.keras\.callbacks\.ModelCheckpoint", "period"),
        (
            _LAYER,
            (
                "W_regularizer b_regularizer border_mode subsample init batch_input_shape bias dropout_W "
                "dropout_U inner_activation"
            ),
        ),
        (r"tf\.keras\.(?:models\.)?Model", "input output"),
        (r"tf\.keras\.layers\.BatchNormalization", "fused"),
        (r"tf\.keras\.regularizers\.l[12]", "l"),
    ]
)
"""Which calls lost which keywords; `.fit` is a method of what Keras makes."""

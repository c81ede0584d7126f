"""Calls that TensorFlow or Keras no longer has, and what to write instead.

The error tells what was called: `tf.Session` is a part of a module that is missing, `.predict_classes` an
attribute of an object, `lr=` a keyword, and the rest is known by its message. Each entry is held against the
installed TensorFlow by a test (tests/cards/prove/decide/test_stale_api.py has an old and a new way for each).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class ApiChange(NamedTuple):
    """A call that no longer exists, and its replacement."""

    old: str
    """As the table names it."""
    replacement: str
    """What to write in its place."""

    @property
    def advice(self) -> str:
        """The replacement as a sentence."""
        return f"Instead of `{self.old}` today: {self.replacement}."


REPLACEMENTS: dict[str, str] = {
    # TensorFlow 1: graphs, sessions, variables.
    "tf.Session": "nothing; operations run at once, and `@tf.function` makes a graph",
    "tf.InteractiveSession": "nothing; operations run at once",
    "tf.ConfigProto": "`tf.config.set_soft_device_placement`, `tf.config.experimental.set_memory_growth`",
    "tf.GPUOptions": "`tf.config.experimental.set_memory_growth`",
    "tf.placeholder": "an argument of a `@tf.function`, or `tf.keras.Input`",
    "tf.sparse_placeholder": "an argument of a `@tf.function`, or `tf.keras.Input(..., sparse=True)`",
    "tf.global_variables_initializer": "nothing; a `tf.Variable` has its value at once",
    "tf.local_variables_initializer": "nothing; a `tf.Variable` has its value at once",
    "tf.initialize_all_variables": "nothing; a `tf.Variable` has its value at once",
    "tf.global_variables": "`model.variables`",
    "tf.trainable_variables": "`model.trainable_variables`",
    "tf.get_collection": "`model.losses`, `model.variables`, or a list of your own",
    "tf.add_to_collection": "a list of your own",
    "tf.GraphKeys": "`model.losses`, `model.variables`",
    "tf.get_variable": "`tf.Variable`, kept by a `tf.Module` or a layer",
    "tf.variable_scope": "a `tf.Module` or a layer that keeps its variables",
    "tf.AUTO_REUSE": "calling the same layer again",
    "tf.assign": "`variable.assign(value)`",
    "tf.assign_add": "`variable.assign_add(value)`",
    "tf.get_default_graph": "nothing; `@tf.function` has its own graph",
    "tf.reset_default_graph": "nothing; `tf.keras.backend.clear_session()` forgets Keras's names",
    "tf.GraphDef": "`tf.compat.v1.GraphDef`, for old files only",
    "tf.enable_eager_execution": "nothing; operations run at once",
    "tf.disable_v2_behavior": "nothing; port the code, or `tf.compat.v1.disable_v2_behavior()`",
    "tf.app": "`absl.app`, or plain Python",
    "tf.flags": "`absl.flags`, or `argparse`",
    "tf.logging": "`tf.get_logger()`",
    "tf.VERSION": "`tf.__version__`",
    "tf.Print": "`tf.print`",
    "tf.py_func": "`tf.py_function`, `tf.numpy_function`",
    # TensorFlow 1: mathematics.
    "tf.log": "`tf.math.log`",
    "tf.div": "`/`, or `tf.math.divide_no_nan`",
    "tf.mul": "`*`, `tf.multiply`",
    "tf.sub": "`-`, `tf.subtract`",
    "tf.to_float": "`tf.cast(x, tf.float32)`",
    "tf.to_int32": "`tf.cast(x, tf.int32)`",
    "tf.ceil": "`tf.math.ceil`",
    "tf.is_nan": "`tf.math.is_nan`",
    "tf.count_nonzero": "`tf.math.count_nonzero`",
    "tf.confusion_matrix": "`tf.math.confusion_matrix`",
    "tf.lin_space": "`tf.linspace`",
    "tf.diag": "`tf.linalg.diag`",
    "tf.matrix_inverse": "`tf.linalg.inv`",
    "tf.matrix_determinant": "`tf.linalg.det`",
    "tf.batch_matmul": "`tf.matmul`",
    "tf.global_norm": "`tf.linalg.global_norm`",
    "tf.pack": "`tf.stack`",
    "tf.unpack": "`tf.unstack`",
    "tf.space_to_depth": "`tf.nn.space_to_depth`",
    "tf.scatter_update": "`variable.scatter_update`, `tf.tensor_scatter_nd_update`",
    "tf.random_normal": "`tf.random.normal`",
    "tf.random_uniform": "`tf.random.uniform`",
    "tf.random_shuffle": "`tf.random.shuffle`",
    "tf.truncated_normal": "`tf.random.truncated_normal`",
    "tf.truncated_normal_initializer": "`tf.keras.initializers.TruncatedNormal`",
    "tf.multinomial": "`tf.random.categorical`",
    "tf.set_random_seed": "`tf.random.set_seed`",
    "tf.substr": "`tf.strings.substr`",
    "tf.string_split": "`tf.strings.split`",
    # TensorFlow 1: input, training, saving.
    "tf.contrib": "what was kept of it: `tf.keras`, `tf.data`, `tf.distribute`, or a package of its own",
    "tf.examples": "`tf.keras.datasets.mnist.load_data()`, or tensorflow_datasets",
    "tf.estimator": "a Keras model with `fit` and `evaluate`",
    "tf.layers": "`tf.keras.layers`",
    "tf.gfile": "`tf.io.gfile`",
    "tf.read_file": "`tf.io.read_file`",
    "tf.decode_raw": "`tf.io.decode_raw`",
    "tf.parse_single_example": "`tf.io.parse_single_example`",
    "tf.parse_example": "`tf.io.parse_example`",
    "tf.FixedLenFeature": "`tf.io.FixedLenFeature`",
    "tf.VarLenFeature": "`tf.io.VarLenFeature`",
    "tf.python_io": "`tf.io.TFRecordWriter`, `tf.data.TFRecordDataset`",
    "tf.TFRecordReader": "`tf.data.TFRecordDataset`",
    "tf.train.string_input_producer": "`tf.data.Dataset.from_tensor_slices`",
    "tf.train.start_queue_runners": "nothing; a `tf.data.Dataset` runs by itself",
    "tf.train.batch": "`dataset.batch`",
    "tf.train.shuffle_batch": "`dataset.shuffle(...).batch(...)`",
    "tf.train.AdamOptimizer": "`tf.keras.optimizers.Adam`",
    "tf.train.GradientDescentOptimizer": "`tf.keras.optimizers.SGD`",
    "tf.train.MomentumOptimizer": "`tf.keras.optimizers.SGD(momentum=0.9)`",
    "tf.train.RMSPropOptimizer": "`tf.keras.optimizers.RMSprop`",
    "tf.train.AdagradOptimizer": "`tf.keras.optimizers.Adagrad`",
    "tf.train.exponential_decay": "`tf.keras.optimizers.schedules.ExponentialDecay`",
    "tf.train.get_or_create_global_step": "`optimizer.iterations`",
    "tf.train.Saver": "`tf.train.Checkpoint`, or `model.save('name.keras')`",
    "tf.train.MonitoredTrainingSession": "`model.fit` with callbacks",
    "tf.train.import_meta_graph": "`tf.saved_model.load`",
    "tf.saved_model.simple_save": "`tf.saved_model.save`, `model.export`",
    "tf.summary.FileWriter": "`tf.summary.create_file_writer`",
    "tf.summary.merge_all": "nothing; `tf.summary.scalar` writes at once",
    "tf.image.resize_images": "`tf.image.resize`",
    "tf.nn.rnn_cell": "`tf.keras.layers.LSTMCell`, `tf.keras.layers.GRUCell`",
    "tf.nn.dynamic_rnn": "`tf.keras.layers.RNN`, or `tf.keras.layers.LSTM`",
    "tf.nn.static_rnn": "`tf.keras.layers.RNN(..., unroll=True)`",
    "tf.nn.bidirectional_dynamic_rnn": "`tf.keras.layers.Bidirectional`",
    "tf.nn.softmax_cross_entropy_with_logits_v2": "`tf.nn.softmax_cross_entropy_with_logits`",
    "tf.lite.TocoConverter": "`tf.lite.TFLiteConverter.from_keras_model`",
    "tf.keras.losses.mean_squared_error": "`tf.keras.losses.MeanSquaredError()`",
    "tf.keras.losses.softmax_cross_entropy": "`tf.keras.losses.CategoricalCrossentropy(from_logits=True)`",
    "tf.keras.losses.sparse_softmax_cross_entropy": (
        "`tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)`"
    ),
    "tf.keras.metrics.accuracy": "`tf.keras.metrics.Accuracy()`",
    # Keras 1 and 2: names.
    "tf.keras.layers.experimental": "the same name in `tf.keras.layers`: `tf.keras.layers.Rescaling`",
    "tf.keras.layers.core": "`tf.keras.layers`",
    "tf.keras.layers.convolutional": "`tf.keras.layers`",
    "tf.keras.layers.normalization": "`tf.keras.layers.BatchNormalization`",
    "tf.keras.layers.advanced_activations": "`tf.keras.layers`",
    "tf.keras.layers.merge": "`tf.keras.layers.Concatenate`, `tf.keras.layers.Add`",
    "tf.keras.layers.CuDNNLSTM": "`tf.keras.layers.LSTM`, which takes the fast kernel by itself",
    "tf.keras.layers.CuDNNGRU": "`tf.keras.layers.GRU`, which takes the fast kernel by itself",
    "tf.keras.layers.LocallyConnected1D": "a layer of your own",
    "tf.keras.layers.LocallyConnected2D": "a layer of your own",
    "tf.keras.layers.DenseFeatures": "`tf.keras.utils.FeatureSpace`, or preprocessing layers",
    "tf.keras.layers.SyncBatchNormalization": "`tf.keras.layers.BatchNormalization(synchronized=True)`",
    "tf.keras.engine": "`tf.keras.Model`, `tf.keras.layers.Layer`",
    "tf.keras.objectives": "`tf.keras.losses`",
    "tf.keras.losses.cosine_proximity": "`tf.keras.losses.CosineSimilarity()`",
    "tf.keras.optimizers.experimental": "`tf.keras.optimizers.Adam` and its like",
    "tf.keras.experimental": "`tf.keras.optimizers.schedules`, `tf.keras.layers`",
    "tf.keras.premade": "a small model of your own",
    "tf.keras.estimator": "the model itself, with `fit` and `evaluate`",
    "tf.keras.mixed_precision.experimental": "`tf.keras.mixed_precision.set_global_policy`",
    "tf.keras.callbacks.experimental": "`tf.keras.callbacks.BackupAndRestore`",
    "tf.keras.wrappers.scikit_learn": "`tf.keras.wrappers.SKLearnClassifier`, or the package scikeras",
    "tf.keras.models.model_from_yaml": "`tf.keras.models.model_from_json`",
    "tf.keras.utils.np_utils": "`tf.keras.utils.to_categorical`",
    "tf.keras.utils.multi_gpu_model": "`tf.distribute.MirroredStrategy`",
    "tf.keras.utils.experimental": "a `tf.data.Dataset` given to `model.fit`",
    "tf.keras.preprocessing.text": "`tf.keras.layers.TextVectorization`",
    "tf.keras.preprocessing.image.ImageDataGenerator": (
        "`tf.keras.utils.image_dataset_from_directory` and layers like `tf.keras.layers.RandomFlip`"
    ),
    "tf.keras.backend.get_session": "nothing; operations run at once",
    "tf.keras.backend.set_session": "nothing; operations run at once",
    "tf.keras.backend.learning_phase": "the argument `training` of `call`",
    "tf.keras.backend.set_learning_phase": "`model(x, training=False)`, `layer.trainable = False`",
    "tf.keras.backend.function": "`tf.keras.Model(inputs, outputs)`",
    # Attributes of objects.
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
    ".from_structure": "`iter(dataset)`",
    ".experimental_run_v2": "`strategy.run`",
    ".from_session": "`tf.lite.TFLiteConverter.from_keras_model`, `from_saved_model`",
    ".from_keras_model_file": "`tf.lite.TFLiteConverter.from_keras_model(tf.keras.models.load_model(...))`",
    # Keywords of TensorFlow and Keras.
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
}

CHANGES_BY_MESSAGE: tuple[tuple[re.Pattern[str], ApiChange], ...] = tuple(
    (re.compile(pattern), ApiChange(old, replacement))
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

_KEYWORDS = re.compile(
    r"(?:Argument\(s\) not recognized|Unrecognized keyword arguments passed to \w+): \{(?P<passed>.*)\}"
    r"|(?:Got|(?:\w*Trainer|TensorBoard|ModelCheckpoint|L1|L2|L1L2)\.\w+\(\) got) an unexpected keyword "
    r"argument '(?P<named>\w+)'",
    re.DOTALL,
)
_IN_MODULE = re.compile(r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'")
_NO_IMPORT = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")
_NO_MODULE = re.compile(r"No module named '(?P<module>(?:tensorflow|keras)\.[\w.]+)'")
_OF_OBJECT = re.compile(
    r"object (?:'\w+' )?has no attribute '(?P<name>\w+)'|type object .* attribute '(?P<of>\w+)'"
)
_ALIASES = (
    (re.compile(r"^tensorflow\._api\.v2\b"), "tf"),
    (re.compile(r"^keras\._tf_keras\.keras\b"), "tf.keras"),
    (re.compile(r"^tensorflow\b"), "tf"),
    (re.compile(r"^keras\b"), "tf.keras"),
)


def change_of(text: str) -> ApiChange | None:
    """Return the change that an error's text is about; None where the table has none."""
    for pattern, change in CHANGES_BY_MESSAGE:
        if pattern.search(text):
            return change
    return next(
        (ApiChange(old, REPLACEMENTS[old]) for old in _missing_names(text) if old in REPLACEMENTS), None
    )


def _missing_names(text: str) -> Iterator[str]:
    """Yield the missing name that an error's text tells, as the table writes it, then its parents."""
    for pattern in (_IN_MODULE, _NO_IMPORT, _NO_MODULE):
        for match in pattern.finditer(text):
            found = match.groupdict()
            name = _public_name(found["module"]) + (f".{found['name']}" if "name" in found else "")
            while name.startswith("tf."):
                yield name
                name = name.rpartition(".")[0]
    for match in _OF_OBJECT.finditer(text):
        yield f".{match['name'] or match['of']}"
    for match in _KEYWORDS.finditer(text):
        passed = re.findall(r"'(\w+)':", match["passed"]) if match["passed"] else [match["named"]]
        yield from (f"{name}=" for name in passed)


def _public_name(module: str) -> str:
    """Return a module's name as people write it: `tf.train` for `tensorflow._api.v2.train`."""
    for pattern, name in _ALIASES:
        if pattern.match(module):
            return pattern.sub(name, module)
    return module

"""Names that Keras no longer has, and what to write instead.

`tf.keras.` in the table stands for both, `tf.keras` and `keras` itself; `keras.` for what only `keras` lost.
From the guide for migration to Keras 3 and the list of its differences that keras-team/keras keeps as issue
18467. A test holds each against the installed Keras.
"""

from __future__ import annotations

_OPERATIONS = (
    "all any arange argmax argmin cast clip concatenate cos equal exp expand_dims eye greater less "
    "log max maximum mean min minimum not_equal one_hot ones ones_like prod relu reshape round shape "
    "sigmoid sign sin softmax sqrt square squeeze stack std stop_gradient sum tanh tile transpose var "
    "zeros zeros_like"
)
"""Functions that Keras 2 had in `keras.backend`, and Keras 3 has in `keras.ops` under the same name."""

KERAS_NAMES: dict[str, str] = {
    f"keras.backend.{name}": f"`keras.ops.{name}`" for name in _OPERATIONS.split()
} | {
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
    "tf.keras.backend.get_session": "nothing; operations run at once",
    "tf.keras.backend.set_session": "nothing; operations run at once",
    "tf.keras.backend.learning_phase": "the argument `training` of `call`",
    "tf.keras.backend.set_learning_phase": "`model(x, training=False)`, `layer.trainable = False`",
    "tf.keras.backend.function": "`tf.keras.Model(inputs, outputs)`",
    "tf.keras.losses.mean_squared_error": "`tf.keras.losses.MeanSquaredError()`",
    "tf.keras.losses.softmax_cross_entropy": "`tf.keras.losses.CategoricalCrossentropy(from_logits=True)`",
    "tf.keras.losses.sparse_softmax_cross_entropy": (
        "`tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)`"
    ),
    # More of Keras 1 and 2, from the list of what Keras 3 left out and its guide for migration.
    "tf.keras.layers.AbstractRNNCell": "a `tf.keras.layers.Layer` with `call` and `state_size`",
    "tf.keras.layers.AtrousConvolution2D": "`tf.keras.layers.Conv2D(..., dilation_rate=2)`",
    "tf.keras.layers.Deconvolution2D": "`tf.keras.layers.Conv2DTranspose`",
    "tf.keras.layers.Highway": "a layer of your own",
    "tf.keras.layers.MaxoutDense": "`tf.keras.layers.Dense` and a maximum",
    "tf.keras.layers.Merge": "`tf.keras.layers.Concatenate`, `tf.keras.layers.Add`",
    "tf.keras.layers.TimeDistributedDense": "`tf.keras.layers.TimeDistributed(tf.keras.layers.Dense(units))`",
    "tf.keras.layers.embeddings": "`tf.keras.layers.Embedding`",
    "tf.keras.layers.local": "a layer of your own",
    "tf.keras.layers.noise": "`tf.keras.layers.GaussianNoise`",
    "tf.keras.layers.pooling": "`tf.keras.layers`",
    "tf.keras.layers.recurrent": "`tf.keras.layers`",
    "tf.keras.layers.wrappers": "`tf.keras.layers.Bidirectional`, `tf.keras.layers.TimeDistributed`",
    "tf.keras.models.Graph": "`tf.keras.Model(inputs, outputs)`",
    "tf.keras.optimizers.TFOptimizer": "`tf.keras.optimizers.Adam` and its like",
    "tf.keras.losses.cosine": "`tf.keras.losses.CosineSimilarity()`",
    "tf.keras.losses.huber_loss": "`tf.keras.losses.Huber()`",
    "tf.keras.metrics.cosine_proximity": "`tf.keras.metrics.CosineSimilarity()`",
    "tf.keras.constraints.unitnorm": "`tf.keras.constraints.UnitNorm()`",
    "tf.keras.regularizers.l1l2": "`tf.keras.regularizers.L1L2(l1=0.01, l2=0.01)`",
    "tf.keras.regularizers.activity_l2": "`activity_regularizer=` of the layer",
    "tf.keras.utils.GeneratorEnqueuer": "a `tf.keras.utils.PyDataset` given to `model.fit`",
    "tf.keras.utils.HDF5Matrix": "`tf.data.Dataset`, or h5py itself",
    "tf.keras.utils.OrderedEnqueuer": "a `tf.keras.utils.PyDataset` given to `model.fit`",
    "tf.keras.utils.SequenceEnqueuer": "a `tf.keras.utils.PyDataset` given to `model.fit`",
    "tf.keras.utils.data_utils": "`tf.keras.utils.get_file`",
    "tf.keras.utils.generic_utils": "`tf.keras.utils`, `keras.saving`",
    "tf.keras.utils.layer_utils": "`model.summary()`",
    "tf.keras.utils.print_summary": "`model.summary()`",
    "tf.keras.utils.vis_utils": "`tf.keras.utils.plot_model`",
    "tf.keras.backend.placeholder": "`tf.keras.Input`",
    "tf.keras.backend.set_image_dim_ordering": "`tf.keras.backend.set_image_data_format`",
    "tf.keras.backend.symbolic_learning_phase": "the argument `training` of `call`",
    "tf.keras.backend.tf": "`import tensorflow as tf`",
    "tf.keras.callbacks.BaseLogger": "nothing; `model.fit` averages its metrics itself",
    "tf.keras.mixed_precision.policy": "`tf.keras.mixed_precision.set_global_policy`",
    # TensorFlow 1; today `tf.losses` and `tf.metrics` are those of Keras.
    "tf.keras.losses.absolute_difference": "`tf.keras.losses.MeanAbsoluteError()`",
    "tf.keras.losses.add_loss": "`self.add_loss(value)` within a layer's `call`",
    "tf.keras.losses.cosine_distance": "`tf.keras.losses.CosineSimilarity()`",
    "tf.keras.losses.get_regularization_loss": "`model.losses`",
    "tf.keras.losses.get_total_loss": "`model.losses`, added to the loss",
    "tf.keras.losses.hinge_loss": "`tf.keras.losses.Hinge()`",
    "tf.keras.losses.log_loss": "`tf.keras.losses.BinaryCrossentropy()`",
    "tf.keras.losses.sigmoid_cross_entropy": "`tf.keras.losses.BinaryCrossentropy(from_logits=True)`",
    "tf.keras.metrics.accuracy": "`tf.keras.metrics.Accuracy()`",
    "tf.keras.metrics.auc": "`tf.keras.metrics.AUC()`",
    "tf.keras.metrics.mean": "`tf.keras.metrics.Mean()`",
    "tf.keras.metrics.mean_iou": "`tf.keras.metrics.MeanIoU(num_classes)`",
    "tf.keras.metrics.precision": "`tf.keras.metrics.Precision()`",
    "tf.keras.metrics.recall": "`tf.keras.metrics.Recall()`",
    # Gone from `keras` itself; `tf.keras` keeps them for old code.
    "keras.preprocessing.text": "`keras.layers.TextVectorization`",
    "keras.preprocessing.image.ImageDataGenerator": (
        "`keras.utils.image_dataset_from_directory` and layers like `keras.layers.RandomFlip`"
    ),
    "keras.preprocessing.image.DirectoryIterator": "`keras.utils.image_dataset_from_directory`",
    "keras.preprocessing.image.apply_affine_transform": "`keras.ops.image.affine_transform`",
    "keras.preprocessing.image.random_rotation": "`keras.layers.RandomRotation`",
    "keras.preprocessing.sequence.TimeseriesGenerator": "`keras.utils.timeseries_dataset_from_array`",
    "keras.preprocessing.sequence.make_sampling_table": "a function of your own",
    "keras.preprocessing.sequence.skipgrams": "a function of your own",
    "keras.layers.ThresholdedReLU": "`keras.layers.ReLU(threshold=1.0)`",
    "keras.losses.MSE": "`keras.losses.MeanSquaredError()`",
    "keras.losses.mse": "`keras.losses.MeanSquaredError()`",
    "keras.losses.kullback_leibler_divergence": "`keras.losses.KLDivergence()`",
    "keras.losses.logcosh": "`keras.losses.LogCosh()`",
    "keras.backend.abs": "`keras.ops.absolute`",
    "keras.backend.batch_dot": "`keras.ops.matmul`",
    "keras.backend.constant": "`keras.ops.convert_to_tensor`",
    "keras.backend.dot": "`keras.ops.matmul`",
    "keras.backend.flatten": "`keras.ops.ravel`",
    "keras.backend.gather": "`keras.ops.take`",
    "keras.backend.int_shape": "`keras.ops.shape`",
    "keras.backend.permute_dimensions": "`keras.ops.transpose`",
    "keras.backend.pow": "`keras.ops.power`",
    "keras.backend.switch": "`keras.ops.cond`",
    "keras.backend.batch_get_value": "`[variable.numpy() for variable in variables]`",
    "keras.backend.binary_crossentropy": "`keras.ops.binary_crossentropy`",
    "keras.backend.categorical_crossentropy": "`keras.ops.categorical_crossentropy`",
    "keras.backend.count_params": "`layer.count_params()`",
    "keras.backend.ctc_batch_cost": "`keras.losses.CTC()`",
    "keras.backend.ctc_decode": "`keras.ops.ctc_decode`",
    "keras.backend.eval": "`keras.ops.convert_to_numpy`",
    "keras.backend.get_value": "`keras.ops.convert_to_numpy`",
    "keras.backend.gradients": "`tf.GradientTape`",
    "keras.backend.ndim": "`tensor.ndim`",
    "keras.backend.random_normal": "`keras.random.normal`",
    "keras.backend.random_uniform": "`keras.random.uniform`",
    "keras.backend.rnn": "`keras.layers.RNN`",
    "keras.backend.set_value": "`variable.assign(value)`",
    "keras.backend.variable": "`keras.Variable`",
}

KEPT_BY_KERAS = frozenset({"tf.keras.losses.mean_squared_error"})
"""Names that `tf.keras` lost and `keras` has."""

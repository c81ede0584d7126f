"""Find the change of a dotted name, in the tables of TensorFlow, Keras and NumPy."""

from __future__ import annotations

from cards.stale.api_change import ApiChange
from cards.stale.keras_names import KEPT_BY_KERAS, KERAS_NAMES
from cards.stale.numpy_names import NUMPY_NAMES
from cards.stale.tensorflow_names import TENSORFLOW_NAMES

NAMES: dict[str, str] = TENSORFLOW_NAMES | KERAS_NAMES | NUMPY_NAMES

REFUSED_NAMES = {"tf.keras.optimizers.legacy": "`tf.keras.optimizers.Adam` and its like"}
"""Names that are there, and refuse every use."""
_CHANGED = NAMES | REFUSED_NAMES


def name_change(name: str, *, with_keras: bool = True) -> ApiChange | None:
    """Return the change of a name, or of the module it is part of; None where it is still there.

    The name is written as people do: `tf.train.AdamOptimizer`, `np.float`, `keras.engine`. Without Keras only
    the names outside it count.
    """
    while "." in name:
        for old in _table_names(name):
            is_keras = old.startswith(("keras.", "tf.keras."))
            if old in _CHANGED and (with_keras or not is_keras):
                return ApiChange(old, _CHANGED[old])
        name = name.rpartition(".")[0]
    return None


def _table_names(name: str) -> tuple[str, ...]:
    """Return under which names the tables may have a name."""
    if name.startswith(("tf.losses.", "tf.metrics.")):
        # These are modules of Keras.
        return (f"tf.keras.{name.removeprefix('tf.')}",)
    if not name.startswith("keras."):
        return (name,)
    shared = f"tf.{name}"
    return (name,) if shared in KEPT_BY_KERAS else (name, shared)

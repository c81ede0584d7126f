"""Calls that are gone in code that ran without reaching them, and code that is no fault."""

from __future__ import annotations

import pytest

from cards.stale.code_search import gone_calls

TF = "import tensorflow as tf\n"

GONE = {
    "a function nobody calls": (
        f"{TF}def train():\n    with tf.Session() as session:\n        pass",
        "3 tf.Session",
    ),
    "a method": (
        f"{TF}class Model:\n    def start(self):\n        tf.global_variables_initializer()",
        "4 tf.global_variables_initializer",
    ),
    "a lambda": (f"{TF}make = lambda: tf.placeholder(tf.float32)", "2 tf.placeholder"),
    "a branch that is not taken": (f"{TF}if False:\n    tf.get_variable('w')", "3 tf.get_variable"),
    "a part of a module": (f"{TF}def f(x):\n    return tf.layers.dense(x, 3)", "3 tf.layers"),
    "an annotation": (f"{TF}def f(session: 'int', other: tf.Session) -> None: ...", "2 tf.Session"),
    "the name of another alias": (
        "from tensorflow import keras as k\ndef f():\n    return k.layers.CuDNNLSTM(3)",
        "3 tf.keras.layers.CuDNNLSTM",
    ),
    "an assigned module": (
        f"{TF}train = tf.train\ndef f():\n    return train.AdamOptimizer(0.1)",
        "4 tf.train.AdamOptimizer",
    ),
    "an import in a function": (
        "def f():\n    from tensorflow.contrib import slim\n    return slim",
        "2 tf.contrib",
    ),
    "a keyword": (
        "from tensorflow.keras.optimizers import SGD\ndef f():\n    return SGD(lr=0.1)",
        "3 lr=",
    ),
    "a method of a parameter": (
        "def f(network, x):\n    return network.predict_classes(x)",
        "2 .predict_classes",
    ),
    "a method of what Keras made": (
        "import keras\nmine = keras.Sequential()\ndef f(x):\n    return mine.predict_proba(x)",
        "4 .predict_proba",
    ),
    "a keyword of fit": (
        "import keras\ndef f(model, x):\n    model.fit(x, workers=4)",
        "3 workers=",
    ),
    "a function of the back end": (
        "from keras import backend as K\ndef loss(a, b):\n    return K.mean(K.square(a - b))",
        "3 keras.backend.mean, 3 keras.backend.square",
    ),
    "a session that is handed in": ("def f(sess, x):\n    return sess.run(x)", "2 session.run"),
    "what is fed": ("def f(s, x):\n    return s.run(x, feed_dict={x: 1})", "2 feed_dict"),
    "the rate of an optimizer": ("def f(model):\n    return model.optimizer.lr", "2 optimizer.lr"),
    "what refuses every use": (
        f"{TF}def f():\n    return tf.keras.optimizers.legacy.Adam()",
        "3 tf.keras.optimizers.legacy",
    ),
    "NumPy": (
        "import numpy as np\ndef area(y):\n    return np.trapz(y).astype(np.float)",
        "3 np.trapz, 3 np.float",
    ),
    "an import left out": ("def f():\n    return tf.Session()", "2 tf.Session"),
}

FINE = {
    "the old module by name": f"{TF}def f():\n    return tf.compat.v1.Session()",
    "the old module as tf": "import tensorflow.compat.v1 as tf\ndef f():\n    return tf.Session()",
    "caught": f"{TF}def f():\n    try:\n        tf.Session()\n    except AttributeError:\n        pass",
    "asked for": f"{TF}def f():\n    if hasattr(tf, 'Session'):\n        return tf.Session()",
    "for old versions": f"{TF}if tf.__version__ < '2':\n    tf.enable_eager_execution()",
    "after a return for new versions": (
        f"{TF}def f():\n    if tf.__version__ >= '2':\n        return 1\n    return tf.Session()"
    ),
    "expected to fail": (
        f"{TF}import pytest\ndef f():\n    with pytest.raises(AttributeError):\n        tf.Session()"
    ),
    "a session of another library": "import onnxruntime\ndef f(session):\n    return session.run(None, {})",
    "a run that is no session's": "def f(strategy, step):\n    return strategy.run(step)",
    "a parameter of that name": "def f(tf):\n    return tf.Session()",
    "another library's model": (
        "from sklearn.svm import SVC\nmodel = SVC()\ndef f(x):\n    return model.predict_proba(x)"
    ),
    "a class of the guide": (
        "class Net:\n    def predict_classes(self, x):\n        return x\ndef f(net):\n"
        "    return net.predict_classes(1)"
    ),
    "a keyword of the guide's function": "def f(step):\n    return step(lr=0.1)",
    "a keyword of PyTorch": "import torch\ndef f(p):\n    return torch.optim.Adam(p, lr=0.1)",
    "a keyword of a made model": f"{TF}def f():\n    return tf.keras.applications.VGG16(weights='imagenet')",
    "a name that keras has": "import keras\ndef f(a, b):\n    return keras.losses.mean_squared_error(a, b)",
    "a name that tf.keras keeps": f"{TF}def f(x):\n    return tf.keras.backend.mean(x)",
    "today's NumPy": "import numpy as np\ndef f(x):\n    return np.float32(np.bool_(x))",
    "said at its head": f"# TensorFlow 1, for comparison\n{TF}def f():\n    return tf.Session()",
    "said in its docstring": f'{TF}def f():\n    """The way of TF 1."""\n    return tf.Session()',
    "said on its line": f"{TF}def f():\n    return tf.Session()  # gone since 2019",
    "said above its line": f"{TF}def f():\n    # was removed\n    return tf.Session()",
    "what surely ran": f"{TF}tf.Session = dict\ntf.Session()",
    "code that does not parse": "tf.Session(",
}


@pytest.mark.parametrize("case", GONE)
def test_a_call_that_is_gone_is_found_where_no_run_reaches_it(case: str) -> None:
    source, expected = GONE[case]
    found = gone_calls(source, has_run=True)
    assert ", ".join(f"{call.line} {call.change.old}" for call in found) == expected


@pytest.mark.parametrize("case", FINE)
def test_code_that_is_no_fault_is_not_blamed(case: str) -> None:
    assert gone_calls(FINE[case], has_run=True) == ()


def test_names_come_from_the_whole_program() -> None:
    source = "def f():\n    return optimizers.Adam(lr=0.1)"
    program = ("from tensorflow.keras import optimizers", source)
    assert [call.change.old for call in gone_calls(source, program, has_run=True)] == ["lr="]
    assert gone_calls(source, has_run=True) == ()


def test_under_keras_2_only_what_tensorflow_itself_lost_counts() -> None:
    source = f"{TF}def f(model):\n    model.fit_generator([])\n    tf.keras.engine\n    tf.Session()"
    found = gone_calls(source, with_keras=False, has_run=True)
    assert [call.change.old for call in found] == ["tf.Session"]


def test_code_that_did_not_run_is_read_as_a_whole() -> None:
    found = gone_calls("sess = tf.InteractiveSession()\nx = tf.placeholder(tf.float32)")
    assert [(call.line, call.change.old) for call in found] == [
        (1, "tf.InteractiveSession"),
        (2, "tf.placeholder"),
    ]

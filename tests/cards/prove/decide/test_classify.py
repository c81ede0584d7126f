from __future__ import annotations

# ruff: noqa: E501 - TensorFlow's messages are long lines
import pytest

from cards.program.verdict import Outcome
from cards.prove.client.transcript import ExceptionInfo
from cards.prove.decide.classify import classify
from cards.prove.decide.error_text import error_sentence


def error(kind: str, text: str, *parents: str, **more: object) -> ExceptionInfo:
    return ExceptionInfo(kind, (kind, *parents, "Exception"), text, 1, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "outcome", "advice"),
    [
        (error("URLError", "<urlopen error timed out>", "OSError"), Outcome.NEEDS, "say `requires=network`"),
        (error("Exception", "URL fetch failure on https://x: None"), Outcome.NEEDS, "say `requires=network`"),
        (
            error("OSError", "[Errno 95] Operation not supported", errno=95),
            Outcome.NEEDS,
            "say `requires=processes`",
        ),
        (error("MemoryError", ""), Outcome.MEMORY_LIMIT, "use smaller shapes"),
        (
            error("ResourceExhaustedError", "OOM when allocating", "OpError"),
            Outcome.MEMORY_LIMIT,
            "use smaller shapes",
        ),
        (error("OSError", "[Errno 28] No space left on device", errno=28), Outcome.DISK_LIMIT, "write less"),
        (
            error("ModuleNotFoundError", "No module named 'sklearn.svm'", "ImportError", name="sklearn.svm"),
            Outcome.NEEDS,
            "Install the package scikit-learn (",
        ),
        (
            error(
                "ModuleNotFoundError",
                "No module named 'tensorflow.contrib'",
                "ImportError",
                name="tensorflow.contrib",
            ),
            Outcome.STALE_API,
            "Instead of `tf.contrib` today:",
        ),
        (
            error("ImportError", "Please `pip install pydot` first"),
            Outcome.NEEDS,
            "Install the package pydot (`requires: [pydot]` in the front matter does), or say `requires=package:pydot`.",
        ),
        (
            error(
                "ImportError",
                "Please install scikit-learn (sklearn) with `pip install keras-tuner[bayesian]`.",
            ),
            Outcome.NEEDS,
            "Install the package scikit-learn (",
        ),
        (
            error(
                "ConnectionError",
                "HTTPConnectionPool(host='localhost', port=8501): Max retries exceeded",
                "OSError",
            ),
            Outcome.NEEDS,
            "say `requires=service`",
        ),
        (
            error("ValueError", "Please provide a TPU Name to connect to."),
            Outcome.NEEDS,
            "say `requires=tpu`",
        ),
        (
            error("ValueError", "Cluster spec must be non-empty in `tf.distribute...`."),
            Outcome.NEEDS,
            "say `requires=service`",
        ),
        (
            error("FileNotFoundError", "[Errno 2] No such file", "OSError", filename="/data/x.csv", errno=2),
            Outcome.NEEDS,
            "use a relative path",
        ),
        (
            error(
                "NotFoundError",
                "{{function_node __wrapped__IteratorGetNext_device_/job:localhost}} data/a.txt; No such file or directory",
                "OpError",
            ),
            Outcome.NEEDS,
            "`file=data/a.txt:FIXTURE`",
        ),
        (
            error(
                "InvalidArgumentError", "Could not satisfy device specification '/device:GPU:3'", "OpError"
            ),
            Outcome.NEEDS,
            "say `requires=gpu`",
        ),
        (error("SystemExit", "3", "BaseException", code=3), Outcome.EARLY_EXIT, "with 3"),
        (
            error(
                "PermissionError",
                "[Errno 13] Permission denied: '/etc/x'",
                "OSError",
                errno=13,
                filename="/etc/x",
            ),
            Outcome.FAILED,
            "its own folder only",
        ),
        (
            error("UnboundLocalError", "cannot access local variable 'x'", "NameError", name="x"),
            Outcome.FAILED,
            "'x'",
        ),
        (
            error("AttributeError", "module 'tensorflow' has no attribute 'Session'", name="Session"),
            Outcome.STALE_API,
            "Instead of `tf.Session` today:",
        ),
        (error("ValueError", "shapes do not match"), Outcome.FAILED, "ValueError: shapes do not match."),
    ],
    ids=lambda value: value.type if isinstance(value, ExceptionInfo) else "",
)
def test_an_error_has_a_meaning_and_advice(found: ExceptionInfo, outcome: Outcome, advice: str) -> None:
    diagnosis = classify(found)
    assert diagnosis.outcome is outcome
    assert advice in f"{diagnosis.sentence} {diagnosis.advice}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            "{{function_node __wrapped__MatMul_device_/job:localhost}} Matrix size-incompatible [Op:MatMul] name: ",
            "E: Matrix size-incompatible.",
            id="an operation's machinery",
        ),
        pytest.param(
            'in user code:\n\n    File "answer.py", line 3, in f  *\n        x.nothing\n\n    AttributeError: no nothing\n',
            "E: AttributeError: no nothing.",
            id="AutoGraph",
        ),
        pytest.param(
            "Exception encountered when calling Dense.call().\n\nMatrix size-incompatible\n\nArguments received by Dense:\n • x",
            "E: Matrix size-incompatible.",
            id="Keras",
        ),
        pytest.param(
            "Graph execution error:\n\nDetected at node PyFunc defined at (most recent call last):\n<stack traces unavailable>\n"
            "ValueError: inner\nTraceback (most recent call last):\n",
            "E: ValueError: inner.",
            id="a graph",
        ),
        pytest.param("", "E, without a message.", id="nothing"),
        pytest.param("x" * 500, "E: " + "x" * 199 + "…", id="much too long"),
    ],
)
def test_one_line_says_what_went_wrong(text: str, words: str) -> None:
    assert error_sentence(error("E", text)) == words

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.program.proof_key import proof_key
from cards.program.snippet import ExpectedException, RunDirectives, Snippet, SnippetRole
from cards.program.verdict import Outcome
from cards.prove.client.installed_versions import installed_runtime, keras_2_version
from tests.builders.program import TODAY, program, snippet

if TYPE_CHECKING:
    from cards.program.verdict import Verdict
    from tests.builders.program import Prove

TENSORS = "import tensorflow as tf\n\n"


def sentences(verdict: Verdict) -> tuple[str, ...]:
    """Return what qualifies a verdict, in words."""
    return tuple(map(str, verdict.qualifiers))


@pytest.mark.parametrize(
    ("source", "directives", "outcome", "line", "sentence"),
    [
        pytest.param("x = 1", RunDirectives(), Outcome.PASSED, 0, "", id="it runs"),
        pytest.param("", RunDirectives(), Outcome.PASSED, 0, "", id="nothing at all"),
        pytest.param(
            f"{TENSORS}tf.ones((2, 2)) @ tf.ones((3, 3))",
            RunDirectives(),
            Outcome.FAILED,
            103,
            "InvalidArgumentError: Matrix size-incompatible: In[0]: [2,2], In[1]: [3,3].",
            id="an operation fails",
        ),
        pytest.param(
            "def divide(a):\n    return a / 0\n\n\ndivide(1)",
            RunDirectives(),
            Outcome.FAILED,
            102,
            "ZeroDivisionError: division by zero.",
            id="the innermost line of the guide is named",
        ),
        pytest.param(
            "print(1",
            RunDirectives(),
            Outcome.SYNTAX_ERROR,
            101,
            "It does not parse: '(' was never closed. Mend it, or say `syntax-error`.",
            id="it does not parse",
        ),
        pytest.param(
            "return 1",
            RunDirectives(),
            Outcome.NEEDS,
            101,
            "This is a fragment, which cannot run alone: `return` stands in no function here. Show what is "
            "around it, or say `no-run=`.",
            id="it parses but does not compile",
        ),
        pytest.param(
            "print(1",
            RunDirectives(syntax_error=True),
            Outcome.RAISED_AS_EXPECTED,
            0,
            "",
            id="it is meant not to",
        ),
        pytest.param(
            "print(1)",
            RunDirectives(syntax_error=True),
            Outcome.FAILED,
            101,
            "It was meant not to parse, but it does. Take `syntax-error` away.",
            id="it is meant not to parse and does",
        ),
        pytest.param(
            "pip install tensorflow",
            RunDirectives(),
            Outcome.NOT_PYTHON,
            101,
            "This is a shell session, not Python. Name its language after the fence.",
            id="it is no Python",
        ),
        pytest.param(
            "x = 1\nmodel.fit(x)",
            RunDirectives(),
            Outcome.NEEDS,
            102,
            "NameError: name 'model' is not defined. Define `model` before it, or in a hidden block asked "
            "for with `fixture=`.",
            id="a name is missing",
        ),
        pytest.param(
            "import surely_not_installed",
            RunDirectives(),
            Outcome.NEEDS,
            101,
            "ModuleNotFoundError: No module named 'surely_not_installed'. Install the package "
            "surely_not_installed (`requires: [surely_not_installed]` in the front matter does), or say "
            "`requires=package:surely_not_installed`.",
            id="a package is missing",
        ),
        pytest.param(
            "open('data/train.csv')",
            RunDirectives(),
            Outcome.NEEDS,
            101,
            "FileNotFoundError: [Errno 2] No such file or directory: 'data/train.csv'. Write data/train.csv "
            "first, with `file=data/train.csv:FIXTURE`.",
            id="a file is missing",
        ),
        pytest.param(
            "input('name? ')",
            RunDirectives(),
            Outcome.NEEDS,
            101,
            "EOFError: EOF when reading a line. It waits for somebody to type, and nobody is there: give it "
            "the value instead.",
            id="somebody must type",
        ),
        pytest.param(
            "1 / 0",
            RunDirectives(raises=ExpectedException("ZeroDivisionError", "zero")),
            Outcome.RAISED_AS_EXPECTED,
            0,
            "",
            id="it ends as it is meant to",
        ),
        pytest.param(
            "1 / 0",
            RunDirectives(raises=ExpectedException("ArithmeticError")),
            Outcome.FAILED,
            101,
            "It was meant to end in ArithmeticError, but ended in ZeroDivisionError: division by zero. "
            "Name the class that is raised: `raises=ZeroDivisionError`.",
            id="a parent of its exception was named",
        ),
        pytest.param(
            "1 / 0",
            RunDirectives(raises=ExpectedException("ArithmeticError", or_derived=True)),
            Outcome.RAISED_AS_EXPECTED,
            0,
            "",
            id="a parent of its exception was allowed",
        ),
        pytest.param(
            "prin(1)",
            RunDirectives(raises=ExpectedException("Exception", or_derived=True)),
            Outcome.FAILED,
            101,
            "It was meant to end in Exception+, but ended in NameError: name 'prin' is not defined.",
            id="a mistyped name is never meant",
        ),
        pytest.param(
            "1 / 0",
            RunDirectives(raises=ExpectedException("ZeroDivisionError", "modulo")),
            Outcome.FAILED,
            101,
            "It was meant to end in ZeroDivisionError: modulo, but ended in ZeroDivisionError: "
            "division by zero.",
            id="it ends in another message",
        ),
        pytest.param(
            "x = 1",
            RunDirectives(raises=ExpectedException("ValueError")),
            Outcome.FAILED,
            101,
            "It was meant to end in ValueError, but nothing went wrong.",
            id="it ends well against its meaning",
        ),
        pytest.param(
            "x",
            RunDirectives(skip="Only a sketch."),
            Outcome.NOT_RUN,
            0,
            "Left alone: Only a sketch.",
            id="skip",
        ),
        pytest.param(
            "x = 1",
            RunDirectives(no_run="Needs a cluster."),
            Outcome.NOT_RUN,
            0,
            "Not run: Needs a cluster.",
            id="no-run",
        ),
        pytest.param(
            "x = (",
            RunDirectives(no_run="a cluster"),
            Outcome.SYNTAX_ERROR,
            0,
            "Not run (a cluster), and it does not parse either.",
            id="no-run still parses",
        ),
        pytest.param(
            "x",
            RunDirectives(requires=("package:surely-not-installed",)),
            Outcome.NEEDS,
            0,
            "Needs the package surely-not-installed. Install it where the code runs, then prove again.",
            id="a required package is missing",
        ),
        pytest.param(
            "import numpy",
            RunDirectives(requires=("package:numpy",)),
            Outcome.PASSED,
            0,
            "",
            id="it is there",
        ),
        pytest.param(
            "x",
            RunDirectives(requires=("network",)),
            Outcome.NEEDS,
            0,
            "Needs the network, which code has none of here, so it was not run.",
            id="the network is required",
        ),
        pytest.param(
            "import os\nassert os.environ['GREETING'] == 'hello'",
            RunDirectives(env=(("GREETING", "hello"),)),
            Outcome.PASSED,
            0,
            "",
            id="env",
        ),
        pytest.param(
            f"{TENSORS}import random\n\nrandom.seed(7)\na = random.random()\nb = tf.random.uniform(())\n"
            "assert a == 0.32383276483316237",
            RunDirectives(seed=7),
            Outcome.PASSED,
            0,
            "",
            id="seed",
        ),
        pytest.param(
            "import time\ntime.sleep(60)",
            RunDirectives(timeout_seconds=0.3),
            Outcome.TIMED_OUT,
            102,
            "It was still running after 0.3 seconds. Make it shorter, or say `timeout=` or `shrink=`.",
            id="timeout",
        ),
    ],
)
def test_one_snippet(
    prove: Prove, source: str, directives: RunDirectives, outcome: Outcome, line: int, sentence: str
) -> None:
    (verdict,) = prove(snippet(source, directives))
    assert (verdict.outcome, verdict.line, verdict.sentence) == (outcome, line, sentence)


def test_the_snippets_of_a_question_share_their_names(prove: Prove) -> None:
    verdicts = prove("x = 1", "def double():\n    return 2 * x", "print(double())")
    assert [verdict.outcome for verdict in verdicts] == [Outcome.PASSED] * 3
    assert verdicts[2].output == "2"


def test_no_program_sees_the_names_of_another(prove: Prove) -> None:
    prove("left_behind = 1")
    (verdict,) = prove("left_behind")
    assert verdict.outcome is Outcome.NEEDS


def test_a_verdict_carries_what_a_lock_needs(prove: Prove) -> None:
    lines = ("import tensorflow as tf", "print(1)")
    parts = program(*lines)
    runtime = installed_runtime()
    assert runtime is not None
    verdict = prove(*lines)[1]
    assert verdict.key == proof_key(parts, 1, runtime)
    assert (verdict.snippet, verdict.runtime, verdict.proved_on) == ("question#2", runtime, TODAY)


def test_code_without_tensorflow_runs_without_it_and_its_verdict_names_what_it_imports(prove: Prove) -> None:
    parts = ("import numpy as np, sys", "print('tensorflow' in sys.modules, 'random' in vars(np))")
    verdict = prove(*(line.replace("'tensorflow'", "'tensor' + 'flow'") for line in parts))[1]
    assert (verdict.outcome, verdict.output) == (Outcome.PASSED, "False True")
    assert (verdict.runtime.tensorflow, verdict.runtime.keras) == ("", "")
    assert [name for name, _ in verdict.runtime.packages] == ["numpy"]


def test_a_seed_reaches_numpy_where_tensorflow_is_not_imported(prove: Prove) -> None:
    (first,) = prove("import numpy as np\nprint(np.random.rand())")
    (second,) = prove("import numpy as np\nprint(np.random.rand())")
    assert first.output == second.output


def test_output_and_tf_print_come_in_order_and_warnings_apart(prove: Prove) -> None:
    source = (
        f"{TENSORS}import warnings\nprint('one')\ntf.print('two')\n"
        "warnings.warn('old', DeprecationWarning)\nprint('three')"
    )
    (verdict,) = prove(source)
    assert verdict.output == "one\ntwo\nthree"
    assert sentences(verdict) == ("warns, line 106: DeprecationWarning: old",)


def test_a_call_that_is_gone_is_stale_where_nothing_reaches_it(prove: Prove) -> None:
    source = f"{TENSORS}def train():\n    with tf.Session() as session:\n        return tf.log(1.0)"
    (verdict,) = prove(source)
    assert (verdict.outcome, verdict.line) == (Outcome.STALE_API, 104)
    assert verdict.error == "`tf.Session` is gone: it fails as soon as something reaches it."
    assert sentences(verdict) == ("also gone, line 105: `tf.log`. Instead of `tf.log` today: `tf.math.log`.",)


def test_a_call_that_is_gone_is_no_fault_where_the_author_shows_it_on_purpose(prove: Prove) -> None:
    gone = f"{TENSORS}def train():\n    return tf.Session()\n\n\ntrain()"
    raises = RunDirectives(raises=ExpectedException("AttributeError"))
    old = "# TensorFlow 1\ndef build():\n    return tf.placeholder(tf.float32)"
    outcomes = [one.outcome for one in prove(snippet(gone, raises), snippet(old, first=201))]
    assert outcomes == [Outcome.RAISED_AS_EXPECTED, Outcome.PASSED]


def test_warnings_of_libraries_are_told_of_the_line_that_ran(prove: Prove) -> None:
    layers = (
        "import keras\nimport tensorflow as tf\n\n"
        "model = keras.Sequential([keras.layers.Dense(2, input_shape=(3,))])"
    )
    retracing = "@tf.function\ndef f(x):\n    return x\n\n\nfor number in range(8):\n    f(number)"
    lite = "data = tf.lite.TFLiteConverter.from_keras_model(model).convert()\n"
    lite += "reader = tf.lite.Interpreter(model_content=data)"
    found = [sentences(one) for one in prove(layers, retracing, lite)]
    retraced = "triggered tf.function retracing."
    deprecated = "tf.lite.Interpreter is deprecated and is scheduled for deletion in TF 2.20."
    replaced = "the LiteRT interpreter from the ai_edge_litert package."
    assert found == [
        ("warns, line 104: UserWarning: Do not pass an `input_shape`/`input_dim` argument to a layer.",),
        (f"warns, line 206: tensorflow: N out of the last N calls to <function f> {retraced}",),
        (f"warns, line 302: UserWarning: {deprecated} Please use {replaced}",),
    ]


def test_what_it_prints_is_dropped_where_the_author_says_so(prove: Prove) -> None:
    (verdict,) = prove(snippet("print('noise')", RunDirectives(no_output=True), stated="music"))
    assert (verdict.outcome, verdict.output) == (Outcome.PASSED, "")


def test_a_later_failure_that_follows_names_its_cause(prove: Prove) -> None:
    _, second = prove("import tensorflow as tf\nmodel = tf.keras.nothing()", "model.summary()")
    assert second.outcome is Outcome.FAILED
    assert "That follows from question#1, which should have made `model` and did not." in second.sentence


def test_a_call_that_only_keras_2_has_is_stale_whatever_fails_after_it_there(prove: Prove) -> None:
    if not keras_2_version():
        pytest.skip("tf-keras is not installed")
    source = f"{TENSORS}tf.keras.backend.manual_variable_initialization(False)\n1 / 0"
    (verdict,) = prove(source)
    assert (verdict.outcome, verdict.line) == (Outcome.STALE_API, 103)
    assert verdict.advice.startswith("This line runs under Keras 2, a later one does not even there")
    assert verdict.error.endswith("has no attribute 'manual_variable_initialization'.")


def test_what_follows_from_a_stale_call_is_no_fault_of_its_own(prove: Prove) -> None:
    _, second = prove(f"{TENSORS}session = tf.Session()", "session.run(1)")
    assert second.outcome is Outcome.STALE_API
    assert "That follows from question#1" in second.sentence


def test_what_replaced_a_later_call_is_told_too(prove: Prove) -> None:
    (verdict,) = prove(f"{TENSORS}tf.Session()\ntf.placeholder(1)")
    assert verdict.error == "AttributeError: module 'tensorflow' has no attribute 'Session'."
    assert verdict.advice.startswith("Instead of `tf.Session` today: nothing; operations run at once")
    (note,) = sentences(verdict)
    assert note.startswith("also fails, line 104: AttributeError")
    assert note.endswith(
        "Instead of `tf.placeholder` today: an argument of a `@tf.function`, or `tf.keras.Input`."
    )


def test_all_failing_statements_are_told_causes_from_what_follows(prove: Prove) -> None:
    (verdict,) = prove("a = first_missing\nb = a + 1\nc = second_missing\nd = 4")
    assert verdict.line == 101
    assert sentences(verdict) == (
        "follows from it, line 102: NameError: name 'a' is not defined.",
        "also fails, line 103: NameError: name 'second_missing' is not defined.",
    )


def test_a_snippet_that_ends_the_process_spoils_no_other(prove: Prove) -> None:
    verdicts = prove("import os", "os._exit(0)", "print(os.sep)")
    assert [verdict.outcome for verdict in verdicts] == [Outcome.PASSED, Outcome.EARLY_EXIT, Outcome.PASSED]


def test_a_failing_check_fails_the_block_above_it(prove: Prove) -> None:
    shown = snippet("def double(x):\n    return x + x + 1", name="question#1")
    check = snippet("assert double(2) == 4, double(2)", role=SnippetRole.CHECK, first=110, name="question#2")
    other = snippet("print('fine')", first=120, name="question#3")
    verdicts = prove(shown, check, other)
    assert [verdict.outcome for verdict in verdicts] == [Outcome.FAILED, Outcome.FAILED, Outcome.PASSED]
    assert verdicts[0].sentence == "Its hidden check fails: AssertionError: 5."
    assert verdicts[0].line == 110


def test_a_pass_that_leans_on_a_fixture_says_so(prove: Prove) -> None:
    fixture = snippet("data = [1, 2]", role=SnippetRole.FIXTURE, name="fixture:data")
    tainted = snippet("print(sum(data))", RunDirectives(fixtures=("data",)), name="question#1")
    verdicts = prove(fixture, tainted, snippet("print('alone')", name="question#2"))
    assert [verdict.outcome for verdict in verdicts] == [
        Outcome.PASSED,
        Outcome.PASSED_WITH_FIXTURES,
        Outcome.PASSED,
    ]


def made_up(source: str, name: str) -> Snippet:
    return snippet(source, role=SnippetRole.STAND_IN, name=f"fixture:{name}")


DATA = made_up("import numpy as np\n\nX_train = np.ones((4, 2))", "X_train")
LABELS = made_up("y_train = [0, 1, 0, 1]", "y_train")


@pytest.mark.parametrize(
    ("source", "notes"),
    [
        pytest.param(
            "rows = len(X_train)\ntotal = sum(y_train)",
            ("passed with stand-ins for X_train, y_train",),
            id="what it used is named",
        ),
        pytest.param(
            "rows = len(X_train)\nprint('done')\nprint(rows)",
            ("passed with stand-ins for X_train", "stand-ins decide what it prints, line 103"),
            id="what is printed comes from it, by way of another name",
        ),
        pytest.param(
            "class Model:\n    def fit(self, x):\n        self.x = x\n\n\nmodel = Model()\n"
            "model.fit(X_train)\nprint(model.x.shape)",
            ("passed with stand-ins for X_train", "stand-ins decide what it prints, line 108"),
            id="what is printed comes from it, by way of an object that it changed",
        ),
        pytest.param("X_train = [1]\nprint(len(X_train))", (), id="the code has its own"),
        pytest.param("print('nothing of it')", (), id="not used at all"),
    ],
)
def test_stand_ins_are_named_and_what_they_decide(prove: Prove, source: str, notes: tuple[str, ...]) -> None:
    verdict = prove(DATA, LABELS, snippet(source))[-1]
    assert sentences(verdict) == notes
    assert verdict.outcome is (Outcome.PASSED_WITH_FIXTURES if notes else Outcome.PASSED)


def test_what_was_shortened_stands_beside_the_stand_ins(prove: Prove) -> None:
    source = "def fit(x, epochs):\n    return x\n\n\nfit(X_train, epochs=50)"
    verdict = prove(DATA, snippet(source, RunDirectives(shrink=(("epochs", 2),))))[-1]
    assert verdict.outcome is Outcome.PASSED_SHORTENED
    assert sentences(verdict) == ("passed with stand-ins for X_train", "shortened: epochs=50 became 2")


def test_a_made_up_function_decides_what_the_code_does(prove: Prove) -> None:
    step = made_up("def train_step(*values):\n    return 0.0", "train_step")
    assert sentences(prove(step, snippet("loss = train_step(1)"))[-1]) == (
        "passed with stand-ins for train_step",
        "the stand-in for train_step decides what it does",
    )


def test_a_made_up_file_is_named_as_the_code_names_it(prove: Prove) -> None:
    file = made_up("with open('part-0.txt', 'w') as _file:\n    _file.write('x')", "part")
    verdict = prove(file, snippet("from pathlib import Path\n\nfiles = list(Path().glob('part-*.txt'))"))[-1]
    assert sentences(verdict) == ("passed with stand-ins for part-*.txt",)


def test_no_stated_output_is_held_against_made_up_data(prove: Prove) -> None:
    verdict = prove(LABELS, snippet("print(sum(y_train))", stated="1873"))[-1]
    assert (verdict.outcome, verdict.line) == (Outcome.NEEDS, 101)
    assert verdict.error.startswith("What it prints depends on y_train, which is made up.")


def test_a_failure_on_made_up_data_says_that_they_may_be_why(prove: Prove) -> None:
    verdict = prove(LABELS, snippet("y_train / 2"))[-1]
    assert (verdict.outcome, sentences(verdict)[0]) == (Outcome.FAILED, "the stand-in for y_train may be why")


def test_files_stand_ready(prove: Prove) -> None:
    asking = snippet("print(open('data/x.txt').read())", RunDirectives(files=(("data/x.txt", "text"),)))
    (verdict,) = prove(asking, files=(("data/x.txt", "hello"),))
    assert (verdict.outcome, verdict.output) == (Outcome.PASSED_WITH_FIXTURES, "hello")


def test_a_long_run_is_shortened_and_says_so(prove: Prove) -> None:
    source = "def fit(epochs, steps):\n    return epochs\n\n\nprint(fit(epochs=100, steps=3))"
    (verdict,) = prove(snippet(source, RunDirectives(shrink=(("epochs", 2),))))
    assert (verdict.outcome, verdict.output) == (Outcome.PASSED_SHORTENED, "2")
    assert sentences(verdict) == ("shortened: epochs=100 became 2",)


def test_what_only_defines_says_what_was_never_called(prove: Prove) -> None:
    (verdict,) = prove("def f():\n    return missing_name\n\n\ndef g():\n    pass\n\n\ng()")
    assert verdict.outcome is Outcome.PASSED
    assert sentences(verdict) == ("never called: f", "never bound, line 102: missing_name")


def test_the_same_seed_gives_the_same_numbers(prove: Prove) -> None:
    source = (
        f"{TENSORS}import random\nimport numpy as np\n"
        "print(random.random(), np.random.rand(), tf.random.uniform(()))"
    )
    assert prove(source)[0].output == prove(source)[0].output


def test_source_can_be_inspected_as_from_a_file(prove: Prove) -> None:
    source = (
        f"{TENSORS}import inspect\n\n\nclass A:\n    size = 1\n\n\n@tf.function\ndef sign(x):\n"
        "    if x > 0:\n        return 1\n    return -1\n\n\n"
        "print(inspect.getsource(A))\nprint(int(sign(tf.constant(3.0))))"
    )
    verdicts = prove("unrelated = 1", source)
    assert verdicts[1].output == "class A:\n    size = 1\n\n1"


@pytest.mark.parametrize(
    ("source", "stated", "outcome", "sentence"),
    [
        pytest.param("print(0.3333)", "0.33", Outcome.PASSED, "", id="rounded by the author"),
        pytest.param(
            "print(1.0)",
            "1.0004",
            Outcome.OUTPUT_MISMATCH,
            "The guide says `1.0004`, the run printed `1.0`.",
            id="more digits than were printed",
        ),
        pytest.param(
            "import numpy as np\n\nprint(np.exp([0.0, -9.0, -20.0]))",
            "[1. 0. 0.]",
            Outcome.OUTPUT_MISMATCH,
            "The guide says `[1. 0. 0.]`, the run printed `[1.00000000e+00 1.23409804e-04 2.06115362e-09]`.",
            id="zeros that are none",
        ),
        pytest.param(
            "print(2 * 2)  # -> 5",
            None,
            Outcome.OUTPUT_MISMATCH,
            "The comment says `5`, the run showed `4`.",
            id="an arrow that is wrong",
        ),
        pytest.param(
            f"{TENSORS}print(tf.constant(6.0))  # Output: 6.0",
            None,
            Outcome.PASSED,
            "",
            id="a tensor's value",
        ),
        pytest.param(
            "print(1.0)\nprint(2)",
            "1.0\n3",
            Outcome.OUTPUT_MISMATCH,
            "The guide says `3`, the run printed `2`.",
            id="the line that differs",
        ),
        pytest.param(
            "x = 1",
            "1",
            Outcome.OUTPUT_MISMATCH,
            "The guide says that it prints `1`, but it prints nothing.",
            id="nothing printed",
        ),
        pytest.param("print(2 / 3)  # 0.67", None, Outcome.PASSED, "", id="a comment as precise as written"),
        pytest.param(
            "print(2 / 3)  # 0.65",
            None,
            Outcome.OUTPUT_MISMATCH,
            "The comment says `0.65`, the run showed `0.6666666666666666`.",
            id="a comment that is wrong",
        ),
        pytest.param(
            "print(2 / 3)  # rounds to 0.65 at most", None, Outcome.PASSED, "", id="a comment about it"
        ),
        pytest.param("x = 3\nx + 1  #=> 4", None, Outcome.PASSED, "", id="a marked value"),
        pytest.param(
            "x = 3\nx * 2\n#=> 7",
            None,
            Outcome.OUTPUT_MISMATCH,
            "The comment says `7`, the run showed `6`.",
            id="a marked value below",
        ),
    ],
)
def test_stated_outputs_are_held_against_the_run(
    prove: Prove, source: str, stated: str | None, outcome: Outcome, sentence: str
) -> None:
    (verdict,) = prove(snippet(source, stated=stated))
    assert (verdict.outcome, verdict.sentence) == (outcome, sentence)


def test_what_a_library_logs_is_no_output_and_what_it_is_asked_to_print_is(prove: Prove) -> None:
    layers = f"{TENSORS}import logging\nimport pprint\nimport sys\n\nfrom tensorflow import keras\n\n"
    model = "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])\n"
    converting = (
        "def size(net):\n    return len(tf.lite.TFLiteConverter.from_keras_model(net).convert())\n\n\n"
        "print(size(model) > 100)\nmodel.export('out')"
    )
    printing = (
        "logging.warning('careful')\nprint('apart', file=sys.stderr)\npprint.pprint({'a': 1})\n"
        "sys.stdout.write('written\\n')\nmodel.summary()"
    )
    _, converted, printed = prove(layers + model, converting, printing)
    assert converted.output == "True"
    assert printed.output.startswith("WARNING:root:careful\n{'a': 1}\nwritten\nModel:")


def test_a_statement_that_only_converts_prints_nothing(prove: Prove) -> None:
    source = (
        f"{TENSORS}import numpy as np\nfrom tensorflow import keras\n\n"
        "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])\n"
        "converter = tf.lite.TFLiteConverter.from_keras_model(model)\n"
        "converter.optimizations = [tf.lite.Optimize.DEFAULT]\n"
        "converter.representative_dataset = lambda: ([np.ones((1, 4), 'float32')] for _ in range(2))\n"
        "small = converter.convert()"
    )
    (verdict,) = prove(source)
    assert (verdict.outcome, verdict.output) == (Outcome.PASSED, "")


def test_what_a_graph_prints_counts_from_python_and_from_tensorflow(prove: Prove) -> None:
    source = (
        f"{TENSORS}@tf.function\ndef f(x):\n    print('tracing')\n    tf.print('running', x)\n"
        "    return x\n\n\nf(tf.constant(1))\ntf.print('plain')"
    )
    (verdict,) = prove(source)
    assert verdict.output == "tracing\nrunning 1\nplain"


def test_a_stated_output_that_only_a_tolerance_allows_is_told(prove: Prove) -> None:
    (verdict,) = prove(snippet("print(1 / 7)", RunDirectives(tolerance=0.1), stated="0.2"))
    assert verdict.outcome is Outcome.PASSED
    assert sentences(verdict) == (
        "stated otherwise than printed: `0.2`, the run printed `0.14285714285714285`",
    )


def test_what_is_printed_before_an_exception_is_compared_too(prove: Prove) -> None:
    meant = RunDirectives(raises=ExpectedException("ValueError"))
    source = "print('one')\nraise ValueError('two')"
    outcomes = [
        prove(snippet(source, meant, stated=stated))[0].outcome
        for stated in ("one", "one\nValueError: two", "two", "one\nKeyError: two")
    ]
    assert outcomes == [Outcome.RAISED_AS_EXPECTED] * 2 + [Outcome.OUTPUT_MISMATCH] * 2


STAR = "from numpy import *\n\nprint(sum([[1, 2], [3, 4]]))"


@pytest.mark.parametrize(
    ("sources", "outcome", "notes"),
    [
        pytest.param(
            (STAR, "print(repr(sum([1.5, 2.5])))"),
            Outcome.PASSED,
            ("prints something else when it runs alone: a block above changes `sum`",),
            id="a star import changes what it prints",
        ),
        pytest.param(
            (STAR, "print(sum([1, 2], 10))"),
            Outcome.FAILED,
            ("holds when it runs alone: a block above changes `sum`",),
            id="a star import makes it fail",
        ),
        pytest.param((STAR, "print(any([1]))"), Outcome.PASSED, (), id="the same either way"),
        pytest.param(
            ("K = 2\ndef f(x):\n    return K * x", "def f(x):\n    return x * K\n\nprint(f(1))"),
            Outcome.PASSED,
            ("needs the block above, another way to do the same, for `K`",),
            id="one way takes a name from another",
        ),
        pytest.param(("x = 1", "print(x)"), Outcome.PASSED, (), id="one block goes on where another ended"),
    ],
)
def test_a_block_that_does_something_else_alone_says_so(
    prove: Prove, sources: tuple[str, ...], outcome: Outcome, notes: tuple[str, ...]
) -> None:
    verdict = prove(*(snippet(source, name=f"question#{n}") for n, source in enumerate(sources, 1)))[-1]
    assert (verdict.outcome, sentences(verdict)) == (outcome, notes)


def supplied(line: str, name: str) -> Snippet:
    return snippet(line, role=SnippetRole.USUAL_IMPORT, name=f"question:usual-import:{name}")


MATH = supplied("import math", "math")
ABSENT = supplied("import no_such_package_here as nsp", "nsp")


def test_the_imports_that_were_supplied_are_named(prove: Prove) -> None:
    reading, other = snippet("print(math.pi > 3)", name="question#1"), snippet("print(1)", name="question#2")
    verdicts = prove(MATH, reading, other)
    assert [verdict.outcome for verdict in verdicts] == [Outcome.PASSED] * 3
    assert [sentences(verdict) for verdict in verdicts] == [
        (),
        ("ran with the usual imports: `import math`",),
        (),
    ]


def test_a_fixture_that_does_nothing_but_import_is_named_alike(prove: Prove) -> None:
    fixture = snippet("import math", role=SnippetRole.FIXTURE, name="question:fixture:math")
    verdict = prove(fixture, snippet("print(math.pi > 3)", RunDirectives(fixtures=("math",))))[-1]
    assert sentences(verdict) == ("ran with the usual imports: `import math`",)


@pytest.mark.parametrize("source", ["print(nsp.one, math.pi)", "def f():\n    return nsp.one"])
def test_a_supplied_import_that_is_not_installed_is_what_the_block_needs(prove: Prove, source: str) -> None:
    verdicts = prove(ABSENT, MATH, snippet(source, name="question#1"), snippet("print(1)", name="question#2"))
    assert [verdict.outcome for verdict in verdicts[2:]] == [Outcome.NEEDS, Outcome.PASSED]
    assert verdicts[2].error == "ModuleNotFoundError: No module named 'no_such_package_here'."
    assert verdicts[2].line == 101
    assert [each for each in sentences(verdicts[2]) if "fails" in each or "nsp" in each] == []

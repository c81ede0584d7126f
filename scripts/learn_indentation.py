"""Learn cards/recover/indentation.tsv anew: from packages on PyPI and the standard library.

    python scripts/learn_indentation.py CACHE

Downloads the packages below into CACHE (with pip, wheels only, without what they depend on), takes the
examples in their docstrings and read-mes, their functions, classes and scripts, strips the indentation
and fits a conditional logit over the levels that Python's rules leave. Needs numpy. Takes some minutes.

Only the weights are kept. What accuracy is judged on never goes in: see HELD_OUT.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import pickle
import random
import re
import subprocess
import sys
import tarfile
import textwrap
import warnings
from array import array
from collections import Counter
from contextlib import suppress
from doctest import DocTestParser
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from cards.recover.feature import features, hints_of
from cards.recover.indent import START, STEPS, WIDTH, Weights, levels_left, put, search
from cards.recover.lexer import read
from cards.recover.nest import look_ahead
from cards.recover.whole import whole_features

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.recover.lexer import Reading

PACKAGES = """
accelerate aima3 algorithms altair anthropic arrow attrs autograd autokeras bayesian-optimization bokeh
boltons catboost-dev celery chainer chex cleanrl d2l darts dash datasets deap deepchem diffusers distrax
django dm-sonnet dowhy econml einops equinox evaluate fairlearn fastai fastapi flair flax gensim gpflow
gradio haystack-ai huggingface-hub hyperopt hypothesis igraph imageio imbalanced-learn jax keras-cv
keras-rl2 kornia langchain langchain-core lightgbm lime llama-index-core loguru ludwig marshmallow
mlflow-skinny mlxtend more-itertools moviepy networkit numba numpy numpy-ml numpyro openai
opencv-python-headless optimum optuna pandas pendulum pettingzoo pillow polars prophet pulp pybullet pygame
pygorithm pymc pyparsing pyro-ppl pyspark-client pyswarms pytest python-igraph pytorch-ignite
pytorch-lightning ray requests rich river sanic scikit-image scikit-learn scikit-optimize scipy scrapy
seaborn sentence-transformers shap simpleai simpy skorch sktime smolagents spektral sqlalchemy starlette
statsmodels stellargraph streamlit supersuit sympy tenacity tensordict tensorflow-addons tensorflow-lattice
tensorflow-model-analysis tensorflow-probability tensorflow-ranking tensorflow-transform tensorforce
tensorlayer textblob tf-agents tf-models-official tflearn tfx tianshou timm tinygrad toolz torch-geometric
torchaudio torchrl torchvision tornado tqdm transformers trax trl tslearn typer xarray xgboost-cpu
yellowbrick
""".split()
SOURCES = """
adversarial-robustness-toolbox aif360 alibi autokeras ax-platform bayesian-optimization bert-for-tf2
botorch captum chex darts deepctr deepxde diffrax distrax dowhy econml einops equinox fastai flax gpjax
gpytorch holoviews hvplot imbalanced-learn interpret jax kapre keras-bert keras-cv keras-multi-head
keras-rl2 keras-self-attention ktrain librosa lifelines mesa mlxtend nbdev numpyro optuna panel pgmpy pyod
pyro-ppl pytorch-ignite pytorch-tabnet scikeras scikit-optimize seaborn shap skorch sktime spektral
tensorflow-model-analysis tensorflow-ranking tensorflow-similarity tensorforce tensorlayer tf-explain
tianshou torchdiffeq tslearn xarray
""".split()
"""Packages whose source distributions bring notebooks, galleries and documents: tutorials, as guides are."""
STANDARD_LIBRARY = frozenset(
    """
    _bootsubprocess _collections_abc _compat_pickle _compression _osx_support _pydecimal _pyio
    _threading_local abc aifc argparse ast asyncio bdb cProfile cgitb cmd code codecs copyreg csv curses
    decimal encodings fractions functools genericpath gettext graphlib heapq imaplib imghdr imp importlib io
    keyword linecache mailcap nntplib ntpath numbers opcode optparse pdb pickle pickletools pipes pkgutil
    platform poplib pstats pty pyclbr pydoc queue quopri random re sched secrets shelve smtplib socket
    socketserver sqlite3 sre_compile sre_parse stat stringprep subprocess symtable textwrap threading token
    tomllib traceback tty types unittest uu warnings wave webbrowser xdrlib zipfile zipimport zoneinfo
    """.split()
)
HELD_OUT = frozenset(
    """
    keras tensorflow_model_optimization keras_tuner tensorflow_datasets dask haiku dm-haiku flask gymnasium
    httpx nltk peft stable_baselines3 stable-baselines3 optax torchmetrics click networkx keras_hub
    tensorflow_hub aiohttp jinja2 pydantic spacy tensorflow
    """.split()
)
"""Packages that recovery is judged on; of the standard library, on what is not named above."""
TABLE = Path(__file__).parent.parent / "cards" / "recover" / "indentation.tsv"
LARGEST, LARGEST_WHOLE = 6800, 5000
"""Weights of single steps and of whole readings: together less than 200 KB."""
PENALTY, PENALTY_WHOLE = 6.0, 16.0
"""How much large weights cost."""
WANTED = {"tutorial": 6000, "long": 4000, "docs": 12000, "function": 5000, "fragment": 4000, "script": 2500}
SHARE = 0.12
"""The largest part of one kind of sample that one package may give."""
WEIGHT = {"tutorial": 2.0, "long": 2.0, "docs": 2.0, "function": 0.7, "fragment": 1.0, "script": 1.0}
"""Guides read like documentation, so its examples count more."""

_FENCE = re.compile(
    r"^([ \t]*)```+ ?(?:python|py|python3|Python)[ \t]*$(.*?)^\1```+[ \t]*$", re.MULTILINE | re.DOTALL
)
_BLOCK = re.compile(
    r"^([ \t]*)(?:\.\. (?:code-block|code|sourcecode):: *(?:python|py|python3)?|[^\n]*\b[Ee]xamples?::)"
    r"[ \t]*\n"
    r"(?:[ \t]*:[^\n]*\n)*[ \t]*\n((?:\1[ \t]+[^\n]*\n|[ \t]*\n)+)",
    re.MULTILINE,
)
_NOT_TAUGHT = re.compile(
    r"(?:^|/)(?:tests?|testing|_vendor|vendor|benchmarks?|locale)/|_test\.py|/test_|conftest|_pb2"
)


def fetch(cache: Path) -> None:
    """Download what is not there yet."""
    for package in PACKAGES:
        target = cache / package
        if not target.exists():
            command = ["uv", "pip", "install", "--quiet", "--no-deps", "--no-build", "--target", str(target)]
            subprocess.run([*command, package], check=False)


def fetch_sources(cache: Path) -> None:
    """Download and unpack the source distributions that are not there yet; some cannot be had."""
    for package in SOURCES:
        target = cache / "sources" / package
        if target.exists():
            continue
        target.mkdir(parents=True)
        command = [
            "uvx",
            "-q",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary",
            ":all:",
            "-d",
            str(target),
        ]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run([*command, package], check=False, timeout=120)
        for archive in target.glob("*.tar.gz"):
            with tarfile.open(archive) as opened:
                opened.extractall(target, filter="data")


def tutorials(cache: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (package, path, text) of notebooks, galleries and documents."""
    for package in SOURCES:
        folder = cache / "sources" / package
        for path in sorted(folder.rglob("*")):
            shown = str(path.relative_to(folder))
            told = path.suffix == ".py" and re.search(r"examples?/|tutorials?/|gallery|docs?/|demos?/", shown)
            if path.is_file() and (told or path.suffix in {".ipynb", ".md", ".rst"}):
                yield package, shown, path.read_text("utf-8", errors="replace")


def modules(cache: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (package, path, text) of modules and read-mes."""
    for package in PACKAGES:
        for path in sorted((cache / package).rglob("*")):
            shown = str(path.relative_to(cache / package))
            top = shown.partition("/")[0].removesuffix(".py")
            if top in HELD_OUT or _NOT_TAUGHT.search(shown):
                continue
            if path.suffix == ".py" or path.name == "METADATA":
                yield package, shown, path.read_text("utf-8", errors="replace")
    library = Path(importlib.util.find_spec("ast").origin or "").parent  # type: ignore[union-attr]
    for path in sorted([*library.glob("*.py"), *library.glob("*/*.py")]):
        top = path.relative_to(library).parts[0].removesuffix(".py")
        if top in STANDARD_LIBRARY:
            yield f"the standard library: {top}", path.name, path.read_text("utf-8", errors="replace")


def examples(text: str) -> Iterator[str]:
    """Yield the code of fences, directives and interpreter sessions in a text."""
    for match in _FENCE.finditer(text + "\n"):
        code = textwrap.dedent(match[2])
        yield session(code) if re.search(r"^\s*>>> ", code, re.MULTILINE) else code
    rest = _FENCE.sub("", text + "\n")
    for match in _BLOCK.finditer(rest + "\n\n"):
        code = textwrap.dedent(match[2])
        if not re.search(r"^\s*>>> ", code, re.MULTILINE):
            yield code
    yield session(rest)


def cells(text: str) -> Iterator[str]:
    """Yield the code of a notebook's cells that is Python alone."""
    try:
        content = json.loads(text)
    except ValueError:
        return
    for cell in content.get("cells", []):
        source = cell.get("source", "")
        code = source if isinstance(source, str) else "".join(source)
        if (
            cell.get("cell_type") == "code"
            and code.strip()
            and not re.search(r"^\s*[%!?]|\?\s*$", code, re.MULTILINE)
        ):
            yield code


def merged(codes: list[str]) -> Iterator[str]:
    """Yield pieces that stand one after the other as one, as the cells of a notebook would."""
    gathered: list[str] = []
    size = 0
    for code in codes:
        lines = sum(bool(line.strip()) for line in code.split("\n"))
        if size and size + lines > 45:
            if size >= 15 and len(gathered) > 1:
                yield "\n".join(gathered)
            gathered, size = [], 0
        if 0 < lines <= 45:
            gathered.append(code)
            size += lines
    if size >= 15 and len(gathered) > 1:
        yield "\n".join(gathered)


def session(text: str) -> str:
    """Return what was typed in an interpreter session."""
    try:
        return "".join(example.source for example in DocTestParser().get_examples(text))
    except ValueError:
        return ""


def samples(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, code) from one file."""
    if path.endswith(".ipynb"):
        found = list(cells(text))
        yield from (("tutorial", code) for code in found)
        yield from (("long", code) for code in merged(found))
        return
    if path.endswith((".md", ".rst")):
        found = list(examples(text))
        yield from (("docs", code) for code in found)
        yield from (("long", code) for code in merged(found))
        return
    if path.endswith("METADATA"):
        found = list(examples(text.partition("\n\n")[2]))
        yield from (("docs", code) for code in found)
        yield from (("long", code) for code in merged(found))
        return
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            document = ast.get_docstring(node) or ""
            if any(mark in document for mark in (">>>", "```", "::")):
                found += examples(document)
    yield from (("docs", code) for code in found)
    yield from (("long", code) for code in merged(found))
    lines = text.split("\n")
    starts = [
        min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) for node in tree.body
    ]
    ends = [node.end_lineno or node.lineno for node in tree.body]
    defines = [isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in tree.body]
    for place, node in enumerate(tree.body):
        long = ends[place] - starts[place] + 1
        if defines[place] and 8 <= long <= 60:
            yield "function", "\n".join(lines[starts[place] - 1 : ends[place]])
        elif isinstance(node, ast.ClassDef):
            for method in node.body[:5]:
                if (
                    isinstance(method, ast.FunctionDef)
                    and 8 <= (method.end_lineno or 0) - method.lineno <= 60
                ):
                    yield "function", textwrap.dedent("\n".join(lines[method.lineno - 1 : method.end_lineno]))
    first = 0
    for _ in range(3):
        last = first
        while last + 1 < len(starts) and ends[last + 1] - starts[first] < 60:
            last += 1
        if last > first and any(defines[first : last + 1]):
            yield "fragment", "\n".join(lines[starts[first] - 1 : ends[last]])
        first = last + 1
        if first >= len(starts):
            break
    full = sum(bool(line.strip()) for line in lines)
    if 15 <= full <= 120 and True in defines and False in defines[defines.index(True) :]:
        yield "script", text


class Sample(NamedTuple):
    """Code without its indentation, and the indentation."""

    kind: str
    lines: list[str]
    columns: list[int]


def flattened(code: str) -> tuple[list[str], list[int]]:
    """Return the lines without indentation, and their columns."""
    lines = [line.expandtabs(8) for line in code.replace("\f", "").split("\n") if line.strip()]
    return [" ".join(line.split()) for line in lines], [len(line) - len(line.lstrip()) for line in lines]


def chosen(cache: Path) -> list[Sample]:
    """Return the samples to learn from; the same for the same packages."""
    kept = cache / "samples.pickle"
    if kept.exists():
        found: list[Sample] = pickle.loads(kept.read_bytes())  # noqa: S301 - written below
        return found
    pool: dict[str, dict[str, Sample]] = {kind: {} for kind in WANTED}
    for package, path, text in chain(tutorials(cache), modules(cache)):
        document = path.endswith(("METADATA", ".ipynb", ".md", ".rst"))
        if len(text) > (3_000_000 if document else 400_000) or not (document or "def " in text):
            continue
        for kind, code in samples(path, text):
            lines, columns = flattened(code)
            if not 3 <= len(lines) <= 120 or max(map(len, lines)) > 220 or not any(columns):
                continue
            try:
                ast.parse(textwrap.dedent(code))
            except (SyntaxError, ValueError, RecursionError):
                continue
            mark = hashlib.sha1("\n".join(lines).encode("utf-8", "replace")).hexdigest()  # for order only
            pool[kind].setdefault(mark + "\t" + package, Sample(kind, lines, columns))
    result = []
    for kind, wanted in WANTED.items():
        taken: Counter[str] = Counter()
        seen: set[str] = set()
        for key in sorted(pool[kind]):
            mark, _, package = key.partition("\t")
            if mark in seen or taken[package] >= wanted * SHARE or sum(taken.values()) >= wanted:
                continue
            seen.add(mark)
            taken[package] += 1
            result.append(pool[kind][key])
        say(f"{kind}: {sum(taken.values())} of {len(pool[kind])}")
    kept.write_bytes(pickle.dumps(result))
    return result


class Choices:
    """Choices between options that are described by features, as numbers."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.features = array("i")
        self.values = array("d")
        self.option_of = array("i")  # the option of each feature
        self.choice_of = array("i")  # the choice of each option
        self.truth = array("i")  # the option that was right, of each choice
        self.importance = array("d")  # of each choice

    def add(self, options: list[dict[str, float]], right: int, importance: float) -> None:
        """Note one choice."""
        choice = len(self.truth)
        self.truth.append(len(self.choice_of) + right)
        self.importance.append(importance)
        for option in options:
            number = len(self.choice_of)
            self.choice_of.append(choice)
            for word, value in option.items():
                self.features.append(self.words.setdefault(word, len(self.words)))
                self.values.append(value)
                self.option_of.append(number)

    def counts(self) -> np.ndarray:
        """Return how often each feature occurs."""
        return np.bincount(np.frombuffer(self.features, dtype=np.int32), minlength=len(self.words))


def followed(choices: Choices, sample: Sample) -> bool:
    """Follow the right reading, noting what else each step could have been; False if rules forbid it."""
    reading = read(sample.lines)
    statements = reading.statements
    levels = right_levels(reading, sample)
    if levels is None:
        return True
    ahead, hints = look_ahead(statements), hints_of(statements)
    placed = START
    for place, (statement, level) in enumerate(zip(statements, levels, strict=True)):
        options = levels_left(statements, place, placed, ahead)
        if level not in options:
            return False
        if len(options) > 1:
            described = [
                dict.fromkeys(features(statements, hints, place, placed, option), 1.0) for option in options
            ]
            choices.add(described, options.index(level), WEIGHT[sample.kind])
        placed = put(statement, place, placed, level)
    return True


def ranked_among(choices: Choices, sample: Sample, weights: dict[str, float]) -> None:
    """Note which of the likeliest readings of a sample is right."""
    reading = read(sample.lines)
    levels = right_levels(reading, sample)
    paths = search(reading, Weights(weights, {}), WIDTH) if levels else []
    right = next((place for place, path in enumerate(paths) if list(path.levels) == levels), -1)
    if right < 0 or len(paths) < 2:
        return
    statements = reading.statements
    hints, ahead = hints_of(statements), look_ahead(statements)
    counted = []
    for path in paths:
        words = Counter(whole_features(statements, hints, path.levels))
        placed = START
        for place, (statement, level) in enumerate(zip(statements, path.levels, strict=True)):
            if len(levels_left(statements, place, placed, ahead)) > 1:
                words.update(features(statements, hints, place, placed, level))
            placed = put(statement, place, placed, level)
        counted.append(words)
    # What all readings share decides nothing.
    shared = Counter(counted[0])
    for words in counted[1:]:
        shared &= words
    options: list[dict[str, float]] = []
    for words, path in zip(counted, paths, strict=True):
        described: dict[str, float] = {word: float(count) for word, count in (words - shared).items()}
        options.append({**described, STEPS: path.chance})
    choices.add(options, right, WEIGHT[sample.kind])


def right_levels(reading: Reading, sample: Sample) -> list[int] | None:
    """Return the levels that the sample's statements had."""
    if not reading.whole or not reading.statements:
        return None
    return levels_of([sample.columns[statement.first] for statement in reading.statements])


def levels_of(columns: list[int]) -> list[int] | None:
    """Return the nesting level of each column; None where one fits no level that is open."""
    stack, levels = [columns[0]], []
    for column in columns:
        if column > stack[-1]:
            stack.append(column)
        while stack and stack[-1] > column:
            stack.pop()
        if not stack or stack[-1] != column:
            return None
        levels.append(len(stack) - 1)
    return levels


def fitted(choices: Choices, kept: np.ndarray, rounds: int, penalty: float) -> np.ndarray:
    """Return the weights that make the right options likeliest (Adam, all choices at once)."""
    words = np.frombuffer(choices.features, dtype=np.int32)
    values = np.frombuffer(choices.values, dtype=np.float64)
    option_of = np.frombuffer(choices.option_of, dtype=np.int32)
    choice_of = np.frombuffer(choices.choice_of, dtype=np.int32)
    truth = np.frombuffer(choices.truth, dtype=np.int32)
    importance = np.frombuffer(choices.importance, dtype=np.float64)
    mask = kept[words]
    words, values, option_of = words[mask], values[mask], option_of[mask]
    size, options = len(choices.words), len(choice_of)
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    right = np.zeros(options)
    right[truth] = 1.0
    starts = np.flatnonzero(np.r_[True, choice_of[1:] != choice_of[:-1]])
    for step in range(1, rounds + 1):
        scores = np.bincount(option_of, weights[words] * values, minlength=options)
        scores -= np.maximum.reduceat(scores, starts)[choice_of]
        chances = np.exp(scores)
        chances /= np.add.reduceat(chances, starts)[choice_of]
        slope = (chances - right) * importance[choice_of]
        gradient = np.bincount(words, slope[option_of] * values, minlength=size) + penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.15 * (1 - step / (rounds + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    loss = -np.log(chances[truth] + 1e-12).mean()
    hit = (chances[truth] >= np.maximum.reduceat(chances, starts) - 1e-12).mean()
    say(f"{len(truth)} choices: loss {loss:.4f}, right {hit:.4f}")
    return weights


def steps_table(samples: list[Sample]) -> dict[str, float]:
    """Return the weights of the single steps, the most useful ones only."""
    choices = Choices()
    excluded = sum(not followed(choices, sample) for sample in samples)
    say(f"{len(samples)} samples, {len(choices.words)} features, {excluded} excluded by the rules")
    return _useful(choices, LARGEST, PENALTY, 120)


def whole_table(samples: list[Sample]) -> dict[str, float]:
    """Return the weights of whole readings, learned where the steps' weights never saw the sample."""
    half = len(samples) // 2
    choices = Choices()
    for learned, judged in ((samples[:half], samples[half:]), (samples[half:], samples[:half])):
        weights = steps_table(learned)
        for sample in judged:
            ranked_among(choices, sample, weights)
    return _useful(choices, LARGEST_WHOLE, PENALTY_WHOLE, 150)


def _useful(choices: Choices, largest: int, penalty: float, rounds: int) -> dict[str, float]:
    counts = choices.counts()
    weights = fitted(choices, counts >= 6, rounds, penalty)
    worth = np.abs(weights) * np.log1p(counts)
    kept = np.zeros(len(counts), dtype=bool)
    kept[np.argsort(-worth)[:largest]] = True
    weights = fitted(choices, kept & (np.abs(weights) > 0.02), rounds, penalty)
    return {word: weights[index] for word, index in choices.words.items() if abs(weights[index]) >= 0.005}


def say(sentence: str) -> None:
    """Tell how far it is."""
    print(sentence, file=sys.stderr)


def _hundredths(weights: dict[str, float], word: str) -> str:
    return str(round(100 * weights[word])) if word in weights else ""


def main(cache: Path) -> None:
    """Write the table."""
    warnings.simplefilter("ignore")
    fetch(cache)
    fetch_sources(cache)
    samples = chosen(cache)
    random.Random(0).shuffle(samples)  # for order only
    whole, steps = whole_table(samples), steps_table(samples)
    rows = [
        f"{word}\t{_hundredths(steps, word)}\t{_hundredths(whole, word)}"
        for word in sorted({**whole, **steps})
    ]
    head = "# Word, weight of a step and in a whole, in hundredths; by scripts/learn_indentation.py\n"
    TABLE.write_text(head + "\n".join(rows) + "\n", "utf-8")
    say(f"{len(rows)} weights, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The code that indentation is learned from: packages on PyPI and the standard library.

What accuracy is judged on never goes in: see HELD_OUT.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import tarfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = """
accelerate aima3 algorithms altair anthropic anytree arrow astropy attrs autograd autokeras ax-platform
bayesian-optimization binarytree bokeh boltons botorch captum catboost-dev celery chainer chex cirq-core
cleanrl d2l dagster darts dash datasets deap deepchem dgl diffusers distrax django dm-sonnet dowhy econml
einops equinox evaluate fairlearn fastai fastapi flair flax gensim geopandas gluonts gpflow gradio
haystack-ai holoviews huggingface-hub hyperopt hypothesis ibis-framework igraph imageio imbalanced-learn ivy
jax kedro keras-cv keras-rl2 kornia langchain langchain-core lightgbm lightning lime llama-index-core loguru
ludwig luigi manim marshmallow metaflow mindspore mlflow-skinny mlxtend monai more-itertools moviepy music21
mxnet networkit numba numpy numpy-ml numpyro oneflow open3d openai opencv-python-headless optimum optuna
paddlepaddle pandas pandera panel parlai pendulum pennylane pettingzoo pgmpy pillow plotly
plotnine polars prefect prophet pulp pybullet pygame pygorithm pymc pyod pyomo pyparsing pyro-ppl
pyspark-client pyswarms pytest python-igraph python-telegram-bot pythonds3 pytorch-forecasting
pytorch-ignite pytorch-lightning pyvista qiskit ray rdkit-pypi requests rich river sanic scikit-image
scikit-learn scikit-optimize scipy scrapy seaborn sentence-transformers sentencepiece shap simpleai simpy
skorch sktime smolagents spektral sqlalchemy starlette statsmodels stellargraph streamlit sunpy supersuit
sympy tenacity tensordict tensorflow-addons tensorflow-gnn tensorflow-lattice tensorflow-model-analysis
tensorflow-probability tensorflow-ranking tensorflow-text tensorflow-transform tensorforce tensorlayer
tensorlayerx tensornetwork textblob textual tf-agents tf-models-official tf-quant-finance tflearn tfx
tianshou timm tinygrad toolz torch-geometric torchaudio torchrl torchvision tornado tqdm transformers trax
treelib trimesh trl tslearn typer vedo wandb xarray xgboost-cpu yellowbrick zenml
""".split()
SOURCE_PACKAGES = """
adversarial-robustness-toolbox aif360 alibi anytree attrs autokeras ax-platform bayesian-optimization
bert-for-tf2 binarytree botorch captum chex cleverhans darts deap deepctr deepxde diffrax distrax dowhy
econml einops emcee equinox fastai fastapi flax gpjax gpytorch holoviews hvplot imbalanced-learn interpret
jax kapre keras-bert keras-cv keras-multi-head keras-rl2 keras-self-attention ktrain librosa lifelines lmfit
mesa mlxtend nbdev nengo numpyro optuna panel pgmpy poutyne pyod pyro-ppl pythonds3 pytorch-ignite
pytorch-tabnet sbi scikeras scikit-optimize seaborn shap skorch sktime spektral sqlmodel sympy
tensorflow-model-analysis tensorflow-ranking tensorflow-similarity tensorforce tensorlayer tf-explain
tianshou torchdiffeq trio tslearn typer xarray
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
_EXCLUDED_PATHS = re.compile(
    r"(?:^|/)(?:tests?|testing|_vendor|vendor|thirdparty_files|third_party|benchmarks?|locale)/|_test\.py|/test_|conftest|_pb2"
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
    for package in SOURCE_PACKAGES:
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


def tutorial_texts(cache: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (package, path, text) of notebooks, galleries and documents."""
    for package in SOURCE_PACKAGES:
        folder = cache / "sources" / package
        for path in sorted(folder.rglob("*")):
            shown = str(path.relative_to(folder))
            told = path.suffix == ".py" and re.search(
                r"examples?/|tutorials?/|gallery|docs?/|docs_src/|demos?/", shown
            )
            if path.is_file() and (told or path.suffix in {".ipynb", ".md", ".rst"}):
                yield package, shown, path.read_text("utf-8", errors="replace")


def module_texts(cache: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (package, path, text) of modules and read-mes."""
    for package in PACKAGES:
        for path in sorted((cache / package).rglob("*")):
            shown = str(path.relative_to(cache / package))
            top = shown.partition("/")[0].removesuffix(".py")
            if top in HELD_OUT or _EXCLUDED_PATHS.search(shown):
                continue
            if path.suffix == ".py" or path.name == "METADATA":
                yield package, shown, path.read_text("utf-8", errors="replace")
    library = Path(importlib.util.find_spec("ast").origin or "").parent  # type: ignore[union-attr]
    for path in sorted([*library.glob("*.py"), *library.glob("*/*.py")]):
        top = path.relative_to(library).parts[0].removesuffix(".py")
        if top in STANDARD_LIBRARY:
            yield f"the standard library: {top}", path.name, path.read_text("utf-8", errors="replace")

"""Names the distribution that brings a module: what pip installs is often named unlike what code imports."""

from __future__ import annotations

import re

_DISTRIBUTIONS = {
    "absl": "absl-py",
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "Crypto": "pycryptodome",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "faiss": "faiss-cpu",
    "fitz": "PyMuPDF",
    "git": "GitPython",
    "google.auth": "google-auth",
    "google.cloud.aiplatform": "google-cloud-aiplatform",
    "google.cloud.bigquery": "google-cloud-bigquery",
    "google.cloud.storage": "google-cloud-storage",
    "google.protobuf": "protobuf",
    "googleapiclient": "google-api-python-client",
    "grpc": "grpcio",
    "gym_super_mario_bros": "gym-super-mario-bros",
    "IPython": "ipython",
    "jose": "python-jose",
    "jwt": "PyJWT",
    "kerastuner": "keras-tuner",
    "keras_cv": "keras-cv",
    "keras_hub": "keras-hub",
    "keras_nlp": "keras-nlp",
    "keras_tuner": "keras-tuner",
    "magic": "python-magic",
    "mpl_toolkits": "matplotlib",
    "MySQLdb": "mysqlclient",
    "OpenGL": "PyOpenGL",
    "OpenSSL": "pyOpenSSL",
    "PIL": "pillow",
    "pkg_resources": "setuptools",
    "pptx": "python-pptx",
    "psycopg2": "psycopg2-binary",
    "pylab": "matplotlib",
    "pytorch_lightning": "pytorch-lightning",
    "serial": "pyserial",
    "sentence_transformers": "sentence-transformers",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "skopt": "scikit-optimize",
    "slugify": "python-slugify",
    "telegram": "python-telegram-bot",
    "tensorflow_addons": "tensorflow-addons",
    "tensorflow_cloud": "tensorflow-cloud",
    "tensorflow_data_validation": "tensorflow-data-validation",
    "tensorflow_datasets": "tensorflow-datasets",
    "tensorflow_federated": "tensorflow-federated",
    "tensorflow_hub": "tensorflow-hub",
    "tensorflow_io": "tensorflow-io",
    "tensorflow_model_analysis": "tensorflow-model-analysis",
    "tensorflow_model_optimization": "tensorflow-model-optimization",
    "tensorflow_probability": "tensorflow-probability",
    "tensorflow_serving": "tensorflow-serving-api",
    "tensorflow_text": "tensorflow-text",
    "tensorflow_transform": "tensorflow-transform",
    "tf_keras": "tf-keras",
    "tflite_runtime": "tflite-runtime",
    "usb": "pyusb",
    "win32api": "pywin32",
    "wx": "wxPython",
    "yaml": "PyYAML",
    "zmq": "pyzmq",
}
"""Distributions by the module that they bring; where a folder is shared, like `google`, by the part of it."""

_SECOND_MODULES = frozenset({"kerastuner", "mpl_toolkits", "pkg_resources", "pylab"})
"""Modules that are not what their distribution is known for."""

_MODULES = {
    distribution.lower(): module
    for module, distribution in _DISTRIBUTIONS.items()
    if module not in _SECOND_MODULES
}


def distribution_of(module: str) -> str:
    """Return the name by which pip knows what brings a module: `opencv-python` of `cv2`.

    A module that is not in the table comes from a distribution of its own name, and so does a distribution.
    """
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        if found := _DISTRIBUTIONS.get(".".join(parts[:length])):
            return found
    return parts[0] if parts[0] != "google" else "-".join(parts)


def module_of(distribution: str) -> str:
    """Return the module that a distribution brings: `cv2` of `opencv-python`; a module stays as it is."""
    return _MODULES.get(distribution.lower()) or re.sub(r"[-.]", "_", distribution)

from __future__ import annotations

import pytest

from cards.python.distribution import distribution_of, module_of


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        ("cv2", "opencv-python"),
        ("sklearn.metrics", "scikit-learn"),
        ("PIL.Image", "pillow"),
        ("yaml", "PyYAML"),
        ("bs4", "beautifulsoup4"),
        ("tensorflow_serving", "tensorflow-serving-api"),
        ("tensorflow_serving.apis", "tensorflow-serving-api"),
        ("tensorflow_datasets", "tensorflow-datasets"),
        ("skimage", "scikit-image"),
        ("dateutil.parser", "python-dateutil"),
        ("google.protobuf", "protobuf"),
        ("google.cloud.storage.blob", "google-cloud-storage"),
        ("google.cloud.spanner", "google-cloud-spanner"),
        ("surely_not_installed", "surely_not_installed"),
        ("pandas.io", "pandas"),
        ("opencv-python", "opencv-python"),
    ],
)
def test_a_module_is_named_as_pip_knows_it(module: str, distribution: str) -> None:
    assert distribution_of(module) == distribution


@pytest.mark.parametrize(
    ("distribution", "module"),
    [
        ("opencv-python", "cv2"),
        ("scikit-learn", "sklearn"),
        ("Pillow", "PIL"),
        ("pyyaml", "yaml"),
        ("tensorflow-serving-api", "tensorflow_serving"),
        ("protobuf", "google.protobuf"),
        ("keras-tuner", "keras_tuner"),
        ("matplotlib", "matplotlib"),
        ("cv2", "cv2"),
        ("tf-keras", "tf_keras"),
    ],
)
def test_a_distribution_is_found_by_its_module(distribution: str, module: str) -> None:
    assert module_of(distribution) == module

"""The versions that `prove --on` is given."""

from __future__ import annotations

import click
import pytest

from srs.cli.matrix.wanted_version import parse_wanted_versions


@pytest.mark.parametrize(
    ("text", "requirements"),
    [
        ("2.16,2.18", ["tensorflow==2.16.*", "tensorflow==2.18.*"]),
        ("2.20, 2.9 ,2.16.1", ["tensorflow==2.9.*", "tensorflow==2.16.1", "tensorflow==2.20.*"]),
        ("numpy==2,numpy==1.26", ["numpy==1.26.*", "numpy==2.*"]),
        ("NumPy == 2.3.*", ["numpy==2.3.*"]),
        ("tensorflow==2.16,2.16", ["tensorflow==2.16.*"]),
        ("2.20.0rc1", ["tensorflow==2.20.0rc1"]),
    ],
)
def test_a_list_names_requirements_the_oldest_first(text: str, requirements: list[str]) -> None:
    assert [each.requirement for each in parse_wanted_versions(text)] == requirements


@pytest.mark.parametrize("text", ["", ",", "latest", "numpy>=2", "numpy", "--index-url=x", "2.16 2.18"])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter):
        parse_wanted_versions(text)


def test_a_tensorflow_has_the_keras_2_of_its_own_line() -> None:
    (one,) = parse_wanted_versions("2.16.1")
    assert (one.name, one.keras_2()) == ("2.16.1", ("tf-keras==2.16.*",))
    (other,) = parse_wanted_versions("numpy==2.3")
    assert (other.name, other.keras_2()) == ("numpy==2.3", ())

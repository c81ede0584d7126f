"""Paths of this machine in what code printed: what is written in their place, and what stays."""

# ruff: noqa: S108, E501 - texts that are compared, no files; a row of a table is a line

from __future__ import annotations

import pytest

from cards.prove.client.machine_path import hide_installation, hide_temporary


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("/home/ann/env/lib/python3.11/site-packages/keras/a.py", "<site-packages>/keras/a.py"),
        ("'/usr/lib/python3/dist-packages/numpy'", "'<site-packages>/numpy'"),
        ("<module 'json' from '/opt/py/lib/python3.12/json/__init__.py'>", "<module 'json' from '<stdlib>/json/__init__.py'>"),
        ("/usr/bin/python3.11 -m pip", "<python> -m pip"),
        ("/home/ann/env/bin/python", "<python>"),
        ("['/srv/app/.venv', '/home/ann/.pyenv/versions/3.11.7']", "['<prefix>', '<prefix>']"),
        ("/home/ann/.local/share/uv/python/cpython-3.12.1-linux-x86_64-gnu/include", "<prefix>/include"),
        ('File "/a b/lib/python3.11/site-packages/x.py"', 'File "/a b/lib/python3.11/site-packages/x.py"'),
        ("two: /a/site-packages/x and /b/site-packages/y", "two: <site-packages>/x and <site-packages>/y"),
        ("<site-packages>/keras/a.py", "<site-packages>/keras/a.py"),
        ("#!/usr/bin/python3", "#!/usr/bin/python3"),
        ("https://example.org/bin/python", "https://example.org/bin/python"),
        ("/data/bin/pythonic and lib/python3.11/json", "/data/bin/pythonic and lib/python3.11/json"),
        ("site-packages are where pip puts them", "site-packages are where pip puts them"),
        ("/tmp/tmpab12cd_9/model.keras", "/tmp/tmpab12cd_9/model.keras"),
    ],
)  # fmt: skip
def test_paths_of_an_installed_python_are_the_same_on_every_machine(text: str, hidden: str) -> None:
    assert hide_installation(text) == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("in /tmp/tmpab12cd_9/model.keras", "in <temporary>/model.keras"),
        ("/private/var/folders/x1/y2/T/tmpab12cd_9", "<temporary>"),
        ("/tmp and /tmp/data and /tmp/tmpfile", "/tmp and /tmp/data and /tmp/tmpfile"),
        ("/tmp/tmpab12cd_9x", "/tmp/tmpab12cd_9x"),
    ],
)
def test_random_names_of_temporary_files_are_not_remembered(text: str, hidden: str) -> None:
    assert hide_temporary(text) == hidden

"""The methods that base classes call: each is there in the library that is installed."""

from __future__ import annotations

import ast
import html.parser
import json
import multiprocessing
import threading
import unittest

import pytest

from cards.atomize.named.overridden import HOOKS

STANDARD = {
    "Thread": threading.Thread,
    "Process": multiprocessing.Process,
    "JSONEncoder": json.JSONEncoder,
    "NodeVisitor": ast.NodeVisitor,
    "HTMLParser": html.parser.HTMLParser,
    "TestCase": unittest.TestCase,
}


@pytest.mark.parametrize("name", STANDARD)
def test_a_class_of_the_standard_library_has_the_methods_that_are_asked_for(name: str) -> None:
    assert [hook for hook in HOOKS[name] if not hasattr(STANDARD[name], hook)] == []


@pytest.mark.slow
def test_a_class_of_keras_has_the_methods_that_are_asked_for() -> None:
    import keras

    places = (
        keras,
        keras.layers,
        keras.losses,
        keras.metrics,
        keras.callbacks,
        keras.utils,
        keras.optimizers,
        keras.regularizers,
        keras.constraints,
        keras.initializers,
        keras.optimizers.schedules,
    )
    # A data set counts its batches only where it is written; the base class has no `__len__`.
    written = {("Sequence", "__len__"), ("PyDataset", "__len__")}
    lacking = [
        (base, hook)
        for base, hooks in HOOKS.items()
        for place in places
        if (found := getattr(place, base, None)) is not None
        for hook in hooks
        if not hasattr(found, hook) and (base, hook) not in written
    ]
    assert lacking == []

"""Notebooks as Jupyter writes them."""

from __future__ import annotations

import json
from typing import Any


def markdown(source: str) -> dict[str, Any]:
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    """Return a code cell with the outputs that its author's run left."""
    return {
        "cell_type": "code",
        "metadata": {},
        "execution_count": 1,
        "source": source.splitlines(keepends=True),
        "outputs": list(outputs),
    }


def printed(text: str, stream: str = "stdout") -> dict[str, Any]:
    """Return what a cell wrote to a stream."""
    return {"output_type": "stream", "name": stream, "text": text.splitlines(keepends=True)}


def displayed(text: str) -> dict[str, Any]:
    """Return the value of a cell's last expression, as Jupyter displays it."""
    data = {"text/plain": text.splitlines(keepends=True)}
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}


def drawn() -> dict[str, Any]:
    """Return a picture that a cell drew."""
    data = {"image/png": "iVBORw0K", "text/plain": ["<Figure size 640x480 with 1 Axes>"]}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def raised(name: str, text: str) -> dict[str, Any]:
    """Return the exception that a cell ended in."""
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": ["\x1b[0;31mTraceback"]}


def notebook(*cells: dict[str, Any], language: str = "python") -> str:
    """Return the text of a notebook file."""
    metadata = {"kernelspec": {"name": "kernel", "language": language}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}, indent=1)

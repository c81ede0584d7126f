"""`proofdeck new`: a small guide that shows the format, to begin with."""

from __future__ import annotations

import re
from pathlib import Path

import click

from cards.errors import ExportError
from srs.cli.output.program_name import as_called, with_file
from srs.cli.volume import only_reports

_TEXT = """\
---
tags: [first]
---

# {title}

What this guide is about. Text before the first question makes no cards.

## Basics

### Q1. What is a generator?

A **generator** is a function that yields values one at a time. It remembers where it stopped, so the next
value is made only when somebody asks for it.

| Aspect | List            | Generator           |
|--------|-----------------|---------------------|
| Memory | all values      | one value at a time |
| Reads  | as often as you like | once           |

- **`yield`**: hands out a value and stops there until the next one is wanted
- **`next`**: asks a generator for one value

### Q2. What happens when a generator is read twice?

A generator is empty the second time because it remembers that it has come to its end.

```python
squares = (number * number for number in range(4))

print(sum(squares))
print(sum(squares))
```

```output
14
0
```

## Going on

### Q3. Why does this code fail?

`next` raises `StopIteration` **when there is no value left**, unless its second argument is a default.

```python raises=StopIteration
values = iter([1])
next(values)
next(values)
```

<!-- Words beside `python` say how code is run: `no-run="why"`, `timeout=60`, `tolerance=0.01`, ... The page
"The guide format" of proofdeck's documents has the rest. Now write your own questions. -->
"""


@only_reports()
@click.command(name="new")
@click.argument("guide", metavar="GUIDE", type=click.Path())
@click.option("--title", metavar="TITLE", help="What the guide is called.  [default: by the file's name]")
@click.option("--editor", is_flag=True, help="Also write snippets for VS Code into .vscode beside the guide.")
@click.option("--force", is_flag=True, help="Overwrite the guide that is there.")
def command(guide: str, title: str | None, *, editor: bool, force: bool) -> None:
    """Write a small guide to GUIDE that shows the format; it builds at once, without TensorFlow.

    Its questions are about Python: change them into your own. `proofdeck build GUIDE` makes cards of it.
    """
    path = Path(guide)
    if path.suffix.lower() not in {".md", ".markdown"}:
        named = path.with_suffix(".md") if path.name else path / "guide.md"
        raise click.UsageError(f"A guide is a Markdown file: {named}.")
    if path.exists() and not force:
        raise ExportError(f"{guide} is there already; name another file, or overwrite it with --force.")
    called = title or _title(path.stem)
    _write(path, _TEXT.replace("{title}", " ".join(called.split())))
    click.echo(f"{guide} is written: three questions that show the format.")
    if editor:
        from srs.cli.author.editor_snippets import SNIPPETS_NAME, editor_snippets

        target = path.parent / ".vscode" / SNIPPETS_NAME
        _write(target, editor_snippets())
        click.echo(
            f"{target} is written: type `proofdeck` in a guide, and VS Code offers what may stand there."
        )
    build, watch = with_file("build", guide), with_file("build --watch", guide)
    said = f"`proofdeck {build}`, then edit it; `proofdeck {watch}` builds at every save."
    click.echo(as_called(f"Next: {said}"))


def _title(stem: str) -> str:
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return words[:1].upper() + words[1:] or "My guide"


def _write(path: Path, text: str) -> None:
    from cards.files import write_atomically

    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from error

"""A guide that is reached through a link is the guide that the link leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk


def test_the_lock_lies_beside_the_guide_that_a_link_leads_to(desk: Desk) -> None:
    (desk.folder / "real").mkdir()
    real = desk.write(name="real/small.md")
    (desk.folder / "small.md").symlink_to(real)
    assert desk.run("build", "small.md").exit_code == 0
    assert real.with_suffix(".lock").is_file()
    assert not (desk.folder / "small.lock").exists()


def test_a_link_of_another_name_is_a_guide_of_its_own(desk: Desk) -> None:
    (desk.folder / "real").mkdir()
    real = desk.write(name="real/small.md")
    (desk.folder / "other.md").symlink_to(real)
    assert desk.run("build", "other.md").exit_code == 0
    assert (desk.folder / "other.lock").is_file()
    assert not real.with_suffix(".lock").exists()


@pytest.mark.slow
def test_what_is_mended_through_a_link_is_mended_in_the_guide_itself(desk: Desk) -> None:
    (desk.folder / "real").mkdir()
    stated = "# Sums\n\n### What is printed?\n\n```python\nprint(sum(range(4)))\n# prints: {}\n```\n"
    real = desk.write(stated.format(7), "real/small.md")
    real.chmod(0o600)
    (desk.folder / "small.md").symlink_to(real)
    assert desk.run("prove", "--update", "small.md").exit_code == 0
    assert (desk.folder / "small.md").is_symlink()
    assert (real.read_text("utf-8"), real.stat().st_mode & 0o777) == (stated.format(6), 0o600)

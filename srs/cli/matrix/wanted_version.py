"""A version that a person asks for: `2.16` of TensorFlow, or `numpy==1.26`."""

from __future__ import annotations

from dataclasses import dataclass

import click

from cards.program.release import minor, release
from cards.regex import regex

_WANTED = regex(r"(?:(?P<package>[A-Za-z0-9][\w.-]*)\s*==\s*)?(?P<version>\d+(?:\.\d+)*(?:\w*))(?:\.\*)?")
_LONGEST_LINE = 2
"""So many numbers name a line of releases: 2.16 is any 2.16.x."""


@dataclass(frozen=True, slots=True)
class WantedVersion:
    """A package in a version, or in any of a line of releases."""

    package: str
    version: str

    @property
    def name(self) -> str:
        """As it stands in the table: `2.16` of TensorFlow, `numpy==1.26` of another package."""
        return self.version if self.package == "tensorflow" else f"{self.package}=={self.version}"

    @property
    def requirement(self) -> str:
        """As installers take it: `tensorflow==2.16.*`."""
        is_line = self.version.replace(".", "").isdigit() and self.version.count(".") < _LONGEST_LINE
        return f"{self.package}=={self.version}{'.*' if is_line else ''}"

    def keras_2(self) -> tuple[str, ...]:
        """Return the requirement of the Keras 2 that belongs to a TensorFlow; none for other packages."""
        return (f"tf-keras=={minor(self.version)}.*",) if self.package == "tensorflow" else ()


def parse_wanted_versions(text: str) -> tuple[WantedVersion, ...]:
    """Return the versions of a list such as `2.16,numpy==1.26`, the oldest of each package first."""
    found = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        match = _WANTED.fullmatch(part)
        if match is None:
            raise click.BadParameter(f"{part!r} is no version; write 2.16,2.18 or numpy==1.26,numpy==2.3.")
        found.append(WantedVersion((match["package"] or "tensorflow").lower(), match["version"]))
    if not found:
        raise click.BadParameter("name at least one version, such as 2.16,2.18.")
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.package, release(each.version))))

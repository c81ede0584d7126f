"""The program's version, from which the package's metadata is read."""

__version__ = "0.1.0"

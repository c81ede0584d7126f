"""A copied page becomes a guide: lines classified, code indented, missing names supplied by stand-ins."""

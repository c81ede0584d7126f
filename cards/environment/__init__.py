"""Python environments with what a guide's code needs, made by uv and kept."""

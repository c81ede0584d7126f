"""A Jupyter notebook becomes the Markdown of a guide."""

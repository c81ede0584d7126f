"""Lines with looks, and the screen that they are put on: what a sitting draws with."""

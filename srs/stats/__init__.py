"""Review statistics, as data, terminal screen and HTML page."""

"""Programs to run, the versions they run under, and the verdicts on their snippets."""

"""Settings: set one, fit one to the log, and name those of a newer version."""

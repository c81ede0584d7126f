"""The commands of who learns."""

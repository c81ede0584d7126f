"""What stands above a guide: the front matter."""

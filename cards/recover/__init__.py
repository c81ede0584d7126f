"""A scrape becomes a guide: segmented, its code indented again, what nobody defines stood in for."""

"""The headings of tables: what they ask of a row, and whether a value leads back to one."""

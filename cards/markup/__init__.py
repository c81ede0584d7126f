"""What authors write beside CommonMark: formulas, names with stars and underlines, marks of their editors."""

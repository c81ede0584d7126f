"""Read a copied page into classified lines and an outline."""

"""What `proofdeck recover` is made of."""

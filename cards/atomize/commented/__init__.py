"""What comments say of the code beside them: reasons, and what its lines do."""

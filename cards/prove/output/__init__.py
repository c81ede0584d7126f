"""What code prints, compared with what the guide states and with another run."""

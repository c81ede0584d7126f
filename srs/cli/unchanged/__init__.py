"""What a command says at once of guides in which nothing has changed."""

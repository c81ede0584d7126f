"""All code of a guide runs anew, beside what its lock says of it."""

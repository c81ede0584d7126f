"""The command's ends of the processes that run code: requests, clients, transcripts."""

"""What a lock says of code: seen on this machine, or taken on trust."""

"""The error numbers with which the sandbox refuses processes and network; few other calls give them."""

from __future__ import annotations

import errno

PROCESS_ERRNO = errno.EOPNOTSUPP
"""To a wish for another process."""
NETWORK_ERRNO = errno.ENETUNREACH
"""To a wish for a socket."""
NO_PRIVATE_NETWORK = "no private network"
"""To a wish for 127.0.0.1 where the machine gives no network of its own."""

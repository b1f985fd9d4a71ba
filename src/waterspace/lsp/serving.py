"""Serving one editor over standard input and output until it says that it has done."""

from __future__ import annotations

import logging
import sys

from waterspace.lsp.answers import make_server

__all__ = ["serve"]


def serve() -> int:
    """Serve an editor; the exit status, 0 where it said goodbye as the protocol asks, and 1 where it just went.

    Whatever prints, prints to standard error: standard output belongs to the protocol.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="waterspace lsp: %(levelname)s: %(message)s")
    server = make_server()
    replies = sys.stdout.buffer
    sys.stdout = sys.stderr
    try:
        server.start_io(stdout=replies)
    finally:
        server.stop()
    return 0 if server.has_said_goodbye else 1

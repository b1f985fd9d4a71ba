"""A worker process: reads a job and tasks from its parent, does the runs, writes the rows back.

Frames of a length and a pickle go through the pipes between a parent and the child it has started, and through nothing
else: no file and no socket is unpickled.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
import traceback
from typing import TYPE_CHECKING, Any

from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from typing import IO

__all__ = ["main", "read_frame", "write_frame"]

_LENGTH = struct.Struct("<Q")
_RARELY = (200_000, 20, 20)
"""Thresholds of the garbage collector, as the command line has them."""


def write_frame(stream: IO[bytes], message: object) -> None:
    """Send a message."""
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:  # noqa: ANN401  # whatever was sent
    """The next message.

    Raises:
        EOFError: there is none, or half of one.
    """
    return pickle.loads(_read(stream, _LENGTH.unpack(_read(stream, _LENGTH.size))[0]))  # noqa: S301  # see above


def _read(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def main() -> None:
    """Work until the parent closes the pipe. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a serial type prints must not come between the frames
    gc.set_threshold(*_RARELY)
    try:
        _work(source, answers)
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the parent has gone or wants no more; nothing is left to be tidied


def _work(source: IO[bytes], answers: IO[bytes]) -> None:
    from waterspace.campaigns.workshop import Workshop

    workshop = None
    while True:
        message = read_frame(source)
        try:
            if workshop is None:
                workshop = Workshop(message)
                continue
            answer: object = workshop.perform(message, lambda place: write_frame(answers, ("at", place)))
        except CampaignError as error:
            answer = ("refused", str(error))
        except Exception:  # noqa: BLE001  # a fault of ours, shown by the parent
            answer = ("failed", traceback.format_exc())
        write_frame(answers, answer)

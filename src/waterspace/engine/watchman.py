"""The watchman: notices a script that computes without end and never gives an order, and breaks it off.

A script is code of somebody else that is asked for its next order; nothing can be done in the same thread while it has
not answered. One thread of each process looks every second at the scripts that are being asked, and raises an exception
in the thread of one that has used a minute of the processor, so that a debugger may wait in one as long as it likes.
What goes on in a call that is not Python's cannot be broken off.
"""

from __future__ import annotations

import ctypes
import threading
import time
import weakref

__all__ = ["LONGEST_S", "NoOrderError", "Watch"]

LONGEST_S = 60.0
"""How much of the processor a script may use for one order (assumed): a thousand times more than any should."""

_LOOKS_S = 1.0


class NoOrderError(BaseException):
    """Raised in a script that gives no order; not an `Exception`, so that no script takes it for one of its own."""


class Watch:
    """The watch on the scripts of one run.

    Attributes:
        since_s: when the script that is being asked was asked, by the time of the process; 0 while none is.
        thread: identity of the thread in which the run goes on.
    """

    __slots__ = ("__weakref__", "since_s", "thread")

    def __init__(self) -> None:
        self.since_s = 0.0
        self.thread = 0

    def begin(self) -> None:
        """Watch from now on, in this thread."""
        self.thread = threading.get_ident()
        _watchman.post(self)


class _Watchman:
    """The thread that looks, started with the first run."""

    def __init__(self) -> None:
        self._watches: weakref.WeakSet[Watch] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def post(self, watch: Watch) -> None:
        with self._lock:
            self._watches.add(watch)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look, name="waterspace watchman", daemon=True)
                self._thread.start()

    def _look(self) -> None:
        while True:
            time.sleep(_LOOKS_S)
            with self._lock:
                watches = tuple(self._watches)
            now_s = time.process_time()
            for watch in watches:
                since_s = watch.since_s
                if since_s and now_s - since_s > LONGEST_S:
                    watch.since_s = 0.0
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(watch.thread), ctypes.py_object(NoOrderError)
                    )


_watchman = _Watchman()

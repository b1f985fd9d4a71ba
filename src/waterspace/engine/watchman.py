"""The watchman: notices a script that computes without end and never gives an order, and breaks it off.

A script is code of somebody else that is asked for its next order; nothing can be done in the same thread while it has
not answered. One thread of each process looks every second at the scripts that are being asked, and raises an exception
in the thread of one that has used a minute of the processor, so that a debugger may wait in one as long as it likes.
What other threads use is not counted where the system tells the time of one thread; else that of the process counts.
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

_HAS_CLOCKS = hasattr(time, "pthread_getcpuclockid")
_own_s = time.thread_time if _HAS_CLOCKS else time.process_time


class NoOrderError(BaseException):
    """Raised in a script that gives no order; not an `Exception`, so that no script takes it for one of its own."""


class Watch:
    """The watch on the scripts of one run: `asked` before a script computes, `answered` after it."""

    __slots__ = ("__weakref__", "_clock", "_is_struck", "_lock", "_since_s", "_thread")

    def __init__(self) -> None:
        self._since_s = 0.0
        self._thread = self._clock = 0
        self._is_struck = False
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Watch from now on, in this thread."""
        self._thread = threading.get_ident()
        if _HAS_CLOCKS:
            self._clock = time.pthread_getcpuclockid(self._thread)
        _watchman.post(self)

    def asked(self) -> None:
        """A script begins to compute, in the thread in which the watch was begun."""
        self._since_s = _own_s()

    def answered(self) -> None:
        """It has ended; from here on nothing is raised because of it.

        Raises:
            NoOrderError: it was struck at the last moment.
        """
        with self._lock:
            self._since_s = 0.0
            is_struck, self._is_struck = self._is_struck, False
        for _ in range(100 * is_struck):  # it cannot be taken back, and comes at once, unless the script swallowed it
            time.sleep(0.0)

    def broken_off(self) -> None:
        """The exception has come."""
        with self._lock:
            self._since_s, self._is_struck = 0.0, False

    def strike(self) -> None:
        """Break the script off that is being asked, if it has computed for too long; from the watchman's thread.

        A run that holds the lock has its answer, and is passed over.
        """
        if not self._since_s or not self._lock.acquire(blocking=False):
            return
        try:
            since_s = self._since_s
            if since_s and self._now_s() - since_s > LONGEST_S:
                self._since_s = 0.0
                self._is_struck = True
                _raise_in(self._thread, NoOrderError)
        finally:
            self._lock.release()

    def _now_s(self) -> float:
        """What the thread of the run has used of the processor; nothing where it has ended."""
        if not _HAS_CLOCKS:
            return time.process_time()
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Have an exception raised in a thread as soon as it runs Python.

    It is never taken back: CPython 3.11 would then look for it before every instruction to the end of the process.
    """
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


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
            for watch in watches:
                watch.strike()


_watchman = _Watchman()

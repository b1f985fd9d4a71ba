"""Worker processes of one machine; one that dies is replaced, and its run is done again."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Self, TypeAlias

from waterspace.campaigns.backlog import Backlog
from waterspace.campaigns.job import Row
from waterspace.campaigns.worker import read_frame, write_frame
from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.campaigns.job import Job, Task

__all__ = ["Processes"]

_AHEAD = 2
"""Tasks that a worker has in hand, so that it never waits for the next."""
_STILLBORN = 3
"""Workers that may die one after the other without a single row."""
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from waterspace.campaigns.worker import main; main()"
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


_Message: TypeAlias = "Row | tuple[str, str] | None"
"""What a worker says: a row; where it is, or what is wrong, each with its kind; nothing any more."""


class Processes:
    """A pool of worker processes.

    They are started by their own command, so nothing of the program that asks runs again in them, whatever it is: a
    script without a main guard, a notebook, standard input.
    """

    def __init__(self, job: Job, workers: int) -> None:
        self._job = job
        self._count = workers
        self._workers: list[_Worker] = []
        self._news: queue.SimpleQueue[tuple[_Worker, _Message]] = queue.SimpleQueue()
        self._barren = 0

    def __enter__(self) -> Self:
        """Workers start when there is work."""
        return self

    def __exit__(self, *_: object) -> None:
        """End every worker."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def perform(self, tasks: Sequence[Task]) -> Iterator[Row]:
        """The rows of all tasks, as they are done.

        Raises:
            CampaignError: a run is refused, or workers die again and again.
        """
        backlog = Backlog(tasks)
        for _ in range(min(self._count, len(tasks)) - len(self._workers)):
            self._workers.append(_Worker(self._job, self._news))
        for _ in range(_AHEAD):
            for worker in self._workers:
                worker.feed(backlog)
        missing = len(tasks)
        while missing:
            worker, message = self._news.get()
            if worker not in self._workers:
                continue
            if isinstance(message, Row):
                self._barren = 0
                missing -= 1
                worker.in_hand.popleft()
                worker.feed(backlog)
                yield message
            elif message is None:
                self._replace(worker, backlog)
            elif message[0] == "at":
                worker.place = message[1]
            else:
                _complain(message)

    def _replace(self, dead: _Worker, backlog: Backlog) -> None:
        self._barren += 1
        dead.kill()
        self._workers.remove(dead)
        if self._barren > _STILLBORN * self._count:
            raise CampaignError(
                f"worker processes die before they finish a run (exit status {dead.status}); "
                "--engine local does without them"
            )
        begun, *waiting = dead.in_hand or [None]
        for task in reversed(waiting):
            if task is not None:
                backlog.give_back(task)
        if begun is not None:
            backlog.died(begun, dead.place)
        fresh = _Worker(self._job, self._news)
        self._workers.append(fresh)
        for worker in self._workers:
            while len(worker.in_hand) < _AHEAD and worker.feed(backlog):
                pass


def _complain(message: tuple[str, str]) -> None:
    kind, text = message
    if kind == "refused":
        raise CampaignError(text)
    raise RuntimeError(f"a worker failed:\n{text}")


class _Worker:
    """One process and the thread that listens to it."""

    def __init__(self, job: Job, news: queue.SimpleQueue[tuple[_Worker, _Message]]) -> None:
        self.in_hand: deque[Task] = deque()
        self.place = ""
        self._cell: tuple[int, int] | None = None
        command = [sys.executable, "-c", _START, json.dumps(sys.path)]
        try:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_ONE_THREAD | os.environ
            )
        except OSError as error:
            raise CampaignError(f"cannot start a worker process: {error.strerror or error}") from error
        self._thread = threading.Thread(target=self._listen, args=(news,), daemon=True)
        self._thread.start()
        self._send(job)

    @property
    def status(self) -> int | None:
        """With which the process has ended."""
        return self._process.poll()

    def feed(self, backlog: Backlog) -> bool:
        """Hand over a task, if one waits."""
        task = backlog.take(self._cell)
        if task is None:
            return False
        self._cell = task.cell
        self.in_hand.append(task)
        self._send(task)
        return True

    def kill(self) -> None:
        """End it at once; whatever it has in hand is not lost, for its parent knows of it."""
        self._process.kill()
        self._process.wait()
        self._thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):  # it has died, and whoever listens to it will say so
            write_frame(self._process.stdin, message)

    def _listen(self, news: queue.SimpleQueue[tuple[_Worker, _Message]]) -> None:
        assert self._process.stdout is not None
        with suppress(EOFError, OSError, ValueError):
            while True:
                news.put((self, read_frame(self._process.stdout)))
        news.put((self, None))

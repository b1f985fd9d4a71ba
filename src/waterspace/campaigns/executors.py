"""Executors: who does the runs of a campaign. Whoever does them, the rows are the same."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from waterspace.campaigns.backlog import Backlog
from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.campaigns.job import Job, Row, Task

__all__ = ["EXECUTORS", "Executor", "open_executor"]

EXECUTORS = ("local", "processes", "ray")


class Executor(Protocol):
    """Does runs."""

    def perform(self, tasks: Sequence[Task]) -> Iterator[Row]:
        """The rows of all tasks, each once, in whatever order they are done."""
        ...


class _Local:
    def __init__(self, job: Job) -> None:
        from waterspace.campaigns.workshop import Workshop

        self._workshop = Workshop(job)

    def perform(self, tasks: Sequence[Task]) -> Iterator[Row]:
        backlog = Backlog(tasks)
        task = backlog.take(None)
        while task is not None:
            yield self._workshop.perform(task)
            task = backlog.take(task.cell)


def _processors() -> int:
    """Processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


@contextmanager
def open_executor(name: str, job: Job, workers: int | None) -> Iterator[Executor]:
    """An executor, closed at the end whatever happens.

    Args:
        name: `local`, `processes`, `ray` or the `ray://` address of a cluster.
        job: what is to be done.
        workers: how many at a time; None for as many as there are processors, here or in the cluster.

    Raises:
        CampaignError: there is no such executor, or it cannot start.
    """
    if name == "local":
        yield _Local(job)
    elif name == "processes":
        from waterspace.campaigns.processes import Processes

        with Processes(job, workers or _processors()) as pool:
            yield pool
    elif name == "ray" or name.startswith("ray://"):
        from waterspace.campaigns.cluster import Cluster

        with Cluster(job, workers, "" if name == "ray" else name) as cluster:
            yield cluster
    else:
        raise CampaignError(f"there is no executor {name!r}; there are {', '.join(EXECUTORS)} and ray://HOST:PORT")

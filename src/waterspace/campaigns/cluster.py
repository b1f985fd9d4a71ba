"""Workers of a Ray cluster, or of Ray on this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Self

from waterspace.campaigns.backlog import Backlog
from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.campaigns.job import Job, Row, Task
    from waterspace.campaigns.workshop import Workshop

__all__ = ["Cluster"]

_AHEAD = 2
_CHUNK = 4
"""Runs that one call to the cluster does: a call costs a few milliseconds."""
_LOOPBACK = "127.0.0.1"
_workshops: dict[str, Workshop] = {}


class Cluster:
    """Runs on Ray: a cluster at an address, one that this process has joined already, or one started here for the time.

    A cluster started here listens on this machine alone, without dashboard. Nothing is reported to anybody.
    """

    def __init__(self, job: Job, workers: int | None, address: str) -> None:
        self._job, self._workers, self._address = job, workers, address
        self._is_ours = False
        self._at_a_time = 1
        self._ray: Any = None
        self._handle: Any = None

    def __enter__(self) -> Self:
        """Join or start the cluster.

        Raises:
            CampaignError: Ray is not installed, or the cluster cannot be reached.
        """
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        try:
            import ray
        except ImportError:
            raise CampaignError('Ray is not installed: pip install "waterspace[ray]"') from None
        self._ray = ray
        if not ray.is_initialized():
            self._begin()
            self._is_ours = True
        self._at_a_time = self._workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        self._handle = ray.put(self._job)
        return self

    def _begin(self) -> None:
        quiet = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR"}
        try:
            if self._address or os.environ.get("RAY_ADDRESS"):
                self._ray.init(address=self._address or None, log_to_driver=False, logging_level="ERROR")
            else:
                self._ray.init(num_cpus=self._workers, _node_ip_address=_LOOPBACK, **quiet)
        except Exception as error:
            where = self._address or os.environ.get("RAY_ADDRESS") or "on this machine"
            reason = str(error).strip().split("\n", 1)[0]
            raise CampaignError(f"Ray cannot be reached or started ({where}): {reason}") from error

    def __exit__(self, *_: object) -> None:
        """Leave it, and end it where it was started here."""
        self._handle = None
        if self._is_ours:
            self._ray.shutdown()

    def perform(self, tasks: Sequence[Task]) -> Iterator[Row]:
        """The rows of all tasks, as they are done.

        Raises:
            CampaignError: a run is refused, or workers die again and again.
        """
        ray = self._ray
        remote = ray.remote(_perform).options(num_cpus=1, max_retries=0)
        token = f"{id(self._job):x}-{os.getpid()}-{self._handle.hex()}"
        backlog = Backlog(tasks)
        running: dict[Any, list[Task]] = {}
        while True:
            while len(running) < self._at_a_time * _AHEAD and (chunk := _chunk(backlog)):
                running[remote.remote(token, [self._handle], chunk)] = chunk
            if not running:
                return
            done, _ = ray.wait(list(running), num_returns=1)
            chunk = running.pop(done[0])
            try:
                answer = ray.get(done[0])
            except (ray.exceptions.WorkerCrashedError, ray.exceptions.RayActorError, ray.exceptions.NodeDiedError):
                for task in chunk:
                    backlog.died(task)
                continue
            if isinstance(answer, str):
                raise CampaignError(answer)
            yield from answer


def _chunk(backlog: Backlog) -> list[Task]:
    chunk: list[Task] = []
    while len(chunk) < _CHUNK and (task := backlog.take(chunk[-1].cell if chunk else None)) is not None:
        chunk.append(task)
    return chunk


def _perform(token: str, handles: list[Any], tasks: list[Task]) -> list[Row] | str:
    """Some runs, in a process of the cluster, which keeps what it prepares; a text where one is refused."""
    import ray

    from waterspace.campaigns.workshop import Workshop

    try:
        if token not in _workshops:
            _workshops.clear()
            _workshops[token] = Workshop(ray.get(handles[0]))
        return [_workshops[token].perform(task) for task in tasks]
    except CampaignError as error:
        return str(error)

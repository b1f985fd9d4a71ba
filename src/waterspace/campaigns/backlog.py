"""The backlog: runs that wait for a worker."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.campaigns.job import Task

__all__ = ["Backlog"]

_MOST_ATTEMPTS = 3


class Backlog:
    """Tasks that wait, handed out so that a worker stays with the plan and variant that it has ready.

    A task whose worker dies is handed out again, three times at most.
    """

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._cells: dict[tuple[int, int], deque[Task]] = defaultdict(deque)
        self._attempts: dict[int, int] = defaultdict(int)
        for task in tasks:
            self._cells[task.cell].append(task)

    def take(self, cell: tuple[int, int] | None) -> Task | None:
        """A task of the cell that a worker has ready, or of the cell with most that wait; None where none waits."""
        if cell is None or cell not in self._cells:
            if not self._cells:
                return None
            cell = max(self._cells, key=lambda one: len(self._cells[one]))
        waiting = self._cells[cell]
        task = waiting.popleft()
        if not waiting:
            del self._cells[cell]
        return task

    def give_back(self, task: Task) -> None:
        """A task that nobody has begun."""
        self._cells[task.cell].appendleft(task)

    def died(self, task: Task, place: str = "") -> None:
        """The worker has died over a task; it will be watched when it is done again.

        Args:
            task: that it had in hand.
            place: the serial and the time that the run had come to, where that is known.

        Raises:
            CampaignError: not for the first time.
        """
        self._attempts[task.run_id] += 1
        if self._attempts[task.run_id] >= _MOST_ATTEMPTS:
            raise CampaignError(
                f"run {task.run_id} (seed {task.seed}, variant {task.variant + 1}) has killed its worker "
                f"{_MOST_ATTEMPTS} times{f', the last time after {place}' if place else ''}: is memory short? "
                "What was done is kept; --engine local --resume shows what happens"
            )
        self.give_back(replace(task, is_watched=True))

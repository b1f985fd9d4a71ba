"""Does runs one after the other, and keeps what does not change between them."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import TYPE_CHECKING

from waterspace import engine
from waterspace.campaigns.job import Row
from waterspace.domain import SerialStatus
from waterspace.errors import CampaignError, WaterspaceError
from waterspace.notation import format_time_iso
from waterspace.planfile import Document, loads
from waterspace.programme import build
from waterspace.review.assess import measures
from waterspace.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.campaigns.job import Job, Task
    from waterspace.domain import Event, Exercise
    from waterspace.engine.rehearsal import Outcome
    from waterspace.programme import Programme

__all__ = ["Workshop"]

_KEPT = 64
"""Plans and variants whose exercise and programme are kept ready (a megabyte or two each)."""


class _Breadcrumbs(engine.Instrument):
    """Tells of each event, so that whoever survives knows how far a run came."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def on_event(self, event: Event, digest: str) -> None:  # noqa: ARG002  # the port gives it
        """Tell the serial and the time."""
        where = f"serial {event.serial} at " if event.serial else ""
        self._tell(f"{where}{format_time_iso(event.time_ms)} ({event.kind})")


class Workshop:
    """Does the runs of a campaign in this process.

    A run is a rehearsal as `waterspace run` makes it, without what is not a number of the table: the rules, the tracks,
    the closest approaches. The exercise is read and the programme built once for each plan and variant.
    """

    def __init__(self, job: Job) -> None:
        """Get ready.

        Raises:
            CampaignError: the campaign was begun by another version.
        """
        if job.version != __version__:
            raise CampaignError(
                f"the campaign was begun with waterspace {job.version}, and a worker has {__version__}: "
                "install the same version everywhere"
            )
        self._job = job
        self._ready: OrderedDict[tuple[int, int], tuple[Exercise, Programme]] = OrderedDict()

    def perform(self, task: Task, tell: Callable[[str], None] | None = None) -> Row:
        """One run.

        Args:
            task: which.
            tell: told where a watched run is, after each of its events.

        Raises:
            CampaignError: a serial type or the plan stops it; the message says which run, and how to see it again.
        """
        try:
            exercise, programme = self._prepared(task.cell)
            watchers = (_Breadcrumbs(tell),) if task.is_watched and tell is not None else ()
            outcome = engine.rehearse(exercise, task.seed, programme=programme, instruments=watchers)
            return Row(run_id=task.run_id, digest=outcome.digest, measures=_numbers(exercise, outcome))
        except WaterspaceError as error:
            edits = self._job.edits[task.variant]
            varied = "".join(f", {path} = {text}" for path, text in edits.items())
            file = self._job.plans[task.plan].source.file
            raise CampaignError(f"run {task.run_id} of {file} (seed {task.seed}{varied}) stopped: {error}") from error

    def _prepared(self, cell: tuple[int, int]) -> tuple[Exercise, Programme]:
        ready = self._ready.get(cell)
        if ready is None:
            plan, variant = cell
            exercise = self._job.plans[plan]
            if edits := self._job.edits[variant]:
                document = Document(exercise.source.content, exercise.source.file)
                own = {path: text for path, text in edits.items() if path in set(document.texts())}
                exercise = loads(document.replace_all(own).content, exercise.source.file)
            ready = self._ready[cell] = exercise, build(exercise)
            if len(self._ready) > _KEPT:
                self._ready.popitem(last=False)
        self._ready.move_to_end(cell)
        return ready


def _numbers(exercise: Exercise, outcome: Outcome) -> dict[str, float | None]:
    """The columns of a run: how its serials ended, and every measure."""
    ended = [record.status for record in outcome.records]
    found: dict[str, float | None] = {
        "exercise.completed_count": float(ended.count(SerialStatus.COMPLETED)),
        "exercise.cut_short_count": float(ended.count(SerialStatus.CUT_SHORT)),
        "exercise.not_run_count": float(ended.count(SerialStatus.NOT_RUN)),
    }
    for record in outcome.records:
        late_ms = None
        if record.actual is not None and record.planned is not None:
            late_ms = float(record.actual.start_ms - record.planned.start_ms)
        found[f"{record.serial}.completed_ratio"] = float(record.status is SerialStatus.COMPLETED)
        found[f"{record.serial}.late_ms"] = late_ms
    for measure in measures(exercise, outcome.records, outcome.events, outcome.tracks):
        value = float(measure.value)
        name = _free(f"{measure.subject}.{measure.name}", found)
        if not math.isfinite(value):
            raise CampaignError(f"measure {name} is {value}, which is no number")
        found[name] = value
    return found


def _free(name: str, taken: dict[str, float | None]) -> str:
    """The name, or with a number behind it where a run has given it already."""
    return next(
        free for count in range(1, len(taken) + 2) if (free := name if count == 1 else f"{name}#{count}") not in taken
    )

"""Makes a run out of what the engine saw and what the rules say."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from waterspace import engine
from waterspace.checks import check
from waterspace.domain import Run
from waterspace.geometry import legs as geometry
from waterspace.review.approaches import closest_approaches
from waterspace.review.as_run import as_run
from waterspace.review.units import fuel_measures, summarise
from waterspace.serials import registry
from waterspace.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from waterspace.domain import CheckResult, Event, Exercise, Measure, SerialRecord, Track
    from waterspace.engine import Outcome

__all__ = ["assess", "measures", "rehearse"]


def rehearse(
    exercise: Exercise,
    seed: int = 1,
    watch: Callable[[Event], None] | None = None,
    check_result: CheckResult | None = None,
) -> Run:
    """Rehearse an exercise once and assess it.

    Args:
        exercise: the plan, good or bad.
        seed: of every random stream; the same file, seed and version give the same digest.
        watch: told of each event as it happens.
        check_result: what the rules said, where it is known already.
    """
    return assess(exercise, seed, engine.rehearse(exercise, seed, watch), check_result)


def assess(
    exercise: Exercise, seed: int, outcome: Outcome, check_result: CheckResult | None = None, *, broken: str = ""
) -> Run:
    """Make a run out of what the engine saw.

    Args:
        exercise: the plan that was run.
        seed: with which it was run.
        outcome: what the engine saw.
        check_result: what the rules said, where it is known already.
        broken: why the run could not go on to its end; nothing is then measured.
    """
    return Run(
        exercise=exercise,
        seed=seed,
        version=__version__,
        input_sha256=hashlib.sha256(exercise.source.content).hexdigest(),
        digest=outcome.digest,
        engine_seconds=outcome.engine_seconds,
        events=outcome.events,
        tracks=outcome.tracks,
        others=outcome.others,
        planned_tracks=outcome.programme.tracks,
        records=outcome.records,
        check=check(exercise) if check_result is None else check_result,
        measures=() if broken else measures(exercise, outcome.records, outcome.events, outcome.tracks),
        broken=broken,
        summaries=summarise(exercise, outcome.tracks, outcome.records, outcome.events),
        closest_approaches=closest_approaches(exercise, outcome.tracks),
    )


def measures(
    exercise: Exercise,
    records: tuple[SerialRecord, ...],
    events: tuple[Event, ...],
    tracks: Mapping[str, Track],
) -> tuple[Measure, ...]:
    """What every serial that ran says of itself, in the order of the file; then the fuel of every unit."""
    by_serial: dict[str, list[Event]] = {}
    for event in events:
        by_serial.setdefault(event.serial, []).append(event)
    found: list[Measure] = []
    for record in records:
        briefing = as_run(exercise, record)
        if briefing is None:
            continue
        legs = {unit: geometry.trim(tracks[unit].legs, briefing.window) for unit in briefing.units() if unit in tracks}
        own = tuple(by_serial.get(record.serial, ()))
        with registry.Blame(briefing.serial.type, record.serial):
            found.extend(registry.get(briefing.serial.type).measures(briefing, record, own, legs))
    return (*found, *fuel_measures(exercise, tracks, records, events))

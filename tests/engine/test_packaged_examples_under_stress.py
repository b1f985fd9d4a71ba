"""The packaged examples under breakdowns, delays, short endurance and rough seas: a run ends, and tracks join up."""

from __future__ import annotations

import itertools
from dataclasses import replace
from importlib.resources import files

import pytest

from waterspace import planfile
from waterspace.domain import Exercise, Inject, Reliability, Weather, Window
from waterspace.engine import rehearse
from waterspace.geometry.geodesic import distance_m
from waterspace.quantity import HOUR_MS, MINUTE_MS
from waterspace.review.assess import measures

EXAMPLES = sorted(
    (entry for entry in files("waterspace.serials").joinpath("examples").iterdir() if entry.name.endswith(".yaml")),
    key=lambda entry: entry.name,
)


def stressed(exercise: Exercise, seed: int) -> Exercise:
    """An exercise in which much goes wrong; what it is depends on the seed."""
    window = exercise.window
    half_ms = (window.end_ms - window.start_ms) // 2
    sea = Weather(
        window=Window(start_ms=window.start_ms + half_ms // (1 + seed % 3), end_ms=window.end_ms),
        sea_state=seed % 8,
        wind_from_deg=float(37 * seed % 360),
    )
    injects = {
        f"I{number}": Inject(
            id=f"I{number}",
            at_ms=window.start_ms + (number + 1) * half_ms // 9,
            text="put back",
            delays=serial,
            delay_ms=((seed + number) % 5) * 20 * MINUTE_MS,
        )
        for number, serial in enumerate(exercise.serials)
    }
    platforms = {
        key: replace(platform, endurance_ms=round(platform.endurance_ms * 0.6)) if platform.endurance_ms else platform
        for key, platform in exercise.platforms.items()
    }
    rate = Reliability(id="ALL", works_mean_ms=2 * HOUR_MS, repair_mean_ms=(5 + 9 * (seed % 9)) * MINUTE_MS)
    return replace(
        exercise,
        weather=(*exercise.weather, sea),
        injects=injects,
        platforms=platforms,
        breakdowns={"ALL": rate},
    )


def check(name: str, seed: int) -> None:
    (entry,) = (entry for entry in EXAMPLES if entry.name == name)
    exercise = stressed(planfile.loads(entry.read_bytes(), name), seed)
    outcome = rehearse(exercise, seed)
    assert outcome.events[-1].kind == "run.ended"
    assert all(record.status for record in outcome.records)
    measures(exercise, outcome.records, outcome.events, outcome.tracks)
    for track in outcome.tracks.values():
        for one, other in itertools.pairwise(track.legs):
            assert one.end_ms == other.start_ms
            assert distance_m(one.end, other.start) < 1.0


@pytest.mark.parametrize("name", [entry.name for entry in EXAMPLES])
def test_an_example_under_stress_ends(name: str) -> None:
    check(name, 3)


@pytest.mark.deep
@pytest.mark.parametrize("name", [entry.name for entry in EXAMPLES])
def test_an_example_under_stress_ends_whatever_the_luck(name: str) -> None:
    for seed in range(40):
        check(name, seed)

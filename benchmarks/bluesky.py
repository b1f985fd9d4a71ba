"""Times every entry within 5 nm in a day of 50 and of 1,000 units, beside the BlueSky simulator.

Usage: python benchmarks/bluesky.py [--bluesky-python PATH] [--runs N] [--seed N] [--peer-minutes N]

The units keep 10 to 25 knots and alter course every ten minutes, as a seeded generator has them. Ours runs from the
waypoints (arrays of degrees) by legs and curves to every meeting, to the millisecond, in a warm process.

BlueSky is no dependency, and is asked in an environment of its own:

    python3 -m venv peer && peer/bin/pip install bluesky-simulator
    python benchmarks/bluesky.py --bluesky-python peer/bin/python

Without one our figures are printed alone. It runs detached, steps of 1 s, all 144 waypoints of each unit in its routes,
compiled conflict detection and compiled geodesy, which it must prove. What it is spared: its start, the making of units
and routes (put into its tables, not given as commands), the loops that feed its screen and network, and looking ahead:
it asks who is too close now, not who will be. Its steps are timed for a stretch, after a minute that warms it, and
scaled to the day. The stretch is whole legs, so that it holds as many alterations of course as any other. The units are
A320 on the ground to it, as it knows no ships; its model of their performance leaves these speeds as they are, which is
printed. At the surface its sieve of heights lets every pair through: a thousand aircraft at many levels take it a
seventh of the time.

Both are compared for what they find in the stretch. BlueSky moves units on a sphere, asks every second and cuts
corners: speeds and ranges differ by up to a third of a percent, and so by a minute of way in six hours. Times are
processor time of one core: OMP_NUM_THREADS is set to 1. Linux only, for the memory of both.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

from waterspace.domain import Leg
from waterspace.geometry.compiled import warm_up
from waterspace.geometry.compiled.fleet import Fleet, Meetings
from waterspace.geometry.geodesic import destinations, inverses, positions_from
from waterspace.quantity import DAY_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Case", "Routes", "main", "routes", "tracks"]

_START_MS = 1_690_000_000_000
_LEG_MS = 10 * MINUTE_MS
_LEGS = DAY_MS // _LEG_MS
_RANGE_M = 5.0 * NAUTICAL_MILE_M
_MIDDLE_LAT, _MIDDLE_LON = 45.0, -30.0
_DEGREE_M = 60.0 * NAUTICAL_MILE_M
_WARM_STEPS = 60
_DAY_STEPS = DAY_MS // SECOND_MS
_SAME_MS = 5 * MINUTE_MS
"""Entries of a pair that lie closer in time than this are one."""
_GRAZING = 0.01
"""Share of the range by which a pair may be further off or closer where only one of both finds it."""

_PEER = """
import json, sys, time
from importlib.metadata import version
from pathlib import Path
import numpy as np
import bluesky as bs

asked = json.load(sys.stdin)
bs.init(mode="sim", detached=True, workdir=".")
from bluesky.stack import simstack
from bluesky.tools import geo
from bluesky.tools.geo import _cgeo
from bluesky.traffic.asas import cstatebased
from bluesky.traffic.route import Route

for command in ("DT 1", "CDMETHOD CSTATEBASED", "ZONER 5", "DTLOOK 0"):
    bs.stack.stack(command)
simstack.process()
lat, lon, speed = (np.array(asked[name]) for name in ("lat", "lon", "speed_mps"))
names = [f"U{number}X" for number in range(len(lat))]
level = np.zeros(len(lat))
bs.traf.cre(names, "A320", lat[:, 0].copy(), lon[:, 0].copy(), np.array(asked["course"]), level, speed)
for unit, name in enumerate(names):
    route = bs.traf.ap.route[unit]
    for place in zip(lat[unit, 1:].tolist(), lon[unit, 1:].tolist()):
        route.addwpt_simple(unit, name, Route.wplatlon, *place)
    route.direct(unit, route.wpname[0])
    bs.traf.swlnav[unit] = True
detection = bs.traf.cd
assert detection.detect is cstatebased.detect, "the conflict detection is not the compiled one"
assert geo.qdrdist is _cgeo.qdrdist, "the geodesy is not the compiled one"

def peak_mib():  # what the system counts of resources would include the process that started this one
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024

seconds = []
def step(count):
    for _ in range(count):
        bs.sim.step()
        seconds.extend([bs.sim.simt - 1.0] * (len(detection.lospairs_all) - len(seconds)))  # looked at before it moves

step(asked["warm"])
began = time.perf_counter(), time.process_time()
step(asked["steps"])
wall_s, processor_s = time.perf_counter() - began[0], time.process_time() - began[1]
assert bs.sim.simdt == 1.0 and bs.sim.simt == asked["warm"] + asked["steps"], (bs.sim.simdt, bs.sim.simt)
entries = []
for pair, second in zip(detection.lospairs_all, seconds):
    entries.append([*sorted(int(name[1:-1]) for name in pair), second])
answer = {
    "version": version("bluesky-simulator"),
    "detection": f"{detection._selected().__name__}, {cstatebased.__file__.rsplit('/', 1)[-1]}",
    "wall_s": wall_s,
    "processor_s": processor_s,
    "memory_mib": peak_mib(),
    "speed_off": float(np.abs(bs.traf.tas / speed - 1.0).max()),
    "entries": entries,
}
json.dump(answer, open("answer.json", "w"))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A fleet, and how much faster we have to be."""

    units: int
    side_nm: float
    target_ratio: float
    stretch_ms: int


CASES = (
    Case(units=50, side_nm=150.0, target_ratio=300.0, stretch_ms=6 * 6 * _LEG_MS),
    Case(units=1000, side_nm=670.0, target_ratio=500.0, stretch_ms=2 * _LEG_MS),
)
"""As many units to the square mile in both."""


class Routes(NamedTuple):
    """Waypoints in degrees, shape (units, legs + 1), a leg apart in time, and speeds, shape (units,)."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    speed_mps: NDArray[np.float64]


class _Ours(NamedTuple):
    """What we find, and what it takes to make legs, to make curves and to find: the run in the middle."""

    fleet: Fleet
    found: Meetings
    parts_s: tuple[float, float, float]
    memory_kib: int


def main() -> None:
    """Print what both find, how long they take and the ratio."""
    parser = argparse.ArgumentParser(description="Time a day of meetings, beside BlueSky.")
    parser.add_argument("--bluesky-python", type=Path, help="interpreter of an environment that has bluesky-simulator")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--peer-minutes", type=int, help="stretch that BlueSky runs, in place of 360 and 20")
    options = parser.parse_args()
    if options.bluesky_python is not None and not options.bluesky_python.is_file():
        parser.error(f"--bluesky-python: {options.bluesky_python} is no file; name the interpreter itself")
    warm_up(print)
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            sailed = routes(case, options.seed)
            ours = _ours(sailed, options.runs)
            _print_ours(case, ours, options.runs, options.seed)
            if options.bluesky_python is None:
                print("  BlueSky not measured: name its interpreter with --bluesky-python (see the top of this file)")
                continue
            stretch_ms = case.stretch_ms if options.peer_minutes is None else options.peer_minutes * MINUTE_MS
            answer = _asked(options.bluesky_python, sailed, stretch_ms, Path(folder))
            _print_peer(case, sum(ours.parts_s), answer, stretch_ms)
            _print_findings(ours.fleet, answer["entries"], stretch_ms)
            sys.stdout.flush()


def routes(case: Case, seed: int) -> Routes:
    """Waypoints of a day; who would leave the square turns to its middle."""
    rng = np.random.default_rng(seed)
    half_m = case.side_nm * NAUTICAL_MILE_M / 2.0
    east_m, north_m = rng.uniform(-half_m, half_m, (2, case.units))
    bearing, off_m = np.degrees(np.arctan2(east_m, north_m)), np.hypot(east_m, north_m)
    lat, lon = destinations(_MIDDLE_LAT, _MIDDLE_LON, bearing, off_m)
    speed_mps = rng.uniform(10.0, 25.0, case.units) * KNOT_MPS
    course = rng.uniform(0.0, 360.0, case.units)
    waypoints = [(lat, lon)]
    for _ in range(_LEGS):
        north_m = (lat - _MIDDLE_LAT) * _DEGREE_M
        east_m = (lon - _MIDDLE_LON) * _DEGREE_M * np.cos(np.radians(_MIDDLE_LAT))
        outside = np.maximum(np.abs(north_m), np.abs(east_m)) > half_m
        course = np.where(outside, np.degrees(np.arctan2(-east_m, -north_m)), course)
        course = course + rng.uniform(-30.0, 30.0, case.units)
        lat, lon = destinations(lat, lon, course, speed_mps * (_LEG_MS / SECOND_MS))
        waypoints.append((lat, lon))
    lats, lons = zip(*waypoints, strict=True)
    return Routes(np.stack(lats, axis=1), np.stack(lons, axis=1), speed_mps)


def tracks(sailed: Routes) -> list[list[Leg]]:
    """Legs of each unit."""
    times_ms = [_START_MS + number * _LEG_MS for number in range(_LEGS + 1)]
    made = []
    for lat, lon in zip(sailed.lat, sailed.lon, strict=True):
        at = positions_from(lat, lon)
        legs = zip(times_ms, times_ms[1:], at, at[1:], strict=False)
        made.append([Leg(start_ms=began, end_ms=ended, start=a, end=b) for began, ended, a, b in legs])
    return made


def _ours(sailed: Routes, runs: int) -> _Ours:
    """Every meeting of the day, from the waypoints on."""
    spent_s: list[tuple[float, float, float]] = []
    for _ in range(runs + 1):
        clock_s = [time.process_time()]
        legs = tracks(sailed)
        clock_s.append(time.process_time())
        fleet = Fleet.of(legs)
        clock_s.append(time.process_time())
        found: Meetings = fleet.meetings(_RANGE_M, _START_MS, _START_MS + DAY_MS)
        clock_s.append(time.process_time())
        spent_s.append((clock_s[1] - clock_s[0], clock_s[2] - clock_s[1], clock_s[3] - clock_s[2]))
    middle_s = sorted(spent_s[1:], key=sum)[runs // 2]
    return _Ours(fleet, found, middle_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _asked(interpreter: Path, sailed: Routes, stretch_ms: int, folder: Path) -> dict[str, Any]:
    """What BlueSky answers."""
    course = inverses(sailed.lat[:, 0], sailed.lon[:, 0], sailed.lat[:, 1], sailed.lon[:, 1])[1]
    asked: Mapping[str, object] = {
        "lat": sailed.lat.tolist(),
        "lon": sailed.lon.tolist(),
        "course": course.tolist(),
        "speed_mps": sailed.speed_mps.tolist(),
        "warm": _WARM_STEPS,
        "steps": stretch_ms // SECOND_MS,
    }
    command = [str(interpreter.absolute()), "-I", "-c", _PEER]
    done = subprocess.run(command, input=json.dumps(asked), cwd=folder, text=True, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"BlueSky failed, exit {done.returncode}:\n{done.stdout[-500:]}\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    return answer


def _print_ours(case: Case, ours: _Ours, runs: int, seed: int) -> None:
    total_s = sum(ours.parts_s)
    legs_s, curves_s, meetings_s = (part * 1e3 for part in ours.parts_s)
    print(
        f"24 h of {case.units:,} units, 10-25 kn, {_LEGS} legs of 10 min, in a square of {case.side_nm:.0f} nm "
        f"(seed {seed}), every entry within 5 nm; processor time, median of {runs}"
    )
    print(
        f"  ours     {total_s * 1e3:9.1f} ms   {ours.found.first.size:,} entries; legs {legs_s:.1f}, "
        f"curves {curves_s:.1f}, meetings {meetings_s:.1f} ms; peak of the process {ours.memory_kib / 1024:.0f} MiB"
    )


def _print_peer(case: Case, ours_s: float, answer: Mapping[str, Any], stretch_ms: int) -> None:
    steps = stretch_ms // SECOND_MS
    day_s = answer["processor_s"] / steps * _DAY_STEPS
    rate = case.units * steps / answer["processor_s"]
    ratio = day_s / ours_s
    print(
        f"  BlueSky  {day_s * 1e3:9.0f} ms   scaled from {steps:,} steps of 1 s in {answer['processor_s']:.1f} s "
        f"(wall {answer['wall_s']:.1f} s), {rate:,.0f} unit-seconds a second; "
        f"peak of the process {answer['memory_mib']:.0f} MiB"
    )
    print(
        f"           bluesky-simulator {answer['version']}, {answer['detection']}, compiled geodesy; "
        f"speeds off by {answer['speed_off']:.2%} at most"
    )
    kept = "kept" if ratio >= case.target_ratio else "NOT kept"
    print(f"  ratio    {ratio:9,.0f}      target {case.target_ratio:.0f}: {kept}")


def _print_findings(fleet: Fleet, entries: Sequence[tuple[int, int, float]], stretch_ms: int) -> None:
    """Compare the entries that both find in the stretch."""
    end_ms = _START_MS + stretch_ms + _WARM_STEPS * SECOND_MS - SECOND_MS
    found: Meetings = fleet.meetings(_RANGE_M, _START_MS, end_ms)
    theirs: dict[tuple[int, int], list[float]] = defaultdict(list)
    for first, second, after_s in entries:
        theirs[first, second].append(_START_MS + after_s * SECOND_MS)
    apart_ms, ours_alone = [], []
    for first, second, start_ms, cpa_m in zip(*(column.tolist() for column in (*found[:3], found.cpa_m)), strict=True):
        near = [at for at in theirs[first, second] if abs(at - start_ms) <= _SAME_MS]
        if near:
            nearest_ms = min(near, key=lambda at: abs(at - start_ms))
            theirs[first, second].remove(nearest_ms)
            apart_ms.append(abs(nearest_ms - start_ms))
        else:
            ours_alone.append(cpa_m)
    wider: Meetings = fleet.meetings(_RANGE_M * (1.0 + _GRAZING), _START_MS, end_ms)
    close = set(zip(wider.first.tolist(), wider.second.tolist(), strict=True))
    left = [pair for pair, times in theirs.items() for _ in times]
    print(
        f"  entries in that stretch: ours {found.first.size:,}, BlueSky's {len(entries):,}; {len(apart_ms):,} are the "
        f"same, {statistics.median(apart_ms or [0.0]) / SECOND_MS:.1f} s apart in the median, "
        f"{max(apart_ms, default=0.0) / SECOND_MS:.1f} s at most"
    )
    grazing = sum(cpa_m > _RANGE_M * (1.0 - _GRAZING) for cpa_m in ours_alone)
    print(
        f"    ours alone {len(ours_alone)}, {grazing} of them within {_GRAZING:.0%} of the range; "
        f"BlueSky's alone {len(left)}, {sum(pair in close for pair in left)} of them within {_GRAZING:.0%} of it"
    )


if __name__ == "__main__":
    main()

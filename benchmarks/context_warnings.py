"""Times the checking of a plan that names files of warnings, beside a plain shapely tree on the outlines of them.

Usage: python benchmarks/context_warnings.py [--seed N] [--profile]

The plan is the packaged example of an exercise in the Sea of Japan. The warnings are made up by a seeded generator:
300 of them in its own waters and days, as many as one NAVAREA has in force, then 5,000 there, then 5,000 worldwide.
The tree holds the outlines of the warnings in a plane of degrees against those of our claims and ways, then the times,
and says only that two meet: not when, not where, not how high, and it knows of no moving box. Every case runs once, in
the order given, each with warnings of its own, so that nothing is kept from the one before; `beyond` is the check of
a file that has been read already, less the check of the same plan without warnings. All times are the processor's.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import shapely

import waterspace
from waterspace.checks.context import Context
from waterspace.domain import Window
from waterspace.geometry.footprints import outline
from waterspace.messages.standing import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Exercise, Position

__all__ = ["Case", "bulletin", "main"]

PLAN = Path(__file__).parents[1] / "examples" / "northern-interaction-2023.exercise.yaml"
HOME = (38.6, 40.8, 131.4, 135.0)
WORLD = (-60.0, 60.0, -178.0, 178.0)


class Case(NamedTuple):
    """So many warnings between two parallels and two meridians, in degrees."""

    name: str
    number: int
    box: tuple[float, float, float, float]
    target_s: float


CASES = (
    Case("300 in our waters", 300, HOME, 1.0),
    Case("5,000 in our waters", 5000, HOME, 10.0),
    Case("5,000 over the world", 5000, WORLD, 10.0),
)


def main() -> None:
    """Print one line for each case."""
    parser = argparse.ArgumentParser(description="Time the check of a plan with many warnings of others.")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--profile", action="store_true", help="print where the time of each case goes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _timed(_plan(Path(folder), CASES[0]._replace(number=2), 1))  # what every first check pays once
        plain_s, _ = _timed(waterspace.load(PLAN))
        print(f"the plan alone is checked in {plain_s:.2f} s; seed {options.seed}")
        print(f"{'warnings':22}{'read':>9}{'check':>9}{'beyond':>9}{'target':>9}{'tree':>9}{'ratio':>9}  findings")
        for case in CASES:
            print(_line(case, _plan(Path(folder), case, options.seed), plain_s, is_profiled=options.profile))


def bulletin(case: Case, seed: int) -> str:
    """The text of the warnings of a case."""
    rnd = random.Random(f"{case.name} {seed}")  # noqa: S311  # no secret
    return "\n".join(_warning(number, case, rnd) for number in range(1, case.number + 1))


def _warning(number: int, case: Case, rnd: random.Random) -> str:
    """A warning of a practice of one to five days, in a quadrangle or a circle of 3 to 25 miles."""
    south, north, west, east = case.box
    lat, lon, high, wide = rnd.uniform(south, north), rnd.uniform(west, east), rnd.uniform(0.05, 0.4), 0.05
    wide += rnd.uniform(0.0, 0.4)
    corners = ((lat, lon), (lat + high, lon + 0.1 * wide), (lat + high, lon + wide), (lat, lon + 0.9 * wide))
    ring = "AREA BOUND BY\n   " + ", ".join(_place(*corner) for corner in corners)
    circle = f"AREA WITHIN {rnd.randint(3, 15)} MILES OF {_place(lat, lon)}"
    day, hour = rnd.randint(12, 24), rnd.randint(0, 18)
    return (
        f"HYDROPAC {number}/23.\nSEA OF JAPAN.\n"
        f"1. GUNNERY {hour:02}00Z TO {rnd.randint(hour + 1, 23):02}00Z DAILY {day} THRU {day + rnd.randint(1, 5)} JUL\n"
        f"   IN {rnd.choice((ring, ring, circle))}.\n2. CANCEL THIS MSG 312300Z JUL 23.\n"
    )


def _place(lat: float, lon: float) -> str:
    return f"{_angle(lat, 'NS', 2)} {_angle(lon, 'EW', 3)}"


def _angle(value: float, signs: str, width: int) -> str:
    hundredths = round(abs(value) * 6000)
    return f"{hundredths // 6000:0{width}}-{hundredths % 6000 / 100:05.2f}{signs[value < 0]}"


def _plan(folder: Path, case: Case, seed: int) -> Exercise:
    """The plan with the file of the warnings of a case."""
    file = folder / f"{case.name.replace(' ', '-').replace(',', '')}-{case.number}.txt"
    file.write_text(bulletin(case, seed), encoding="utf-8")
    exercise = waterspace.load(PLAN)
    return replace(exercise, data=replace(exercise.data, warnings=(str(file),)))


def _timed(exercise: Exercise) -> tuple[float, Counter[str]]:
    start_s = time.process_time()
    found = waterspace.check(exercise).findings
    return time.process_time() - start_s, Counter(finding.code for finding in found)


def _line(case: Case, exercise: Exercise, plain_s: float, *, is_profiled: bool) -> str:
    start_s = time.process_time()
    read(exercise.data.warning_paths())
    read_s = time.process_time() - start_s
    profile = cProfile.Profile()
    if is_profiled:
        profile.enable()
    check_s, codes = _timed(exercise)
    profile.disable()
    if is_profiled:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    tree_s, pairs = _planar(Context(exercise))
    beyond_s = check_s - plain_s
    told = ", ".join(f"{codes[code]:,} {code}" for code in ("WS302", "WS303", "WS319"))
    return (
        f"{case.name:22}{read_s:>7.2f} s{check_s:>7.2f} s{beyond_s:>7.2f} s{case.target_s:>7.0f} s{tree_s:>7.3f} s"
        f"{beyond_s / tree_s:>9.1f}  {told}; the tree has {pairs:,} pairs"
    )


def _planar(context: Context) -> tuple[float, int]:
    """How long a plane tree takes over outlines that are drawn already, and how many pairs also share some time."""
    theirs = [claim for warning in context.warned.warnings.values() for claim in warning.reservations]
    legs = [leg for track in context.programme.tracks.values() for leg in track.legs]
    rings = [shapely.Polygon(_flat(outline(claim.footprint))) for claim in theirs]
    ours = [shapely.Polygon(_flat(outline(claim.footprint))) for claim in context.reservations]
    ours += [shapely.LineString(_flat((leg.start, leg.end))) for leg in legs]
    times = [claim.windows for claim in context.reservations]
    times += [(Window(start_ms=leg.start_ms, end_ms=leg.end_ms),) for leg in legs]
    start_s = time.process_time()
    first, second = shapely.STRtree(rings).query(ours, predicate="intersects")
    met = sum(
        any(one.start_ms < other.end_ms and other.start_ms < one.end_ms for one in times[a] for other in windows)
        for a, windows in zip(first.tolist(), (theirs[b].windows for b in second.tolist()), strict=True)
    )
    return time.process_time() - start_s, met


def _flat(corners: Sequence[Position]) -> list[tuple[float, float]]:
    return [(corner.lon_deg % 360.0, corner.lat_deg) for corner in corners]


if __name__ == "__main__":
    main()

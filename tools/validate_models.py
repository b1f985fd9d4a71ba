"""Lays drawn runs of the models of what happens at sea beside their closed forms, and writes the table of the page.

Usage: python tools/validate_models.py [--write | --check]

Without an option the tables are printed. With `--write` they are put between the markers of the page on honesty; with
`--check` nothing is written, and the exit status is 1 if the page says something else. It is 1 in any case if a closed
form lies outside the interval of its runs.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from waterspace.campaigns.intervals import wilson_interval
from waterspace.domain import Exercise, Medium, Platform, Position, Sensors, SourceText, Window
from waterspace.engine import lookout
from waterspace.engine.weather import Weather
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.handling import Handling, run_at_speed
from waterspace.geometry.legs import hold, legs_at_speed
from waterspace.geometry.turning import turn_towards
from waterspace.phenomena import ais, coverage, detection, failures, fuel, horizon, lateral_range, links, seakeeping
from waterspace.phenomena.relative_motion import RelativeLeg
from waterspace.quantity import (
    FOOT_M,
    HOUR_MS,
    KNOT_MPS,
    MINUTE_MS,
    NAUTICAL_MILE_M,
    SECOND_MS,
    kilometres,
    nautical_miles,
)

__all__ = ["main", "tables"]

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "honesty.md"
BEGIN, END = "<!-- validation: written by tools/validate_models.py -->", "<!-- end of validation -->"
RUNS, CONFIDENCE = 10_000, 0.999
WIDTH_M, SPEED_MPS = 4000.0, 10.0
KOOPMAN = "Koopman 1946"

Draw = np.random.Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One closed form, and one run that succeeds as often as it says."""

    title: str
    source: str
    expected_ratio: float
    run: Callable[[Draw], bool]


def main() -> None:
    """Print, write or compare."""
    parser = argparse.ArgumentParser(description="Lay drawn runs of the models beside their closed forms.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--write", action="store_true", help="write the tables into the page")
    choice.add_argument("--check", action="store_true", help="compare the page with the tables")
    options = parser.parse_args()
    text, good = tables()
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    wanted = f"{head}{BEGIN}\n\n{text}\n{END}{rest.partition(END)[2]}"
    if options.write:
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
        print(f"wrote {PAGE.name}")
    elif options.check:
        print("the page is true" if page == wanted else "the page differs from the models; run this with --write")
    else:
        print(text)
    if not good:
        print("a closed form lies outside the interval of its runs", file=sys.stderr)
    sys.exit(0 if good and not (options.check and page != wanted) else 1)


def tables() -> tuple[str, bool]:
    """Both tables, and whether every case agrees."""
    lines, good = ["| case | source | expected | got | interval |", "|---|---|---|---|---|"], True
    for case in _cases():
        successes = _successes(case)
        share = wilson_interval(successes, RUNS, CONFIDENCE)
        assert share.low is not None
        assert share.high is not None
        good = good and share.low <= case.expected_ratio <= share.high
        got = f"{share.value:.4f} | {share.low:.4f} to {share.high:.4f}"
        lines.append(f"| {case.title} | {case.source} | {case.expected_ratio:.4f} | {got} |")
    lines += ["", "Without chance:", "", "| case | source | expected | got |", "|---|---|---|---|"]
    for title, source, expected, found, off in _exact():
        good = good and abs(found - expected) <= off
        lines.append(f"| {title} | {source} | {expected:.2f} ± {off:.2f} | {found:.2f} |")
    return "\n".join(lines) + "\n", good


def _successes(case: Case) -> int:
    """Of 10,000 runs, each drawing on from a stream named after the case, as a run's streams are."""
    key = hashlib.sha256(case.title.encode()).digest()[:16]
    stream = np.random.Generator(np.random.Philox(key=int.from_bytes(key, "big")))
    return sum(case.run(stream) for _ in range(RUNS))


def _cases() -> Iterator[Case]:
    yield from _passes()
    yield from _sweeps()
    yield from _searches()
    yield from _stations()
    yield from _looks()


def _pass(lateral_m: float, half_s: float = 1e6) -> RelativeLeg:
    """A long straight pass at a lateral range; the closest point is in the middle."""
    end_ms = round(2.0 * half_s * SECOND_MS)
    return RelativeLeg(start_ms=0, end_ms=end_ms, east_m=lateral_m, north_m=-half_s * SPEED_MPS, north_mps=SPEED_MPS)


def _found(law: detection.Law, legs: Iterable[RelativeLeg], by_ms: float, stream: Draw) -> bool:
    time_ms = detection.detection_ms(law, legs, float(stream.random()))
    return time_ms is not None and time_ms <= by_ms


def _passes() -> Iterator[Case]:
    law = detection.InverseCube(sweep_width_m=WIDTH_M, at_mps=SPEED_MPS)
    for part in (0.25, 0.5, 1.0):
        lateral_m = part * WIDTH_M
        yield Case(
            title=f"inverse cube, one pass {part:g} sweep width off",
            source=KOOPMAN,
            expected_ratio=lateral_range.inverse_cube_lateral_ratio(lateral_m, WIDTH_M),
            run=partial(_found, law, (_pass(lateral_m),), math.inf),
        )
    closest_ms = _pass(0.0).end_ms / 2
    yield Case(
        title="the same, 0.5 off, found before the closest point",
        source=KOOPMAN,
        expected_ratio=-math.expm1(-1.0 / (2.0 * math.pi)),
        run=partial(_found, law, (_pass(0.5 * WIDTH_M),), closest_ms),
    )


def _sweeps() -> Iterator[Case]:
    cube = detection.InverseCube(sweep_width_m=WIDTH_M, at_mps=SPEED_MPS)
    definite = detection.DefiniteRange(range_m=WIDTH_M / 2.0)
    for share in (0.5, 1.0):
        yield Case(
            title=f"inverse cube, parallel sweeps, coverage {share:g}",
            source=f"{KOOPMAN}; IAMSAR II",
            expected_ratio=coverage.inverse_cube_ratio(share),
            run=partial(_swept, cube, WIDTH_M / share),
        )
    yield Case(
        title="definite range, parallel sweeps, coverage 0.5",
        source=KOOPMAN,
        expected_ratio=coverage.definite_range_ratio(0.5),
        run=partial(_swept, definite, WIDTH_M / 0.5),
    )


def _swept(law: detection.Law, spacing_m: float, stream: Draw) -> bool:
    """An object anywhere between two of 101 sweeps, nearest first; those left out would add less than 0.001."""
    place = float(stream.random())
    numbers = sorted(range(-50, 51), key=abs)
    legs = (_pass((place + number) * spacing_m, 1e8) for number in numbers)
    return _found(law, legs, math.inf, stream)


def _searches() -> Iterator[Case]:
    law = detection.RandomSearch(sweep_width_m=2000.0, area_m2=1e9)
    for share in (0.5, 1.0, 2.0):
        half_s = share * law.area_m2 / (law.sweep_width_m * SPEED_MPS) / 2.0
        yield Case(
            title=f"random search, coverage {share:g}",
            source=f"{KOOPMAN}; IAMSAR II",
            expected_ratio=coverage.random_search_ratio(share),
            run=partial(_found, law, (_pass(700.0, half_s),), math.inf),
        )
    yield Case(
        title="definite range on 25 legs thrown at random, coverage 0.1",
        source=KOOPMAN,
        expected_ratio=coverage.random_search_ratio(0.1),
        run=_thrown,
    )


def _thrown(stream: Draw) -> bool:
    """Geometry alone: an object in the middle of a square that closes on itself, and legs anywhere in it."""
    side_m, leg_m, width_m, count = 100_000.0, 20_000.0, 2000.0, 25
    law = detection.DefiniteRange(range_m=width_m / 2.0)
    east, north = (stream.random((2, count)) - 0.5) * side_m
    turn = stream.random(count) * 2.0 * math.pi
    for x, y, angle in zip(east.tolist(), north.tolist(), turn.tolist(), strict=True):
        along, across = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
        # A leg's ends reach out by half a circle that the law of area leaves out: only what is abeam counts.
        if abs(along) <= leg_m / 2.0 and law.potential_ratio(_pass(across)) > 0.0:
            return True
    return False


def _stations() -> Iterator[Case]:
    reception = ais.Reception(horizon_m=40_000.0, sure_m=20_000.0, best_ratio=0.9)
    reports = tuple(enumerate((39_000.0, 38_000.0, 37_000.0, 36_000.0)))
    yield Case(
        title="AIS, one of four reports heard on the way in",
        source="product of the misses",
        expected_ratio=1.0 - math.prod(1.0 - 0.045 * number for number in (1, 2, 3, 4)),
        run=lambda stream: ais.first_heard_ms(reception, reports, float(stream.random())) is not None,
    )
    wearing = failures.Lifetime(mean_s=5000.0, shape_ratio=2.0)
    yield Case(
        title="Weibull of shape 2, outlasts its mean",
        source="Weibull 1951",
        expected_ratio=math.exp(-math.pi / 4.0),
        run=lambda stream: wearing.drawn_s(float(stream.random())) > wearing.mean_s,
    )
    steady = failures.availability_at_ratio(7200.0, 1800.0, HOUR_MS / SECOND_MS)
    yield Case(
        title="works an hour after it was new; fails in 2 h, mended in 30 min on average",
        source="Barlow and Proschan 1965",
        expected_ratio=steady,
        run=lambda stream: _sent(stream, 0),
    )
    yield Case(
        title="the same as a link: a message then gets through within 10 min",
        source="Barlow and Proschan 1965",
        expected_ratio=steady + (1.0 - steady) * -math.expm1(-10.0 / 30.0),
        run=lambda stream: _sent(stream, 10 * MINUTE_MS),
    )


def _looks() -> Iterator[Case]:
    """A steady look within 5 km, on average after 400 s."""
    law = detection.SteadyLook(limit_m=5000.0, mean_s=400.0)
    for lateral_m in (0.0, 3000.0):
        within_s = 2.0 * math.sqrt(law.limit_m**2 - lateral_m**2) / SPEED_MPS
        yield Case(
            title=f"steady look, one pass {lateral_m / law.limit_m:g} of its range off",
            source=f"{KOOPMAN}, continuous looking",
            expected_ratio=-math.expm1(-within_s / law.mean_s),
            run=partial(_found, law, (_pass(lateral_m),), math.inf),
        )
    here = Position(lat_deg=40.0, lon_deg=135.0)
    span = Window(start_ms=0, end_ms=HOUR_MS)
    target = lookout.Target(id="M", legs=(hold(destination(here, 0.0, 9000.0), span),), length_m=180.0)
    ships = tuple(lookout.Watcher.ship(name, (hold(here, span),), None) for name in "AB")
    clear = Weather(Exercise(name="clear", window=span, source=SourceText(file="", content=b"")))
    watch = lookout.Lookout(ships, Sensors(ais=False, lookout=False), clear, span)
    mean_ms = Sensors().radar_mean_ms
    yield Case(
        title="two radars on a ship in range for half the mean time of one",
        source="product of the misses",
        expected_ratio=-math.expm1(-1.0),
        run=lambda stream: _known(watch, target, stream, mean_ms // 2),
    )


def _known(watch: lookout.Lookout, target: lookout.Target, stream: Draw, by_ms: int) -> bool:
    """Whether somebody has noticed a ship by an instant."""
    first = watch.first(target, lambda _: float(stream.random()))
    return first is not None and first.time_ms <= by_ms


def _sent(stream: Draw, patience_ms: int) -> bool:
    """Whether a message that is given to the link after an hour goes through in time."""
    spells = failures.breakdowns(stream, 0, failures.Lifetime(mean_s=7200.0), failures.Lifetime(mean_s=1800.0))
    outages = links.outages_until(spells, 2 * HOUR_MS)
    opened = links.open_windows((Window(start_ms=0, end_ms=2 * HOUR_MS),), outages)
    message = links.Message(key="M", sent_ms=HOUR_MS, patience_ms=patience_ms)
    return links.deliveries((message,), opened)[0].arrives_ms is not None


def _exact() -> Iterator[tuple[str, str, float, float, float]]:
    """Title, source, expected, got, and by how much they may differ."""
    for feet, miles in ((33, 6.7), (100, 11.7)):
        got = nautical_miles(horizon.visual_horizon_m(feet * FOOT_M))
        yield f"visible horizon from {feet} ft, nm", "Bowditch 2002, table 12", miles, got, 0.05
    reach_km = kilometres(horizon.radio_range_m(25.0, 16.0))
    yield "radio, antennas at 25 and 16 m, km", "ITU-R P.310, 4.12 (√h₁ + √h₂)", 37.08, reach_km, 0.05
    curve = partial(lateral_range.inverse_cube_lateral_ratio, sweep_width_m=WIDTH_M)
    swept_m = lateral_range.sweep_width_m(curve, 200.0 * WIDTH_M) + WIDTH_M / (400.0 * math.pi)
    yield "area under the inverse cube curve, m", KOOPMAN, WIDTH_M, swept_m, 1.0
    start = Position(lat_deg=40.0, lon_deg=135.0)
    run = legs_at_speed((start, Position(lat_deg=41.0, lon_deg=135.0)), 0, 20.0 * KNOT_MPS)
    reports = itertools.takewhile(lambda time_ms: time_ms < HOUR_MS, ais.reports_ms(run, ais.Equipment.CLASS_A, 0.5))
    yield (
        "reports of class A in an hour at 20 kn",
        "ITU-R M.1371-5, table 1",
        600.0,
        float(sum(1 for _ in reports)),
        0.0,
    )
    lost = 100.0 * seakeeping.involuntary_loss_ratio(150.0, 7, seakeeping.Sector.HEAD)
    yield "speed lost, 150 m, force 7 ahead, in 100", "Aertssen: 2100 / L + 11", 25.0, lost, 0.005
    yield from _motion()


def _motion() -> Iterator[tuple[str, str, float, float, float]]:
    """The same for fuel, for turns and for gathering way."""
    ship = Platform(
        key="ship",
        name="Ship",
        kind="frigate",
        medium=Medium.SURFACE,
        max_speed_mps=30.0 * KNOT_MPS,
        economical_speed_mps=15.0 * KNOT_MPS,
        range_m=4000.0 * NAUTICAL_MILE_M,
    )
    slow, fast = (fuel.burn_ratio(ship, speed_mps, HOUR_MS) for speed_mps in (15.0 * KNOT_MPS, 30.0 * KNOT_MPS))
    yield "burn by the hour at twice the economical speed, in that at it", "cube of the speed", 8.0, fast / slow, 0.005
    here = Position(lat_deg=40.0, lon_deg=135.0)
    arc = turn_towards(here, 0.0, destination(here, 180.0, 50_000.0), 400.0)
    widest_m = max(distance_m(here, point) for point in arc)
    yield "width of a half turn, tactical diameter 800 m, m", "circle", 800.0, widest_m, 1.0
    legs = legs_at_speed((here, destination(here, 0.0, 20_000.0)), 0, 28.0 * KNOT_MPS)
    late_ms = run_at_speed(legs, Handling(top_mps=28.0 * KNOT_MPS, full_speed_ms=6 * MINUTE_MS))[-1].end_ms
    late_s = (late_ms - legs[-1].end_ms) / SECOND_MS
    yield "time lost from rest, 6 min to full speed, s", "half the time to full speed", 180.0, late_s, 0.01


if __name__ == "__main__":
    main()

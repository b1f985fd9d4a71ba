"""Times loading and checking of a very large plan, beside a plain shapely tree on the boxes of the same claims.

Usage: python benchmarks/check_large.py [--serials N] [--runs N] [--seed N]

The plan is made up by a seeded generator: thirty days of a hundred small groups east of Honshu, each in waters of its
own, with firing, landings, searches, replenishment, passages and much else. Most of it is in order; some groups share
their waters, some serials are moved into the next one. The tree compares boxes in a plane of degrees, then times, and
says only that two boxes meet: not when, not where, not how high, and it knows of no moving box. Every run begins with
an exercise that has just been read, so that nothing is kept from the one before.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from waterspace import planfile
from waterspace.checks import check
from waterspace.checks.context import Context
from waterspace.checks.families.interference.dangers_meeting import danger_meets_danger, danger_meets_work
from waterspace.geometry.footprints import outline
from waterspace.planfile.loading import without_collector
from waterspace.programme import build
from waterspace.quantity import DAY_MS, HOUR_MS

if TYPE_CHECKING:
    from waterspace.domain import Reservation

__all__ = ["main", "plan_text"]

_START_MS = 1_780_272_000_000  # 2026-06-01T00:00Z
_DAYS = 30
_SLOT_MS = 6 * HOUR_MS
_SLOTS = _DAYS * DAY_MS // _SLOT_MS
_SERIALS_OF_A_GROUP = 100
_COLUMNS = 10
_FIRST_LAT_DEG, _FIRST_LON_DEG, _CELL_DEG = 26.0, 144.5, 1.5
_SHARING_EVERY, _MOVED_SHARE = 20, 0.01
_SHIPS = ("type052d", "type054a", "pr1155", "sejong", "burke2a", "pr20380")
_HELICOPTERS = ("z9", "ka27")
_NATIONS = ("CHN", "RUS", "KOR", "USA", "JPN")


class _Kind(NamedTuple):
    """How a serial of a type is written; the braces are filled with what belongs to its group."""

    share: float
    hours: int
    units: str
    own: str


_ROUTE = "    route: [{here}, {there}]\n"
_MEETING = "    area: MEET{group}\n"
_HUNTING = "    area: HUNT{group}\n"
_KINDS = {
    "transit": _Kind(0.20, 3, "units: [D{group}, E{group}, F{group}]", _ROUTE),
    "assembly": _Kind(0.14, 2, "guide: D{group}, units: [E{group}, F{group}, T{group}]", _MEETING),
    "manoeuvres": _Kind(
        0.12, 2, "guide: D{group}, ships: [E{group}, F{group}]", _MEETING + "    axis: '{bearing:03d}'\n"
    ),
    "replenishment": _Kind(
        0.15,
        3,
        "supply: T{group}, receiving: {ship}{group}",
        _MEETING + "    course: '{bearing:03d}'\n    speed: {speed} kn\n",
    ),
    "gunnery": _Kind(
        0.14,
        2,
        "firing: [D{group}, E{group}], target: T{group}, safety: F{group}",
        "    area: FIRE{group}\n    bearing: '{bearing:03d}'\n    half_angle: '{half_angle}'\n    range: 8 nm\n"
        "    ricochet_margin: 0 m\n",
    ),
    "communications_check": _Kind(0.04, 1, "control: D{group}, stations: [E{group}, F{group}, T{group}]", ""),
    "crossdeck": _Kind(0.08, 2, "decks: [D{group}, E{group}], helicopters: H{group}", _MEETING),
    "asw_search": _Kind(0.05, 4, "searching: [D{group}, E{group}, F{group}]", _HUNTING),
    "interception": _Kind(0.05, 2, "guard: [D{group}, E{group}], intruder: F{group}", _HUNTING),
    "escort": _Kind(0.04, 3, "convoy: T{group}, screen: [D{group}, E{group}, F{group}]", _ROUTE),
    "search_and_rescue": _Kind(0.04, 3, "searching: [D{group}, E{group}], coordinator: F{group}", _HUNTING),
}
_BY_DAY = ("gunnery", "crossdeck")

_HEAD = """\
waterspace: 1
exercise: {{name: Large, host: JPN, period: {{start: {start}, end: {end}}}}}
participants:
{participants}
classes:
  tanker: {{name: Tanker, kind: fleet tanker, medium: surface, length: 160 m, max_speed: 18 kn, economical_speed: 14 kn,
           range: 9000 nm, endurance: 60 d, confidence: assumed}}
"""
_SERIAL = """\
  {id}:
    type: {type}
    name: {title} {place} of group {group}
    units: {{{units}}}
    start: {start}
    duration: {hours} h
    objectives: [{objectives}]
    conducting_officer: Commander of group {group}
    safety_officer: Safety officer of group {group}
{own}"""
_NOTICES = """\
  N{id}: {{kind: navarea, covers: {id}, originator: Coordinator of NAVAREA XI, planned: {planned}}}
  A{id}: {{kind: notam, covers: {id}, originator: Air element, planned: {planned}}}
"""


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description="Time loading and checking of a very large plan.")
    parser.add_argument("--serials", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    text, runs = plan_text(options.serials, options.seed), options.runs
    check(planfile.loads(plan_text(_SERIALS_OF_A_GROUP, options.seed)))  # what every first check pays once
    context, result = Context(planfile.loads(text)), check(planfile.loads(text))
    loading = _median(_nothing, lambda _: planfile.loads(text), runs)
    checking = _median(lambda: planfile.loads(text), check, runs)
    planning = _median(lambda: planfile.loads(text), build, runs)
    meeting = _median(lambda: _planned(text), _interference, runs)
    tree = _Planar(context.reservations)
    boxes = _median(_nothing, lambda _: tree.boxes_then_time(), runs)
    counts = Counter(finding.severity.value for finding in result.findings)
    print(
        f"{len(context.exercise.serials):,} serials with {len(context.reservations):,} reservations of"
        f" {len(context.exercise.units):,} units over {_DAYS} days (seed {options.seed}), {len(text.encode()):,} bytes;"
        f" median of {runs}"
    )
    print(f"{result.rules} rules found {', '.join(f'{count:,} of {name}' for name, count in sorted(counts.items()))}")
    print(_line("load", loading, "target 2 s"))
    print(_line("check, all of it", checking, "target 1 s"))
    print(_line("  of which the programme", planning, ""))
    print(_line("  of which WS201 and WS202", meeting, f"target 0.2 s; {len(context.meetings):,} meetings"))
    pairs = f"{tree.boxes_then_time():,} pairs of boxes"
    print(_line("STRtree of boxes, then time", boxes, f"{pairs}; ratio of CPU {meeting.cpu_s / boxes.cpu_s:.1f}"))


def plan_text(serials: int, seed: int) -> str:
    """An exercise file with so many serials, a hundred to a group."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    groups = [_Group(number) for number in range(-(-serials // _SERIALS_OF_A_GROUP))]
    period = {"start": _time(_START_MS), "end": _time(_START_MS + (_DAYS + 1) * DAY_MS)}
    parts = [
        _HEAD.format(**period, participants="\n".join(f"  {nation}: {{service: navy}}" for nation in _NATIONS)),
        "units:\n",
        *(group.units() for group in groups),
        "groups:\n",
        *(group.command() for group in groups),
        "areas:\n",
        *(group.areas() for group in groups),
        "objectives:\n",
        *(f"  O{number}: {{text: Reach aim {number} in ten hours, owner: D0}}\n" for number in range(20)),
        "serials:\n",
    ]
    notices = ["notices:\n"]
    for number in range(serials):
        group = groups[number // _SERIALS_OF_A_GROUP]
        parts.append(group.serial(rng, number % _SERIALS_OF_A_GROUP, notices))
    spells = (
        f"  - {{start: {_time(_START_MS + day * DAY_MS)}, end: {_time(_START_MS + (day + 1) * DAY_MS)},"
        f" sea_state: {2 + day % 2}, wind_speed: 12 kn, visibility: 10 nm}}\n"
        for day in range(_DAYS + 1)
    )
    return "".join((*parts, *notices, "weather:\n", *spells))


class _Group:
    """Five units and their three areas in one cell of a grid."""

    def __init__(self, number: int) -> None:
        self.number = number
        cell = number - 1 if number % _SHARING_EVERY == 1 else number
        self._lat_deg = _FIRST_LAT_DEG + _CELL_DEG * (cell // _COLUMNS)
        self._lon_deg = _FIRST_LON_DEG + _CELL_DEG * (cell % _COLUMNS)
        slots = random.Random(number).sample(range(_SLOTS), _SERIALS_OF_A_GROUP)  # noqa: S311  # no secret
        self._slots = sorted(slots)

    def _at(self, lat_deg: float, lon_deg: float) -> str:
        return f"{self._lat_deg + lat_deg:.3f}N {self._lon_deg + lon_deg:.3f}E"

    def units(self) -> str:
        """Three ships that fight, one that supplies, a helicopter."""
        number, nation = self.number, _NATIONS[self.number % len(_NATIONS)]
        start = f"start: {self._at(0.0, 0.0)}"
        ships = "".join(
            f"  {letter}{number}: {{name: {letter} {number}, nation: {nation}, class:"
            f" {_SHIPS[(number + place) % len(_SHIPS)]}, {start}{', command_ship: yes' if letter == 'D' else ''}}}\n"
            for place, letter in enumerate("DEF")
        )
        return (
            f"{ships}  T{number}: {{name: T {number}, nation: {nation}, class: tanker, {start}}}\n"
            f"  H{number}: {{name: H {number}, nation: {nation}, class: {_HELICOPTERS[number % 2]}, home: D{number}}}\n"
        )

    def command(self) -> str:
        """Who commands them."""
        number = self.number
        return (
            f"  G{number}: {{name: Group {number}, units: [D{number}, E{number}, F{number}, T{number}, H{number}],"
            f" commander: Commander of group {number}, flagship: D{number}, roles: [OTC]}}\n"
        )

    def areas(self) -> str:
        """Where they meet, fire and search."""
        number = self.number
        corners = ", ".join(self._at(*corner) for corner in ((-0.6, -0.5), (-0.25, -0.5), (-0.25, 0.1), (-0.6, 0.1)))
        return (
            f"  MEET{number}: {{circle: {{centre: {self._at(0.0, 0.0)}, radius: 16 nm}}}}\n"
            f"  FIRE{number}: {{circle: {{centre: {self._at(0.4, 0.3)}, radius: 14 nm}},"
            " vertical: surface to 10000 ft}\n"
            f"  HUNT{number}: {{polygon: [{corners}]}}\n"
        )

    def serial(self, rng: random.Random, place: int, notices: list[str]) -> str:
        """One serial; what warns of it is added to the notices."""
        start_ms = _START_MS + self._slots[place] * _SLOT_MS
        dark = start_ms % DAY_MS >= 2 * _SLOT_MS
        kinds = {name: kind.share for name, kind in _KINDS.items() if not (dark and name in _BY_DAY)}
        if not dark:
            kinds.update({name: 2.0 * kinds[name] for name in _BY_DAY})
        name = rng.choices(list(kinds), list(kinds.values()))[0]
        if rng.random() < _MOVED_SHARE:
            start_ms += 5 * HOUR_MS
        kind, id_ = _KINDS[name], f"S{self.number * _SERIALS_OF_A_GROUP + place}"
        there = self._at(rng.uniform(-0.2, 0.2), rng.choice((-0.4, 0.4)))
        own = {
            "group": self.number,
            "here": self._at(0.0, 0.0),
            "there": there,
            "ship": "DEF"[place % 3],
            "bearing": rng.randrange(0, 360, 15),
            "half_angle": rng.choice((10, 15, 20, 30)),
            "speed": rng.choice((12, 13, 14)),
        }
        if name == "gunnery":
            notices.append(_NOTICES.format(id=id_, planned=_time(start_ms - 6 * DAY_MS)))
        return _SERIAL.format(
            id=id_,
            type=name,
            title=name.replace("_", " ").capitalize(),
            place=place,
            group=self.number,
            units=kind.units.format(**own),
            start=_time(start_ms),
            hours=kind.hours,
            objectives=", ".join(f"O{number}" for number in sorted(rng.sample(range(20), rng.choice((1, 1, 2))))),
            own=kind.own.format(**own),
        )


def _time(time_ms: int) -> str:
    return str(np.datetime64(time_ms, "ms").astype("datetime64[m]")) + "Z"


def _planned(text: str) -> Context:
    """A context whose programme and claims are made, so that only what meets is left to find."""
    context = Context(planfile.loads(text))
    assert context.reservations
    return context


def _interference(context: Context) -> int:
    return sum(1 for rule in (danger_meets_danger, danger_meets_work) for _ in rule(context))


class _Planar:
    """Still claims as boxes of a plane of degrees, moving ones as the box round all their way."""

    def __init__(self, claims: Sequence[Reservation]) -> None:
        rings = [[(corner.lon_deg % 360.0, corner.lat_deg) for corner in outline(claim.footprint)] for claim in claims]
        self._boxes: Any = shapely.envelope(np.array([shapely.Polygon(ring) for ring in rings]))
        self._start_ms = np.array([claim.windows[0].start_ms for claim in claims])
        self._end_ms = np.array([claim.windows[-1].end_ms for claim in claims])

    def boxes_then_time(self) -> int:
        """Pairs whose boxes meet and whose times do."""
        first, second = shapely.STRtree(self._boxes).query(self._boxes)
        keep = first < second
        first, second = first[keep], second[keep]
        start_ms = np.maximum(self._start_ms[first], self._start_ms[second])
        end_ms = np.minimum(self._end_ms[first], self._end_ms[second])
        return int(np.count_nonzero(start_ms < end_ms))


class _Spent(NamedTuple):
    """Medians of the time of the processor and of the clock, seconds."""

    cpu_s: float
    wall_s: float


def _line(name: str, spent: _Spent, what: str) -> str:
    return f"  {name:<29} CPU {spent.cpu_s:7.3f} s, wall {spent.wall_s:7.3f} s   {what}".rstrip()


def _nothing() -> None:
    return None


def _median(prepare: Callable[[], Any], work: Callable[[Any], object], runs: int) -> _Spent:
    """What the work takes on what has been prepared anew, while no clock ran."""
    cpu_s, wall_s = [], []
    for _ in range(runs):
        given = prepare()
        with without_collector():  # as loading and checking themselves do
            began_s = time.process_time(), time.perf_counter()
            work(given)
            cpu_s.append(time.process_time() - began_s[0])
            wall_s.append(time.perf_counter() - began_s[1])
    return _Spent(cpu_s=statistics.median(cpu_s), wall_s=statistics.median(wall_s))


if __name__ == "__main__":
    main()

"""The rules of interference against samples of space and time, on plans by chance, without any index.

Each plan has some serials that fire, search, fly, steam and assemble in one water, which may lie across 180 degrees,
and in the hours around a midnight, a month's end or a year's end. What claims the serials make is taken from the plan;
whether they meet or come near is told by rings of points on a plane, minute by minute.
"""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from interference_samples import Sampled, bands_gap_m, sampled, within
from planting import clock, off, period, sea
from waterspace import checks, planfile
from waterspace.checks.context import Context
from waterspace.checks.example import whole
from waterspace.checks.families.interference.spacing import BUFFER, BUFFER_HEIGHT
from waterspace.domain import MovingBox, Position
from waterspace.geometry.legs import position_at
from waterspace.quantity import FOOT_M, HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.domain import Exercise, Finding, Reservation

Pair = frozenset[str]

WATERS = ((38.5, 134.0), (20.0, 179.95), (-31.0, -179.98), (52.0, 179.99), (0.0, -150.0))
EVENINGS_MS = (1_780_354_800_000, 1_782_860_400_000, 1_798_758_000_000)
SERIALS = 6
STILL_M, MOVING_M = 15.0, 400.0
"""By how much samples may be wrong: a box moves no farther than this in half a minute, with the other one's way."""


def written(luck: random.Random) -> str:
    """A plan of some serials near one another in place, height and time; the first two are neighbours."""
    lat_deg, lon_deg = luck.choice(WATERS)
    water = Position(lat_deg=lat_deg, lon_deg=lon_deg)
    start_ms = luck.choice(EVENINGS_MS) + luck.randrange(60) * MINUTE_MS
    areas, units, serials = "", "", ""
    for number in range(SERIALS):
        middle = off(water, luck.uniform(0.0, 360.0), luck.uniform(0.0, 16.0))
        when = clock(start_ms + luck.randrange(5 * 60) * MINUTE_MS)
        top = luck.choice(("3000 ft", "5000 ft", "FL100"))
        own = f"nation: JPN, start: {sea(middle)}"
        units += "".join(
            f"  {letter}{number}: {{name: {letter} {number}, class: {kind}, {own}}}\n"
            for letter, kind in (("X", "cutter"), ("Y", "cutter"), ("H", "z9"))
        )
        if number > 1:
            areas += f"  A{number}: {{{shape(luck, middle)}, vertical: surface to {top}}}\n"
            serials += serial(luck, number, middle, when, luck.choice((1, 2, 3)))
    far = off(water, luck.uniform(0.0, 360.0), 40.0)
    side = off(far, luck.uniform(0.0, 360.0), 11.0 + luck.uniform(-0.5, 2.0))
    for number, middle, miles in ((0, far, 6), (1, side, 5)):
        areas += f"  A{number}: {{circle: {{centre: {sea(middle)}, radius: {miles} nm}}}}\n"
    search = "type: asw_search\n    units: {searching: [X1, Y1]}\n    area: A1"
    serials += entry(0, f"{FIRED.format(0, luck.randrange(360))}\n    practice_radius: 6 nm", clock(start_ms), 2)
    serials += entry(1, search, clock(start_ms + HOUR_MS), 2)
    return f"{period(start_ms)}areas:\n{areas}units:\n{units}serials:\n{serials}"


FIRED = (
    "type: gunnery\n    units: {{firing: X{0}}}\n    area: A{0}\n    bearing: '{1:03d}'\n"
    "    safety_officer: Executive officer"
)


def entry(number: int, body: str, when: str, hours: int) -> str:
    """One entry of `serials`."""
    return f"  S{number}:\n    {body}\n    start: {when}\n    duration: {hours} h\n    objectives: O1\n"


def shape(luck: random.Random, middle: Position) -> str:
    if luck.random() < 0.5:
        return f"circle: {{centre: {sea(middle)}, radius: {luck.randrange(4, 12)} nm}}"
    count = luck.randrange(3, 7)
    corners = (sea(off(middle, 360.0 * turn / count, luck.uniform(3.0, 12.0))) for turn in range(count))
    return f"polygon: [{', '.join(corners)}]"


def serial(luck: random.Random, number: int, middle: Position, when: str, hours: int) -> str:
    """One entry of `serials`, of a type by chance."""
    bearing_deg = luck.randrange(360)
    route = ", ".join(sea(off(middle, bearing_deg + turn, luck.uniform(4.0, 20.0))) for turn in (0.0, 180.0))
    fired, area, both = FIRED.format(number, bearing_deg), f"    area: A{number}", f"[X{number}, Y{number}]"
    sliced = f"{fired}\n    range: {luck.randrange(5, 13)} nm\n    half_angle: '{luck.choice((10, 25, 60))}'"
    flown = f"{{coordinator: X{number}, searching: [Y{number}, H{number}]}}"
    height = f"    height: {luck.choice((500, 1500, 3900, 6000))} ft"
    body = luck.choice(
        (
            f"{fired}\n    practice_radius: {luck.randrange(3, 7)} nm",
            sliced,
            f"type: asw_search\n    units: {{searching: {both}}}\n{area}",
            f"type: search_and_rescue\n    units: {flown}\n{area}\n{height}",
            f"type: assembly\n    units: {{units: {both}}}\n{area}",
            f"type: transit\n    units: {{units: {both}}}\n    route: [{route}]",
            f"type: escort\n    units: {{convoy: X{number}, screen: Y{number}}}\n    route: [{route}]",
        )
    )
    return entry(number, body, when, hours)


def tolerance_m(*claims: Reservation) -> float:
    return MOVING_M if any(isinstance(claim.footprint, MovingBox) for claim in claims) else STILL_M


def looked_at(exercise: Exercise) -> Counter[str]:
    """Compare what the rules say of every two serials with what samples say; and count what there was to see."""
    context = Context(exercise)
    found = {code: by_pair(exercise, code) for code in ("WS201", "WS202", "WS204")}
    claims: dict[str, list[Reservation]] = {id_: [] for id_ in exercise.serials}
    for claim in context.reservations:
        claims[claim.owner].append(claim)
    seen: Counter[str] = Counter()
    for one, other in itertools.combinations(exercise.serials, 2):
        pair = frozenset((one, other))
        said = [(a, b, sampled(a, b)) for a in claims[one] for b in claims[other]]
        shared = [(a, b, what) for a, b, what in said if what is not None]
        seen["pairs"] += 1
        for code, dangers in (("WS201", 2), ("WS202", 1)):
            check_meeting(context, pair, found, [entry for entry in shared if hazards(*entry[:2]) == dangers], code)
        check_nearness(pair, found["WS204"], shared, context)
        check_units(context, pair, found)
        for code, named in found.items():
            seen[code] += pair in named
    return seen


def by_pair(exercise: Exercise, code: str) -> dict[Pair, Finding]:
    """Findings of a rule by the two serials that they are about."""
    named: dict[Pair, Finding] = {}
    for finding in checks.check(exercise, select=[code]).findings:
        pair = frozenset(finding.subjects[:2])
        assert pair not in named, f"{code} speaks twice of {sorted(pair)}"
        named[pair] = finding
    return named


def hazards(a: Reservation, b: Reservation) -> int:
    return a.hazard.is_hazardous + b.hazard.is_hazardous


Entries = list[tuple["Reservation", "Reservation", Sampled]]


def check_meeting(
    context: Context, pair: Pair, found: dict[str, dict[Pair, Finding]], entries: Entries, code: str
) -> None:
    """What samples see is found, and where a rule says that claims meet, they do."""
    together = [entry for entry in entries if bands_gap_m(entry[0].band, entry[1].band) < 0.0]
    for a, b, what in together:
        if what.first_ms is not None:
            told = found[code].get(pair) or found["WS201"].get(pair)
            assert told is not None, f"{a.id} and {b.id} overlap by {what.inside_m:.0f} m; {code} is silent"
            assert told.window is not None
    told = found[code].get(pair)
    if told is None or len(told.subjects) > 2:  # units of a serial that claims no water
        return
    assert told.position is not None
    assert told.window is not None
    place, start_ms = told.position, told.window.start_ms
    assert any(
        min(within(side.footprint, place, start_ms) for side in (a, b)) > -STILL_M
        and any(window.start_ms <= start_ms < window.end_ms for window in a.windows)
        and any(window.start_ms <= start_ms < window.end_ms for window in b.windows)
        for a, b, _ in together
    ), f"{code} says that claims of {sorted(pair)} meet at {place}, {start_ms}; none does there"
    earliest = min((what.first_ms for _, _, what in together if what.first_ms is not None), default=math.inf)
    if code == "WS201":
        assert start_ms <= earliest


def check_nearness(pair: Pair, found: dict[Pair, Finding], entries: Entries, context: Context) -> None:
    """Claims are as near as WS204 says, and where samples see them near, it says so."""
    buffer_m, height_m = context.limit(BUFFER), context.limit(BUFFER_HEIGHT)
    if pair in context.met_pairs:
        assert pair not in found
        return
    near = [
        (what.apart_m, max(bands_gap_m(a.band, b.band), 0.0), tolerance_m(a, b))
        for a, b, what in entries
        if (a.hazard.endangers_shipping or b.hazard.endangers_shipping) and bands_gap_m(a.band, b.band) < height_m
    ]
    told = found.get(pair)
    if told is None:
        assert not [one for one in near if one[0] < buffer_m - one[2]], f"{sorted(pair)} are near: {near}"
        return
    assert told.amount is not None
    if told.amount.unit == "nm":
        apart_m = told.amount.value * NAUTICAL_MILE_M
        assert any(abs(one[0] - apart_m) < one[2] + 20.0 for one in near), f"{told.message}: {near}"
    else:
        assert any(one[0] < one[2] and abs(one[1] / FOOT_M - told.amount.value) < 1.0 for one in near), told.message


def check_units(context: Context, pair: Pair, found: dict[str, dict[Pair, Finding]]) -> None:
    """Units well inside a danger of the other serial are told of, by whichever rule."""
    for danger in context.reservations:
        others = pair - {danger.owner}
        if danger.owner not in pair or not danger.hazard.endangers_shipping or len(others) != 1:
            continue
        (other,) = others
        for unit, legs in context.plans[other].tracks.items():
            if any(leg.height_m != 0.0 for leg in legs):
                continue
            for window in danger.windows:
                first_ms, last_ms = max(window.start_ms, legs[0].start_ms), min(window.end_ms, legs[-1].end_ms)
                for time_ms in range(first_ms, last_ms, HOUR_MS // 2):
                    if within(danger.footprint, position_at(legs, time_ms), time_ms) > STILL_M:
                        assert pair in found["WS201"] or pair in found["WS202"], f"{unit} is inside {danger.id}"


def agreed(seed: int, plans: int) -> Counter[str]:
    luck = random.Random(seed)  # noqa: S311  # no secret
    seen: Counter[str] = Counter()
    for _ in range(plans):
        seen += looked_at(planfile.loads(whole(written(luck)), file="plan.exercise.yaml"))
    return seen


def test_the_rules_agree_with_samples_of_300_pairs_of_serials() -> None:
    seen = agreed(seed=1, plans=20)
    assert seen["pairs"] == 300
    assert seen["WS201"] > 10
    assert seen["WS202"] > 10
    assert seen["WS204"] > 2


@pytest.mark.deep
def test_the_rules_agree_with_samples_of_10_000_pairs_of_serials() -> None:
    seen = agreed(seed=2, plans=667)
    assert seen["pairs"] > 10_000
    assert seen["WS201"] > 400
    assert seen["WS202"] > 400
    assert seen["WS204"] > 100

"""The programme places every unit, joins its serials by passages, and brings aircraft home."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

from waterspace.domain import (
    Area,
    Circle,
    Exercise,
    Medium,
    Platform,
    Position,
    Serial,
    SourceText,
    Track,
    Unit,
    Window,
)
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import position_at, speed_mps, trim
from waterspace.programme import Programme, build
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M
from waterspace.serials.assembly import AssemblyParameters
from waterspace.serials.communications_check import CommunicationsCheckParameters
from waterspace.serials.transit import TransitParameters

SHIP = Platform(
    key="ship",
    name="Ship",
    kind="frigate",
    medium=Medium.SURFACE,
    max_speed_mps=28.0 * KNOT_MPS,
    economical_speed_mps=15.0 * KNOT_MPS,
    range_m=4000.0 * NAUTICAL_MILE_M,
)
HELICOPTER = Platform(
    key="helicopter",
    name="Helicopter",
    kind="ship helicopter",
    medium=Medium.AIR,
    cruise_speed_mps=110.0 * KNOT_MPS,
    endurance_ms=3 * HOUR_MS,
)


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def area(id_: str, lat_deg: float, lon_deg: float) -> Area:
    return Area(id=id_, name=id_, footprint=Circle(centre=at(lat_deg, lon_deg), radius_m=10.0 * NAUTICAL_MILE_M))


def assembly(id_: str, where: str, units: tuple[str, ...], start_h: int, hours: int = 2) -> Serial:
    return Serial(
        id=id_,
        type="assembly",
        parameters=AssemblyParameters(),
        area=where,
        units={"units": units},
        start_ms=start_h * HOUR_MS,
        duration_ms=hours * HOUR_MS,
    )


def flight(id_: str, start_h: int, hours: int = 2) -> Serial:
    route = (at(41.0, 133.0), at(41.1, 133.3), at(41.0, 133.0))
    return Serial(
        id=id_,
        type="transit",
        parameters=TransitParameters(route=route),
        units={"units": ("H",)},
        start_ms=start_h * HOUR_MS,
        duration_ms=hours * HOUR_MS,
    )


def exercise(units: tuple[Unit, ...], serials: tuple[Serial, ...]) -> Exercise:
    return Exercise(
        name="build",
        window=Window(start_ms=0, end_ms=72 * HOUR_MS),
        source=SourceText(file="build.exercise.yaml", content=b""),
        platforms={"ship": SHIP, "helicopter": HELICOPTER},
        units={unit.id: unit for unit in units},
        areas={entry.id: entry for entry in (area("NORTH", 41.0, 133.0), area("SOUTH", 39.0, 133.0))},
        serials={entry.id: entry for entry in serials},
    )


def ship(id_: str, home: Position | None = None, start: Position | None = None) -> Unit:
    return Unit(id=id_, name=id_, nation="JPN", platform="ship", home=home, start=start)


def jumps(track: Track) -> list[float]:
    for before, after in itertools.pairwise(track.legs):
        assert before.end_ms == after.start_ms
    return [distance_m(before.end, after.start) for before, after in itertools.pairwise(track.legs)]


def test_a_ship_stays_in_harbour_until_it_must_leave_at_economical_speed() -> None:
    unit = ship("A", home=at(43.0, 133.0))
    programme = build(exercise((unit,), (assembly("S1", "NORTH", ("A",), 40),)))
    first, passage = programme.tracks["A"].legs[:2]
    assert first.is_wait
    assert passage.end_ms == 40 * HOUR_MS
    assert math.isclose(speed_mps(passage), 15.0 * KNOT_MPS, rel_tol=1e-3)
    assert max(jumps(programme.tracks["A"])) < 1.0


def test_a_ship_at_sea_leaves_at_once_and_waits_at_the_far_end() -> None:
    unit = ship("A", start=at(43.0, 133.0))
    programme = build(exercise((unit,), (assembly("S1", "NORTH", ("A",), 40),)))
    passage, wait = programme.tracks["A"].legs[:2]
    assert not passage.is_wait
    assert passage.start_ms == 0
    assert wait.is_wait
    assert wait.end_ms == 40 * HOUR_MS


def test_a_passage_says_how_far_it_is_and_how_fast_one_must_go() -> None:
    unit = ship("A", start=at(41.0, 133.0))
    serials = (assembly("S1", "NORTH", ("A",), 10), assembly("S2", "SOUTH", ("A",), 16))
    passage = build(exercise((unit,), serials)).passages[-1]
    assert (passage.origin, passage.destination) == ("S1", "S2")
    assert passage.available == Window(start_ms=12 * HOUR_MS, end_ms=16 * HOUR_MS)
    assert math.isclose(passage.required_speed_mps, passage.distance_m / (4 * 3600), rel_tol=1e-9)
    assert passage.required_speed_mps > SHIP.max_speed_mps  # type: ignore[operator]


def test_every_passage_is_as_long_to_the_last_bit_as_the_way_between_its_ends() -> None:
    places = [(34.1 + 0.37 * number, 139.2 - 0.21 * number) for number in range(12)]
    areas = tuple(area(f"R{number}", *place) for number, place in enumerate(places))
    serials = tuple(assembly(f"S{number}", f"R{number}", ("A", "B"), 3 * number) for number in range(12))
    plan = exercise((ship("A", home=at(35.0, 139.5)), ship("B", start=at(33.9, 140.3))), serials)
    plan = replace(plan, areas={one.id: one for one in areas})
    passages = build(plan).passages
    assert len(passages) == 24
    assert [passage.distance_m for passage in passages] == [distance_m(one.start, one.end) for one in passages]
    for unit, track in build(plan).tracks.items():
        own = [passage for passage in passages if passage.unit == unit]
        assert all(before.destination == after.origin for before, after in itertools.pairwise(own))
        assert max(jumps(track), default=0.0) == 0.0


def test_a_helicopter_on_deck_runs_the_legs_of_its_ship_cut_at_take_off_and_landing() -> None:
    programme = helicopter_programme(20)
    ship_legs, own = programme.tracks["A"].legs, programme.tracks["H"].legs
    aloft = [sortie.window for sortie in programme.sorties]
    ends_ms = [own[0].start_ms, *(time_ms for one in aloft for time_ms in (one.start_ms, one.end_ms)), own[-1].end_ms]
    assert len(aloft) == 2
    for from_ms, to_ms in zip(ends_ms[::2], ends_ms[1::2], strict=True):
        carried = trim(ship_legs, Window(start_ms=from_ms, end_ms=to_ms))
        assert carried
        assert trim(own, Window(start_ms=from_ms, end_ms=to_ms)) == tuple(replace(leg, serial="") for leg in carried)


def test_no_time_at_all_between_two_places_needs_infinite_speed() -> None:
    unit = ship("A", start=at(41.0, 133.0))
    serials = (assembly("S1", "NORTH", ("A",), 10), assembly("S2", "SOUTH", ("A",), 12))
    assert build(exercise((unit,), serials)).passages[-1].required_speed_mps == math.inf


def helicopter_programme(second_start_h: int) -> Programme:
    carrier = ship("A", start=at(41.0, 133.0))
    helicopter = Unit(id="H", name="H", nation="JPN", platform="helicopter", home_unit="A")
    serials = (
        flight("S1", 10),
        flight("S2", second_start_h),
        assembly("S3", "SOUTH", ("A",), 30),
    )
    return build(exercise((carrier, helicopter), serials))


def test_a_helicopter_lands_between_serials_that_are_far_apart_in_time() -> None:
    programme = helicopter_programme(20)
    assert [sortie.serials for sortie in programme.sorties] == [("S1",), ("S2",)]


def test_a_helicopter_stays_up_between_serials_that_leave_no_time_to_land() -> None:
    programme = helicopter_programme(12)
    assert [sortie.serials for sortie in programme.sorties] == [("S1", "S2")]
    assert programme.sorties[0].window.end_ms - programme.sorties[0].window.start_ms > 4 * HOUR_MS


def test_a_helicopter_on_deck_goes_where_its_ship_goes() -> None:
    programme = helicopter_programme(20)
    for hour in (2, 26, 40):
        there = position_at(programme.tracks["A"].legs, hour * HOUR_MS)
        assert distance_m(position_at(programme.tracks["H"].legs, hour * HOUR_MS), there) < 1.0
    assert max(jumps(programme.tracks["H"])) < 50.0


def test_a_serial_that_moves_nobody_leaves_the_tracks_alone() -> None:
    unit = ship("A", start=at(41.0, 133.0))
    other = ship("B", start=at(41.1, 133.0))
    call = Serial(
        id="C1",
        type="communications_check",
        parameters=CommunicationsCheckParameters(),
        units={"control": ("A",), "stations": ("B",)},
        start_ms=11 * HOUR_MS,
        duration_ms=HOUR_MS,
    )
    serials = (assembly("S1", "NORTH", ("A", "B"), 10),)
    alone, beside = build(exercise((unit, other), serials)), build(exercise((unit, other), (*serials, call)))
    assert alone.tracks == beside.tracks
    assert beside.assignments["A"] == ("S1",)


def test_a_unit_without_any_place_has_no_track_and_breaks_nothing() -> None:
    programme = build(exercise((ship("A"),), (assembly("S1", "NOWHERE", ("A", "GHOST"), 10),)))
    assert programme.tracks == {}
    assert programme.plans["S1"].tracks == {}


def test_the_order_of_units_in_the_file_does_not_change_anyones_track() -> None:
    units = (
        ship("A", start=at(41.0, 133.0)),
        Unit(id="H", name="H", nation="JPN", platform="helicopter", home_unit="A"),
    )
    serials = (flight("S1", 10), assembly("S3", "SOUTH", ("A",), 30))
    assert build(exercise(units, serials)).tracks == build(exercise(units[::-1], serials)).tracks

"""Oil recovery: two vessels tow a boom between them and sweep an area up and down.

The pair keeps abreast, half the sweep width to each side of the line of advance, and runs parallel lines one sweep
width apart, from one side of a square about the area's centre to the other, until the serial ends. A boom loses oil
when it is towed faster than about a knot; the tow speed is a parameter and its default is assumed.

Sources: general practice of boom towing.
Limits: turns take no time, and drift of the slick is not modelled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import SURFACE, Hazard, Leg, Measure, MovingBox, Provenance, Record, Reservation
from waterspace.geometry.footprints import area_m2, centre
from waterspace.geometry.geodesic import destination
from waterspace.geometry.legs import fill, legs_at_speed, parallel_relative, total_length_m
from waterspace.quantity import KNOT_MPS
from waterspace.serials.base import Briefing, Needs, Plan, Role, Script, SerialParameters, SerialType, Stage, parameter

if TYPE_CHECKING:
    from waterspace.domain import Event, Position, SerialRecord

__all__ = ["EXAMPLE", "SERIAL_TYPE", "OilRecovery", "OilRecoveryParameters"]

PAIR = 2


EXAMPLE = """\
waterspace: 1
exercise: {name: Oil spill drill, period: {start: 2026-06-09T00:00Z, end: 2026-06-09T08:00Z}}
units:
  ALFA: {name: Alfa, nation: KOR, class: sejong, start: 36-58N 130-28E, command_ship: yes}
  BRAVO: {name: Bravo, nation: USA, class: burke2a, start: 36-58N 130-32E}
groups:
  PAIR: {units: [ALFA, BRAVO], flagship: ALFA, roles: [OTC]}
areas:
  SLICK: {name: Slick, circle: {centre: 37-00N 130-30E, radius: 1 nm}}
objectives:
  O1: {text: Sweep a tenth of the slick in three hours, owner: PAIR}
serials:
  S1:
    type: oil_recovery
    area: SLICK
    units: {towing: [ALFA, BRAVO]}
    start: 2026-06-09T02:00Z
    duration: 3 h
    sweep_width: 200 m
    tow_speed: 1 kn
    objectives: O1
    safety_officer: Boatswain of Bravo
"""
"""An exercise with one serial of the type, for its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OilRecoveryParameters(SerialParameters):
    """What the planner may say of an oil recovery."""

    sweep_width_m: float = parameter(text="Distance between the two vessels.", default=200.0, minimum=20.0)
    tow_speed_mps: float = parameter(
        text="Speed of the tow through the water.", default=KNOT_MPS, minimum=0.1, maximum=3.0
    )
    run_length_m: float = parameter(text="Length of each run before the pair turns.", default=2000.0, minimum=100.0)


class OilRecovery(SerialType[OilRecoveryParameters]):
    """Two vessels and a boom."""

    key = "oil_recovery"
    title = "oil recovery"
    summary = "Two vessels tow a boom between them and sweep an area in parallel runs."
    parameters = OilRecoveryParameters
    roles = (Role(name="towing", text="The pair that tows the boom.", minimum=PAIR, maximum=PAIR),)
    hazards = "a boom across the track of others, vessels restricted in their ability to manoeuvre"
    sources = ("General practice of boom towing; every number is a parameter (assumed)",)
    measured_by: ClassVar[Mapping[str, str]] = {
        "swept_ratio": "area passed between the vessels, as a share of the serial's area"
    }

    example = EXAMPLE

    def needs(self, parameters: OilRecoveryParameters) -> Needs:
        """An area and light to see the oil by."""
        return Needs(area=True, daylight=True, sea_state_max=3, source="assumed")

    def plan(self, briefing: Briefing[OilRecoveryParameters]) -> Plan:
        """The pair abreast of a line that goes up and down the area."""
        line = _line(briefing)
        if not line:
            return {}
        half_m = briefing.parameters.sweep_width_m / 2.0
        pair = briefing.units("towing")[:PAIR]
        return {
            unit: fill(parallel_relative(line, side_deg, half_m), briefing.window)
            for unit, side_deg in zip(pair, (270.0, 90.0), strict=False)
        }

    def reservations(self, briefing: Briefing[OilRecoveryParameters], plan: Plan) -> tuple[Reservation, ...]:
        """A box that moves with the boom."""
        line = _line(briefing)
        if not line:
            return ()
        room_m = 2.0 * briefing.parameters.sweep_width_m
        serial = briefing.serial
        return (
            Reservation(
                id=f"{serial.id}/tow",
                owner=serial.id,
                name=f"{serial.name or serial.id}: boom under tow",
                footprint=MovingBox(legs=line, ahead_m=room_m, astern_m=room_m, abeam_m=room_m),
                band=SURFACE,
                windows=(briefing.window,),
                hazard=Hazard.TOWING,
                provenance=Provenance(note="two sweep widths round the boom (assumed)"),
            ),
        )

    def script(self, stage: Stage[OilRecoveryParameters], unit: str) -> Script:
        """Deploy the boom, which takes a time drawn from a stream, then follow the plan."""
        if unit == next(iter(stage.plan), ""):
            minutes = float(stage.stream("deployment").uniform(10.0, 20.0))
            yield Record(kind="boom.deployed", text="boom streamed", data={"deployment_ms": round(minutes * 60_000)})
        yield from super().script(stage, unit)

    def measures(
        self,
        briefing: Briefing[OilRecoveryParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """How much of the area the boom passed over."""
        if briefing.area is None or not tracks:
            return ()
        mean_m = sum(total_length_m(legs) for legs in tracks.values()) / len(tracks)
        ratio = mean_m * briefing.parameters.sweep_width_m / area_m2(briefing.area.footprint)
        return (
            Measure(name="swept_ratio", value=ratio, subject=briefing.serial.id, text=self.measured_by["swept_ratio"]),
        )


def _line(briefing: Briefing[OilRecoveryParameters]) -> tuple[Leg, ...]:
    """The line of advance of the pair, up and down, until the window ends."""
    if briefing.area is None:
        return ()
    given, window = briefing.parameters, briefing.window
    reach_m = given.tow_speed_mps * (window.end_ms - window.start_ms) / 1000.0
    half_m = given.run_length_m / 2.0
    middle = centre(briefing.area.footprint)
    waypoints: list[Position] = []
    run_m, row = 0.0, 0
    while run_m <= reach_m:
        across_m = row * given.sweep_width_m - half_m
        abeam = destination(middle, 90.0 if across_m >= 0.0 else 270.0, abs(across_m))
        north, south = destination(abeam, 0.0, half_m), destination(abeam, 180.0, half_m)
        waypoints.extend((south, north) if row % 2 == 0 else (north, south))
        run_m += given.run_length_m + given.sweep_width_m
        row += 1
    return fill(legs_at_speed(waypoints, window.start_ms, given.tow_speed_mps, serial=briefing.serial.id), window)


SERIAL_TYPE = OilRecovery()

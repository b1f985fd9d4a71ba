"""Payload: a run as the small JSON document that the map and the chart of a report draw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Corridor, MovingBox, Window
from waterspace.notation import format_band
from waterspace.reports import backdrop
from waterspace.reports.claims import claims_as_run
from waterspace.reports.encoding import COAST_SCALE, RING_SCALE, TRACK_SCALE, Epoch, encode_ring, encode_track
from waterspace.reports.extent import Extent
from waterspace.reports.symbols import symbol_code
from waterspace.reports.warned import warnings_around
from waterspace.reports.wording import nations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from waterspace.domain import Exercise, Footprint, Leg, Observer, Position, Reservation, Run, Unit
    from waterspace.reports.glance import FindingRow

__all__ = ["build_payload", "home_extent"]

_Wire = dict[str, object]


def build_payload(run: Run, findings: Sequence[FindingRow] = (), claims: Sequence[Reservation] | None = None) -> _Wire:
    """The run as whole numbers, short texts and lists; `web/src/payload.ts` is its reader and names every field.

    Args:
        run: one rehearsal.
        findings: as the page numbers them; those with a position go on the map.
        claims: of the serials as they ran, where somebody has worked them out already.
    """
    exercise = run.exercise
    if claims is None:
        claims = claims_as_run(run)
    window = _whole_window(run)
    epoch = Epoch(window.start_ms)
    home, everything = home_extent(run, claims), _everything(run, claims)
    codes = {nation.code: index for index, nation in enumerate(nations(exercise))}
    return {
        "payload": 1,
        "epoch_ms": epoch.start_ms,
        "end_s": epoch.seconds(window.end_ms),
        "start_s": epoch.seconds(_opening_ms(run)),
        "local_offset_s": epoch.seconds(epoch.start_ms + exercise.local_offset_ms),
        "scale": {"track": TRACK_SCALE, "ring": RING_SCALE, "coast": COAST_SCALE},
        "home": home.padded().rounded(),
        "everything": everything.padded().rounded(),
        "nations": [
            {"code": nation.code, "shape": nation.shape, "participant": nation.participant}
            for nation in nations(exercise)
        ],
        "units": [
            *(_unit(run, unit, epoch, codes) for unit in exercise.units.values()),
            *(_observer(run, observer, epoch, codes) for observer in exercise.observers.values()),
        ],
        "areas": [
            {
                "id": area.id,
                "name": area.name or area.id,
                "ring": encode_ring(_outline(area.footprint)),
                "at": _name_place(area.footprint),
            }
            for area in exercise.areas.values()
        ],
        "reservations": [
            *(_reservation(claim, epoch, standing=False) for claim in claims),
            *(_reservation(claim, epoch, standing=True) for claim in exercise.standing_reservations.values()),
            *(
                _reservation(replace(claim, id=f"warnings/{claim.id}"), epoch, standing=True)
                for claim in warnings_around(exercise, window, everything.padded(0.5))
            ),
        ],
        "exercises": _other_exercises(exercise, epoch),
        "places": backdrop.places(exercise),
        "phases": [
            {"id": phase.id, "name": phase.name or phase.id, "span": epoch.span(phase.window)}
            for phase in exercise.phases.values()
        ],
        "serials": _serials(run, epoch),
        "findings": [
            {"number": row.number, "severity": row.severity, "code": row.code, "at": _at(row.lat_deg, row.lon_deg)}
            for row in findings
            if row.lat_deg is not None and row.lon_deg is not None
        ],
        "nights": epoch.spans(backdrop.nights(home.middle, window)),
        "coast": backdrop.coast(home, everything),
    }


def _whole_window(run: Run) -> Window:
    """The exercise period, stretched to whatever happened outside it."""
    spans = [run.exercise.window]
    spans += [record.actual for record in run.records if record.actual]
    spans += [record.planned for record in run.records if record.planned]
    for track in run.tracks.values():
        if track.legs:
            spans.append(Window(start_ms=track.legs[0].start_ms, end_ms=track.legs[-1].end_ms))
    return Window(start_ms=min(span.start_ms for span in spans), end_ms=max(span.end_ms for span in spans))


def _opening_ms(run: Run) -> int:
    """Where the clock stands at first: the start of the first serial in an area, else of the first serial."""
    serials = run.exercise.serials
    starts = [(not serials[one.serial].area, one.actual.start_ms) for one in run.records if one.actual]
    return min(starts)[1] if starts else run.exercise.window.start_ms


def _outline(footprint: Footprint) -> tuple[Position, ...]:
    from waterspace.geometry import footprints

    return footprints.outline(footprint)


def _name_place(footprint: Footprint) -> list[float] | None:
    """Where a name belongs whose shape may bend around other places: in the middle of a corridor; None for others."""
    if not isinstance(footprint, Corridor):
        return None
    from waterspace.geometry.geodesic import between

    points = footprint.waypoints
    leg = (len(points) - 1) // 2
    middle = between(points[leg], points[min(leg + 1, len(points) - 1)], 0.5)
    return _at(middle.lat_deg, middle.lon_deg)


def home_extent(run: Run, claims: Iterable[Reservation]) -> Extent:
    """What the map shows at first: the exercise areas without outliers; failing those, the serials' water."""
    areas = [Extent.around(_outline(area.footprint)) for area in run.exercise.areas.values()]
    if not areas:
        areas = [Extent.around(_outline(claim.footprint)) for claim in claims]
    if not areas:
        return _everything(run, ())
    reach = sorted(area.span_deg for area in areas)[len(areas) // 2]
    usual = [area for area in areas if area.span_deg <= 4.0 * reach]
    return Extent.union(usual)


def _everything(run: Run, claims: Iterable[Reservation]) -> Extent:
    """All tracks, areas, claims and whatever else has a place."""
    exercise = run.exercise
    shapes = [area.footprint for area in exercise.areas.values()]
    shapes += [claim.footprint for claim in claims]
    shapes += [other.footprint for other in exercise.other_exercises.values() if other.footprint]
    extents = [Extent.around(_outline(shape)) for shape in shapes]
    for track in (*run.tracks.values(), *run.planned_tracks.values(), *run.others.values()):
        extents += [Extent.around([leg.start, leg.end]) for leg in track.legs]
    extents += [Extent.around(observer.route) for observer in exercise.observers.values() if observer.route]
    return Extent.union(extents)


def _unit(run: Run, unit: Unit, epoch: Epoch, codes: Mapping[str, int]) -> _Wire:
    platform = run.exercise.platform(unit.id)
    actual, planned = run.tracks.get(unit.id), run.planned_tracks.get(unit.id)
    return {
        "id": unit.id,
        "name": unit.name or unit.id,
        "hull": unit.hull,
        "nation": codes[unit.nation],
        "platform": platform.name if platform else unit.platform,
        "medium": platform.medium.value if platform else "surface",
        "sidc": symbol_code(platform, takes_part=True),
        "count": unit.count,
        "carrier": unit.home_unit,
        "observer": False,
        "activity": "",
        "actual": encode_track(actual.legs, epoch) if actual and actual.legs else None,
        "planned": encode_track(planned.legs, epoch) if planned and planned.legs else None,
    }


def _observer(run: Run, observer: Observer, epoch: Epoch, codes: Mapping[str, int]) -> _Wire:
    platform = run.exercise.platforms.get(observer.platform)
    id_ = f"context.{observer.id}"
    legs = run.others[id_].legs if id_ in run.others else _observed_legs(observer)
    return {
        "id": id_,
        "name": observer.name or observer.id,
        "hull": "",
        "nation": codes[observer.nation],
        "platform": platform.name if platform else observer.platform,
        "medium": platform.medium.value if platform else "surface",
        "sidc": symbol_code(platform, takes_part=False),
        "count": 1,
        "carrier": "",
        "observer": True,
        "activity": observer.activity,
        "actual": encode_track(legs, epoch) if legs else None,
        "planned": None,
    }


def _observed_legs(observer: Observer) -> tuple[Leg, ...]:
    """An observer's route as legs that fill its time; a sighting stays where it was."""
    from waterspace.geometry import legs

    if not observer.route:
        return ()
    if len(observer.route) == 1:
        return (legs.hold(observer.route[0], observer.window),)
    return legs.legs_in_window(observer.route, observer.window)


def _reservation(claim: Reservation, epoch: Epoch, *, standing: bool) -> _Wire:
    box = claim.footprint if isinstance(claim.footprint, MovingBox) else None
    return {
        "id": claim.id,
        "owner": "" if standing else claim.owner,
        "name": claim.name or claim.id,
        "hazard": claim.hazard.value,
        "band": format_band(claim.band.floor_m, claim.band.ceiling_m),
        "standing": standing,
        "spans": epoch.spans(claim.windows),
        "ring": None if box else encode_ring(_outline(claim.footprint)),
        "box": box
        and {
            "track": encode_track(box.legs, epoch),
            "ahead_m": round(box.ahead_m),
            "astern_m": round(box.astern_m),
            "abeam_m": round(box.abeam_m),
        },
    }


def _other_exercises(exercise: Exercise, epoch: Epoch) -> list[_Wire]:
    return [
        {
            "id": other.id,
            "name": other.name or other.id,
            "participants": list(other.participants),
            "span": epoch.span(other.window),
            "ring": encode_ring(_outline(other.footprint)) if other.footprint else [],
        }
        for other in exercise.other_exercises.values()
    ]


def _serials(run: Run, epoch: Epoch) -> list[_Wire]:
    exercise = run.exercise
    return [
        {
            "id": serial.id,
            "name": serial.name,
            "type": serial.type.replace("_", " "),
            "phase": serial.phase,
            "area": record.area or serial.area,
            "planned": epoch.span(record.planned) if record.planned else None,
            "actual": epoch.span(record.actual) if record.actual else None,
            "status": record.status.value,
            "reason": record.reason,
            "units": list(exercise.units_in(serial)),
        }
        for record in run.records
        if (serial := exercise.serials.get(record.serial)) is not None
    ]


def _at(lat_deg: float, lon_deg: float) -> list[float]:
    return [round(lat_deg, 5), round(lon_deg, 5)]

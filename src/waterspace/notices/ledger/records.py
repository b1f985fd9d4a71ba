"""What a notice says as JSON, in words that a person reads and that make one line of a ledger."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Any

from waterspace.domain import Band, Circle, Corridor, Joined, Polygon, Position, Sector, Window, Without
from waterspace.errors import DraftError
from waterspace.messages.draft import Restriction
from waterspace.messages.phrasing.positions import BLANK, Notation, position_text
from waterspace.messages.reading import Category, Form
from waterspace.notation import format_band, format_time_iso, parse_band, parse_position, parse_time
from waterspace.notices.ledger.content import Place, Said
from waterspace.notices.ledger.nearing import as_said
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Footprint

__all__ = ["as_record", "digest", "from_record", "window_of", "window_text"]


def digest(record: Mapping[str, Any]) -> str:
    """A SHA-256 of a record, whatever the order of its keys; of all notices that say the same it is the same."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def as_record(said: Said) -> dict[str, Any]:
    """What is said as JSON, in words that a person reads."""
    record: dict[str, Any] = {
        "positions": said.notation.name.lower(),
        "places": [_place_record(place, said.notation) for place in said.places],
        "restriction": said.restriction.value,
        "cancels_itself": None if said.cancel_ms is None else format_time_iso(said.cancel_ms),
    }
    if said.firs:
        record["firs"] = list(said.firs)
    if said.circle is not None:
        record["circle"] = _shape_record(said.circle, said.notation)
    return record


def _place_record(place: Place, notation: Notation) -> dict[str, Any]:
    record: dict[str, Any] = {
        "category": place.category.value,
        "form": place.form.value,
        **_shape_record(place.footprint, notation),
        "windows": [window_text(window) for window in place.windows],
        "reserves": [window_text(window) for window in place.reserves],
    }
    if place.activity:
        record["activity"] = place.activity
    if place.band != Band():
        record["heights"] = format_band(place.band.floor_m, place.band.ceiling_m)
    return record


def window_text(window: Window) -> str:
    """`2026-07-24T00:00:00Z/2026-07-24T09:00:00Z`."""
    return f"{format_time_iso(window.start_ms)}/{format_time_iso(window.end_ms)}"


def _shape_record(footprint: Footprint, notation: Notation) -> dict[str, Any]:
    match footprint:
        case Polygon():
            return {"polygon": [_position_text(vertex, notation) for vertex in footprint.vertices]}
        case Circle():
            return {"circle": _position_text(footprint.centre, notation), "radius_nm": _miles(footprint.radius_m)}
        case Sector():
            return {
                "sector": _position_text(footprint.centre, notation),
                "bearing_deg": footprint.bearing_deg,
                "half_angle_deg": footprint.half_angle_deg,
                "radius_nm": _miles(footprint.radius_m),
                "inner_radius_nm": _miles(footprint.inner_radius_m),
            }
        case Corridor():
            line = [_position_text(point, notation) for point in footprint.waypoints]
            return {"corridor": line, "half_width_nm": _miles(footprint.half_width_m)}
        case Joined():
            return {"joined": [_shape_record(part, notation) for part in footprint.parts]}
        case Without():
            holes = [_shape_record(hole, notation) for hole in footprint.holes]
            return {"area": _shape_record(footprint.base, notation), "without": holes}
    raise DraftError("an area of a draft moves, and no notice says how; draft the outline of what it sweeps")


def _miles(length_m: float) -> float:
    return round(nautical_miles(length_m), 2)


def _position_text(position: Position, notation: Notation) -> str:
    return position_text(position, notation).replace(BLANK, " ")


def from_record(record: Mapping[str, Any]) -> Said:
    """What is said, from its JSON.

    Raises:
        KeyError, TypeError, ValueError: it is not what `as_record` makes; errors of Waterspace about numbers, times
            and shapes are among the last.
    """
    notation = Notation[record["positions"].upper()]
    circle = record.get("circle")
    made = Said(
        places=tuple(sorted((_place_of(one, notation) for one in record["places"]), key=repr)),
        notation=notation,
        restriction=Restriction(record["restriction"]),
        cancel_ms=None if record["cancels_itself"] is None else parse_time(record["cancels_itself"]),
        firs=tuple(record.get("firs", ())),
        circle=None if circle is None else _shape_of(circle, notation),
    )
    if as_record(made) != record:
        raise ValueError("it is not written as Waterspace writes it")
    return made


def _place_of(record: Mapping[str, Any], notation: Notation) -> Place:
    floor_m, ceiling_m = parse_band(record["heights"]) if "heights" in record else (-math.inf, math.inf)
    return Place(
        footprint=_shape_of(record, notation),
        form=Form(record["form"]),
        band=Band(floor_m=floor_m, ceiling_m=ceiling_m),
        category=Category(record["category"]),
        activity=record.get("activity", ""),
        windows=tuple(window_of(text) for text in record["windows"]),
        reserves=tuple(window_of(text) for text in record["reserves"]),
    )


def window_of(text: str) -> Window:
    """The window of such a text.

    Raises:
        ValueError: it is none.
    """
    start, _, end = text.partition("/")
    return Window(start_ms=parse_time(start), end_ms=parse_time(end))


def _shape_of(record: Mapping[str, Any], notation: Notation) -> Footprint:
    made: Footprint
    if "polygon" in record:
        made = Polygon(vertices=tuple(_position_of(text) for text in record["polygon"]))
    elif "circle" in record:
        made = Circle(centre=_position_of(record["circle"]), radius_m=record["radius_nm"] * NAUTICAL_MILE_M)
    elif "sector" in record:
        made = Sector(
            centre=_position_of(record["sector"]),
            bearing_deg=record["bearing_deg"],
            half_angle_deg=record["half_angle_deg"],
            radius_m=record["radius_nm"] * NAUTICAL_MILE_M,
            inner_radius_m=record["inner_radius_nm"] * NAUTICAL_MILE_M,
        )
    elif "corridor" in record:
        line = tuple(_position_of(text) for text in record["corridor"])
        made = Corridor(waypoints=line, half_width_m=record["half_width_nm"] * NAUTICAL_MILE_M)
    elif "joined" in record:
        made = Joined(parts=tuple(_shape_of(part, notation) for part in record["joined"]))
    else:
        holes = tuple(_shape_of(hole, notation) for hole in record["without"])
        made = Without(base=_shape_of(record["area"], notation), holes=holes)
    return as_said(made, notation)


def _position_of(text: str) -> Position:
    lat_deg, lon_deg = parse_position(text)
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)

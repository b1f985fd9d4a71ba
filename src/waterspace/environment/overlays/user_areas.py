"""Danger, exercise and other areas that a user has, as reservations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waterspace.domain import Band, Circle, Corridor, Hazard, Polygon, Provenance, Reservation, Window
from waterspace.environment.overlays.geojson import Feature, Part, fault, read_features, text_of
from waterspace.errors import DataFileError, NotationError
from waterspace.geometry.geodesic import positions_from
from waterspace.notation import parse_band, parse_distance, parse_height, parse_time

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.domain import Footprint

__all__ = ["ALWAYS", "read"]

ALWAYS = Window(start_ms=parse_time("1900-01-01T00:00Z"), end_ms=parse_time("2200-01-01T00:00Z"))
"""The window of an area that gives none: all the time that can be planned in."""

_KINDS = {
    "danger": Hazard.FIRING,
    "danger area": Hazard.FIRING,
    "firing": Hazard.FIRING,
    "firing area": Hazard.FIRING,
    "firing practice area": Hazard.FIRING,
    "bombing": Hazard.FIRING,
    "missile": Hazard.FIRING,
    "flying": Hazard.FLYING,
    "restricted airspace": Hazard.FLYING,
    "submarine": Hazard.UNDERWATER,
    "submarine exercise area": Hazard.UNDERWATER,
    "underwater": Hazard.UNDERWATER,
    "towing": Hazard.TOWING,
    "manoeuvre": Hazard.MANOEUVRE,
    "exercise": Hazard.EXERCISE,
    "exercise area": Hazard.EXERCISE,
    "military exercise area": Hazard.EXERCISE,
    "practice area": Hazard.EXERCISE,
    "warning": Hazard.WARNING,
    "warning area": Hazard.WARNING,
    "prohibited": Hazard.WARNING,
    "prohibited area": Hazard.WARNING,
    "restricted": Hazard.WARNING,
    "restricted area": Hazard.WARNING,
    "anchorage": Hazard.NONE,
    "information": Hazard.NONE,
    "none": Hazard.NONE,
}
"""What a kind of area means for others, where the file gives no hazard of its own (our judgement)."""


def read(path: Path | str) -> tuple[Reservation, ...]:
    """The areas of a GeoJSON file as reservations, one for each part of a geometry.

    Properties, capitals not minded; all but a name or an id may be left out:

    - `id`, `name`: at least one of them; ids must differ.
    - `hazard`: one of the words of `Hazard`; without it `kind` decides, such as `danger area` or `exercise area`;
      without either it is `warning`.
    - `floor`, `ceiling`: heights such as `depth 40 m`, `surface`, `3000 ft`, `FL100`, `unlimited`; or `vertical`, such
      as `surface to FL100`. Without them all heights and depths.
    - `windows`: a list of objects with `start` and `end`, times with a zone; or `start` and `end`. Without them always.
    - `radius` of a Point, a distance such as `5 nm`, makes a circle; `width` of a LineString, from side to side, a
      corridor; a Polygon needs neither.
    - `source`: who says so.

    Raises:
        DataFileError: the file cannot be read, or a property is not understood.
    """
    found: list[Reservation] = []
    seen: dict[str, str] = {}
    for feature in read_features(path):
        name = text_of(feature, "name", "title", "OBJNAM")
        key = text_of(feature, "id", "ident") or feature.id or name
        if not key:
            raise fault(path, feature, "it has neither a name nor an id.", "Add a property name.")
        if seen.setdefault(key, feature.where) != feature.where:
            raise fault(
                path, feature, f"its id {key!r} is that of {seen[key]} too.", "Give each area an id of its own."
            )
        try:
            found.extend(_reservations(feature, key, name or key, f"{path}, {feature.where}"))
        except NotationError as error:
            raise fault(path, feature, f"{error}.") from None
    if not found:
        raise DataFileError(
            str(path), "it holds no area: expected polygons, points with a radius or lines with a width."
        )
    return tuple(found)


def _reservations(feature: Feature, key: str, name: str, place: str) -> list[Reservation]:
    source = text_of(feature, "source", "SORIND")
    parts = enumerate(feature.parts, start=1)
    return [
        Reservation(
            id=f"{key}/area" if len(feature.parts) == 1 else f"{key}/area-{number}",
            owner=key,
            name=name,
            footprint=_footprint(feature, part),
            band=_band(feature),
            windows=_windows(feature),
            hazard=_hazard(feature),
            provenance=Provenance(source=f"{source} ({place})" if source else place),
        )
        for number, part in parts
    ]


def _footprint(feature: Feature, part: Part) -> Footprint:
    line = positions_from(*part.line)
    if feature.kind == "Point":
        return Circle(centre=line[0], radius_m=_size_m(feature, "radius", "a Point needs a radius to be an area"))
    if feature.kind == "LineString":
        width_m = _size_m(feature, "width", "a LineString needs a width to be an area")
        return Corridor(waypoints=line, half_width_m=width_m / 2.0)
    if part.holes:
        raise NotationError(f"{len(part.holes)} holes", "an area without holes", "cut it into areas without holes")
    return Polygon(vertices=line)


def _size_m(feature: Feature, name: str, why: str) -> float:
    text = text_of(feature, name)
    if not text:
        raise NotationError("", f"a property {name} such as '5 nm'", why)
    size_m = parse_distance(text)
    if size_m <= 0.0:
        raise NotationError(text, "a distance above 0")
    return size_m


def _band(feature: Feature) -> Band:
    vertical = text_of(feature, "vertical")
    if vertical:
        floor_m, ceiling_m = parse_band(vertical)
        return Band(floor_m=floor_m, ceiling_m=ceiling_m)
    floor, ceiling = text_of(feature, "floor"), text_of(feature, "ceiling")
    band = Band(
        floor_m=parse_height(floor) if floor else Band().floor_m,
        ceiling_m=parse_height(ceiling) if ceiling else Band().ceiling_m,
    )
    if band.floor_m >= band.ceiling_m:
        raise NotationError(f"{floor} to {ceiling}", "a floor below the ceiling")
    return band


def _hazard(feature: Feature) -> Hazard:
    word = text_of(feature, "hazard").casefold()
    if word:
        if word not in set(Hazard):
            raise NotationError(word, f"a hazard: one of {', '.join(Hazard)}")
        return Hazard(word)
    kind = " ".join(text_of(feature, "kind", "type", "category").casefold().replace("_", " ").split())
    if kind and kind not in _KINDS:
        raise NotationError(kind, f"a kind: one of {', '.join(_KINDS)}", "or give a property hazard")
    return _KINDS[kind] if kind else Hazard.WARNING


def _windows(feature: Feature) -> tuple[Window, ...]:
    given = feature.properties.get("windows")
    if given is None:
        start, end = text_of(feature, "start"), text_of(feature, "end")
        if not start and not end:
            return (ALWAYS,)
        given = [{"start": start, "end": end}]
    if not isinstance(given, list) or not given:
        raise NotationError(str(given), "windows: a list of objects with start and end, or none at all")
    windows = sorted(_window(window) for window in given)
    joined = [windows[0]]
    for window in windows[1:]:
        last = joined[-1]
        if window.start_ms <= last.end_ms:
            joined[-1] = Window(start_ms=last.start_ms, end_ms=max(last.end_ms, window.end_ms))
        else:
            joined.append(window)
    return tuple(joined)


def _window(given: Any) -> Window:  # noqa: ANN401
    if not isinstance(given, dict):
        raise NotationError(str(given), "a window: an object with start and end")
    start_ms, end_ms = parse_time(str(given.get("start", ""))), parse_time(str(given.get("end", "")))
    if start_ms >= end_ms:
        raise NotationError(f"{given.get('start')} to {given.get('end')}", "a window whose start is before its end")
    return Window(start_ms=start_ms, end_ms=end_ms)

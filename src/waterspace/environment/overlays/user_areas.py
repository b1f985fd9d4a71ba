"""Danger, exercise and other areas that a user has, as reservations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Band, Circle, Corridor, Hazard, Polygon, Provenance, Reservation, Without
from waterspace.environment.overlays import area_windows
from waterspace.environment.overlays.area_windows import ALWAYS, windows_of
from waterspace.environment.overlays.geojson import (
    Feature,
    FeatureError,
    Part,
    fault,
    parsed,
    read_features,
    text_of,
)
from waterspace.geometry.geodesic import positions_from
from waterspace.notation import format_distance, parse_band, parse_distance, parse_height

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.domain import Footprint

__all__ = ["ALWAYS", "PROPERTIES", "read"]

_NAMES, _IDS, _SOURCES = ("name", "title", "OBJNAM"), ("id", "ident"), ("source", "SORIND")
_SORTS = ("kind", "type", "category")
_SIZES_AND_HEIGHTS = ("radius", "width", "vertical", "floor", "ceiling")
PROPERTIES = (*_NAMES, *_IDS, "hazard", *_SORTS, *_SIZES_AND_HEIGHTS, *area_windows.PROPERTIES, *_SOURCES)
"""Names of the properties that mean something."""

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
    - `windows`: a list of objects with the keys that a window of an exercise file has: `start` and `end`, times with a
      zone; or `from`, `to` and `daily`, with `weekdays`, `except` and `also`. A single window may stand in the
      properties themselves. Without any, always.
    - `radius` of a Point, a distance such as `5 nm`, makes a circle; `width` of a LineString, from side to side, a
      corridor; a Polygon needs neither, and its holes are left out of the area.
    - `source`: who says so.

    A file without any feature has no areas.

    Raises:
        DataFileError: the file cannot be read, or a property is not understood.
    """
    found: list[Reservation] = []
    seen: dict[str, str] = {}
    for feature in read_features(path):
        name = text_of(feature, *_NAMES)
        key = text_of(feature, *_IDS) or feature.id or name
        if not key:
            raise fault(path, feature, "it has neither a name nor an id.", "Add a property name.")
        if seen.setdefault(key, feature.where) != feature.where:
            raise fault(
                path, feature, f"its id {key!r} is that of {seen[key]} too.", "Give each area an id of its own."
            )
        try:
            found.extend(_reservations(feature, key, name or key, f"{path}, {feature.where}"))
        except FeatureError as error:
            raise fault(path, feature, error.reason, error.advice) from None
    return tuple(found)


def _reservations(feature: Feature, key: str, name: str, place: str) -> list[Reservation]:
    source = text_of(feature, *_SOURCES)
    parts = [_footprint(feature, part) for part in feature.parts]
    return [
        Reservation(
            id=f"{key}/area" if len(parts) == 1 else f"{key}/area-{number}",
            owner=key,
            name=name,
            footprint=footprint,
            band=_band(feature),
            windows=windows_of(feature.properties, footprint),
            hazard=_hazard(feature),
            provenance=Provenance(source=f"{source} ({place})" if source else place),
        )
        for number, footprint in enumerate(parts, start=1)
    ]


def _footprint(feature: Feature, part: Part) -> Footprint:
    line = positions_from(*part.line)
    if feature.kind == "Point":
        return Circle(centre=line[0], radius_m=_size_m(feature, "radius"))
    if feature.kind == "LineString":
        return Corridor(waypoints=line, half_width_m=_size_m(feature, "width") / 2.0)
    outer = Polygon(vertices=line)
    holes = tuple(Polygon(vertices=positions_from(*hole)) for hole in part.holes)
    return Without(base=outer, holes=holes) if holes else outer


def _size_m(feature: Feature, name: str) -> float:
    text = text_of(feature, name)
    if not text:
        raise FeatureError(
            f"it has no {name}: a {feature.kind} needs a {name} to be an area.",
            f"Add a property {name}, such as '5 nm'.",
        )
    size_m = parsed(name, text, parse_distance)
    if size_m <= 0.0:
        raise FeatureError(f"{name}: found {format_distance(size_m)!r}, expected a distance above 0.")
    return size_m


def _band(feature: Feature) -> Band:
    vertical = text_of(feature, "vertical")
    if vertical:
        floor_m, ceiling_m = parsed("vertical", vertical, parse_band)
        return Band(floor_m=floor_m, ceiling_m=ceiling_m)
    floor, ceiling = text_of(feature, "floor"), text_of(feature, "ceiling")
    band = Band(
        floor_m=parsed("floor", floor, parse_height) if floor else Band().floor_m,
        ceiling_m=parsed("ceiling", ceiling, parse_height) if ceiling else Band().ceiling_m,
    )
    if band.floor_m >= band.ceiling_m:
        given = f"floor {floor or 'of the sea bed'!r} and ceiling {ceiling or 'without limit'!r}"
        raise FeatureError(f"found {given}: expected a floor below the ceiling.")
    return band


def _hazard(feature: Feature) -> Hazard:
    word = text_of(feature, "hazard").casefold()
    if word:
        if word not in set(Hazard):
            raise FeatureError(f"hazard: found {word!r}, expected one of {', '.join(Hazard)}.")
        return Hazard(word)
    kind = " ".join(text_of(feature, *_SORTS).casefold().replace("_", " ").split())
    if kind and kind not in _KINDS:
        raise FeatureError(
            f"kind: found {kind!r}, expected one of {', '.join(_KINDS)}.", "Correct it, or give a property hazard."
        )
    return _KINDS[kind] if kind else Hazard.WARNING

"""Properties of a file of areas, lanes or the like whose names are one slip away from one that is understood.

GeoJSON may carry any property, so what is merely foreign passes; a slip would be passed over in silence too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.environment.overlays import air_routes, density, hospitals, lanes, user_areas
from waterspace.environment.overlays.geojson import place_of, read_features

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["misspelt"]

_KNOWN: Mapping[str, tuple[str, ...]] = {
    "areas": user_areas.PROPERTIES,
    "lanes": lanes.PROPERTIES,
    "air_routes": air_routes.PROPERTIES,
    "traffic_density": density.PROPERTIES,
    "hospitals": hospitals.PROPERTIES,
}
"""Key of a file under `environment` to the names of the properties that mean something in it."""

_LEAST = 4
"""A name of fewer letters is one slip away from too much."""


def misspelt(key: str, path: Path | str) -> tuple[str, ...]:
    """One sentence for each property that is passed over though it looks like one that is understood.

    A feature that has both names is content: the foreign one is meant. Capitals, `_`, `-` and spaces in a name make no
    slip of their own.

    Args:
        key: of the file under `environment`; flight information regions may have any properties.
        path: of a file that can be read.

    Raises:
        DataFileError: it cannot.
    """
    known = _KNOWN.get(key)
    if known is None:
        return ()
    found: dict[tuple[str, str], list[str]] = {}
    for feature in read_features(path):
        for name, meant in _slips(feature.properties, known):
            found.setdefault((name, meant), []).append(place_of(feature))
    return tuple(
        f"{_who(places)} the property {name!r}, which is passed over. Did you mean {meant}?"
        for (name, meant), places in found.items()
    )


def _who(places: list[str]) -> str:
    """`feature 3 (W) has`, `feature 3 (W) and 2 more have`."""
    return f"{places[0]} has" if len(places) == 1 else f"{places[0]} and {len(places) - 1} more have"


def _slips(properties: Iterable[str], known: tuple[str, ...]) -> list[tuple[str, str]]:
    """The names that are a slip, each with the one that was probably meant."""
    given = {name.casefold() for name in properties}
    wanted = [name for name in known if name.casefold() not in given]
    understood = {name.casefold() for name in known}
    found = []
    for name in properties:
        if name.casefold() in understood or len(name) < _LEAST:
            continue
        meant = next((each for each in wanted if _is_slip(_plain(name), _plain(each))), None)
        if meant is not None:
            found.append((name, meant))
    return found


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter not in "_- ")


def _is_slip(one: str, other: str) -> bool:
    """Whether two names are the same but for a letter too many, too few or wrong, or two that have changed places."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, right = one[start:], other[start:]
    swapped = rest[:2] == right[:2][::-1] and rest[2:] == right[2:]
    return swapped or rest[1:] == right or rest == right[1:] or rest[1:] == right[1:]

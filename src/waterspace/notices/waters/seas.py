"""In which sea a notice is: its general area, by the name that the issuer gives it.

The names are those of IHO S-23, Limits of Oceans and Seas, 3rd edition 1953, and those that warnings write. The
outlines are ours, drawn by hand with few corners: they say which sea a notice is about, and bound nothing. Where no
outline holds most of a place, it has no general area: a blank is better than a wrong name.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.environment.files.packaged import rows
from waterspace.messages.draft import Issuer
from waterspace.notices.waters.sampling import corners, inside, sampled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Footprint

__all__ = ["Sea", "general_area", "seas"]

_LEAST_SHARE = 0.2
"""A sea that holds less than this of a place is not named: assumed, it agrees best with what was on the air."""
_MOST_NAMES = 2
_MOST_UNNAMED = 0.5
"""Where more than this of a place lies in no sea of the table, the place has no name."""
_UNUSED = "-"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sea:
    """A sea of the table.

    Attributes:
        key: such as `sea_of_japan`.
        names: by issuer; an issuer that does not use the sea is missing, and speaks of the one around it.
        area: shapely polygon in longitude and latitude.
    """

    key: str
    names: Mapping[Issuer, str]
    area: Any


@functools.cache
def seas() -> tuple[Sea, ...]:
    """The seas of the table, smaller ones before those that they are parts of."""
    return tuple(_sea(row) for row in rows("seas.csv"))


def general_area(footprints: Sequence[Footprint], issuer: Issuer = Issuer.USA) -> str:
    """The general area of a notice, such as `SEA OF JAPAN`; empty where it is not known.

    A place that lies in two seas has both names, the larger part first: `BARENTS SEA AND KARA SEA`. Where one of them
    is named as a part of the other (`EASTERN NORTH PACIFIC`), the name of the whole says both.

    Args:
        footprints: the places of a notice; none give no area.
        issuer: whose names are used.

    Raises:
        GeometryError: an outline crosses itself and bounds nothing.
    """
    if not footprints:
        return ""
    lat, lon = sampled(footprints)
    share: dict[str, float] = {}
    left = np.ones(lat.size, dtype=bool)
    for sea in seas():
        if issuer not in sea.names or not left.any():
            continue
        held = left & inside(sea.area, lat, lon)
        if held.any():
            name = sea.names[issuer]
            share[name] = share.get(name, 0.0) + float(held.mean())
            left &= ~held
    if left.mean() > _MOST_UNNAMED:
        return ""
    order = sorted(share, key=lambda name: -share[name])
    named = order[:1] + [name for name in order[1:_MOST_NAMES] if share[name] >= _LEAST_SHARE]
    return " AND ".join(name for name in named if not any(name.endswith(f" {whole}") for whole in named))


def _sea(row: Mapping[str, str]) -> Sea:
    names = {issuer: row[issuer.value] or row["name"] for issuer in Issuer}
    used = {issuer: name for issuer, name in names.items() if name and name != _UNUSED}
    return Sea(key=row["key"], names=MappingProxyType(used), area=corners(row["corners"]))

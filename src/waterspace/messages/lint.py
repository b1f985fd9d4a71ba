"""What is odd about a message that was understood: remarks for a person, which change no verdict.

A corner that lies in another hemisphere than its neighbours, and minutes whose decimals look like seconds. What leaves
the place or the time open, such as sides that cross, is a doubt of the reader, and not told again here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from waterspace.messages.reading import Doubt, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.messages.reading import Reading, WarnedArea

__all__ = ["linted"]

_FAR_DEG, _NEAR_DEG = 20.0, 5.0
"""A corner farther than the first from the middle of the others, which its mirror image is nearer to than the second,
has the letter of the wrong hemisphere (assumed)."""

_DOUBTED = ("may be swapped",)
"""Words of remarks that are not made again where a doubt tells of the same."""
_HALF_TURN_DEG, _TURN_DEG = 180.0, 360.0
_CORNERS = 3
_MANY = 12
"""Coordinates of which not one has decimals of .60 or more: by chance one set in 460, for 0.6 to the 12th is 0.002."""
_DECIMALS = re.compile(r"\d-\d\d[.,](\d\d)(?!\d)\s?[NSEW]")
_SIXTY = 60


def linted(reading: Reading) -> Reading:
    """A reading with what is odd about it among its remarks.

    Args:
        reading: of any message.
    """
    found = [remark for area in reading.areas for remark in _mirrored(area)]
    doubted = reading.reason
    found = [remark for remark in found if not any(word in doubted and word in remark.reason for word in _DOUBTED)]
    found += _like_seconds(reading)
    return replace(reading, remarks=(*reading.remarks, *found)) if found else reading


def _mirrored(area: WarnedArea) -> Iterator[Doubt]:
    """Corners that lie far from all others, and near them with the other letter."""
    if len(area.positions) < _CORNERS:
        return
    lats = [position.lat_deg for position in area.positions]
    first_deg = area.positions[0].lon_deg
    lons = [(position.lon_deg - first_deg + _HALF_TURN_DEG) % _TURN_DEG - _HALF_TURN_DEG for position in area.positions]
    for number, (position, span) in enumerate(zip(area.positions, area.spans, strict=True)):
        middle_lat_deg = median(lats[:number] + lats[number + 1 :])
        middle_lon_deg = median(lons[:number] + lons[number + 1 :]) + first_deg
        off_deg = abs(position.lat_deg - middle_lat_deg)
        if off_deg > _FAR_DEG and abs(-position.lat_deg - middle_lat_deg) < _NEAR_DEG:
            yield Doubt(span, "This corner lies in the other hemisphere than the rest: N and S may be swapped.")
        elif _apart_deg(position.lon_deg, middle_lon_deg) > _FAR_DEG and (
            _apart_deg(-position.lon_deg, middle_lon_deg) < _NEAR_DEG
        ):
            yield Doubt(span, "This corner lies in the other hemisphere than the rest: E and W may be swapped.")


def _apart_deg(first_deg: float, second_deg: float) -> float:
    """How far apart two longitudes are, the shorter way round."""
    return abs((first_deg - second_deg + _HALF_TURN_DEG) % _TURN_DEG - _HALF_TURN_DEG)


def _like_seconds(reading: Reading) -> Iterator[Doubt]:
    """Minutes that may be minutes and seconds with a point between them: none of many has decimals of .60 or more."""
    text = reading.message.text.upper()
    found = list(_DECIMALS.finditer(text)) if len(text) == len(reading.message.text) else []
    values = [int(match[1]) for match in found]
    if len(found) >= _MANY and max(values) < _SIXTY and len(set(values)) > _MANY // 2:
        reason = (
            f"None of {len(found)} coordinates has decimals of .60 or more: they may be seconds copied as decimals of "
            f"minutes."
        )
        yield Doubt(Span(*found[0].span()), reason)

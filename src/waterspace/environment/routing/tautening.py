"""Tautening: pull a way straight wherever nothing holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import offing, seaways
from waterspace.environment.routing.arctic import through_arctic
from waterspace.environment.routing.network import Chart, Found
from waterspace.environment.routing.sights import ENOUGH_RATIO

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.geodesic import FloatArray

__all__ = ["pulled"]

_KEPT_RATIO = 0.97
"""How much of the clearance that the legs had a straighter leg must keep."""

_AFLOAT_M = 10.0
_SAME_DEG = 1e-7


def pulled(way: Found, chart: Chart) -> Found:
    """A way without the waypoints that it can do without."""
    places, held = _distinct(way)
    while len(places) > 2:
        spare = _spare(places, held, chart)
        if not spare.size:
            break
        spare = spare[np.diff(spare, prepend=-5) > 1]  # neighbours hold each other
        places = np.delete(places, spare + 1, axis=0)
        held = np.delete(held, spare)
    return Found(places, tuple(held.tolist()))


def _distinct(way: Found) -> tuple[FloatArray, NDArray[np.str_]]:
    """Places and what holds their legs, without legs of no length."""
    moved = np.abs(np.diff(way.places, axis=0)).sum(axis=1) > _SAME_DEG
    return way.places[np.append(True, moved)], np.array(way.held)[moved]


def _spare(places: FloatArray, held: NDArray[np.str_], chart: Chart) -> NDArray[np.intp]:
    """Indices of inner waypoints, counted from 0, each of which could go."""
    lat, lon = places[:, 0], places[:, 1]
    own = offing.offings_m(lat[:-1], lon[:-1], lat[1:], lon[1:], chart.clearance_m)
    own = np.minimum(own, chart.clearance_m)
    need = np.minimum(own[:-1], own[1:]) * _KEPT_RATIO
    most = np.full(len(need), chart.clearance_m * ENOUGH_RATIO)
    clear = offing.keep_clear((lat[:-2], lon[:-2], lat[2:], lon[2:]), np.maximum(need, _AFLOAT_M), most)
    clear &= (held[:-1] == "") & (held[1:] == "")
    run_m = seaways.runs_m(places)
    for index in np.flatnonzero(clear).tolist():
        leg = places[[index, index + 2]]
        barred = (not chart.arctic and through_arctic(leg)) or any(
            threat.bars(leg[None, :, 0], leg[None, :, 1], float(run_m[index]), chart.clock).any()
            for threat in chart.hindrances
        )
        clear[index] = not barred
    return np.flatnonzero(clear)

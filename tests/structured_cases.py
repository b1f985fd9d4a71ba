"""Drafts for the structured formats, and whether what was read back is where and when it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from strategies import near, still_footprints
from waterspace.domain import Circle, Corridor, Position, Window
from waterspace.geometry.footprints import centre
from waterspace.geometry.plane import Plane
from waterspace.geometry.shapes import shape_of
from waterspace.messages.draft import Draft, DraftArea, Restriction
from waterspace.messages.reading import Category, Form, Spell
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint

__all__ = ["FIRST_DAY_MS", "apart_m", "draft_areas", "drafts", "schedules", "spells_of", "windows_daily"]

FIRST_DAY_MS = 1_784_505_600_000
"""2026-07-20T00:00Z."""

CENTRES = (
    Position(lat_deg=39.5, lon_deg=133.5),
    Position(lat_deg=-20.0, lon_deg=179.99),
    Position(lat_deg=0.0, lon_deg=-180.0),
    Position(lat_deg=71.0, lon_deg=-179.5),
)


@st.composite
def draft_areas(draw: st.DrawFn) -> DraftArea:
    """Areas of every shape, lines and positions, ordinary and across 180 degrees."""
    centre = draw(st.sampled_from(CENTRES))
    form = draw(st.sampled_from((Form.AREA, Form.AREA, Form.AREA, Form.LINE, Form.POSITION)))
    if form is Form.POSITION:
        return DraftArea(footprint=Circle(centre=draw(near(centre, 50_000.0)), radius_m=0.0), form=form)
    if form is Form.LINE:
        ends = draw(st.lists(near(centre, 50_000.0), min_size=2, max_size=4, unique=True))
        return DraftArea(footprint=Corridor(waypoints=tuple(ends), half_width_m=0.0), form=form)
    return DraftArea(footprint=draw(still_footprints(centre)), label=draw(st.sampled_from(("", "A", "B1"))), form=form)


def windows_daily(days: int, start_ms: int = FIRST_DAY_MS) -> tuple[Window, ...]:
    """From 0000 to 0900 UTC on some days in a row."""
    return tuple(
        Window(start_ms=start_ms + day * DAY_MS, end_ms=start_ms + day * DAY_MS + 9 * HOUR_MS) for day in range(days)
    )


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Window, ...]:
    """The same hours on some days in a row, over midnight too; or one stretch of hours or days."""
    start_ms = FIRST_DAY_MS + draw(st.integers(0, 40)) * DAY_MS + draw(st.integers(0, 1439)) * MINUTE_MS
    length_ms = draw(st.integers(1, 1439)) * MINUTE_MS
    days = draw(st.integers(1, 12))
    if days == 1:
        length_ms += draw(st.integers(0, 5)) * DAY_MS
    return tuple(
        Window(start_ms=start_ms + day * DAY_MS, end_ms=start_ms + day * DAY_MS + length_ms) for day in range(days)
    )


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft with its number, some areas and one schedule."""
    windows = draw(schedules())
    return Draft(
        id="N1",
        areas=tuple(draw(st.lists(draft_areas(), min_size=1, max_size=3))),
        series=draw(st.sampled_from(("NAVAREA XI", "HYDROPAC", "COASTAL WARNING"))),
        number=f"{draw(st.integers(1, 9999))}/26",
        issued_ms=FIRST_DAY_MS - 5 * DAY_MS,
        general_area="SEA OF JAPAN",
        category=draw(st.sampled_from((Category.GUNNERY, Category.MISSILE, Category.ROCKET_LAUNCHING))),
        windows=windows,
        cancel_ms=windows[-1].end_ms + HOUR_MS,
        restriction=draw(st.sampled_from(Restriction)),
    )


def spells_of(windows: Sequence[Window]) -> tuple[Spell, ...]:
    """Windows as a reader gives them, those that touch as one."""
    found: list[Spell] = []
    for window in sorted(windows):
        last_ms = found[-1].end_ms if found else None
        if found and last_ms is not None and window.start_ms <= last_ms:
            found[-1] = Spell(found[-1].start_ms, max(last_ms, window.end_ms))
        else:
            found.append(Spell(window.start_ms, window.end_ms))
    return tuple(found)


def apart_m(first: Footprint, second: Footprint) -> float:
    """How far the edge of a footprint that was read, holes too, strays from the edge of the one that was written."""
    import shapely

    plane = Plane(centre(first))
    written, found = shape_of(first, plane), shape_of(second, plane)
    if isinstance(first, Circle) and isinstance(second, Circle):
        return float(shapely.distance(written.core, found.core)) + abs(first.radius_m - second.radius_m)
    corners = shapely.points(shapely.get_coordinates(found.filled()))
    edge = written.core if written.radius_m > 0.0 else _edge(written.core)
    return float(max(abs(shapely.distance(edge, corners) - written.radius_m)))


def _edge(drawn: Any) -> Any:  # noqa: ANN401  # shapely ships no types
    return drawn.boundary if drawn.geom_type in {"Polygon", "MultiPolygon"} else drawn

"""The domain as Hypothesis strategies: positions, tracks, footprints."""

from __future__ import annotations

from hypothesis import strategies as st

from waterspace.domain import Circle, Corridor, Footprint, Leg, MovingBox, Polygon, Position, Sector, Window
from waterspace.geometry.geodesic import destination
from waterspace.geometry.legs import hold, legs_at_speed

__all__ = ["bearings", "moving_boxes", "positions", "still_footprints", "tracks", "waters"]


def positions() -> st.SearchStrategy[Position]:
    """Anywhere, the poles and both sides of 180° included."""
    return st.builds(
        lambda lat, lon: Position(lat_deg=lat, lon_deg=lon),
        st.floats(-90.0, 90.0) | st.sampled_from((-90.0, 0.0, 90.0)),
        st.floats(-180.0, 180.0) | st.sampled_from((-180.0, -179.999, 0.0, 179.999, 180.0)),
    )


def waters() -> st.SearchStrategy[Position]:
    """A place to exercise: ordinary, on 180°, near a pole."""
    return st.sampled_from(
        (
            Position(lat_deg=39.5, lon_deg=133.5),
            Position(lat_deg=-20.0, lon_deg=179.99),
            Position(lat_deg=0.0, lon_deg=-180.0),
            Position(lat_deg=89.9, lon_deg=30.0),
        )
    )


def bearings() -> st.SearchStrategy[float]:
    """True bearings, the four winds more often."""
    return st.floats(0.0, 359.99) | st.sampled_from((0.0, 90.0, 180.0, 270.0))


@st.composite
def near(draw: st.DrawFn, centre: Position, reach_m: float) -> Position:
    """A position within a reach of another."""
    return destination(centre, draw(bearings()), draw(st.floats(0.0, reach_m)))


@st.composite
def tracks(draw: st.DrawFn, centre: Position, reach_m: float = 60_000.0) -> tuple[Leg, ...]:
    """A track of up to five runs and waits, of a ship or of an aircraft."""
    speed_mps = draw(st.sampled_from((1.0, 7.5, 16.0, 240.0)))
    now_ms = draw(st.integers(0, 3_600_000))
    here = draw(near(centre, reach_m))
    legs: list[Leg] = []
    for _ in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            there = draw(near(centre, reach_m))
            legs += legs_at_speed((here, there), now_ms, speed_mps)
            here = there
        else:
            legs.append(hold(here, Window(start_ms=now_ms, end_ms=now_ms + draw(st.integers(1, 7_200_000)))))
        now_ms = legs[-1].end_ms if legs else now_ms
    return tuple(legs) or (hold(here, Window(start_ms=now_ms, end_ms=now_ms + 1000)),)


@st.composite
def polygons(draw: st.DrawFn, centre: Position) -> Polygon:
    """A star-shaped polygon around a position near a centre."""
    middle = draw(near(centre, 20_000.0))
    corners = draw(st.integers(3, 8))
    ranges_m = draw(st.lists(st.floats(500.0, 20_000.0), min_size=corners, max_size=corners))
    turn_deg = draw(st.floats(0.0, 90.0))
    return Polygon(
        vertices=tuple(
            destination(middle, turn_deg + 360.0 * number / corners, range_m) for number, range_m in enumerate(ranges_m)
        )
    )


@st.composite
def corridors(draw: st.DrawFn, centre: Position) -> Corridor:
    """A corridor of one to three waypoints."""
    waypoints = draw(st.lists(near(centre, 40_000.0), min_size=1, max_size=3))
    return Corridor(waypoints=tuple(waypoints), half_width_m=draw(st.floats(200.0, 8000.0)))


def still_footprints(centre: Position) -> st.SearchStrategy[Footprint]:
    """Polygons, circles, sectors, rings and corridors near a centre."""
    middles = near(centre, 20_000.0)
    radii_m = st.floats(500.0, 20_000.0)
    circles = st.builds(lambda middle, radius_m: Circle(centre=middle, radius_m=radius_m), middles, radii_m)
    sectors = st.builds(
        lambda middle, bearing_deg, half_deg, radius_m, share: Sector(
            centre=middle,
            bearing_deg=bearing_deg,
            half_angle_deg=half_deg,
            radius_m=radius_m,
            inner_radius_m=radius_m * share,
        ),
        middles,
        bearings(),
        st.floats(5.0, 179.0) | st.just(180.0),
        radii_m,
        st.sampled_from((0.0, 0.5)),
    )
    return polygons(centre) | circles | sectors | corridors(centre)


@st.composite
def moving_boxes(draw: st.DrawFn, centre: Position) -> MovingBox:
    """A box around a unit under way near a centre."""
    return MovingBox(
        legs=draw(tracks(centre, 40_000.0)),
        ahead_m=draw(st.floats(200.0, 5000.0)),
        astern_m=draw(st.floats(200.0, 5000.0)),
        abeam_m=draw(st.floats(200.0, 3000.0)),
    )

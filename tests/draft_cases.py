"""Drafts of notices as Hypothesis strategies, and what a reader should make of their texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from waterspace.domain import Circle, Corridor, Footprint, Polygon, Position, Sector, Window, Without, join_windows
from waterspace.geometry.geodesic import destination
from waterspace.geometry.soundness import defect
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Issuer, Restriction
from waterspace.messages.phrasing.numbers import BEARING_RESOLUTION_DEG, LENGTH_RESOLUTION_M
from waterspace.messages.reading import Category, Form
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.messages.reading import Reading, Spell

__all__ = ["areas", "at", "drafts", "faults", "instant", "is_near", "schedules"]

_SLACK_DEG = 1e-9
_KNOWN = tuple(category for category in Category if category not in (Category.OTHER, Category.DISTRESS))


def at(lat_deg: float, lon_deg: float) -> Position:
    """A position."""
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def instant(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    """Milliseconds since 1970."""
    return round(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


def _places() -> st.SearchStrategy[Position]:
    """Where ships exercise, the equator, Greenwich, 180 degrees and high latitudes more often."""
    return st.builds(
        at,
        st.floats(-85.0, 85.0) | st.sampled_from((-0.004, 0.0, 0.004, 39.999999, 70.0, 84.9)),
        st.floats(-180.0, 180.0) | st.sampled_from((-180.0, -179.999, -0.001, 0.0, 99.9999, 179.9999, 180.0)),
    )


@st.composite
def _polygons(draw: st.DrawFn) -> Polygon:
    """A star-shaped polygon of three to nine corners; some on whole minutes."""
    middle = draw(_places())
    count = draw(st.integers(3, 9))
    ranges_m = draw(st.lists(st.floats(1_000.0, 80_000.0), min_size=count, max_size=count))
    corners = [destination(middle, 360.0 * number / count, range_m) for number, range_m in enumerate(ranges_m)]
    if draw(st.booleans()):
        whole = [at(round(c.lat_deg * 60.0) / 60.0, round(c.lon_deg * 60.0) / 60.0) for c in corners]
        is_sound = len({(c.lat_deg, c.lon_deg % 360.0) for c in whole}) == count and defect(whole) is None
        corners = whole if is_sound else corners
    return Polygon(vertices=tuple(corners))


def _simple() -> st.SearchStrategy[Footprint]:
    lengths_m = st.floats(100.0, 90_000.0) | st.sampled_from((NAUTICAL_MILE_M, 9260.0, 0.25 * NAUTICAL_MILE_M))
    bearings_deg = st.floats(0.0, 359.99) | st.sampled_from((0.0, 45.0, 359.96))
    return (
        _polygons()
        | st.builds(lambda centre, radius_m: Circle(centre=centre, radius_m=radius_m), _places(), lengths_m)
        | st.builds(
            lambda centre, bearing_deg, half_deg, radius_m: Sector(
                centre=centre, bearing_deg=bearing_deg, half_angle_deg=half_deg, radius_m=radius_m
            ),
            *(_places(), bearings_deg, st.floats(1.0, 178.0) | st.just(180.0), lengths_m),
        )
        | st.builds(
            lambda points, half_m: Corridor(waypoints=tuple(points), half_width_m=half_m),
            *(st.lists(_places(), min_size=1, max_size=6), lengths_m),
        )
    )


@st.composite
def _without(draw: st.DrawFn) -> Without:
    holes = draw(st.lists(_simple(), min_size=1, max_size=3))
    return Without(base=draw(_simple()), holes=tuple(holes))


def _rings() -> st.SearchStrategy[Footprint]:
    return st.builds(
        lambda centre, bearing_deg, half_deg: Sector(
            centre=centre, bearing_deg=bearing_deg, half_angle_deg=half_deg, radius_m=20_000.0, inner_radius_m=4_000.0
        ),
        *(_places(), st.floats(0.0, 359.0), st.floats(2.0, 170.0) | st.just(180.0)),
    )


def areas() -> st.SearchStrategy[DraftArea]:
    """A place of every form that has words."""
    return (
        st.builds(lambda footprint: DraftArea(footprint=footprint), _simple() | _without() | _rings())
        | st.builds(
            lambda points: DraftArea(footprint=Corridor(waypoints=tuple(points), half_width_m=0.0), form=Form.LINE),
            st.lists(_places(), min_size=2, max_size=5),
        )
        | st.builds(
            lambda centre: DraftArea(footprint=Circle(centre=centre, radius_m=0.0), form=Form.POSITION), _places()
        )
    )


@st.composite
def schedules(draw: st.DrawFn, after_ms: int, most_days: int = 45) -> tuple[Window, ...]:
    """Hours on days, in rows and with gaps, over midnight, several a day, and stretches of days; in order, joined."""
    first_ms = after_ms // DAY_MS * DAY_MS + DAY_MS
    step = draw(st.sampled_from((1, 30, 60)))
    minutes = st.integers(0, DAY_MS // MINUTE_MS // step - 1).map(lambda count: count * step)
    windows: list[Window] = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.integers(0, 3)):
            start = draw(minutes)
            length = step * draw(st.integers(1, DAY_MS // MINUTE_MS // step - 1))
            begin = draw(st.integers(0, most_days - 1))
            days = set(range(begin, draw(st.integers(begin, most_days)))) | {begin}
            days -= draw(st.sets(st.integers(0, most_days), max_size=4)) - {begin}
            if draw(st.booleans()):
                days = draw(st.sets(st.integers(0, most_days), min_size=1, max_size=8))
            for day in days:
                start_ms = first_ms + day * DAY_MS + start * MINUTE_MS
                windows.append(Window(start_ms=start_ms, end_ms=start_ms + length * MINUTE_MS))
        else:
            start_ms = first_ms + draw(st.integers(0, most_days - 1)) * DAY_MS + draw(minutes) * MINUTE_MS
            length_ms = draw(st.integers(1, 20 * DAY_MS // MINUTE_MS)) * MINUTE_MS
            windows.append(Window(start_ms=start_ms, end_ms=start_ms + length_ms))
    return join_windows(windows)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft of any issuer, with up to three paragraphs of up to four places, around any time of any year."""
    issued_ms = draw(st.integers(instant(2024, 1, 1), instant(2029, 1, 1)).map(lambda ms: ms // MINUTE_MS * MINUTE_MS))
    issued_ms = draw(st.just(issued_ms) | st.sampled_from((instant(2026, 12, 30, 6), instant(2028, 2, 26, 23, 59))))
    count = draw(st.integers(1, 3))
    parts = []
    for _ in range(count):
        windows = draw(schedules(issued_ms + draw(st.integers(0, 20)) * DAY_MS))
        reserves = draw(st.just(()) | schedules(windows[-1].end_ms, 10)) if draw(st.booleans()) else ()
        places = tuple(draw(st.lists(areas(), min_size=1, max_size=4)))
        parts.append(DraftPart(areas=places, windows=windows, reserves=reserves))
    last_ms = max(window.end_ms for part in parts for window in (*part.windows, *part.reserves))
    is_issued = draw(st.booleans())
    year = f"{datetime.fromtimestamp(issued_ms / 1000, UTC):%y}"
    category = draw(st.sampled_from(_KNOWN))
    restriction = draw(st.sampled_from(Restriction))
    told = [draw(st.none() | st.sampled_from(_KNOWN)) for _ in parts[1:]]
    is_less = restriction in (Restriction.DANGEROUS, Restriction.PROHIBITED_INSIDE)
    if Category.NAVIGATION_PROHIBITED in (category, *told) and is_less:
        restriction = Restriction.NONE  # it says less than the category does
    return Draft(
        id="N1",
        issuer=draw(st.sampled_from(Issuer)),
        series=draw(st.sampled_from(("", "NAVAREA VIII", "COASTAL WARNING VLADIVOSTOK", "HYDROLANT"))),
        number=draw(st.sampled_from(("", f"999/{year}", f"12/{year}"))),
        issued_ms=issued_ms if is_issued else None,
        general_area=draw(st.sampled_from(("", "SEA OF JAPAN", "NORTH PACIFIC", "BERING SEA"))),
        locality=draw(st.sampled_from(("", "OKI SHOTO, NORTHWARD"))),
        charts=draw(st.sampled_from(((), ("W1009 (INT 5301)",), ("RUS 61001", "W32")))),
        category=category,
        areas=parts[0].areas,
        windows=parts[0].windows,
        reserves=parts[0].reserves,
        parts=tuple(replace(part, category=own) for part, own in zip(parts[1:], told, strict=True)),
        cancel_ms=draw(st.sampled_from((None, last_ms + HOUR_MS, last_ms + 3 * DAY_MS, last_ms))),
        cancels=draw(st.sampled_from(((), ("HYDROPAC 1234/26",), ("NAVAREA XI 12/26", "NAVAREA XI 13/26")))),
        restriction=restriction,
        remarks=draw(st.sampled_from(((), ("CONTACT RANGE CONTROL ON VHF CHANNEL SIXTEEN",)))),
    )


def faults(draft: Draft, reading: Reading, resolution_deg: float) -> list[str]:
    """What a reading has otherwise than its draft; nothing where all is well."""
    found = [reading.reason] if reading.reason else []
    wanted = [(area, part) for part in draft.paragraphs for area in part.areas]
    if len(wanted) != len(reading.areas):
        return [*found, f"{len(reading.areas)} areas for {len(wanted)}"]
    for (area, part), read in zip(wanted, reading.areas, strict=True):
        if not is_near(area.footprint, read.footprint, resolution_deg):
            found.append(f"{read.footprint} for {area.footprint}")
        if read.form is not area.form:
            found.append(f"{read.form} for {area.form}")
        if read.category is not draft.category_of(part):
            found.append(f"{read.category} for {draft.category_of(part)}")
        found += [f"{name} {said} for {meant}" for name, said, meant in _times(part, read.spells, read.reserves)]
    if reading.cancel_ms != draft.cancel_ms:
        found.append(f"cancels itself at {reading.cancel_ms} for {draft.cancel_ms}")
    if reading.issued_ms != draft.issued_ms:
        found.append(f"is issued at {reading.issued_ms} for {draft.issued_ms}")
    if reading.cancels != draft.cancels:
        found.append(f"cancels {reading.cancels} for {draft.cancels}")
    return found


def _times(
    part: DraftPart, spells: tuple[Spell, ...], reserves: tuple[Spell, ...]
) -> list[tuple[str, list[tuple[int | None, int | None]], list[tuple[int, int]]]]:
    """Times that differ, as said and as meant."""
    pairs = (("windows", spells, part.windows), ("reserves", reserves, part.reserves))
    compared = [
        (name, [(spell.start_ms, spell.end_ms) for spell in said], [(one.start_ms, one.end_ms) for one in meant])
        for name, said, meant in pairs
    ]
    return [entry for entry in compared if entry[1] != entry[2]]


def is_near(meant: Footprint, said: Footprint, resolution_deg: float) -> bool:
    """Whether what a text says is what is meant, within half of the last digit of every number."""
    meant = _as_said(meant)
    match meant, said:
        case Polygon(), Polygon():
            return _are_near(meant.vertices, said.vertices, resolution_deg)
        case Circle(), Circle():
            return _are_near((meant.centre,), (said.centre,), resolution_deg) and _is_long(
                meant.radius_m, said.radius_m
            )
        case Corridor(), Corridor():
            return _are_near(meant.waypoints, said.waypoints, resolution_deg) and _is_long(
                meant.half_width_m, said.half_width_m
            )
        case Sector(), Sector():
            turn_deg = abs((meant.bearing_deg - said.bearing_deg + 180.0) % 360.0 - 180.0)
            return (
                _are_near((meant.centre,), (said.centre,), resolution_deg)
                and _is_long(meant.radius_m, said.radius_m)
                and turn_deg <= BEARING_RESOLUTION_DEG / 2.0 + _SLACK_DEG
                and abs(meant.half_angle_deg - said.half_angle_deg) <= BEARING_RESOLUTION_DEG + _SLACK_DEG
            )
        case Without(), Without():
            return (
                len(meant.holes) == len(said.holes)
                and is_near(meant.base, said.base, resolution_deg)
                and all(is_near(one, other, resolution_deg) for one, other in zip(meant.holes, said.holes, strict=True))
            )
    return False


def _as_said(footprint: Footprint) -> Footprint:
    """A footprint in the shapes that words have."""
    if isinstance(footprint, Sector):
        whole: Footprint = footprint
        if footprint.half_angle_deg == 180.0:
            whole = Circle(centre=footprint.centre, radius_m=footprint.radius_m)
        if not footprint.inner_radius_m:
            return whole
        if isinstance(whole, Sector):
            whole = Sector(
                centre=whole.centre,
                bearing_deg=whole.bearing_deg,
                half_angle_deg=whole.half_angle_deg,
                radius_m=whole.radius_m,
            )
        return Without(base=whole, holes=(Circle(centre=footprint.centre, radius_m=footprint.inner_radius_m),))
    if isinstance(footprint, Corridor) and len(footprint.waypoints) == 1 and footprint.half_width_m:
        return Circle(centre=footprint.waypoints[0], radius_m=footprint.half_width_m)
    return footprint


def _is_long(meant_m: float, said_m: float) -> bool:
    return abs(meant_m - said_m) <= LENGTH_RESOLUTION_M + 1e-6


def _are_near(meant: tuple[Position, ...], said: tuple[Position, ...], resolution_deg: float) -> bool:
    limit_deg = resolution_deg + _SLACK_DEG
    return len(meant) == len(said) and all(
        abs(one.lat_deg - other.lat_deg) <= limit_deg
        and abs((one.lon_deg - other.lon_deg + 180.0) % 360.0 - 180.0) <= limit_deg
        for one, other in zip(meant, said, strict=True)
    )

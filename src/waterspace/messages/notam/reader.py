"""A NOTAM as a reading: areas, windows, heights, and what was not understood.

Where the areas come from. The words of item E are the area. Only where they give none, the circle of line Q stands in:
it is labelled `Q`, its resolution is half a minute of arc and more, since it covers the area and is not the area. A
circle of 999 nm stands for a whole flight information region and gives no area: the region is named, not drawn.

Windows are those of item D within items B and C, less those that item E calls alternate (`ALTN TIMES: 24 0000-0900.`).
An item C that is estimated (`EST`) ends nothing: the NOTAM stays in force until another replaces or cancels it, and
behind it all hours count, unless item D gives dates. Source: ICAO PANS-AIM (Doc 10066) appendix 3, item C.
Heights are those of items F and G, else of line Q; of several areas each has its own where the words say so. The
category is that of the Q code, told apart by the words of item E.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Band, Circle, Corridor, Polygon, Without
from waterspace.errors import GeometryError
from waterspace.messages.bounds import bounded
from waterspace.messages.lexing import plain
from waterspace.messages.notam.arcs import along
from waterspace.messages.notam.body import read_body
from waterspace.messages.notam.category import category_of
from waterspace.messages.notam.consistency import contradictions, far_from_circle
from waterspace.messages.notam.expanding import expand
from waterspace.messages.notam.fdc import is_fdc, read_fdc
from waterspace.messages.notam.fields import read_fields
from waterspace.messages.notam.levels import flight_level_m, read_level, read_range
from waterspace.messages.notam.mending import mend
from waterspace.messages.notam.points import body_tokens
from waterspace.messages.notam.terms import WEEKDAYS
from waterspace.messages.oddities import odd_corner
from waterspace.messages.reading import Doubt, Form, Reading, Span, Spell, WarnedArea
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Position
    from waterspace.messages.lexing import Token
    from waterspace.messages.notam.body import Figure
    from waterspace.messages.notam.fdc import Restriction
    from waterspace.messages.notam.fields import Notam
    from waterspace.messages.notam.mending import Mended
    from waterspace.messages.reading import Category, Message

__all__ = ["SERIES", "is_notam", "read_notam"]

SERIES = "NOTAM"
"""Series of every reading made here."""

_WHOLE_REGION_NM = 999
"""Radius of line Q that stands for a whole region. Source: ICAO Doc 8126, 6.2, qualifier `Coordinates, radius`."""

_Q_RESOLUTION_DEG = 0.5 / 60.0
_ALTERNATE = re.compile(r"\bALTN\s+TIMES?:\s*([^.]*)\.")
_IS_NOTAM = re.compile(r"\bNOTAM[NRC]\b|\bQ\)\s*[A-Z]{3,4}\s*/\s*Q[A-Z]{4}|\bFDC\s+\d{1,2}/\d{4}\b")
_CANCELLED = "CN"
_ROUTES = {"AR", "AN", "AT"}
"""Subjects of the Q code whose positions are points of routes: ATS route, area navigation route, terminal area."""


def is_notam(text: str) -> bool:
    """Whether a text looks like a NOTAM.

    Args:
        text: of any kind.
    """
    return _IS_NOTAM.search(text.upper()) is not None


def read_notam(message: Message) -> Reading:
    """What a NOTAM says."""
    text = plain(message.text)
    if is_fdc(text):
        return _read_page(message, text)
    notam = read_fields(text)
    spells, doubts = _spells(notam)
    doubts = [*notam.doubts, *doubts]
    areas: list[WarnedArea] = []
    is_cancelled = notam.kind == "C" or (notam.line is not None and notam.line.code.endswith(_CANCELLED))
    if not is_cancelled:
        reserves, misread = _reserves(notam)
        areas, more = _areas(notam, _less(spells, reserves) if reserves else spells)
        areas = [replace(area, reserves=reserves) for area in areas] if reserves else areas
        doubts += [*misread, *more, *far_from_circle(notam, areas)]
    return bounded(
        Reading(
            message=message,
            areas=tuple(areas),
            doubts=tuple(sorted(doubts, key=lambda doubt: doubt.span)),
            remarks=tuple(sorted(contradictions(notam, areas, spells), key=lambda remark: remark.span)),
            cancels=(notam.refers,) if notam.refers else (),
            cancel_ms=None if notam.estimated else notam.end_ms,
            issued_ms=notam.created_ms if notam.created_ms is not None else message.issued_ms,
            series=SERIES,
            number=notam.number,
        )
    )


# ---------------------------------------------------------------------------------------------------- times and heights


def _spells(notam: Notam) -> tuple[tuple[Spell, ...], list[Doubt]]:
    """When it is in force."""
    whole = Spell(notam.start_ms, None if notam.estimated else notam.end_ms)
    if notam.start_ms is not None and notam.end_ms is not None and notam.end_ms <= notam.start_ms:
        return (Spell(notam.start_ms, None),), []  # a doubt of the fields tells of the end
    if notam.start_ms is None or notam.schedule is None:
        return ((whole,) if whole != Spell(None, None) else ()), []
    item = notam.schedule
    position = notam.line.circle.centre if notam.line and notam.line.circle else None
    windows = expand(item.text, notam.start_ms, notam.end_ms, position)
    doubts = [
        Doubt(notam.mended.span(item.start + each.start, item.start + each.end), each.reason)
        for each in windows.misread
    ]
    spells = windows.spells or (whole,)
    if notam.estimated and notam.end_ms is not None and windows.spells and windows.goes_on:
        return _going_on(spells, notam.end_ms), doubts
    return spells, doubts


def _going_on(spells: tuple[Spell, ...], end_ms: int | None) -> tuple[Spell, ...]:
    """Spells, and all the time behind an end that is only estimated."""
    if spells[-1].end_ms == end_ms:
        return (*spells[:-1], Spell(spells[-1].start_ms, None))
    return (*spells, Spell(end_ms, None))


def _reserves(notam: Notam) -> tuple[tuple[Spell, ...], list[Doubt]]:
    """The alternate times of item E, which item D has among the others."""
    found: list[Spell] = []
    doubts: list[Doubt] = []
    for body in notam.bodies if "ALTN" in notam.mended.text else ():
        told = _ALTERNATE.search(notam.mended.text, body.start, body.end)
        if told is None or notam.start_ms is None:
            continue
        windows = expand(told[1], notam.start_ms, notam.end_ms)
        found += windows.spells
        start = told.start(1)
        doubts += [_doubt(notam.mended, start + each.start, start + each.end, each.reason) for each in windows.misread]
    return tuple(sorted(set(found))), doubts


def _less(spells: Sequence[Spell], taken: Sequence[Spell]) -> tuple[Spell, ...]:
    """Spells without those that are taken out; open ends stay as they are."""
    left = list(spells)
    for one in taken:
        if one.start_ms is None or one.end_ms is None:
            continue
        pieces = []
        for spell in left:
            if spell.start_ms is None or spell.start_ms < one.start_ms:
                end_ms = one.start_ms if spell.end_ms is None else min(spell.end_ms, one.start_ms)
                pieces.append(Spell(spell.start_ms, end_ms))
            if spell.end_ms is None or spell.end_ms > one.end_ms:
                start_ms = one.end_ms if spell.start_ms is None else max(spell.start_ms, one.end_ms)
                pieces.append(Spell(start_ms, spell.end_ms))
        left = pieces
    return tuple(left)


def _band(notam: Notam, doubts: list[Doubt]) -> Band:
    """Items F and G, else line Q."""
    line = notam.line
    low_m = flight_level_m(line.lower) if line and line.lower is not None else 0.0
    high_m = flight_level_m(line.upper) if line and line.upper is not None else float("inf")
    for piece, is_low in ((notam.lower, True), (notam.upper, False)):
        if piece is None:
            continue
        level = read_level(piece.text)
        if level is None:
            doubts.append(_doubt(notam.mended, piece.start, piece.end, f"{piece.text} is no height or level."))
        elif is_low:
            low_m = level.height_m
        else:
            high_m = level.height_m
    if low_m > high_m:
        where = notam.upper or notam.lower
        span = notam.mended.span(where.start, where.end) if where else (line.span if line else Span(0, 0))
        doubts.append(Doubt(span, "The lower limit lies above the upper one; the whole column was taken."))
        return Band()
    return Band(floor_m=low_m, ceiling_m=high_m)


# ---------------------------------------------------------------------------------------------------------------- areas


class _Common(NamedTuple):
    """What all areas of a NOTAM share, the heights where the words give none to each."""

    band: Band
    spells: tuple[Spell, ...]
    category: Category


def _areas(notam: Notam, spells: tuple[Spell, ...]) -> tuple[list[WarnedArea], list[Doubt]]:
    """The areas of item E, or that of line Q."""
    doubts: list[Doubt] = []
    limits = _band(notam, doubts)
    areas: list[WarnedArea] = []
    bodies = [body_tokens(notam.mended.text, body.start, body.end) for body in notam.bodies]
    words = {token.text for tokens in bodies for token in tokens}
    category = category_of(notam.line.code if notam.line else "", words)
    common = _Common(limits, spells, category)
    for tokens, body in zip(bodies, notam.bodies, strict=True):
        found, more = _body_areas(notam.mended, tokens, body.end, common)
        areas += found
        doubts += more
    if notam.line and notam.line.code[1:3] in _ROUTES:
        areas = [area for area in areas if area.form is not Form.POSITION]
    circle = notam.line.circle if notam.line else None
    if circle and not any(area.form is not Form.POSITION for area in areas):
        radius_nm = circle.radius_nm
        if radius_nm and radius_nm < _WHOLE_REGION_NM and notam.line:
            around = _q_area(circle.centre, radius_nm, notam.line.span)
            areas.insert(0, replace(around, spells=spells, category=category, band=limits))
    return areas, doubts


def _q_area(centre: Position, radius_nm: int, span: Span) -> WarnedArea:
    """The circle of line Q."""
    return WarnedArea(
        form=Form.AREA,
        footprint=Circle(centre=centre, radius_m=radius_nm * NAUTICAL_MILE_M),
        positions=(centre,),
        spans=(span,),
        label="Q",
        resolution_deg=_Q_RESOLUTION_DEG,
    )


def _body_areas(
    mended: Mended, found: Sequence[Token], end: int, common: _Common
) -> tuple[list[WarnedArea], list[Doubt]]:
    """The areas of some words, each with its heights."""
    figures, doubts = read_body(found)
    doubts = [Doubt(mended.span(doubt.span.start, doubt.span.end), doubt.reason) for doubt in doubts]
    areas: list[WarnedArea] = []
    has_heights: list[bool] = []
    for place, figure in enumerate(figures):
        footprint, problem = _footprint(figure)
        if problem:
            doubts.append(Doubt(mended.span(figure.points[0].start, figure.points[-1].end), problem))
        if footprint is None:
            continue
        if figure.is_left_out and areas:
            if _is_cut_from(found, figures[place - 1].end, figure.points[0].start):
                areas[-1] = replace(areas[-1], footprint=_cut(areas[-1].footprint, footprint))
                continue
            told = "An area is left out, and not clearly of the one before it; it was not cut."
            doubts.append(Doubt(mended.span(figure.start, figure.points[-1].end), told))
            continue
        until = figures[place + 1].points[0].start if place + 1 < len(figures) else end
        own = read_range(mended.text, figure.end, max(until, figure.end)) if len(figures) > 1 else None
        has_heights.append(own is not None)
        areas.append(
            WarnedArea(
                form=figure.form,
                footprint=footprint,
                positions=figure.positions,
                spans=tuple(mended.span(point.start, point.end) for point in figure.points),
                label=figure.label,
                spells=common.spells,
                band=own or common.band,
                category=common.category,
                resolution_deg=max([point.resolution_deg for point in figure.points]),
            )
        )
    return _told_once(areas, has_heights), doubts


def _told_once(areas: Sequence[WarnedArea], has_heights: Sequence[bool]) -> list[WarnedArea]:
    """Areas without those that were told before with all that is left out of them, unless they have other heights."""
    bands: dict[Footprint, set[Band]] = {}
    told: list[WarnedArea] = []
    for area, is_own in zip(areas, has_heights, strict=True):
        known = bands.setdefault(area.footprint, set())
        if not known or (is_own and area.band not in known):
            told.append(area)
        known.add(area.band)
    return told


def _is_cut_from(found: Sequence[Token], start: int, end: int) -> bool:
    """Whether the words between two figures leave the second out of the first: one sentence, and nothing of days."""
    words = {token.text for token in found if start <= token.start < end}
    return "." not in words and words.isdisjoint(WEEKDAYS)


def _cut(base: Footprint, hole: Footprint) -> Without:
    """An area less another."""
    if isinstance(base, Without):
        return Without(base=base.base, holes=(*base.holes, hole))
    return Without(base=base, holes=(hole,))


def _footprint(figure: Figure) -> tuple[Footprint | None, str]:
    """A figure on the ellipsoid; None with a sentence where there is none."""
    positions = figure.positions
    try:
        if figure.form is Form.POSITION:
            return Circle(centre=positions[0], radius_m=0.0), ""
        if figure.is_corridor:
            return Corridor(waypoints=positions, half_width_m=figure.radius_m or 0.0), ""
        if figure.radius_m is not None:
            return Circle(centre=positions[0], radius_m=figure.radius_m), ""
        if figure.form is Form.LINE:
            return Corridor(waypoints=positions, half_width_m=0.0), ""
        return _polygon(figure, positions)
    except GeometryError as error:
        return None, f"The positions make no area: {error}."


def _polygon(figure: Figure, positions: tuple[Position, ...]) -> tuple[Polygon | None, str]:
    """A polygon with its arcs, and what is odd about it."""
    vertices: list[Position] = []
    problem = ""
    for place, here in enumerate(positions):
        if not vertices or vertices[-1] != here:
            vertices.append(here)
        if place in figure.arcs:
            between, wrong = along(figure.arcs[place], here, positions[(place + 1) % len(positions)])
            vertices.extend(between)
            problem = problem or wrong
    if len(vertices) > 1 and vertices[0] == vertices[-1]:
        vertices.pop()
    polygon = Polygon(vertices=tuple(vertices))
    odd = odd_corner(positions)
    if odd is not None:
        problem = f"{odd[1][:1].upper()}{odd[1][1:]}."
    return polygon, problem


def _doubt(mended: Mended, start: int, end: int, reason: str) -> Doubt:
    return Doubt(mended.span(start, end), reason)


# ---------------------------------------------------------------------------------------------------------------- pages


def _read_page(message: Message, text: str) -> Reading:
    """A flight restriction of the United States."""
    page = read_fdc(text)
    spells, doubts = _page_spells(page, len(text))
    mended = mend(text)
    areas: list[WarnedArea] = []
    category = category_of("", set(page.reason.split()))
    for number, section in enumerate(page.sections, start=1):
        tokens = body_tokens(mended.text, section.start, section.end)
        common = _Common(section.band or Band(floor_m=0.0), spells, category)
        found, more = _body_areas(mended, tokens, section.end, common)
        label = str(number) if len(page.sections) > 1 else ""
        areas += [replace(area, label=area.label or label) if label else area for area in found]
        doubts += more
        if section.band is None:
            doubts.append(Doubt(Span(section.start, section.end), "The altitudes of the area were not understood."))
        if not found:
            doubts.append(Doubt(Span(section.start, section.end), "The area was not understood."))
    return bounded(
        Reading(
            message=message,
            areas=tuple(areas),
            doubts=tuple(sorted(doubts, key=lambda doubt: doubt.span)),
            cancels=(f"FDC {page.replaced}",) if page.replaced else (),
            cancel_ms=page.end_ms,
            issued_ms=page.issued_ms if page.issued_ms is not None else message.issued_ms,
            series=SERIES,
            number=f"FDC {page.number}",
        )
    )


def _page_spells(page: Restriction, length: int) -> tuple[tuple[Spell, ...], list[Doubt]]:
    """When a restriction is in force."""
    whole = Span(0, length)
    if page.start_ms is None or page.end_ms is None:
        return (), [Doubt(whole, "The beginning and the end of the restriction were not understood.")]
    if not page.schedule:
        return (Spell(page.start_ms, page.end_ms),), []
    windows = expand(page.schedule, page.start_ms, page.end_ms)
    return windows.spells, [Doubt(whole, each.reason) for each in windows.misread]

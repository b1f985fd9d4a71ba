"""A card as one HTML page of A4, which needs nothing else: no network, no script.

What it cannot hold: heights, charts and what others are asked for are left to the official warning, whose number it
names. Positions are to a hundredth of a minute, distances to a hundredth of a mile. Very many times or corners take
smaller type, and run on to a second sheet where that is not enough: nothing is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import Area, Circle, Corridor, Hazard, Provenance, Reservation
from waterspace.messages.draft import STATUS
from waterspace.messages.languages import Standing
from waterspace.messages.phrasing.titles import number_text
from waterspace.messages.writing.styles import STYLES
from waterspace.notation import format_offset
from waterspace.quantity import DAY_MS, HOUR_MS, NAUTICAL_MILE_M
from waterspace.reports.seafarers.places import PlaceLine, place_lines
from waterspace.reports.seafarers.times import TimeLine, time_lines
from waterspace.reports.seafarers.words import card_words
from waterspace.reports.sheets import render_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint
    from waterspace.messages.draft import Draft, DraftArea, DraftPart
    from waterspace.reports.extent import Extent
    from waterspace.reports.seafarers.words import CardWords

__all__ = ["as_card"]

_SIZES = (26, 40, 60)
"""Most lines in each size of type, the largest first."""
_CHART_WIDTH = 640
_ABREAST = 2
"""Languages side by side."""
_MARGINS = (0.35, 0.8, 1.5, 3.0)
"""Around the places, as shares of their longer side, until a coast comes into sight."""
_WIDEST_DEG = 12.0
_COARSE_DEG = 0.01
_ZONE_MS = DAY_MS / 360.0
"""Of local time for each degree of longitude."""
_ZONES_OFF_MS = 3 * HOUR_MS
"""How far the clocks of a coast are from those of its longitude at most: assumed."""
_LEAST_M = 0.5 * NAUTICAL_MILE_M
"""Drawn on each side of what has no width (assumed: seen on the chart, and on the safe side)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A paragraph of a card; what goes on stands in it where it is not the same everywhere."""

    what: str
    places: tuple[tuple[str, list[PlaceLine]], ...]
    times: list[TimeLine]
    reserves: list[TimeLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """Everything that a card says in one language; `local` is empty where its clocks are UTC alone."""

    words: CardWords
    what: tuple[str, ...]
    asked: str
    general_area: str
    parts: list[_Part]
    local: str
    number: str
    originator: str


def as_card(draft: Draft, *, local_offset_ms: int, originator: str = "", languages: Sequence[str] = ("en",)) -> str:
    """A draft as a card.

    Args:
        draft: with at least one place.
        local_offset_ms: local time minus UTC where the card is read; 0 for UTC alone, which also stands alone where
            no place of the draft has a local time near that.
        originator: who is to be asked; empty where nobody is known.
        languages: at least one of `waterspace.messages.languages.CODES`; several stand side by side, two in a row,
            and the chart is in the first.

    Raises:
        ValueError: no language is given, or one that there is none of.
    """
    from markupsafe import Markup

    if not languages:
        raise ValueError("a card needs at least one language")
    several = [card_words(code) for code in dict.fromkeys(languages)]
    offset_ms = local_offset_ms if _is_kept_there(local_offset_ms, draft) else 0
    sides = [_side(draft, offset_ms, originator, words) for words in several]
    lines = max(sum(_length(part) for part in side.parts) for side in sides)
    if len(sides) > 1:
        lines = _narrow(lines) * -(-len(sides) // _ABREAST)
    return render_sheet(
        "seafarers.html.jinja",
        "seafarers.css",
        status=STATUS,
        translated=[words for words in several if words.language.standing is not Standing.SOURCE],
        machine=card_words("en").others["machine"],
        language=several[0].language.code,
        sides=sides,
        chart=Markup(_chart(draft, several[0])),  # noqa: S704  # escapes its own texts
        size=sum(lines > most for most in _SIZES),
    )


def _is_kept_there(offset_ms: int, draft: Draft) -> bool:
    """Whether a local time may be that of some place of a draft, by the zones of longitude."""
    from waterspace.geometry.footprints import bounding_circle

    lons_deg = [bounding_circle(area.footprint).centre.lon_deg for part in draft.paragraphs for area in part.areas]
    apart_ms = [abs(offset_ms - lon_deg * _ZONE_MS) % DAY_MS for lon_deg in lons_deg]
    return not apart_ms or min(min(one, DAY_MS - one) for one in apart_ms) <= _ZONES_OFF_MS


def _narrow(lines: int) -> int:
    """About how many lines of the whole width so many of half of it are worth, with the heading and the advice."""
    return 2 * lines + _SIZES[0] // 2


def _side(draft: Draft, local_offset_ms: int, originator: str, words: CardWords) -> _Side:
    series = draft.series or STYLES[draft.issuer].series
    return _Side(
        words=words,
        what=tuple(words.what[category] for category in draft.categories),
        asked=words.asked[draft.restriction],
        general_area=_name_of_sea(draft, words),
        parts=[_part(part, draft, local_offset_ms, words) for part in draft.paragraphs],
        local=words.others["local"].format(offset=format_offset(local_offset_ms)) if local_offset_ms else "",
        number=words.others["number"].format(number=f"{series} {number_text(draft)}"),
        originator=words.others["from"].format(originator=originator) if originator else "",
    )


def _name_of_sea(draft: Draft, words: CardWords) -> str:
    """`Sea of Japan, Oki Shoto, Northward`; in the words of the language where it has a name.

    A locality in Latin letters that it has no name for stands on the English side alone.
    """
    own, area, locality = words.language, draft.general_area.rstrip("."), draft.locality.rstrip(".")
    is_left_out = own.code != "en" and locality.isascii() and not own.is_known(locality)
    names = [name for name in (area, "" if is_left_out else locality) if name]
    return ", ".join(own.sea(name) if own.is_known(name) else _titled(name) for name in names)


def _titled(name: str) -> str:
    return name.title().replace(" Of ", " of ").replace(" The ", " the ")


def _part(part: DraftPart, draft: Draft, offset_ms: int, words: CardWords) -> _Part:
    areas = [area for one in draft.paragraphs for area in one.areas]
    return _Part(
        what=words.what[draft.category_of(part)] if len(draft.categories) > 1 else "",
        places=tuple((_name(area, areas, words), place_lines(area, words)) for area in part.areas),
        times=time_lines(part.windows, offset_ms, words),
        reserves=time_lines(part.reserves, offset_ms, words),
    )


def _name(area: DraftArea, areas: list[DraftArea], words: CardWords) -> str:
    """`Area A`; letters in order where areas have none."""
    if area.label:
        return words.others["area"].format(label=area.label)
    if len(areas) == 1:
        return words.others["an_area"]
    place = next(number for number, one in enumerate(areas) if one is area)
    return words.others["area"].format(label=_letters(place))


def _letters(place: int) -> str:
    """A to Z, then AA, AB and so on."""
    first, last = divmod(place, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _length(part: _Part) -> int:
    """About how many lines a paragraph takes."""
    places = sum(1 + len(line.positions) // 3 for _, lines in part.places for line in lines)
    return places + len(part.times) + len(part.reserves) + 2 + bool(part.what)


def _chart(draft: Draft, words: CardWords) -> str:
    """The coast and the places of a draft; empty where they are too far apart for one chart."""
    from waterspace.errors import GeometryError
    from waterspace.geometry.footprints import outline
    from waterspace.reports import chart
    from waterspace.reports.extent import Extent

    areas = [area for part in draft.paragraphs for area in part.areas]
    if not areas:
        return ""
    try:
        box = _with_coast(Extent.union(Extent.around(outline(_seen(area))) for area in areas))
        return chart.draw(
            chart.ChartRequest(
                bounds=chart.Bounds(*box.rounded()),
                title=words.others["chart_title"],
                style=chart.ChartStyle.PRINT,
                contents=frozenset({chart.ChartContent.PORTS}),
                areas=tuple(_named(area, areas, words) for area in areas) if len(areas) > 1 else (),
                reservations=tuple(_claim(area, str(number)) for number, area in enumerate(areas)),
                width=_CHART_WIDTH,
                key="card-chart",
            )
        )
    except GeometryError:
        return ""


def _with_coast(box: Extent) -> Extent:
    """A box around another, large enough to show some coast where there is any not too far away."""
    from waterspace.environment.shores import coast
    from waterspace.environment.shores.shoreline import Bounds

    shores = coast.load()
    for share_ratio in _MARGINS:
        around = box.padded(share_ratio)
        if around.span_deg <= _WIDEST_DEG and shores.polygons(Bounds(*around.rounded()), _COARSE_DEG):
            return around
    return box.padded(_MARGINS[0])


def _seen(area: DraftArea) -> Footprint:
    """What is drawn of a place: a line and a position with a width, so that they can be seen."""
    shape = area.footprint
    if isinstance(shape, Corridor) and shape.half_width_m < _LEAST_M:
        return replace(shape, half_width_m=_LEAST_M)
    return replace(shape, radius_m=_LEAST_M) if isinstance(shape, Circle) and shape.radius_m < _LEAST_M else shape


def _named(area: DraftArea, areas: list[DraftArea], words: CardWords) -> Area:
    name = _name(area, areas, words)
    return Area(id=name, name=name, footprint=_seen(area))


def _claim(area: DraftArea, id_: str) -> Reservation:
    return Reservation(
        id=id_,
        owner=id_,
        name=area.label,
        footprint=_seen(area),
        band=area.band,
        windows=(),
        hazard=Hazard.WARNING,
        provenance=Provenance(),
    )

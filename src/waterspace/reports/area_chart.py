"""Area chart: the water of an exercise as one printed figure, for paper and for readers that run no scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Medium
from waterspace.environment.shores.shoreline import Bounds
from waterspace.reports import backdrop, chart
from waterspace.reports.chart import ChartLine, ChartMark, ChartRequest, ChartStyle, LineKind, MarkKind
from waterspace.reports.payload import home_extent
from waterspace.reports.warned import warnings_around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Exercise, Leg, Position, Reservation, Run

__all__ = ["draw_area_chart"]


def draw_area_chart(run: Run, claims: Sequence[Reservation]) -> str:
    """The chart of an exercise as SVG: areas, danger areas, what others have reserved, and the tracks of ships.

    Args:
        run: one rehearsal.
        claims: of its serials, as they ran; those that endanger shipping are drawn.
    """
    exercise = run.exercise
    name = exercise.name or "Exercise"
    extent = home_extent(run, claims).padded()
    return chart.draw(
        ChartRequest(
            bounds=Bounds(*extent.rounded()),
            title=f"{name}: exercise areas",
            style=ChartStyle.PRINT,
            areas=tuple(exercise.areas.values()),
            reservations=(
                *(claim for claim in claims if claim.hazard.endangers_shipping),
                *exercise.standing_reservations.values(),
                *warnings_around(exercise, exercise.window, extent),
            ),
            lines=tuple(_tracks(run)),
            marks=tuple(_ports(exercise)),
            key="area-chart",
        )
    )


def _tracks(run: Run) -> Iterator[ChartLine]:
    """The way of every ship, without names: there are too many to write."""
    for id_, track in sorted(run.tracks.items()):
        platform = run.exercise.platform(id_) if id_ in run.exercise.units else None
        if platform is not None and platform.medium is Medium.AIR:
            continue
        way = _way(track.legs)
        if len(way) > 1:
            yield ChartLine(name="", positions=way, kind=LineKind.TRACK)


def _way(legs: Sequence[Leg]) -> tuple[Position, ...]:
    """The ends of legs in order, waiting left out."""
    ends = [end for leg in legs for end in (leg.start, leg.end)]
    return tuple(end for end, before in zip(ends, [None, *ends], strict=False) if end != before)


def _ports(exercise: Exercise) -> Iterator[ChartMark]:
    for name, position in backdrop.homes(exercise):
        yield ChartMark(name=name, position=position, kind=MarkKind.PORT)

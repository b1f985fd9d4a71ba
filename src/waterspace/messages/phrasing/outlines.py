"""Shapes before they are written: corners once they are rounded, and an area apart from what is left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Joined, Without
from waterspace.errors import DraftError
from waterspace.messages.phrasing.positions import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Position
    from waterspace.messages.phrasing.positions import Notation

__all__ = ["corners", "corners_kept", "flat", "parted"]

_CORNERS = 3


def corners(vertices: Sequence[Position], notation: Notation) -> list[Position]:
    """Corners in order, as many as are left when they are rounded; what they bound is not looked at.

    Args:
        vertices: of a polygon.
        notation: to which they are rounded.

    Raises:
        DraftError: fewer than three are apart.
    """
    kept: list[Position] = []
    for vertex in vertices:
        near = rounded(vertex, notation)
        if not kept or near != kept[-1]:
            kept.append(near)
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    if len(set(kept)) < _CORNERS:
        raise DraftError(
            f"an area is too small for positions in {notation.name.lower()}: {len(vertices)} corners are "
            f"{len(set(kept))} when they are rounded; draft a circle around it"
        )
    return kept


def corners_kept(vertices: Sequence[Position], notation: Notation) -> list[Position]:
    """The same of a polygon that is still one.

    Raises:
        DraftError: what is left bounds nothing.
    """
    from waterspace.geometry.soundness import defect

    kept = corners(vertices, notation)
    wrong = defect(kept)
    if wrong is not None:
        raise DraftError(f"an area with its corners as they are written bounds nothing: {wrong.reason}")
    return kept


def parted(footprint: Footprint) -> tuple[Footprint, tuple[Footprint, ...]]:
    """An area as a whole and everything that is left out of it, in order; a hole may have holes itself."""
    holes: list[Footprint] = []
    while isinstance(footprint, Without):
        holes = [*(one for hole in footprint.holes for one in flat(hole)), *holes]
        footprint = footprint.base
    return footprint, tuple(holes)


def flat(footprint: Footprint) -> list[Footprint]:
    """The parts of what is joined; what is not is its own only part."""
    return [one for part in footprint.parts for one in flat(part)] if isinstance(footprint, Joined) else [footprint]

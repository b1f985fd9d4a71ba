"""Corners of a polygon in the file: enough of them, and sides that bound an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.errors import NotationError
from waterspace.planfile.scalars import AtLeast, TooFewError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pydantic_core import CoreSchema

    from waterspace.domain import Position

__all__ = ["Corners", "CornersError"]

_LEAST = 3


class CornersError(NotationError):
    """Corners whose sides bound no area.

    Attributes:
        corner: number of the corner at which the side begins that is at fault, from 0.
    """

    def __init__(self, corner: int, reason: str) -> None:
        self.corner = corner
        super().__init__("a list", "corners whose sides bound an area", reason)


class Corners:
    """Asks for three distinct corners or more: `Annotated[tuple[Point, ...], Corners()]`.

    A last corner that repeats the first is left out.
    """

    __slots__ = ()

    def check(self, corners: tuple[Position, ...]) -> tuple[Position, ...]:
        """The corners, without one that closes the ring.

        Raises:
            NotationError: there are not enough, or the sides bound no area.
        """
        from waterspace.geometry import soundness

        corners = AtLeast(_LEAST, "corners", ring=True).check(corners)
        if len(set(corners)) < _LEAST:
            raise TooFewError(f"{len(set(corners))} distinct corners", f"at least {_LEAST}")
        found = soundness.defect(corners)
        if found is not None:
            raise CornersError(found.corner, found.reason)
        return corners

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], CoreSchema]) -> CoreSchema:
        """How pydantic reads it."""
        inner = handler(source)
        return {"type": "function-after", "function": {"type": "no-info", "function": self.check}, "schema": inner}

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: Callable[[CoreSchema], Any]) -> dict[str, Any]:
        """How editors complete and check it."""
        return {**handler(core), "minItems": _LEAST}

"""A small scene for planted defects: two ships, one area on open water, a start; written as an exercise file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from planting import clock, moments, off, period, sea, seas
from waterspace.notation import format_duration
from waterspace.quantity import HOUR_MS

if TYPE_CHECKING:
    from waterspace.domain import Position

__all__ = ["Scene", "scenes"]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when something is planned.

    Attributes:
        middle: of the area.
        start_ms: of the first serial.
        hours: how long a serial lasts.
        radius_nm: of the area.
    """

    middle: Position
    start_ms: int
    hours: int
    radius_nm: int

    @property
    def end_ms(self) -> int:
        """Of the first serial."""
        return self.start_ms + self.hours * HOUR_MS

    def at(self, bearing_deg: float, miles: float) -> str:
        """A position off the middle, as a file writes it."""
        return sea(off(self.middle, bearing_deg, miles))

    def area(self, id_: str = "WEST", bearing_deg: float = 0.0, miles: float = 0.0, vertical: str = "") -> str:
        """An entry of `areas`."""
        height = f", vertical: {vertical}" if vertical else ""
        shape = f"circle: {{centre: {self.at(bearing_deg, miles)}, radius: {self.radius_nm} nm}}"
        return f"  {id_}: {{name: {id_.title()}, {shape}{height}}}\n"

    def units(self, spare: str = "", **more: str) -> str:
        """Alfa and Bravo in the middle; more units by id to the rest of their entry."""
        ship = "class: cutter"
        text = (
            f"units:\n  ALFA: {{name: Alfa, nation: JPN, {ship}, start: {self.at(0, 0)}, command_ship: yes}}\n"
            f"  BRAVO: {{name: Bravo, nation: KOR, {ship}, start: {self.at(90, 1)}}}\n{spare}"
        )
        return text + "".join(f"  {id_}: {{name: {id_.title()}, {rest}}}\n" for id_, rest in more.items())

    def head(self) -> str:
        """The exercise, the area, the units and weather that is calm."""
        window = f"start: {clock(self.start_ms - 20 * 24 * HOUR_MS)}, end: {clock(self.start_ms + 20 * 24 * HOUR_MS)}"
        weather = f"weather:\n  - {{{window}, sea_state: 2, wind_speed: 8 kn, visibility: 10 nm}}\n"
        return period(self.start_ms) + f"areas:\n{self.area()}" + self.units() + weather

    def serial(  # the parts of an entry
        self,
        id_: str = "S1",
        type_: str = "assembly",
        units: str = "{units: [ALFA, BRAVO]}",
        *,
        after_ms: int = 0,
        area: str = "WEST",
        more: str = "",
        objectives: str = "O1",
    ) -> str:
        """An entry of `serials`, so long after the scene's start; `more` holds further keys, a line each."""
        aims = f"    objectives: {objectives}\n" if objectives else ""
        where = f"    area: {area}\n" if area else ""
        lines = "".join(f"    {line}\n" for line in more.splitlines() if line)
        return (
            f"  {id_}:\n    type: {type_}\n{where}    units: {units}\n    start: {clock(self.start_ms + after_ms)}\n"
            f"    duration: {format_duration(self.hours * HOUR_MS)}\n{aims}{lines}"
        )

    def gunnery(self, id_: str = "S1", firing: str = "ALFA", **more: object) -> str:
        """A gunnery serial with its safety officer."""
        extra = str(more.pop("more", ""))
        lines = f"safety_officer: Executive officer of {id_}\n{extra}"
        return self.serial(id_, "gunnery", f"{{firing: {firing}}}", more=lines, **more)  # type: ignore[arg-type]


def scenes() -> st.SearchStrategy[Scene]:
    """Scenes anywhere on open water, near the antimeridian too, over midnights and ends of months too."""
    return st.builds(Scene, middle=seas(), start_ms=moments(), hours=st.integers(1, 6), radius_nm=st.integers(10, 20))

"""The library of ship and aircraft classes, with published data only."""

from __future__ import annotations

import functools
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from waterspace.environment.files.packaged import provenance, rows
from waterspace.quantity import DAY_MS, FOOT_M, HOUR_MS, KNOT_MPS, MILLIMETRE_M, NAUTICAL_MILE_M, TONNE_KG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Platform

__all__ = ["library"]

_MEDIUM_BY_KIND: Mapping[str, str] = {
    "submarine": "subsurface",
    **dict.fromkeys(
        (
            "SAR amphibian",
            "SAR helicopter",
            "airborne early warning",
            "fighter",
            "helicopter",
            "long-range aircraft",
            "maritime patrol aircraft",
            "ship helicopter",
            "transport",
        ),
        "air",
    ),
}
"""Where a class moves, for the kinds that are not ships on the surface."""

_ENDURANCE_UNITS_MS: Mapping[str, int] = {"h": HOUR_MS, "d": DAY_MS}
_ENDURANCE = re.compile(r"(?P<least>>?)(?P<low>\d+(?:\.\d+)?)(?:-\d+(?:\.\d+)?)? (?P<unit>[hd])(?P<tail> flown)?")


@functools.cache
def library() -> Mapping[str, Platform]:
    """Every class of the library by its key, in the order of the table.

    Figures of a row marked `assumed` are not sourced; its provenance says so. A text that is no single figure (a Mach
    number, which is a speed only at a known height and temperature; `many` helicopters; hours on task) gives None
    and is kept in the note. Of a span of endurance the lower end is taken.
    """
    return MappingProxyType({row["key"]: _platform(row) for row in rows("platforms.csv")})


def _platform(row: Mapping[str, str]) -> Platform:
    """One class, converted to SI."""
    from waterspace.domain import Medium, Platform

    remarks: list[str] = []
    return Platform(
        key=row["key"],
        name=row["name"],
        kind=row["kind"],
        medium=Medium(_MEDIUM_BY_KIND.get(row["kind"], "surface")),
        length_m=_number(row, "length_m", 1.0, remarks),
        beam_m=_number(row, "beam_m", 1.0, remarks),
        draught_m=_number(row, "draught_m", 1.0, remarks),
        displacement_kg=_number(row, "displacement_t", TONNE_KG, remarks),
        max_speed_mps=_number(row, "max_speed_kn", KNOT_MPS, remarks),
        economical_speed_mps=_number(row, "economical_speed_kn", KNOT_MPS, remarks),
        cruise_speed_mps=_number(row, "cruise_speed_kn", KNOT_MPS, remarks),
        range_m=_number(row, "range_nm", NAUTICAL_MILE_M, remarks),
        endurance_ms=_endurance_ms(row["endurance"], remarks),
        ceiling_m=_number(row, "ceiling_ft", FOOT_M, remarks),
        helicopter_spots=_count(row, "helicopter_spots", remarks),
        gun_calibre_m=_number(row, "gun_calibre_mm", MILLIMETRE_M, remarks),
        provenance=provenance(row, *remarks),
    )


def _number(row: Mapping[str, str], column: str, unit: float, remarks: list[str]) -> float | None:
    """A figure in SI; None where the cell is empty or no plain number, which a remark then keeps."""
    text = row[column]
    try:
        return float(text) * unit if text else None
    except ValueError:
        remarks.append(f"{_title(column)} {text}")
        return None


def _count(row: Mapping[str, str], column: str, remarks: list[str]) -> int | None:
    """A whole number; None as for `_number`."""
    count = _number(row, column, 1.0, remarks)
    return None if count is None else int(count)


def _endurance_ms(text: str, remarks: list[str]) -> int | None:
    """Time from text such as `15 d`, `12-14 h`, `>10 h` or `8 h flown`; any but the first form is kept as a remark."""
    if not text:
        return None
    match = _ENDURANCE.fullmatch(text)
    if match is None or "-" in text or match["least"] or match["tail"]:
        remarks.append(f"endurance {text}")
    return None if match is None else round(float(match["low"]) * _ENDURANCE_UNITS_MS[match["unit"]])


def _title(column: str) -> str:
    """What a column holds, in words."""
    return column.removesuffix("_kn").replace("_", " ").replace("max ", "maximum ")

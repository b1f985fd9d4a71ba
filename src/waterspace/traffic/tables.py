"""Tables of traffic: the ends of voyages with their weights, and the kinds of ships. The packaged ones are assumed."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from waterspace.domain import Confidence, Position, Provenance
from waterspace.environment import places
from waterspace.errors import DataFileError, NotationError
from waterspace.quantity import KNOT_MPS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["ShipKind", "VoyageEnd", "read_ends", "read_kinds", "ship_kinds", "voyage_ends"]

Made = TypeVar("Made")

_END_COLUMNS = ("code", "lat_deg", "lon_deg", "group", "weight")
_KIND_COLUMNS = (
    "kind",
    "share",
    "length_low_m",
    "length_mode_m",
    "length_high_m",
    "speed_low_kn",
    "speed_mode_kn",
    "speed_high_kn",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoyageEnd:
    """Where voyages start and end: a port, or a gate at sea through which ships come and go.

    Attributes:
        code: of the port, or a name for the gate.
        group: nothing is sailed between two ends of one group; empty where an end belongs to none.
        weight_ratio: what it attracts; a pair of ends carries the product of both.
        is_gate: whether it lies at sea, so that lanes are wide there.
    """

    code: str
    position: Position
    group: str
    weight_ratio: float
    is_gate: bool
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipKind:
    """A kind of merchant ship; lengths and speeds follow triangular distributions.

    Attributes:
        name: such as `bulk carrier`.
        share_ratio: of the ships, in proportion to the other kinds.
        lengths_m: least, likeliest and greatest.
        speeds_mps: least, likeliest and greatest, over the ground, kept from end to end.
    """

    name: str
    share_ratio: float
    lengths_m: tuple[float, float, float]
    speeds_mps: tuple[float, float, float]
    provenance: Provenance = Provenance()


@functools.cache
def voyage_ends() -> tuple[VoyageEnd, ...]:
    """The packaged ends: ports on the Sea of Japan and gates of its straits; every weight is assumed."""
    return _ends(_packaged("voyage_ends.csv"), "voyage_ends.csv")


@functools.cache
def ship_kinds() -> tuple[ShipKind, ...]:
    """The packaged kinds of ships."""
    return _kinds(_packaged("ship_kinds.csv"), "ship_kinds.csv")


def read_ends(path: str | Path) -> tuple[VoyageEnd, ...]:
    """Ends from a table of the user's own.

    It is text with commas and the columns `code`, `lat_deg`, `lon_deg`, `group` and `weight`, and, if wanted, `source`,
    `confidence` and `note`. A row without a position names a port that is known; one with a position is a gate at sea.

    Raises:
        DataFileError: it cannot be read, or a row cannot be understood; the message names the line.
    """
    return _ends(_text(path), str(path))


def read_kinds(path: str | Path) -> tuple[ShipKind, ...]:
    """Kinds of ships from a table of the user's own, with the columns of the packaged one; speeds are in knots.

    Raises:
        DataFileError: it cannot be read, or a row cannot be understood; the message names the line.
    """
    return _kinds(_text(path), str(path))


def _packaged(name: str) -> str:
    from importlib import resources

    return resources.files("waterspace.traffic").joinpath("data", name).read_text(encoding="utf-8")


def _text(path: str | Path) -> str:
    from pathlib import Path

    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(str(path), f"the table of traffic cannot be read: {error}.") from None


def _ends(text: str, file: str) -> tuple[VoyageEnd, ...]:
    ends = _rows(text, file, _END_COLUMNS, _end)
    codes = [end.code for end in ends]
    twice = next((code for code in codes if codes.count(code) > 1), "")
    if twice or len(ends) < 2:
        found = f"{twice} stands in it twice" if twice else f"it has {len(ends)} rows"
        raise DataFileError(file, f"{found}, expected at least two ends of voyages, each once.")
    return ends


def _kinds(text: str, file: str) -> tuple[ShipKind, ...]:
    kinds = _rows(text, file, _KIND_COLUMNS, _kind)
    if not kinds or not any(kind.share_ratio > 0.0 for kind in kinds):
        raise DataFileError(file, "it has no kind of ship with a share above 0, expected at least one.")
    return kinds


def _rows(
    text: str, file: str, columns: tuple[str, ...], make: Callable[[Mapping[str, str]], Made]
) -> tuple[Made, ...]:
    """What the rows of a table hold.

    Raises:
        DataFileError: a column is missing, or a row cannot be understood.
    """
    import csv

    table = csv.DictReader(text.splitlines())
    missing = [column for column in columns if column not in (table.fieldnames or ())]
    if missing:
        raise DataFileError(
            file, f"the columns {', '.join(missing)} are missing, expected {', '.join(columns)}.", "line 1"
        )
    made = []
    for row in table:
        cells = {key: (value or "").strip() for key, value in row.items() if key is not None}
        try:
            made.append(make(cells))
        except (NotationError, ValueError) as error:
            raise DataFileError(file, f"{error}.", f"line {table.line_num}") from None
    return tuple(made)


def _end(row: Mapping[str, str]) -> VoyageEnd:
    """One end of voyages."""
    is_gate = bool(row["lat_deg"] or row["lon_deg"])
    if is_gate:
        lat_deg, lon_deg = _number(row, "lat_deg", -90.0, 90.0), _number(row, "lon_deg", -180.0, 180.0)
        position = Position(lat_deg=lat_deg, lon_deg=lon_deg)
    else:
        place = places.lookup(row["code"])
        position = place.position
    return VoyageEnd(
        code=row["code"],
        position=position,
        group=row["group"],
        weight_ratio=_number(row, "weight", 0.0, 1e6),
        is_gate=is_gate,
        provenance=_provenance(row),
    )


def _kind(row: Mapping[str, str]) -> ShipKind:
    """One kind of ship."""
    lengths = tuple(_number(row, f"length_{part}_m", 1.0, 1000.0) for part in ("low", "mode", "high"))
    speeds = tuple(_number(row, f"speed_{part}_kn", 0.5, 60.0) for part in ("low", "mode", "high"))
    for name, (low, mode, high) in (("lengths", lengths), ("speeds", speeds)):
        if not (low <= mode <= high and low < high):
            raise ValueError(f"{name} {low:g}, {mode:g}, {high:g} do not rise")
    return ShipKind(
        name=row["kind"],
        share_ratio=_number(row, "share", 0.0, 1e6),
        lengths_m=(lengths[0], lengths[1], lengths[2]),
        speeds_mps=(speeds[0] * KNOT_MPS, speeds[1] * KNOT_MPS, speeds[2] * KNOT_MPS),
        provenance=_provenance(row),
    )


def _number(row: Mapping[str, str], column: str, low: float, high: float) -> float:
    """A number within bounds."""
    text = row[column]
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise ValueError(f"found {text!r} in column {column}, expected a number from {low:g} to {high:g}")
    return value


def _provenance(row: Mapping[str, str]) -> Provenance:
    """On whose word a row stands; without a word it is assumed."""
    return Provenance(
        source=row.get("source", ""),
        confidence=Confidence(row.get("confidence") or "assumed"),
        note=row.get("note", ""),
    )

"""Lay our sea ways beside published distances between ports, as a table.

How to run it again, with Waterspace installed::

    python tools/compare_ports.py

It reads `tests/environment/port_distances.csv`, which was set down before any router was tried on it, and prints a
Markdown table. `docs/explanation/routes.md` holds what it printed; a deep test compares.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from waterspace.domain import Position
from waterspace.environment.routing import routes
from waterspace.environment.routing.routes import RouteRequest
from waterspace.errors import RouteError
from waterspace.quantity import nautical_miles

__all__ = ["Compared", "compare", "main", "table"]

TABLE = Path(__file__).resolve().parents[1] / "tests" / "environment" / "port_distances.csv"
SOUTH_ABOUT = ("magellan", "cape horn")
"""Ways round South America, which the publication prints beside the shorter one: Panama is closed for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One pair of ports.

    Attributes:
        published_nm: as printed.
        ours_nm: the length of our route; None where there is none.
    """

    start: str
    end: str
    via: str
    published_nm: float
    ours_nm: float | None

    @property
    def percent(self) -> float | None:
        """By how much ours is longer."""
        return None if self.ours_nm is None else (self.ours_nm / self.published_nm - 1.0) * 100.0

    @property
    def agrees(self) -> bool:
        """Whether ours is at most 3 % shorter and 1 % longer."""
        return self.percent is not None and -3.0 <= self.percent <= 1.0


def compare() -> list[Compared]:
    """Every row of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [_compared(row) for row in csv.DictReader(file)]


def _compared(row: dict[str, str]) -> Compared:
    a, b = (Position(lat_deg=float(row[f"{end}_lat"]), lon_deg=float(row[f"{end}_lon"])) for end in ("from", "to"))
    south_about = any(name in row["via"].lower() for name in SOUTH_ABOUT)
    request = RouteRequest(closed_canals=frozenset({"panama"}) if south_about else frozenset())
    try:
        ours_nm = nautical_miles(routes.shortest(a, b, request).length_m)
    except RouteError:
        ours_nm = None
    published_nm = float(row["distance_nm"])
    return Compared(start=row["from"], end=row["to"], via=row["via"], published_nm=published_nm, ours_nm=ours_nm)


def table(rows: list[Compared]) -> str:
    """Markdown."""
    lines = ["| from | to | via | published nm | ours nm | difference |", "|---|---|---|---|---|---|"]
    for row in rows:
        ours = "no way" if row.ours_nm is None else f"{row.ours_nm:.0f}"
        percent = "" if row.percent is None else f"{row.percent:+.1f} %"
        mark = "" if row.agrees else " *"
        lines.append(f"| {row.start} | {row.end} | {row.via} | {row.published_nm:.0f} | {ours} | {percent}{mark} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table and how many rows agree."""
    rows = compare()
    print(table(rows))
    print(f"\n{sum(row.agrees for row in rows)} of {len(rows)} pairs within -3 % and +1 %")


if __name__ == "__main__":
    main()

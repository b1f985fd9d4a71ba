"""Whether another parser finds in the NOTAMs that are written what their drafts say.

Usage: python benchmarks/notam_written.py --peer PYTHON [--count N] [--seed N] [--misses N]

`--peer` names an interpreter that has `aviconv-notam`. Random drafts of one paragraph are written; the parser's items
are held against the drafts and not against our texts: regions, instants, levels, limits, whether its circle of line Q
covers the areas of the draft, and the corners of single polygons. It knows no blanks for a number, no parentheses and
no two items on a line, which are mended before it reads; of item A it keeps the first region only, and its own check of
the circle does not know that 180 degrees west is 180 degrees east.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from waterspace.domain import Band, Circle, Corridor, Footprint, Polygon, Position, Sector, Window
from waterspace.errors import DraftError
from waterspace.geometry import footprints
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.messages.draft import Draft, DraftArea, Restriction
from waterspace.messages.reading import Category
from waterspace.messages.writing import notam
from waterspace.quantity import DAY_MS, FLIGHT_LEVEL_M, FOOT_M, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS

__all__ = ["main"]

_SECOND_DEG = 1.0 / 3600.0
_FIRS = (("RJJJ",), ("UHHH", "UHMM"), ("ZYSH", "ZSHA"), ("RKRR",), ("LFRR", "LFBB"))
_CATEGORIES = tuple(Category(name) for name in ("gunnery", "missile", "bombing", "military_exercise", "other"))
_PEER = """
import json, sys
from aviconv_notam.parser import parse
from aviconv_notam.qcode import lookup_qcode
from aviconv_notam.validators import validate
found = []
for text in json.load(open(sys.argv[1])):
    try:
        one = parse(text)
    except Exception as error:
        found.append({"error": str(error)})
        continue
    row = one.model_dump(mode="json", exclude={"source_text"})
    row["findings"] = [str(each) for each in validate(one, semantic=True)]
    row["known"] = lookup_qcode(one.q_line.qcode) is not None
    found.append(row)
print(json.dumps(found))
"""


class _Written(NamedTuple):
    """A draft, its text, and what the peer found in it."""

    draft: Draft
    text: str
    row: dict[str, Any]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Hold written NOTAMs against another parser.")
    parser.add_argument("--peer", required=True, help="an interpreter with aviconv-notam")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0, help="list so many misses of each kind")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311  # drafts, not secrets
    pairs: list[tuple[Draft, str]] = []
    refused = 0
    while len(pairs) < options.count:
        draft = _draft(chance)
        try:
            texts = notam.write_all(draft)
        except DraftError:
            refused += 1
            continue
        pairs += [(draft, text) for text in texts if len(texts) == 1]
    rows = _peer(options.peer, [_in_order(text) for _, text in pairs])
    written = [_Written(draft, text, row) for (draft, text), row in zip(pairs, rows, strict=True)]
    print(f"{len(written)} NOTAMs; {refused} drafts were too long or too small for one")
    for title, judge in _JUDGES:
        judged = [(one, judge(one)) for one in written if title == "parsed" or "error" not in one.row]
        counted = [(one, told) for one, told in judged if told is not None]
        wrong = [(one, told) for one, told in counted if told]
        hits = len(counted) - len(wrong)
        print(f"{title:32} {hits:5} of {len(counted):5} {100.0 * hits / max(len(counted), 1):6.2f} %")
        for one, told in wrong[: options.misses]:
            print(f"    {told}: {' '.join(one.text.split())[:400]}")


def _peer(python: str, texts: list[str]) -> list[dict[str, Any]]:
    path = Path(os.environ.get("TMPDIR", "/tmp"), f"notam-written-{os.getpid()}.json")  # noqa: S108
    path.write_text(json.dumps(texts), encoding="utf-8")
    found = subprocess.run([python, "-c", _PEER, str(path)], check=True, capture_output=True, text=True)
    path.unlink()
    rows: list[dict[str, Any]] = json.loads(found.stdout)
    return rows


def _in_order(text: str) -> str:
    """A text as the peer wants it: a number, no parentheses around it, each item on a line of its own."""
    line = " ".join(text.removeprefix("(").removesuffix(")").replace("A____", "A0001").split())
    return re.sub(r" (?=[A-GQ]\) ?)", "\n", line)


# --------------------------------------------------------------------------------------------------------------- drafts


def _draft(chance: random.Random) -> Draft:
    """A draft of one paragraph."""
    middle = Position(lat_deg=chance.uniform(-80.0, 80.0), lon_deg=chance.choice([chance.uniform(-180, 180), 179.99]))
    areas = tuple(replace(_area(chance, middle), band=_band(chance)) for _ in range(chance.choice((1, 1, 1, 2, 3))))
    first_day = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * SECOND_MS // DAY_MS + chance.randrange(1000)
    start, length = chance.randrange(0, 1440, 15), chance.randrange(15, 1425, 15)
    days = sorted(chance.sample(range(20), chance.choice((1, 1, 3, 5, 8))))
    if chance.random() < 0.4:
        days = list(range(len(days)))
    windows = []
    for day in days:
        start_ms = (first_day + day) * DAY_MS + start * MINUTE_MS
        windows.append(Window(start_ms=start_ms, end_ms=start_ms + length * MINUTE_MS))
    return Draft(
        id="N1",
        areas=areas,
        windows=tuple(windows),
        category=chance.choice(_CATEGORIES),
        firs=chance.choice(_FIRS),
        restriction=chance.choice(tuple(Restriction)),
        general_area=chance.choice(("", "SEA OF JAPAN")),
    )


def _area(chance: random.Random, middle: Position) -> DraftArea:
    near = destination(middle, chance.uniform(0.0, 360.0), chance.uniform(0.0, 100_000.0))
    size_m = chance.uniform(2_000.0, 80_000.0)
    count = chance.randrange(3, 9)
    shapes: tuple[Callable[[], Footprint], ...] = (
        lambda: Polygon(
            vertices=tuple(
                destination(near, 360.0 * at / count, size_m * chance.uniform(0.3, 1.0)) for at in range(count)
            )
        ),
        lambda: Circle(centre=near, radius_m=size_m),
        lambda: Sector(
            centre=near, bearing_deg=chance.uniform(0, 360), half_angle_deg=chance.uniform(10, 170), radius_m=size_m
        ),
        lambda: Corridor(waypoints=(near, destination(near, 77.0, size_m)), half_width_m=size_m / 4.0),
    )
    return DraftArea(footprint=chance.choice((shapes[0], *shapes))())


def _band(chance: random.Random) -> Band:
    floor_m = chance.choice((-math.inf, -5.0, 0.0, chance.uniform(1.0, 3000.0)))
    return Band(floor_m=floor_m, ceiling_m=chance.choice((math.inf, 9144.0, chance.uniform(3500.0, 25_000.0))))


# --------------------------------------------------------------------------------------------------------------- judges


def _parsed(one: _Written) -> str:
    return str(one.row.get("error", ""))


def _region(one: _Written) -> str:
    """Line Q's region; several of one state are its letters and XX."""
    firs, found = one.draft.firs, one.row["q_line"]["fir"]
    return "" if found == (firs[0] if len(firs) == 1 else {"Z": "ZXXX"}.get(firs[0][0], f"{firs[0][:2]}XX")) else found


def _code(one: _Written) -> str:
    row = one.row["q_line"]
    said = (row["traffic"], row["purpose"], row["scope"])
    return "" if one.row["known"] and said == ("IV", "BO", "W") else f"{row['qcode']} {said}"


def _levels(one: _Written) -> str:
    """Line Q's levels hold the bands and are no more than a level wider."""
    row = one.row["q_line"]
    low, high = _limits(one.draft)
    is_low = 0.0 <= low - row["lower_fl"] * FLIGHT_LEVEL_M < FLIGHT_LEVEL_M + 1e-6
    is_high = (
        row["upper_fl"] == 999 if math.isinf(high) else 0.0 <= row["upper_fl"] * FLIGHT_LEVEL_M - high + 1e-6 < 31.0
    )
    return "" if is_low and is_high else f"{row['lower_fl']} {row['upper_fl']}"


def _circle(one: _Written) -> str:
    """The peer's centre and radius cover the areas of the draft."""
    row = one.row["q_line"]
    centre = Position(lat_deg=row["centre_lat"], lon_deg=row["centre_lon"])
    reach_m = max(
        distance_m(centre, area.footprint.centre) + area.footprint.radius_m
        if isinstance(area.footprint, Circle)
        else max(distance_m(centre, point) for point in footprints.outline(area.footprint))
        for area in one.draft.areas
    )
    over_m = reach_m - row["radius_nm"] * NAUTICAL_MILE_M
    return "" if over_m <= 1.0 else f"{over_m:.0f} m short"


def _places(one: _Written) -> str:
    return "" if one.row["fir"] == one.draft.firs[0] else one.row["fir"]


def _times(one: _Written) -> str:
    """Items B and C are the first start and the last end."""
    windows = one.draft.windows
    said = [_ms(one.row["effective_from"]), _ms(one.row["effective_to"])]
    return "" if said == [windows[0].start_ms, windows[-1].end_ms] else f"{said}"


def _heights(one: _Written) -> str:
    """Items F and G in feet, not more than a foot outside of the bands."""
    low, high = _limits(one.draft)
    said = (one.row["lower_limit"], one.row["upper_limit"])
    floor_m = 0.0 if said[0] == "SFC" else float(said[0].removesuffix("FT AMSL")) * FOOT_M
    ceiling_m = math.inf if said[1] == "UNL" else float(said[1].removesuffix("FT AMSL")) * FOOT_M
    is_low = -1e-6 <= low - floor_m < FOOT_M + 1e-6
    is_high = ceiling_m == high or -1e-6 <= ceiling_m - high < FOOT_M + 1e-6
    return "" if is_low and is_high else f"{said}"


def _corners(one: _Written) -> str | None:
    """Corners of a draft that is one polygon."""
    shape = one.draft.areas[0].footprint
    if len(one.draft.areas) > 1 or not isinstance(shape, Polygon):
        return None
    ring = one.row["geometry"]["polygon"] or []
    said = ring[:-1] if ring and ring[0] == ring[-1] else ring
    if len(said) != len(shape.vertices):
        return f"{len(said)} corners for {len(shape.vertices)}"
    off_deg = max(
        max(abs(lat - corner.lat_deg), abs((lon - corner.lon_deg + 180.0) % 360.0 - 180.0))
        for (lat, lon), corner in zip(said, shape.vertices, strict=True)
    )
    return "" if off_deg <= 0.5 * _SECOND_DEG + 1e-6 else f"{off_deg / _SECOND_DEG:.2f} seconds off"


def _schedule(one: _Written) -> str | None:
    """Whether the peer has a grammar for item D."""
    row = one.row["schedule"]
    return (row["parse_error"] or "") if row["raw"] else None


def _findings(one: _Written) -> str | None:
    """Whether the peer's own check finds a single polygon within its circle of line Q."""
    centre_lon_deg = one.row["q_line"]["centre_lon"]
    if _corners(one) is None or abs(centre_lon_deg) > 170.0:
        return None
    return "; ".join(found for found in one.row["findings"] if "outside_qline" in found)


def _limits(draft: Draft) -> tuple[float, float]:
    return max(min(area.band.floor_m for area in draft.areas), 0.0), max(area.band.ceiling_m for area in draft.areas)


def _ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * SECOND_MS


_JUDGES: tuple[tuple[str, Callable[[_Written], str | None]], ...] = (
    ("parsed", _parsed),
    ("line Q: region", _region),
    ("line Q: code and qualifiers", _code),
    ("line Q: levels hold the bands", _levels),
    ("line Q: circle covers the areas", _circle),
    ("item A: first region", _places),
    ("items B and C", _times),
    ("items F and G", _heights),
    ("item E: corners of one polygon", _corners),
    ("item D has a grammar there", _schedule),
    ("its check: polygon in circle", _findings),
)


if __name__ == "__main__":
    main()

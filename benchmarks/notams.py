"""How well NOTAMs are read, beside what others say of them, and how fast.

Usage: WATERSPACE_CORPORA=folder python benchmarks/notams.py [--misses N] [--peer PYTHON] [--runs N]

The corpora are 800 NOTAMs of the world and 803 of danger areas of Asia and the Pacific. A NOTAM is read whole if every
item that stands in its text was found and understood. Given polygons are compared corner by corner, those that
contradict their own text are listed apart. Item D is measured by what it was made for: its first hours begin at item B
and its last end at item C. `--peer` names an interpreter that has `aviconv-notam`, which is timed in it.
"""

from __future__ import annotations

import argparse
import collections
import gc
import json
import math
import os
import re
import subprocess
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from waterspace.domain import Corridor, Polygon, Position
from waterspace.geometry import geodesic
from waterspace.messages.lexing import plain
from waterspace.messages.notam import read_notam
from waterspace.messages.notam.expanding import expand
from waterspace.messages.notam.fields import Notam, read_fields
from waterspace.messages.reading import Form, Message, Reading, Verdict
from waterspace.quantity import SECOND_MS

__all__ = ["main"]

FILES = ("world_2026.dev.jsonl", "asia_pacific_danger_areas.dev.jsonl", "svoop_fixtures.jsonl")
CORNER_DEG = 0.01 / 60.0
CENTRE_DEG = 0.006
"""The corpora give centres to two decimals of a degree."""

_COORDINATES = re.compile(
    r"\d{4,6}(?:\.\d+)?\s?[NS]\W{0,3}\d{5,7}(?:\.\d+)?\s?[EW]|[NS]\s?\d{4,6}(?:\.\d+)?\W{0,3}[EW]\s?\d{5}"
)
_GIVEN = re.compile(r"([NS])(\d+(?:\.\d+)?)([EW])(\d+(?:\.\d+)?)")
_PEER = """
import json, sys, time
from aviconv_notam.parser import parse
texts = json.load(open(sys.argv[1]))
read = []
for place, text in enumerate(texts):
    try:
        parse(text)
        read.append(place)
    except Exception:
        pass
best = float("inf")
for _ in range(int(sys.argv[2])):
    start = time.process_time()
    for place in read:
        parse(texts[place])
    best = min(best, time.process_time() - start)
print(json.dumps([best, read]))
"""


class Record(NamedTuple):
    """A NOTAM with what is given of it."""

    row: dict[str, Any]
    notam: Notam
    reading: Reading


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the reader of NOTAMs.")
    parser.add_argument("--misses", type=int, default=0, help="list so many misses of each kind")
    parser.add_argument("--peer", help="an interpreter with aviconv-notam")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    folder = Path(os.environ["WATERSPACE_CORPORA"], "notam")
    rows = [json.loads(line) for name in FILES for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if "text" in row]
    messages = [Message(id=row.get("id", ""), text=row["text"]) for row in rows]
    readings = [read_notam(message) for message in messages]
    gc.freeze()  # what is held here to compare with is no work of the reader's
    records = [
        Record(row, read_fields(plain(row["text"])), reading) for row, reading in zip(rows, readings, strict=True)
    ]
    verdicts = collections.Counter(reading.verdict for reading in readings)
    print(f"{len(records)} NOTAMs: " + ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict))
    for title, judge in (
        ("read whole", _whole),
        ("items B and C as given", _times),
        ("circle of line Q as given", _circle),
        ("polygon as given, 0.01'", _polygon),
        ("coordinates yield an area", _area),
        ("item D understood", _schedule),
        ("item D fills B to C", _filled),
    ):
        _line(title, [(record, judge(record)) for record in records], options.misses)
    _speed(messages, options.runs, options.peer)


def _line(title: str, judged: list[tuple[Record, str | None]], misses: int) -> None:
    """One line of the table; a judgement is empty for a hit, None where there is nothing to judge."""
    counted = [(record, found) for record, found in judged if found is not None]
    apart = [(record, found) for record, found in counted if found.startswith("apart")]
    wrong = [(record, found) for record, found in counted if found and not found.startswith("apart")]
    of = len(counted) - len(apart)
    hits = of - len(wrong)
    told = f"; {len(apart)} listed apart" if apart else ""
    asked = sum(record.reading.verdict is Verdict.REVIEW for record, _ in wrong)
    print(f"{title:28} {hits:5} of {of:5} {100.0 * hits / max(of, 1):6.2f} %; {asked} of the rest in review{told}")
    for record, found in (*wrong, *apart)[:misses]:
        print(f"    {record.row.get('id', '')}: {found}: {' '.join(record.row['text'].split())[:240]}")


def _whole(record: Record) -> str | None:
    """Whether every item was found and understood."""
    text, notam = plain(record.row["text"]), record.notam
    if text.lstrip().startswith("FDC"):
        return "" if record.reading.areas and not record.reading.doubts else "page not understood"
    missing = [doubt.reason for doubt in notam.doubts]
    if re.search(r"\bQ\)", text) and notam.line is None:
        missing.append("line Q")
    if re.search(r"\bF\)\s*\S", text) and notam.lower is None:
        missing.append("item F")
    if re.search(r"\bG\)\s*\S", text) and notam.upper is None:
        missing.append("item G")
    if re.search(r"C\)\s*(?:\d{10}\s*(?:EST)?|PERM|UFN)\s*D\)", text) and notam.schedule is None:
        missing.append("item D")
    if not notam.bodies or not notam.places or not (notam.number or notam.line):
        missing.append("items A, E or the heading")
    return ", ".join(missing)


def _times(record: Record) -> str | None:
    """Whether beginning and end are as given; an end that is estimated may be given or not."""
    row, spells = record.row, record.reading.areas[0].spells if record.reading.areas else ()
    if not row.get("from_utc"):
        return None
    is_page = row["text"].startswith("FDC")
    start = spells[0].start_ms if is_page and spells else record.notam.start_ms
    end = spells[-1].end_ms if is_page and spells else record.notam.end_ms
    if start != _ms(row["from_utc"]):
        return "beginning"
    if not row.get("to_utc"):
        return "" if end is None or record.notam.estimated else "end"
    return "" if end == _ms(row["to_utc"]) else "end"


def _circle(record: Record) -> str | None:
    """Whether line Q is as given; where no radius is given the position is the middle of the polygon."""
    row = record.row
    if not row.get("lat") or not row.get("radius_nm"):
        return None
    circle = record.notam.line.circle if record.notam.line else None
    if circle is None:
        return "no circle"
    is_there = abs(circle.centre.lat_deg - float(row["lat"])) <= CENTRE_DEG
    is_there = is_there and abs(circle.centre.lon_deg - float(row["lon"])) <= CENTRE_DEG
    return "" if is_there and circle.radius_nm == int(row["radius_nm"]) else "another circle"


def _polygon(record: Record) -> str | None:
    """Whether the given polygons are among the areas."""
    rings = _given(record.row)
    if not rings:
        return None
    areas = [area for area in record.reading.areas if area.form is Form.AREA and area.label != "Q"]
    if all(any(_same(area.footprint, ring) for area in areas) for ring in rings):
        return ""
    text = "".join(record.row["text"].split())
    if "ARC" in text and record.row["text"].startswith("FDC"):
        return "apart: the arc is not drawn with the radius that the text gives it"
    known = [position for area in record.reading.areas for position in area.positions]
    if areas and all(any(_near(corner, position) for position in known) for ring in rings for corner in ring):
        return "apart: what is given joins corners of several areas or leaves corners out"
    return "another area"


def _given(row: dict[str, Any]) -> list[list[Position]]:
    """The given rings."""
    if row.get("polygon"):
        rings = json.loads(row["polygon"])
        rings = rings if isinstance(rings[0][0], list) else [rings]
        return [[Position(lat_deg=lat, lon_deg=lon) for lat, lon in ring] for ring in rings]
    ring = []
    for part in filter(None, row.get("coordinates", "").split("-")):
        found = _GIVEN.fullmatch(part.strip())
        if not found:
            return []
        north, lat, east, lon = found.groups()
        ring.append(Position(lat_deg=_degrees(lat, 2, north), lon_deg=_degrees(lon, 3, east)))
    return [ring] if ring else []


def _degrees(digits: str, width: int, letter: str) -> float:
    """Degrees of `dddmmss.s` or `dddmm.m`."""
    rest = digits[width:]
    minutes, seconds = (rest, "0") if rest.find(".") == len("mm") else (rest[:2], rest[2:])
    value = int(digits[:width]) + float(minutes or 0) / 60.0 + float(seconds or 0) / 3600.0
    return -value if letter in "SW" else value


def _same(footprint: object, ring: list[Position]) -> bool:
    """Whether every given corner lies on the edge of a footprint, and every corner of it is given."""
    if isinstance(footprint, Corridor):
        distances = [geodesic.distance_m(corner, here) for corner in ring for here in footprint.waypoints[:1]]
        return abs(min(distances) - footprint.half_width_m) < 0.01 * footprint.half_width_m
    if not isinstance(footprint, Polygon):
        return False
    corners = list(footprint.vertices)
    if len(corners) <= len(ring) and not all(any(_near(corner, given) for given in ring) for corner in corners):
        return False
    return all(_edge_deg(given, corners) <= CORNER_DEG for given in ring)


def _near(one: Position, other: Position) -> bool:
    east_deg = ((one.lon_deg - other.lon_deg + 180.0) % 360.0 - 180.0) * math.cos(math.radians(one.lat_deg))
    return max(abs(one.lat_deg - other.lat_deg), abs(east_deg)) <= CORNER_DEG


def _edge_deg(given: Position, corners: list[Position]) -> float:
    """Distance of a corner from the edge of a ring, in degrees of latitude."""
    scale = math.cos(math.radians(given.lat_deg))
    flat = [
        (((each.lon_deg - given.lon_deg + 180.0) % 360.0 - 180.0) * scale, each.lat_deg - given.lat_deg)
        for each in corners
    ]
    best = math.inf
    for (x, y), (next_x, next_y) in zip(flat, flat[1:] + flat[:1], strict=True):
        along, up = next_x - x, next_y - y
        length = along * along + up * up
        share = min(max(-(x * along + y * up) / length, 0.0), 1.0) if length else 0.0
        best = min(best, math.hypot(x + share * along, y + share * up))
    return best


def _area(record: Record) -> str | None:
    """Whether a body with coordinates gives an area."""
    bodies = " ".join(body.text for body in record.notam.bodies) or record.row["text"]
    if not _COORDINATES.search(bodies):
        return None
    return "" if any(area.form is Form.AREA for area in record.reading.areas) else "no area"


def _schedule(record: Record) -> str | None:
    """Whether item D was understood."""
    notam = record.notam
    if notam.schedule is None or notam.start_ms is None:
        return None
    windows = expand(notam.schedule.text, notam.start_ms, notam.end_ms, _centre(notam))
    return " ".join(each.reason for each in windows.misread)


def _filled(record: Record) -> str | None:
    """Whether the hours of item D begin at item B and end at item C; hours by the sun need not."""
    notam = record.notam
    if notam.schedule is None or notam.start_ms is None or notam.end_ms is None:
        return None
    if re.search(r"\b(?:SR|SS|HJ|HN)\b", notam.schedule.text):
        return None
    spells = expand(notam.schedule.text, notam.start_ms, notam.end_ms, _centre(notam)).spells
    return "" if spells and (spells[0].start_ms, spells[-1].end_ms) == (notam.start_ms, notam.end_ms) else "other ends"


def _centre(notam: Notam) -> Position | None:
    return notam.line.circle.centre if notam.line and notam.line.circle else None


def _ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * SECOND_MS


def _speed(messages: list[Message], runs: int, peer: str | None) -> None:
    """NOTAMs a second on one core, warm: the best run, in processor time."""
    print(f"{len(messages) / _best_s(read_notam, messages, runs):,.0f} NOTAMs a second on one core, warm")
    if peer is None:
        return
    path = Path(os.environ.get("TMPDIR", "/tmp"), f"notams-{os.getpid()}.json")  # noqa: S108
    texts = [_in_order(message.text) for message in messages]
    path.write_text(json.dumps(texts), encoding="utf-8")
    found = subprocess.run([peer, "-c", _PEER, str(path), str(runs)], check=True, capture_output=True, text=True)
    path.unlink()
    theirs_s, read = json.loads(found.stdout)
    few = [messages[place] for place in read]
    whole_s = _best_s(read_notam, few, runs)
    fields_s = _best_s(lambda message: read_fields(plain(message.text)), few, runs)
    print(
        f"aviconv-notam, each item on a line of its own: {len(read)} of {len(texts)} read, "
        f"{len(read) / theirs_s:,.0f} a second; on the same ones ours takes "
        f"{fields_s / theirs_s:.2f} times as long for the fields and "
        f"{whole_s / theirs_s:.2f} times as long for areas, windows and remarks as well"
    )


def _best_s(read: Callable[[Message], object], messages: list[Message], runs: int) -> float:
    """Processor time of the fastest of some runs over messages."""
    best_s = math.inf
    for _ in range(runs):
        start_s = time.process_time()
        for message in messages:
            read(message)
        best_s = min(best_s, time.process_time() - start_s)
    return best_s


def _in_order(text: str) -> str:
    """A text with each item on a line of its own, as the peer wants it."""
    line = " ".join(text.split())
    return re.sub(r" (?=[A-GQ]\) ?)", "\n", line)


if __name__ == "__main__":
    main()

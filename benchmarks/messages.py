"""How well warnings are read, beside the geometry that their issuer drew, and how fast.

Usage: WATERSPACE_CORPORA=folder python benchmarks/messages.py [--misses N] [--wrong] [--exercise]

The corpus is the warnings in force of summer 2018 with the issuer's own drawing. A message agrees if it has as many
areas as the drawing and every corner lies within 0.01 degrees, or a circle's centre within 0.01 degrees and its radius
within 2 percent. An area that is absent is wrong; so is one that the drawing has not. `agree?` are those that agree in
place while a person is asked to look all the same.
"""

from __future__ import annotations

import argparse
import collections
import gc
import json
import math
import os
import time
from pathlib import Path
from typing import Any

from waterspace.domain import Circle, Corridor, Polygon, Sector
from waterspace.geometry import inverse
from waterspace.messages.reading import Category, Form, Message, Reading, Verdict, WarnedArea
from waterspace.messages.shapes import corners_of
from waterspace.messages.warnings import read_warning

__all__ = ["CONTRADICTED", "compared", "main"]

CORNER_DEG = 0.01
RADIUS_SHARE = 0.02
ROUND_SIDES = 16
ROUND_SHARE = 0.01
EXERCISE = {
    Category.GUNNERY,
    Category.MISSILE,
    Category.BOMBING,
    Category.ROCKET_LAUNCHING,
    Category.MILITARY_EXERCISE,
    Category.HAZARDOUS_OPERATIONS,
    Category.NAVIGATION_PROHIBITED,
}
CONTRADICTED = {
    "HYDROLANT 4194/17": "circles of 1000 metres are drawn with 100 metres",
    "HYDROLANT 2381/18": "a circle of 1000 metres is drawn with 100 metres",
    "HYDROLANT 2925/18": "a circle of 52 miles is drawn 51.4 miles to the north and 52.6 to the south",
    "HYDROLANT 1852/18": "a position is drawn that the text does not have",
    "HYDROPAC 2574/18": "two positions of a signal are drawn as a line, and one of them again as a point",
    "NAVAREA IV 596/18": "part D, a position, is not drawn",
    "NAVAREA XII 337/18": "the third corner, whose longitude lacks its hyphen, is not drawn",
    "HYDROARC 9999/61": "a test message; a position is drawn that the text does not have",
}
"""Messages whose drawing contradicts their own text, each looked at; counted apart."""
Pair = tuple[float, float]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the reader of warnings.")
    parser.add_argument("--misses", type=int, default=0, help="print so many messages that do not agree")
    parser.add_argument("--wrong", action="store_true", help="of those only the ones wrong in silence")
    parser.add_argument("--exercise", action="store_true", help="of those only the ones of exercises")
    options = parser.parse_args()
    rows, readings = _read_all()
    results = [_result(row, reading) for row, reading in zip(rows, readings, strict=True)]
    is_exercise = [_is_exercise(row["text"]) for row in rows]
    print(f"{'NGA 2018':28}{'records':>9}{'agree':>9}{'agree?':>9}{'review':>9}{'wrong':>9}{'drawing':>9}")
    _line("exercises", [result for result, chosen in zip(results, is_exercise, strict=True) if chosen])
    _line("all", results)
    _speed(rows)
    shown = 0
    for row, reading, result, chosen in zip(rows, readings, results, is_exercise, strict=True):
        if result in ("agree", "agree?") or shown >= options.misses:
            continue
        if result == "drawing":
            print("-" * 100, f"\nthe drawing contradicts the text: {CONTRADICTED[row['id']]}")
        if (options.wrong and result != "wrong") or (options.exercise and not chosen):
            continue
        shown += 1
        _show(row, reading, result)


def compared() -> list[tuple[bool, str]]:
    """Of each message, whether it is of an exercise, and how its reading compares with the drawing."""
    return [(_is_exercise(row["text"]), _result(row, reading)) for row, reading in zip(*_read_all(), strict=True)]


def _read_all() -> tuple[list[dict[str, Any]], list[Reading]]:
    rows = _rows("nga_inforce_world_2018.dev.jsonl")
    return rows, [read_warning(Message(id=row["id"], text=row["text"])) for row in rows]


def _is_exercise(text: str) -> bool:
    """Whether a message is of exercises, by its own words and not by what the reader makes of them."""
    words = (
        "GUNNERY",
        "MISSILE",
        "ROCKET",
        "HAZARDOUS OP",
        "FIRING",
        "BOMBING",
        "MILITARY EX",
        "NAVAL EX",
        "EXERCISES",
    )
    return any(word in text for word in words)


def _rows(name: str) -> list[dict[str, Any]]:
    path = Path(os.environ["WATERSPACE_CORPORA"], "navwarn", name)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _line(name: str, results: list[str]) -> None:
    counts = collections.Counter(results)
    shares = "".join(
        f"{counts[kind] / len(results):>9.2%}" for kind in ("agree", "agree?", "review", "wrong", "drawing")
    )
    print(f"{name:28}{len(results):>9}{shares}   {dict(counts)}")


def _speed(rows: list[dict[str, Any]]) -> None:
    messages = [Message(id="", text=row["text"]) for row in rows]
    best_s = math.inf
    gc.freeze()  # the drawings that are held here to compare with are no work of the reader's
    for _ in range(5):
        start_s = time.process_time()
        for message in messages:
            read_warning(message)
        best_s = min(best_s, time.process_time() - start_s)
    print(f"{len(messages) / best_s:,.0f} warnings/s")


def _result(row: dict[str, Any], reading: Reading) -> str:
    drawn = _rings(row)
    read = [_read(area) for area in reading.areas]
    if _agree(drawn, read):
        return "agree" if reading.verdict is not Verdict.REVIEW else "agree?"
    if row["id"] in CONTRADICTED:
        return "drawing"
    return "review" if reading.verdict is Verdict.REVIEW else "wrong"


def _rings(row: dict[str, Any]) -> list[list[Pair]]:
    """What is drawn, each point once: a message with a list of telephones draws its position once for each."""
    rings = [ring for geometry in row["geometry"] or [] for ring in _drawn(geometry)]
    return [ring for place, ring in enumerate(rings) if len(ring) > 1 or ring not in rings[:place]]


def _drawn(geometry: dict[str, Any]) -> list[list[Pair]]:
    """Rings, lines and points of the drawing, as latitude and longitude; label points are dropped."""
    if geometry["type"] == "GeometryCollection":
        parts = [part for part in geometry["geometries"] if part["type"] != "Point"]
        lines = [[(lat, lon) for lon, lat, *_ in part["coordinates"]] for part in parts]
        return [_sewn(lines)]
    if geometry["type"] == "Point":
        lon, lat, *_ = geometry["coordinates"]
        return [[(lat, lon)]]
    return [[(lat, lon) for lon, lat, *_ in geometry["coordinates"]]]


def _sewn(lines: list[list[Pair]]) -> list[Pair]:
    """The pieces of a drawing that is cut at 180 degrees, without the points of the cut, as one list of corners."""
    if len(lines) == 1:
        return lines[0]
    return [pair for line in lines for pair in line if abs(abs(pair[1]) - 180.0) > 1e-6]


def _read(area: WarnedArea) -> tuple[str, list[Pair], float]:
    pairs = [(position.lat_deg, position.lon_deg) for position in area.positions]
    if isinstance(area.footprint, Circle) and area.form is not Form.POSITION:
        return "circle", pairs, area.footprint.radius_m
    if isinstance(area.footprint, Sector):
        return "sector", pairs, area.footprint.radius_m
    if isinstance(area.footprint, Corridor) and area.footprint.half_width_m:
        return "corridor", pairs, area.footprint.half_width_m
    if isinstance(area.footprint, Polygon):
        return "ring", [(corner.lat_deg, corner.lon_deg) for corner in corners_of(area)], 0.0
    return str(area.form), pairs, 0.0


def _agree(drawn: list[list[Pair]], read: list[tuple[str, list[Pair], float]]) -> bool:
    if len(drawn) != len(read):
        return False
    left = list(read)
    for ring in drawn:
        match = next((one for one in left if _same(ring, one)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _same(ring: list[Pair], one: tuple[str, list[Pair], float]) -> bool:
    kind, pairs, radius_m = one
    if kind == "circle":
        return _is_circle(ring, pairs[0], radius_m)
    if kind == "sector":
        return (
            any(_near(pairs[0], corner) for corner in ring)
            and abs(_farthest_m(pairs[0], ring) / radius_m - 1) < RADIUS_SHARE
        )
    if kind == "corridor":
        return all(any(_distance_m(corner, pair) < 3 * radius_m for corner in ring) for pair in pairs)
    drawn = _without_repeats(ring)
    mine = _without_repeats(pairs)
    return all(any(_near(a, b) for b in mine) for a in drawn) and all(any(_near(a, b) for b in drawn) for a in mine)


def _without_repeats(pairs: list[Pair]) -> list[Pair]:
    return list(dict.fromkeys(pairs))


def _near(a: Pair, b: Pair) -> bool:
    return abs(a[0] - b[0]) <= CORNER_DEG and abs((a[1] - b[1] + 180.0) % 360.0 - 180.0) <= CORNER_DEG


def _is_circle(ring: list[Pair], centre: Pair, radius_m: float) -> bool:
    """Whether a many-sided ring is this circle."""
    if len(ring) < ROUND_SIDES:
        return False
    distances_m = [_distance_m(centre, corner) for corner in ring]
    mean_m = sum(distances_m) / len(distances_m)
    lat = (max(a for a, _ in ring) + min(a for a, _ in ring)) / 2
    lons = [(b - centre[1] + 180.0) % 360.0 - 180.0 for _, b in ring]
    lon = centre[1] + (max(lons) + min(lons)) / 2
    return _near((lat, lon), centre) and abs(mean_m / radius_m - 1) <= RADIUS_SHARE


def _farthest_m(centre: Pair, ring: list[Pair]) -> float:
    return max(_distance_m(centre, corner) for corner in ring)


def _distance_m(a: Pair, b: Pair) -> float:
    return float(inverse(a[0], a[1], b[0], b[1]).distance_m)


def _show(row: dict[str, Any], reading: Reading, result: str) -> None:
    print("-" * 100, f"\n{result}: {row['id']}\n{row['text']}\n{reading.reason}")
    for area in reading.areas:
        kind, pairs, size_m = _read(area)
        print("  read ", area.label, kind, [(round(lat, 4), round(lon, 4)) for lat, lon in pairs], round(size_m))
    for ring in _rings(row):
        print("  drawn", len(ring), [(round(lat, 4), round(lon, 4)) for lat, lon in ring[:12]])


if __name__ == "__main__":
    main()

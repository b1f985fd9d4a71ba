"""Texts to begin fuzzing with: invented ones in every language and format, and the words that they are made of."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Footprint, Polygon, Position, Sector, Window
from waterspace.messages.draft import Draft, DraftArea
from waterspace.messages.reading import Category
from waterspace.messages.writing import ais_area, kml, navarea, navtex, s124

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["seeds", "words"]

_START_MS, _DAY_MS, _HOUR_MS = 1_784_505_600_000, 86_400_000, 3_600_000
_WORD = re.compile(r"[^\W\d_]{1,14}|\d[\d.,-]*[NSEWZ]?|[^\w\s]")
_TEXTS = Path(__file__).with_name("fuzz_seeds.txt")
"""Invented texts, each behind the name of its target."""


def seeds(target: str) -> list[bytes]:
    """What a target begins with; with real texts too where `$WATERSPACE_CORPORA` names some."""
    own: dict[str, Iterable[str]] = {
        "warning": (*_invented("warning"), *_written()),
        "notam": _invented("notam"),
        "chinese": _invented("chinese"),
        "japanese": _invented("japanese"),
        "s124": tuple(s124.write(replace(_draft(), areas=(area,))) for area in _draft().areas[:2]),
        "ais": _sentences(),
    }
    if target != "file":
        return [text.encode() for text in (*own[target], *_real(target))]
    texts = [text for texts in own.values() for text in texts]
    rows = "\n".join(json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts[:6]))
    older = [
        texts[0].encode("utf-16"),
        *(text.encode("gb18030") for text in _invented("chinese")),
        *(text.encode("cp932", "replace") for text in _invented("japanese")),
    ]
    return [*(text.encode() for text in (*texts, rows, f"[{rows.splitlines()[0]}]", kml.write(_draft()))), *older]


def words(found: Iterable[bytes]) -> list[str]:
    """The words and signs of texts, each once: what a fuzzer should put together."""
    known: dict[str, None] = {}
    for text in found:
        known |= dict.fromkeys(_WORD.findall(text.decode("utf-8", "replace")))
    return list(known)[:4_000]


def _invented(target: str) -> list[str]:
    texts = _TEXTS.read_text(encoding="utf-8").split("==== ")
    return [text.partition("\n")[2] for text in texts if text.partition("\n")[0] == target]


def _draft() -> Draft:
    places = [Position(lat_deg=40.0 + row / 3, lon_deg=179.9 + column / 5) for row, column in ((0, 0), (0, 1), (1, 1))]
    places = [Position(lat_deg=each.lat_deg, lon_deg=(each.lon_deg + 180.0) % 360.0 - 180.0) for each in places]
    shapes: tuple[Footprint, ...] = (
        Polygon(vertices=tuple(places)),
        Circle(centre=places[0], radius_m=9_260.0),
        Sector(centre=places[1], bearing_deg=45.0, half_angle_deg=30.0, radius_m=18_520.0),
        Corridor(waypoints=tuple(places), half_width_m=1_852.0),
    )
    return Draft(
        id="N1",
        areas=tuple(DraftArea(footprint=shape, label=label) for shape, label in zip(shapes, "ABCD", strict=True)),
        series="NAVAREA XI",
        number="999/26",
        issued_ms=_START_MS - 5 * _DAY_MS,
        general_area="NORTH PACIFIC",
        category=Category.GUNNERY,
        windows=tuple(
            Window(start_ms=_START_MS + day * _DAY_MS, end_ms=_START_MS + day * _DAY_MS + 9 * _HOUR_MS)
            for day in (0, 1, 3)
        ),
        cancel_ms=_START_MS + 3 * _DAY_MS + 10 * _HOUR_MS,
        cancels=("NAVAREA XI 998/26",),
    )


def _written() -> tuple[str, ...]:
    return navarea.write(_draft()), navtex.write(_draft(), "J", 42)


def _sentences() -> list[str]:
    made = [one.vdm(number) for number, one in enumerate(ais_area.write(_draft(), mmsi=4_310_001))]
    return ["\n".join(lines) for lines in made]


def _real(target: str) -> Iterator[str]:
    """A few real texts for a target."""
    folder = os.environ.get("WATERSPACE_CORPORA")
    names = {
        "warning": ("navwarn/nga_inforce_world_2018.dev.jsonl", "navwarn/russia_navarea13_20.dev.jsonl"),
        "notam": ("notam/world_2026.dev.jsonl", "notam/asia_pacific_danger_areas.dev.jsonl"),
        "chinese": ("navwarn/navarea11_china_misc.jsonl",),
        "japanese": ("navwarn/japan_jcg_regional_ja.jsonl",),
    }
    for name in names.get(target, ()) if folder else ():
        path = Path(folder or "", name)
        if path.is_file():
            rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
            yield from islice((row["text"] for row in rows if len(row.get("text", "")) < 1_500), 150)
